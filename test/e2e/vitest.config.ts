import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { assemblyPlugin } from "../../core/host/build/assembly-plugin.ts";
import { solverPlugin } from "../../core/host/build/solver-plugin.ts";

/** Small files that take long begin first, so that no browser works alone at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.includes("browser-accessibility");
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** End-to-end tests of the built program: one after another, each with a window of its own. */
export default defineConfig({
  root: resolve(import.meta.dirname, "../.."),
  plugins: [assemblyPlugin(), solverPlugin()],
  test: {
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/e2e/display.ts"],
    pool: "forks",
    sequence: { sequencer: LongFirst },
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
