import { join } from "node:path";
import { ensureBuilt, pinnedNode, root } from "../../core/host/bin/built.mjs";

/** Bundles that tests of the doors run. `buildCore` first. */
export const bundles = {
  worker: join(root, "out/main/worker.cjs"),
  poolWorker: join(root, "out/main/pool-worker.cjs"),
  cli: join(root, "out/main/cli.cjs"),
  loopback: join(root, "out/main/loopback.cjs"),
  launcher: join(root, "core/host/bin/marginscope.mjs"),
} as const;

/** The Node that runs bundles. */
export const node: string = pinnedNode();

/** Builds the bundles when they are missing or stale; test files that run at once wait for one another. */
export function buildCore(): void {
  ensureBuilt(() => {}, "core");
}
