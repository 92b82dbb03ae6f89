import { sum } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition, MatrixCell, RiskMatrix } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type Leg, legOf, optionValue, profitUsd } from "./leg.ts";
import type { AssetRules, ParadexRules } from "./rules.ts";
import { scanSetId } from "./scenarios.ts";
import { section } from "./sections.ts";

export interface Scan {
  readonly line: Line;
  readonly matrix: RiskMatrix;
}

interface AssetInput {
  readonly asset: string;
  readonly positions: readonly BookPosition[];
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
  const { asset, positions, own, cube } = input;
  const legs = positions.map((held) => legOf(held.position.instrument, held.terms, held.position.quantity, held));
  const values = legs.map(optionValue);
  const rows = legs.map(({ instrument }) => (cube.rowOf.get(instrument.id) ?? Number.NaN) * cube.scenarios.length);
  const profits = (scenario: number): number[] =>
    legs.map((leg, i) => {
      const unitProfit = cube.values[(rows[i] ?? 0) + scenario] ?? Number.NaN;
      return profitUsd(leg, own.scenarios[scenario]?.spotShock ?? 0, values[i] ?? 0, unitProfit);
    });
  const sums = columnSums(cube.scenarios.length);
  legs.forEach((leg, i) => {
    const [value, start] = [values[i] ?? 0, rows[i] ?? 0];
    for (let scenario = 0; scenario < cube.scenarios.length; scenario++) {
      const unitProfit = cube.values[start + scenario] ?? Number.NaN;
      sums.add(scenario, profitUsd(leg, own.scenarios[scenario]?.spotShock ?? 0, value, unitProfit));
    }
  });
  const cells = cube.scenarios.map(({ id, label, priceMove }, index): MatrixCell => {
    const { weight = 0, volShock = 0 } = own.scenarios[index] ?? {};
    const total = sums.total(index);
    return {
      ...{ scenarioId: id, label, priceMove, volatility: volShock > 0 ? "up" : volShock < 0 ? "down" : "same" },
      ...{ group: weight < 1 ? "extended" : "standard", beforeOffsets: total, amount: weight * total },
    };
  });
  const least = Math.min(0, ...cells.map(({ amount }) => amount));
  const binding = least < 0 ? cells.findIndex(({ amount }) => amount === least) : -1;
  const id = scanSetId(asset);
  return {
    line: scanLine(input, binding, binding < 0 ? [] : profits(binding), legs),
    matrix: {
      ...{ setId: id, title: `Scan of ${asset}`, unit: "USD", cells },
      ...(binding < 0 ? {} : { bindingScenarioId: cells[binding]?.scenarioId ?? "" }),
    },
  };
}

function scanLine(
  { asset, positions, own, rules, detail }: AssetInput,
  binding: number,
  profits: readonly number[],
  legs: readonly Leg[],
): Line {
  const { leaf, loss, product } = lines("USD");
  const id = `${asset}/scan`;
  const scenario = own.scenarios[binding];
  if (scenario === undefined) return loss(id, "Scan: no scenario loses", section.scan, [], { component: "scenario" });
  const children = detail
    ? positions.map(({ position }, index) =>
        leaf(`${id}/loss/${position.id}`, position.instrument.symbol, profits[index] ?? 0, section.positionProfit, {
          component: "position",
          positionId: position.id,
          inputs: [{ label: "coins", value: legs[index]?.coins ?? 0, unit: asset }],
        }),
      )
    : [leaf(`${id}/loss/positions`, "All positions", sum(profits), section.positionProfit)];
  const at = `/assets/${asset}/scenarios/${binding}`;
  const { spotShock, volShock, weight } = scenario;
  const hasOptions = positions.some(({ position }) => position.instrument.kind === "option");
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
