import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { assemblyPlugin } from "../core/host/build/assembly-plugin.ts";
import { solverPlugin } from "../core/host/build/solver-plugin.ts";

export default defineConfig({
  root: resolve(import.meta.dirname, ".."),
  plugins: [assemblyPlugin(), solverPlugin()],
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: ["test/e2e/**", "test/bench/**", "node_modules/**"],
    pool: "forks",
    // By default one core of a machine is left idle; of two that is half.
    maxWorkers: "100%",
    testTimeout: 30_000,
  },
});
