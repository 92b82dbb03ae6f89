import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { assemblyPlugin } from "../../core/host/build/assembly-plugin.ts";
import { solverPlugin } from "../../core/host/build/solver-plugin.ts";

/** End-to-end tests of the built program: one after another, each with a window of its own. */
export default defineConfig({
  root: resolve(import.meta.dirname, "../.."),
  plugins: [assemblyPlugin(), solverPlugin()],
  test: {
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/e2e/display.ts"],
    pool: "forks",
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
