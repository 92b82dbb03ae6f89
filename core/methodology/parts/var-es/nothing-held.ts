import { lines } from "../../statement.ts";
import { section } from "./sections.ts";
import type { TailModel } from "./tail-model.ts";

/** The tail of a book without positions. */
export const nothingHeld: TailModel = {
  ...{ name: "current", value: 0, horizonFactor: 1, underlyings: [], matrix: undefined, notes: [] },
  alone: () => 0,
  dependent: () => 0,
  joint: () => 0,
  line: (id) => lines("USD").leaf(id, "Measure: no positions", 0, section.valueAtRisk, { component: "scenario" }),
  decompositions: () => [],
};
