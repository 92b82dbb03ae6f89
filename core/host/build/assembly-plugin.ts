import { readFile } from "node:fs/promises";
import { basename } from "node:path";

/** The part of Vite's plugin interface that is used. */
interface AssemblyPlugin {
  readonly name: string;
  readonly enforce: "pre";
  load(id: string): Promise<string | undefined>;
}

/**
 * Compiles `*.as.ts?wasm` imports from AssemblyScript to WebAssembly SIMD, `?wasm=relaxed` to relaxed SIMD, and hands the bytes to the importing module.
 * Nothing is written to the tree and nothing but registry packages is needed.
 */
export function assemblyPlugin(): AssemblyPlugin {
  return {
    name: "marginscope-assembly",
    enforce: "pre",
    async load(id) {
      const [path, query] = id.split("?");
      if (path?.endsWith(".as.ts") !== true || (query !== "wasm" && query !== "wasm=relaxed")) return undefined;
      const bytes = await compile(path, query === "wasm=relaxed" ? ["--enable", "relaxed-simd"] : []);
      const base64 = Buffer.from(bytes).toString("base64");
      return `const text = atob("${base64}"); export default Uint8Array.from(text, (c) => c.charCodeAt(0));`;
    },
  };
}

/** @throws Error with the compiler's own words when the source does not compile */
async function compile(path: string, more: readonly string[]): Promise<Uint8Array> {
  const { default: asc } = await import("assemblyscript/asc");
  const source = await readFile(path, "utf8");
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main([basename(path), "--outFile", "kernel.wasm", ...options, ...more], {
    readFile: (name: string) => (name === basename(path) ? source : null),
    writeFile: (name: string, contents: Uint8Array | string) => {
      if (name === "kernel.wasm" && typeof contents !== "string") binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`${path} does not compile: ${stderr.toString() || error?.message}`);
  return binary;
}

/** Optimised fully, no bounds assertions, memory handed in and fixed by the caller. */
const options = [
  ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge", "--noAssert"],
  ...["--runtime", "stub", "--enable", "simd", "--importMemory", "--maximumMemory", "65536"],
];
