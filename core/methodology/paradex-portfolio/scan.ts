import type { PnlCube } from "../../revaluation/index.ts";
import type { MatrixCell, RiskMatrix } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { cubeRows } from "../parts/cube-rows.ts";
import { oncePer } from "../parts/once-per.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type AssetContracts, kind } from "./contracts.ts";
import { type Legs, legColumn, legWidth } from "./leg.ts";
import type { AssetRules, ParadexRules } from "./rules.ts";
import { scanSetId, scanTitle } from "./scenarios.ts";
import { section } from "./sections.ts";

export interface Scan {
  readonly line: Line;
  readonly matrix: RiskMatrix;
}

interface AssetInput {
  readonly contracts: AssetContracts;
  /** A leg for each position. */
  readonly legs: Legs;
  readonly own: AssetRules;
  readonly rules: ParadexRules;
  readonly cube: PnlCube;
  readonly detail: boolean;
}

/**
 * SCAN, the worst weighted scenario of an asset.
 *
 *     max over scenarios of weight·max(0, −Σ profit);  the first of equals
 *
 * @source Paradex, portfolio margin, scan risk
 */
export function scanOf(input: AssetInput): Scan {
  const { contracts, own, cube } = input;
  const { profits, totals } = scanned(input);
  const cells = cube.scenarios.map(({ id, label, priceMove }, index): MatrixCell => {
    const { weight = 0, volShock = 0 } = own.scenarios[index] ?? {};
    const total = totals[index] as number;
    return {
      ...{ scenarioId: id, label, priceMove, volatility: volShock > 0 ? "up" : volShock < 0 ? "down" : "same" },
      ...{ group: weight < 1 ? "extended" : "standard", beforeOffsets: total, amount: weight * total },
    };
  });
  const least = Math.min(0, ...cells.map(({ amount }) => amount));
  const binding = least < 0 ? cells.findIndex(({ amount }) => amount === least) : -1;
  const id = scanSetId(contracts.asset);
  return {
    line: scanLine(input, binding, totals[binding] ?? 0, profits),
    matrix: {
      ...{ setId: id, title: scanTitle(contracts.asset), unit: "USD", cells },
      ...(binding < 0 ? {} : { bindingScenarioId: cells[binding]?.scenarioId ?? "" }),
    },
  };
}

interface Scanned {
  /** By scenario, USD; gain > 0. */
  readonly totals: Float64Array;
  /** Profit of each leg in a scenario; they add up to its total. */
  readonly profits: (scenario: number) => Float64Array;
}

/**
 * USD profits of legs when the spot moves by k and one unit gains c by the cube, its own price unit: weight·(factor·c + shift·k).
 *
 *     perpetual       coins·S·k
 *     option          coins·c
 *     inverse option  coins·F·((1+k)·c + V·k),   V model value of one option before, coin
 */
function scanned({ contracts, legs, own, cube }: AssetInput): Scanned {
  const { kinds, rows } = legs;
  const { values, scenarios } = cube;
  const { moves, byKind } = factorsOf(own);
  const cubeRow = cubeRows(cube, contracts.list);
  const startOf = (leg: number) => (cubeRow[leg] as number) * scenarios.length;
  const factorsOfLeg = (leg: number) => byKind[kinds[leg] as number] as Float64Array;
  const weightOf = (leg: number) => rows[legWidth * leg + legColumn.weight] as number;
  const shiftOf = (leg: number) => rows[legWidth * leg + legColumn.shift] as number;
  const sums = columnSums(scenarios.length);
  for (let leg = 0; leg < kinds.length; leg++)
    sums.addShiftedRow(weightOf(leg), values, startOf(leg), factorsOfLeg(leg), shiftOf(leg), moves);
  return {
    totals: moves.map((_, scenario) => sums.total(scenario)),
    profits: (scenario) =>
      Float64Array.from(kinds, (_, leg) => {
        const unit = values[startOf(leg) + scenario] ?? Number.NaN;
        const moved = shiftOf(leg) * (moves[scenario] as number);
        return weightOf(leg) * ((factorsOfLeg(leg)[scenario] as number) * unit + moved);
      }),
  };
}

/** Moves of the spot by scenario, and the factors on unit profits by kind of leg and scenario. */
const factorsOf = oncePer(({ scenarios }: AssetRules) => {
  const moves = Float64Array.from(scenarios, ({ spotShock }) => spotShock);
  const byKind: Float64Array[] = [];
  byKind[kind.future] = moves.map(() => 0);
  byKind[kind.perpetual] = moves.map(() => 0);
  byKind[kind.linearOption] = moves.map(() => 1);
  byKind[kind.inverseOption] = moves.map((move) => 1 + move);
  return { moves, byKind };
});

function scanLine(
  { contracts, legs, own, rules, detail }: AssetInput,
  binding: number,
  total: number,
  profits: Scanned["profits"],
): Line {
  const { leaf, loss, product } = lines("USD");
  const { asset, hasOptions } = contracts;
  const id = `${asset}/scan`;
  const scenario = own.scenarios[binding];
  if (scenario === undefined) return loss(id, "Scan: no scenario loses", section.scan, [], { component: "scenario" });
  const children = detail
    ? positionLines(legs, profits(binding), asset, `${id}/loss`)
    : [leaf(`${id}/loss/positions`, "All positions", total, section.positionProfit)];
  const at = `/assets/${asset}/scenarios/${binding}`;
  const { spotShock, volShock, weight } = scenario;
  const worst = loss(`${id}/loss`, `Loss of scenario ${binding + 1}`, section.scan, children, {
    component: "scenario",
    inputs: [
      { label: "spot move", value: spotShock, parameter: `${at}/spotShock` },
      ...(hasOptions ? volatilityInputs(asset, own, rules, volShock, `${at}/volShock`) : []),
    ],
  });
  return product(id, `Scan: scenario ${binding + 1}`, section.scan, weight, "weight", worst, {
    component: "scenario",
    inputs: [{ label: "weight", value: weight, parameter: `${at}/weight` }],
  });
}

function positionLines({ entries, rows }: Legs, profits: Float64Array, asset: string, id: string): readonly Line[] {
  const { leaf } = lines("USD");
  return entries.map(({ position }, leg) =>
    leaf(`${id}/${position.id}`, position.instrument.symbol, profits[leg] ?? 0, section.positionProfit, {
      component: "position",
      positionId: position.id,
      inputs: [{ label: "coins", value: rows[legWidth * leg + legColumn.coins] ?? 0, unit: asset }],
    }),
  );
}

function volatilityInputs(
  asset: string,
  own: AssetRules,
  { volatility }: ParadexRules,
  volShock: number,
  at: string,
): readonly LineInput[] {
  const least = {
    label: "least rise",
    value: own.minimumVolatilityUp,
    parameter: `/assets/${asset}/minimumVolatilityUp`,
  };
  return [
    { label: "volatility change", value: volShock, parameter: at },
    ...(["referenceDays", "shortPower", "longPower", "minimumDays"] as const).map((key) => ({
      label: labels[key],
      value: volatility[key],
      parameter: `/volatility/${key}`,
    })),
    ...(volShock > 0 ? [least] : []),
  ];
}

const labels = {
  referenceDays: "reference days",
  shortPower: "power below the reference days",
  longPower: "power from the reference days on",
  minimumDays: "least days",
} as const;
