import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// One script and one style sheet beside the page: nothing is loaded from anywhere else.
export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { "#bridge": "/src/tauri.ts" } },
  build: { target: "safari15", assetsInlineLimit: 0, modulePreload: false, sourcemap: false, reportCompressedSize: false,
    rollupOptions: { output: { entryFileNames: "app.js", assetFileNames: "app[extname]" } } },
});
