import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } };

const HEAD = `
    <meta name="description" content="Kartu identitas Anda, tersimpan di ponsel ini saja." />
    <meta name="theme-color" content="#0b5f59" />
    <link rel="manifest" href="manifest.webmanifest" />
    <link rel="icon" href="icon-192.png" />
    <link rel="apple-touch-icon" href="icon-192.png" />
  </head>`;
// Stands there until the wallet does. What a browser lacks is said by `old.js`; without scripts, by what stands here.
const BOOT = `<main id="boot"><h1>Absah</h1><noscript><p>Peramban ini tidak menjalankan skrip (JavaScript), jadi dompet tidak bisa dibuka.</p><p>Izinkan JavaScript untuk halaman ini di setelan peramban, lalu buka lagi. Isi dompet tidak berubah.</p><p lang="en">This browser runs no scripts (JavaScript). Allow them for this page, then open it again.</p></noscript></main>
    <script src="old.js"></script>
    <div id="app">`;

const OUT = here("../web/dist");

/** The files of folder `web`, the service worker with the list of all, and each file packed: the server packs nothing itself. */
function installable() {
  return {
    name: "installable",
    transformIndexHtml: (html) => html.replace("\n  </head>", HEAD).replace('<div id="app">', BOOT),
    generateBundle() {
      for (const name of readdirSync(here("web")).filter((name) => name !== "sw.js")) {
        this.emitFile({ type: "asset", fileName: name, source: readFileSync(here(`web/${name}`)) });
      }
    },
    writeBundle(_, bundle) {
      const names = Object.keys(bundle).sort();
      const bytes = (name) => readFileSync(`${OUT}/${name}`);
      const sha256 = (from) => createHash("sha256").update(from).digest("hex");
      const files = JSON.stringify(Object.fromEntries(names.map((name) => [name, sha256(bytes(name))])), null, 2);
      const worker = readFileSync(here("web/sw.js"), "utf8");
      writeFileSync(`${OUT}/sw.js`, worker.replace('"@FILES@"', files).replace("@VERSION@", sha256(files).slice(0, 16)));
      const packed = new Set(["README.md"]);
      for (const name of [...names, "sw.js"]) {
        writeFileSync(`${OUT}/${name}.br`, brotliCompressSync(bytes(name), BROTLI));
        writeFileSync(`${OUT}/${name}.gz`, gzipSync(bytes(name), { level: 9 }));
        for (const ending of ["", ".br", ".gz"]) packed.add(`${name}${ending}`);
      }
      // Of an earlier build.
      for (const name of readdirSync(OUT)) if (!packed.has(name)) rmSync(`${OUT}/${name}`);
    },
  };
}

// The same screens for a browser: `npm run build:web`, after the machine was built (tests/setup does both).
export default defineConfig({
  plugins: [svelte(), installable()],
  resolve: { alias: { "#bridge": here("src/web/bridge.ts"), "#wasm": here("../web/pkg") } },
  base: "./",
  build: {
    outDir: OUT,
    emptyOutDir: false,
    target: ["chrome109", "safari16", "firefox115"],
    assetsInlineLimit: 0,
    modulePreload: false,
    sourcemap: false,
    reportCompressedSize: false,
    rollupOptions: { output: { entryFileNames: "app.js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" } },
  },
});
