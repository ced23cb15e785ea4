import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// One script, one style sheet and the decoder beside the page: nothing is loaded from anywhere else.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "chrome109",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    sourcemap: false,
    reportCompressedSize: false,
    rollupOptions: { output: { entryFileNames: "app.js", assetFileNames: "app[extname]" } },
  },
});
