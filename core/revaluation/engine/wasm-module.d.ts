/** AssemblyScript sources compiled by core/host/build/assembly-plugin.ts. */
declare module "*.as.ts?wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
declare module "*.as.ts?wasm=relaxed" {
  const bytes: Uint8Array;
  export default bytes;
}
