import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "electron-vite";
import { assemblyPlugin } from "./core/host/build/assembly-plugin.ts";
import { plotlyPlugin } from "./core/host/build/plotly-plugin.ts";
import { solverPlugin } from "./core/host/build/solver-plugin.ts";

const here = (path: string): string => resolve(import.meta.dirname, path);

/** Everything is bundled but Electron itself and the native SQLite addon: the bundles must also run on the older Electron of the tests. */
const external = ["electron", "better-sqlite3", /^node:/];

const commonJs = { format: "cjs", entryFileNames: "[name].cjs", chunkFileNames: "chunk-[name]-[hash].cjs" } as const;

const config: UserConfig = {
  main: {
    plugins: [assemblyPlugin(), solverPlugin({ commonJs: true })],
    build: {
      target: "node18",
      externalizeDeps: false,
      outDir: here("out/main"),
      rolldownOptions: {
        input: {
          index: here("electron/main.ts"),
          worker: here("core/host/worker.ts"),
          "pool-worker": here("core/host/pool/pool-worker.ts"),
          cli: here("core/host/cli.ts"),
          loopback: here("core/host/loopback-main.ts"),
        },
        external,
        output: commonJs,
      },
    },
  },
  preload: {
    build: {
      target: "node18",
      externalizeDeps: false,
      outDir: here("out/preload"),
      rolldownOptions: { input: { index: here("electron/preload.ts") }, external, output: commonJs },
    },
  },
  renderer: {
    root: here("renderer"),
    plugins: [react(), plotlyPlugin()],
    // Plotly's 3D code is CommonJS that names Node's global object.
    define: { global: "globalThis" },
    build: {
      target: "chrome114",
      minify: true,
      outDir: here("out/renderer"),
      rolldownOptions: { input: { index: here("renderer/index.html") } },
    },
  },
};

/** `--mode core` builds the main process, worker, command line and loopback host only: all that tests of the core need. */
export default defineConfig(({ mode }) => (mode === "core" && config.main ? { main: config.main } : config));
