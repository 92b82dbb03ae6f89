export { buildSnapshot, type SnapshotInput, snapshotSteps } from "./build-snapshot.ts";
export * from "./parity-forward.ts";
export * from "./snapshot.ts";
export * from "./terms.ts";
export { isTorn } from "./torn.ts";
