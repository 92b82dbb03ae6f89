import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

/** The part of Vite's plugin interface that is used. */
interface SolverPlugin {
  readonly name: string;
  readonly enforce: "pre";
  resolveId(id: string): string | undefined;
  load(id: string): Promise<string | undefined>;
}

const asked = "highs/runtime?packed";
const resolved = "\0highs-runtime-packed";

/**
 * Hands the WebAssembly of the linear programming solver to the importing module as gzipped bytes inside the bundle, so that no door has to
 * find a file beside itself.
 *
 * @param commonJs for bundles in CommonJS: takes the solver's form that needs no address of its own file
 */
export function solverPlugin({ commonJs = false } = {}): SolverPlugin {
  const require = createRequire(import.meta.url);
  return {
    name: "marginscope-solver",
    enforce: "pre",
    resolveId: (id) => (id === asked ? resolved : commonJs && id === "highs" ? require.resolve("highs") : undefined),
    async load(id) {
      if (id !== resolved) return undefined;
      const packed = gzipSync(await readFile(require.resolve("highs/runtime")), { level: 9 });
      return `export default Buffer.from("${packed.toString("base64")}", "base64");`;
    },
  };
}
