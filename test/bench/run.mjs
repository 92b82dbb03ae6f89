// Builds the bench with the product's own engine and runs it: `npm run bench -- [--json] [--inputs DIR] [--only W1,W2] [--threads N] [--kernel NAME]`.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { build } from "vite";
import { assemblyPlugin } from "../../core/host/build/assembly-plugin.ts";
import { solverPlugin } from "../../core/host/build/solver-plugin.ts";

const root = resolve(import.meta.dirname, "../..");
await build({
  configFile: false,
  root,
  logLevel: "error",
  plugins: [assemblyPlugin(), solverPlugin()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: resolve(root, "out/bench"),
    target: "node22",
    rolldownOptions: {
      input: {
        bench: resolve(import.meta.dirname, "bench.ts"),
        "pool-worker": resolve(root, "core/host/pool/pool-worker.ts"),
      },
      output: { entryFileNames: "[name].mjs" },
    },
  },
});
const run = spawnSync(
  process.execPath,
  ["--expose-gc", resolve(root, "out/bench/bench.mjs"), ...process.argv.slice(2)],
  {
    stdio: "inherit",
  },
);
process.exit(run.status ?? 1);
