import { sum } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { MatrixCell, RiskMatrix } from "../contract.ts";
import { type Line, lines } from "../statement.ts";
import { cubeRows } from "./cube-rows.ts";
import type { DeriveExpiry, DeriveOption } from "./derive-expiry.ts";
import { cashCurrency } from "./derive-feeds.ts";
import { basisIds, type DeriveScenario, isSkew, type SpanSettings, spanSetId } from "./derive-scenarios.ts";
import { deriveSection } from "./derive-sections.ts";
import { type Holding, holderOf } from "./holding.ts";

/** What gains and loses with the price alone: the perpetual and collateral that moves with the underlying. */
export interface Mover {
  readonly id: string;
  readonly label: string;
  /** Profit of a move of +100 %, USD; long > 0. */
  readonly exposure: number;
  readonly holding?: Holding;
}

export interface SpanInput {
  readonly account: string;
  readonly underlying: string;
  readonly expiries: readonly DeriveExpiry[];
  readonly movers: readonly Mover[];
  readonly settings: SpanSettings;
  /** Factor on the value V of a revalued expiry. */
  readonly staticDiscount: (expiry: DeriveExpiry, value: number) => number;
  /** Value of one unit under a skew scenario, discounted; USD. */
  readonly skewedValue: (expiry: DeriveExpiry, option: DeriveOption, scenario: DeriveScenario) => number;
  readonly cube: (setId: string) => PnlCube;
  readonly detail: boolean;
}

export interface Span {
  /** Worst loss, USD; ≥ 0. */
  readonly line: Line;
  readonly matrix: RiskMatrix;
}

/**
 * Worst scenario of an account.
 *
 *     expiry:    V = value + D·Σ quantity·profit,   result = w·(V·static − value);   skew: −w·|V·static − value|
 *     scenario:  Σ expiries + w·m·Σ exposures
 *     basis:     Σ expiries min(0, up, down)·(add + mult·τ)
 *     loss       = −min(basis, every scenario)
 *
 * @returns the loss as a line that opens to the binding scenario, and all scenarios as a matrix; of equal results the
 *          basis comes first, then the first scenario
 * @source resources/docs/methodology/derive-portfolio-2.md, section 3
 */
export function spanOf(input: SpanInput): Span {
  const { account, underlying, settings, movers } = input;
  const results = input.expiries.map((expiry) => expiryResults(input, expiry));
  const exposure = sum(movers.map((mover) => mover.exposure));
  const basis = sum(results.map((result) => result.basis));
  let worst = basis;
  let binding: DeriveScenario | undefined;
  const cells = settings.scenarios.map((scenario, index): MatrixCell => {
    const moved = exposure * scenario.priceMove;
    const amount = sum([...results.map(({ amounts }) => amounts[index] ?? 0), scenario.weight * moved]);
    if (amount < worst) {
      worst = amount;
      binding = scenario;
    }
    const { id: scenarioId, label, priceMove, volatility, weight } = scenario;
    return {
      ...{ scenarioId, label, priceMove, amount },
      volatility: volatility === "none" ? "same" : volatility,
      group: weight === 1 && !isSkew(scenario) ? "standard" : "extended",
      beforeOffsets: sum([...results.map(({ raw }) => raw[index] ?? 0), moved]),
    };
  });
  const basisCell: MatrixCell = {
    ...{ scenarioId: "basis", label: "basis", priceMove: 0, volatility: "basis", group: "extended" },
    ...{ beforeOffsets: sum(results.map(({ basisLoss }) => basisLoss)), amount: basis },
  };
  const bindingScenarioId = worst < 0 ? (binding?.id ?? "basis") : undefined;
  return {
    line: binding === undefined ? basisLine(input, results) : scenarioLine(input, binding),
    matrix: {
      ...{ setId: `span-${underlying}`, title: `Scenarios of ${account}`, unit: cashCurrency },
      cells: [...cells, basisCell],
      ...(bindingScenarioId === undefined ? {} : { bindingScenarioId }),
    },
  };
}

interface ExpiryResults {
  readonly expiry: DeriveExpiry;
  /** Result of each scenario, after static discount and weight. */
  readonly amounts: Float64Array;
  /** Profit of each scenario before them. */
  readonly raw: Float64Array;
  /** min(0, up, down) and its part that counts. */
  readonly basisLoss: number;
  readonly basis: number;
}

/** All scenarios of one expiry: positions are added column by column, without a line. */
function expiryResults(input: SpanInput, expiry: DeriveExpiry): ExpiryResults {
  const { settings, cube, staticDiscount, skewedValue } = input;
  const { scenarios, basis: rules } = settings;
  const found = cube(spanSetId(expiry));
  const { values, scenarios: columns } = found;
  const width = columns.length;
  const profits = new Float64Array(width);
  const rows = cubeRows(found, expiry.options);
  for (let at = 0; at < expiry.options.length; at++) {
    const start = (rows[at] || 0) * width;
    const units = (expiry.options[at] as DeriveOption).quantity * expiry.discount;
    for (let column = 0; column < width; column++)
      profits[column] = (profits[column] as number) + units * (values[start + column] as number);
  }
  const columnOf = new Map(columns.map(({ id }, column) => [id, column]));
  const profitOf = (id: string) => profits[columnOf.get(id) ?? -1] ?? 0;
  const raw = Float64Array.from(scenarios, (scenario) =>
    isSkew(scenario)
      ? sum(
          expiry.options.map((option) => option.quantity * (skewedValue(expiry, option, scenario) - option.unitValue)),
        )
      : profitOf(scenario.id),
  );
  const amounts = raw.map((profit, index) => {
    const scenario = scenarios[index];
    if (scenario === undefined) return 0;
    const value = expiry.value + profit;
    const result = value * staticDiscount(expiry, value) - expiry.value;
    return scenario.weight * (isSkew(scenario) ? -Math.abs(result) : result);
  });
  const basisLoss = Math.min(0, profitOf(basisIds.up), profitOf(basisIds.down));
  const basis = basisLoss * (rules.addFactor + rules.multFactor * expiry.years);
  return { expiry, amounts, raw, basisLoss, basis };
}

function basisLine({ account, settings }: SpanInput, results: readonly ExpiryResults[]): Line {
  const { leaf, loss } = lines(cashCurrency);
  const id = `${account}/initial/scenarios`;
  const parts = results.map(({ expiry, basis, basisLoss }) =>
    leaf(`${id}/${expiry.name}`, `Basis ${expiry.name}`, basis, deriveSection.basis, {
      component: "scenario",
      inputs: [
        { label: "loss on the worse forward move", value: basisLoss, unit: cashCurrency },
        { label: "years to expiry", value: expiry.years },
        { label: "share that counts", value: settings.basis.addFactor },
        { label: "added share per year", value: settings.basis.multFactor },
      ],
    }),
  );
  return loss(id, "Worst scenario: basis", deriveSection.worst, parts, { component: "scenario" });
}

function scenarioLine(input: SpanInput, scenario: DeriveScenario): Line {
  const { account, expiries, movers } = input;
  const { leaf, loss } = lines(cashCurrency);
  const { priceMove, weight, label, parameter } = scenario;
  const id = `${account}/initial/scenarios`;
  const moved = movers.map((mover) =>
    leaf(`${id}/${mover.id}`, mover.label, weight * priceMove * mover.exposure, deriveSection.movers, {
      component: "position",
      inputs: [
        { label: "exposure", value: mover.exposure, unit: cashCurrency },
        { label: "price move", value: priceMove },
        { label: "weight", value: weight },
      ],
      ...(mover.holding === undefined ? {} : holderOf(mover.holding)),
    }),
  );
  const parts = expiries.map((expiry) => expiryLine(input, expiry, scenario, `${id}/${expiry.name}`));
  return loss(id, `Worst scenario: ${label}`, deriveSection.worst, [...parts, ...moved], {
    component: "scenario",
    inputs: [
      ...(isSkew(scenario) ? [] : [{ label: "price move", value: priceMove, parameter: `${parameter}/priceMove` }]),
      { label: "volatility", value: scenario.volatility, parameter: `${parameter}/volatility` },
    ],
  });
}

/** The binding scenario of one expiry, position by position; amounts carry weight and the sign of a skew loss. */
function expiryLine(input: SpanInput, expiry: DeriveExpiry, scenario: DeriveScenario, id: string): Line {
  const { cube, staticDiscount, skewedValue, detail } = input;
  const { leaf, sum: total } = lines(cashCurrency);
  const { values, rowOf, scenarios } = cube(spanSetId(expiry));
  const column = scenarios.findIndex((found) => found.id === scenario.id);
  const profits = expiry.options.map((option) => {
    const { instrument, quantity, unitValue } = option;
    if (isSkew(scenario)) return quantity * (skewedValue(expiry, option, scenario) - unitValue);
    const row = rowOf.get(instrument.id) ?? 0;
    return quantity * expiry.discount * (values[row * scenarios.length + column] ?? 0);
  });
  const value = expiry.value + sum(profits);
  const discount = staticDiscount(expiry, value);
  const discounting = value * (discount - 1);
  const turned = isSkew(scenario) && sum([...profits, discounting]) > 0 ? -1 : 1;
  const factor = turned * scenario.weight;
  const inputs = [
    { label: "value before", value: expiry.value, unit: cashCurrency },
    { label: "value in the scenario", value, unit: cashCurrency },
    { label: "static discount", value: discount },
    { label: "weight", value: scenario.weight },
    ...(turned < 0 ? [{ label: "a gain counts as a loss", value: "skew scenario" }] : []),
  ];
  const extra = { component: "scenario", inputs } as const;
  const amounts = [...profits.map((profit) => factor * profit), factor * discounting];
  const label = `Options ${expiry.name}`;
  if (!detail) return leaf(id, label, sum(amounts), deriveSection.expiry, extra);
  const children = expiry.options.map((option, index) =>
    leaf(`${id}/${option.instrument.symbol}`, option.instrument.symbol, amounts[index] ?? 0, deriveSection.expiry, {
      component: "position",
      inputs: [
        { label: "size", value: option.quantity, unit: option.instrument.underlying },
        { label: "value of one unit before", value: option.unitValue, unit: cashCurrency },
      ],
      ...holderOf(option),
    }),
  );
  const last = leaf(`${id}/static-discount`, "Static discount", factor * discounting, deriveSection.staticDiscount, {
    component: "scenario",
  });
  return total(id, label, deriveSection.expiry, [...children, last], extra);
}
