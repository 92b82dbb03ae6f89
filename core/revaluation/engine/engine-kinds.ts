import { bookSurfaceKind } from "./book-surface.ts";
import type { WorkKind } from "./executor.ts";
import { jointProfitsKind } from "./joint-profits.ts";
import { nestedSurfaceKind } from "./nested-surface.ts";
import { pathProfitsKind } from "./path-profits.ts";
import { scenarioProfitsKind } from "./scenario-profits.ts";
import { unitCellsKind } from "./unit-cells.ts";

/** Every kind of work of the engine, for threads to find by name. */
export const engineKinds: readonly WorkKind<never>[] = [
  bookSurfaceKind,
  jointProfitsKind,
  nestedSurfaceKind,
  pathProfitsKind,
  scenarioProfitsKind,
  unitCellsKind,
];
