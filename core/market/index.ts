export { buildSnapshot, type SnapshotInput, snapshotSteps } from "./build-snapshot.ts";
export { expiryKey } from "./expiry-group.ts";
export * from "./parity-forward.ts";
export * from "./quote-index.ts";
export * from "./snapshot.ts";
export * from "./terms.ts";
