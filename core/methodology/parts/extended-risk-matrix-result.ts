import { sum } from "../../base/index.ts";
import type { Component } from "../../portfolio/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import { type Line, lines, roundTo } from "../statement.ts";
import { deltaShockAmount, deltaShockLine } from "./extended-risk-matrix-delta-shock.ts";
import { deltasOf } from "./extended-risk-matrix-deltas.ts";
import type { MatrixContent } from "./extended-risk-matrix-entries.ts";
import { rollAmounts, rollLines } from "./extended-risk-matrix-roll.ts";
import type { MatrixRules } from "./extended-risk-matrix-rules.ts";
import { section } from "./extended-risk-matrix-sections.ts";
import { type WorstCase, worstAmount, worstCase } from "./extended-risk-matrix-worst-case.ts";

export interface MatrixRequirement {
  readonly initial: Line;
  readonly maintenance: Line;
  readonly matrices: WorstCase["matrices"];
}

export interface RequirementInput {
  /** Id of the account: `BTC`, `cross`. */
  readonly account: string;
  readonly unit: string;
  readonly contents: readonly MatrixContent[];
  readonly rules: MatrixRules;
  /** Lines of the components of this account under a parent line, in its unit. */
  readonly components: (ids: readonly Component["id"][], parent: string) => readonly Line[];
  /** Lines that only raise the initial margin. */
  readonly haircuts: readonly Line[];
  readonly cube: (setId: string) => PnlCube;
  readonly detail: boolean;
  readonly amountsOnly?: boolean | undefined;
}

/**
 * Requirement of one account.
 *
 *     matrix      = round(worst case) + delta shock + roll shock + correlation contingency
 *     initial     = round(matrix + spot, market-maker and order parts + haircuts)
 *     maintenance = maintenanceFactor × matrix
 */
export function matrixRequirement(input: RequirementInput): MatrixRequirement {
  if (input.amountsOnly === true) return amountsOf(input);
  const { account, unit, contents, rules, cube, detail } = input;
  const { general } = rules;
  const build = lines(unit);
  const initialId = `${account}/initial`;
  const matrixId = `${initialId}/matrix`;
  const worst = worstCase(contents, unit, general.worstCaseDecimals, cube, detail, `${matrixId}/worst-case`);
  const roll: Line[] = [];
  const delta: Line[] = [];
  for (const content of contents) {
    for (const vector of content.vectors) {
      const deltas = deltasOf(vector, general.optionDelta);
      const perCoin = unit === vector.underlying ? 1 : vector.index;
      roll.push(...rollLines(vector, deltas, unit, perCoin, detail, `${matrixId}/roll`));
      delta.push(deltaShockLine(vector, deltas, unit, perCoin, `${matrixId}/delta`));
    }
  }
  const matrix = build.sum(matrixId, "Risk matrix margin", section.matrixMargin, [
    worst.line,
    build.sum(`${matrixId}/delta`, "Delta shock", section.delta, delta, { component: "delta" }),
    build.sum(`${matrixId}/roll`, "Roll shock", section.roll, roll, { component: "roll" }),
    ...input.components(["correlation-contingency"], matrixId),
  ]);
  const parts = input.components(["spot-orders", "market-maker-protection", "open-orders"], initialId);
  const total = build.sum(`${initialId}/unrounded`, "Matrix and order parts", section.initial, [
    matrix,
    ...parts,
    ...input.haircuts,
  ]);
  const initial = build.round(initialId, "Initial margin", section.initial, general.initialDecimals, total, {
    inputs: [{ label: "decimals", value: general.initialDecimals, parameter: "/general/initialDecimals" }],
  });
  const maintenanceId = `${account}/maintenance`;
  const same = build.leaf(`${maintenanceId}/matrix`, "Risk matrix margin", matrix.amount, section.matrixMargin, {
    inputs: [{ label: "opened under", value: matrixId }],
  });
  const maintenance = build.product(
    maintenanceId,
    "Maintenance margin",
    section.maintenance,
    general.maintenanceFactor,
    "maintenance factor",
    same,
    {
      inputs: [
        { label: "maintenance factor", value: general.maintenanceFactor, parameter: "/general/maintenanceFactor" },
      ],
    },
  );
  return { initial, maintenance, matrices: worst.matrices };
}

/** The amounts of the requirement, bit for bit, each as one line. */
function amountsOf(input: RequirementInput): MatrixRequirement {
  const { account, unit, contents, rules, cube } = input;
  const { general } = rules;
  const worst = worstAmount(contents, general.worstCaseDecimals, cube);
  const roll: number[] = [];
  const delta: number[] = [];
  for (const content of contents) {
    for (const vector of content.vectors) {
      const deltas = deltasOf(vector, general.optionDelta);
      const perCoin = unit === vector.underlying ? 1 : vector.index;
      for (const amount of rollAmounts(vector, deltas, unit, perCoin)) roll.push(amount);
      delta.push(deltaShockAmount(vector, deltas, unit, perCoin));
    }
  }
  const [initialId, maintenanceId] = [`${account}/initial`, `${account}/maintenance`];
  const amountsIn = (ids: readonly Component["id"][]) => input.components(ids, initialId).map(({ amount }) => amount);
  const matrix = sum([worst.amount, sum(delta), sum(roll), ...amountsIn(["correlation-contingency"])]);
  const total = sum([
    matrix,
    ...amountsIn(["spot-orders", "market-maker-protection", "open-orders"]),
    ...input.haircuts.map(({ amount }) => amount),
  ]);
  const { leaf } = lines(unit);
  const initial = leaf(initialId, "Initial margin", roundTo(total, general.initialDecimals), section.initial);
  const required = general.maintenanceFactor * matrix;
  const maintenance = leaf(maintenanceId, "Maintenance margin", required, section.maintenance);
  return { initial, maintenance, matrices: worst.matrices };
}
