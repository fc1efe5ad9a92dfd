import { defineConfig } from "vite";

// One script and one style sheet with names that never change: what is built lies in the repository, is compared by
// CI to the byte, and is served by the binary under these names.
export default defineConfig({
  base: "/",
  publicDir: "public",
  server: { proxy: { "^/(api|world)": "http://127.0.0.1:8017" }, fs: { allow: [".."] } },
  build: {
    outDir: "../crates/tidings-web/page",
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    target: "es2022",
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: "page.js",
        assetFileNames: "page[extname]",
        codeSplitting: false,
      },
    },
  },
});
