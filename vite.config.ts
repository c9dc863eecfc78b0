import { defineConfig } from "vite";

/** Builds the canvas (`src/ui`) into `dist/ui`; the library itself is compiled by `tsc`. */
export default defineConfig({
  root: "src/ui",
  base: "./",
  build: {
    outDir: "../../dist/ui",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: "es2023",
    chunkSizeWarningLimit: 2000,
  },
  // The layouter's worker is one script, which exports something. Without a name for that, every build warns of it.
  worker: { rolldownOptions: { output: { name: "layouter" } } },
});
