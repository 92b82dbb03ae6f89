/** The solver's WebAssembly, gzipped, by core/host/build/solver-plugin.ts. */
declare module "highs/runtime?packed" {
  const bytes: Uint8Array;
  export default bytes;
}
