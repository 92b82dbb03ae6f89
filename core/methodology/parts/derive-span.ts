import { sum } from "../../base/index.ts";
import type { MatrixCell, RiskMatrix } from "../contract.ts";
import { type Line, lines } from "../statement.ts";
import { columnSums } from "./column-sums.ts";
import type { DeriveExpiry } from "./derive-expiry.ts";
import { type ExpiryInput, type ExpiryResults, expiryResults } from "./derive-expiry-results.ts";
import { cashCurrency } from "./derive-feeds.ts";
import { type DeriveScenario, isSkew } from "./derive-scenarios.ts";
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

export interface SpanInput extends ExpiryInput {
  readonly account: string;
  readonly underlying: string;
  readonly expiries: readonly DeriveExpiry[];
  readonly movers: readonly Mover[];
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
 *     scenario:  Σ expiries + w·m·Σ exposures
 *     basis:     Σ expiries
 *     loss       = −min(basis, every scenario)
 *
 * @returns the loss as a line that opens to the binding scenario, and all scenarios as a matrix; of equal results the
 *          basis comes first, then the first scenario
 * @source resources/docs/methodology/derive-portfolio-2.md, section 3
 */
export function spanOf(input: SpanInput): Span {
  const { account, underlying, settings, movers } = input;
  const { scenarios } = settings;
  const results = input.expiries.map((expiry) => expiryResults(input, expiry));
  const [before, after] = [columnSums(scenarios.length), columnSums(scenarios.length)];
  for (const { raw, amounts } of results)
    for (let at = 0; at < scenarios.length; at++) {
      before.add(at, raw[at] as number);
      after.add(at, amounts[at] as number);
    }
  const exposure = sum(movers.map((mover) => mover.exposure));
  const basis = sum(results.map((result) => result.basis));
  let worst = basis;
  let binding = -1;
  const cells = scenarios.map(({ id: scenarioId, label, priceMove, volatility, weight }, at): MatrixCell => {
    const moved = exposure * priceMove;
    before.add(at, moved);
    after.add(at, weight * moved);
    const amount = after.total(at);
    if (amount < worst) {
      worst = amount;
      binding = at;
    }
    return {
      ...{ scenarioId, label, priceMove, amount, beforeOffsets: before.total(at) },
      volatility: volatility === "none" ? "same" : volatility,
      group: weight === 1 && !isSkew(volatility) ? "standard" : "extended",
    };
  });
  const basisCell: MatrixCell = {
    ...{ scenarioId: "basis", label: "basis", priceMove: 0, volatility: "basis", group: "extended" },
    ...{ beforeOffsets: sum(results.map(({ basisLoss }) => basisLoss)), amount: basis },
  };
  const bindingScenarioId = worst < 0 ? (scenarios[binding]?.id ?? "basis") : undefined;
  return {
    line: binding < 0 ? basisLine(input, results) : scenarioLine(input, results, binding),
    matrix: {
      ...{ setId: `span-${underlying}`, title: `Scenarios of ${account}`, unit: cashCurrency },
      cells: [...cells, basisCell],
      ...(bindingScenarioId === undefined ? {} : { bindingScenarioId }),
    },
  };
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

function scenarioLine(input: SpanInput, results: readonly ExpiryResults[], binding: number): Line {
  const { account, movers, settings, detail } = input;
  const { leaf, loss } = lines(cashCurrency);
  const scenario = settings.scenarios[binding] as DeriveScenario;
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
  const parts = results.map((result) =>
    expiryLine(result, scenario, result.profitsIn(binding), `${id}/${result.expiry.name}`, detail),
  );
  return loss(id, `Worst scenario: ${label}`, deriveSection.worst, [...parts, ...moved], {
    component: "scenario",
    inputs: [
      ...(isSkew(scenario.volatility)
        ? []
        : [{ label: "price move", value: priceMove, parameter: `${parameter}/priceMove` }]),
      { label: "volatility", value: scenario.volatility, parameter: `${parameter}/volatility` },
    ],
  });
}

/** The binding scenario of one expiry, position by position; amounts carry weight and the sign of a skew loss. */
function expiryLine(
  { expiry, factorOn }: ExpiryResults,
  scenario: DeriveScenario,
  profits: Float64Array,
  id: string,
  detail: boolean,
): Line {
  const { leaf, sum: total } = lines(cashCurrency);
  const { held } = expiry.options;
  const value = expiry.value + sum(profits);
  const discount = factorOn(value);
  const parts = new Float64Array(held.length + 1);
  parts.set(profits);
  parts[held.length] = value * (discount - 1);
  const turned = isSkew(scenario.volatility) && sum(parts) > 0 ? -1 : 1;
  const factor = turned * scenario.weight;
  const amounts = parts.map((part) => factor * part);
  const inputs = [
    { label: "value before", value: expiry.value, unit: cashCurrency },
    { label: "value in the scenario", value, unit: cashCurrency },
    { label: "static discount", value: discount },
    { label: "weight", value: scenario.weight },
    ...(turned < 0 ? [{ label: "a gain counts as a loss", value: "skew scenario" }] : []),
  ];
  const extra = { component: "scenario", inputs } as const;
  const label = `Options ${expiry.name}`;
  if (!detail) return leaf(id, label, sum(amounts), deriveSection.expiry, extra);
  const children = held.map((option, at) =>
    leaf(`${id}/${option.instrument.symbol}`, option.instrument.symbol, amounts[at] ?? 0, deriveSection.expiry, {
      component: "position",
      inputs: [
        { label: "size", value: option.quantity, unit: option.instrument.underlying },
        { label: "value of one unit before", value: expiry.unitValues[at] ?? 0, unit: cashCurrency },
      ],
      ...holderOf(option),
    }),
  );
  const last = leaf(
    `${id}/static-discount`,
    "Static discount",
    amounts[held.length] ?? 0,
    deriveSection.staticDiscount,
    {
      component: "scenario",
    },
  );
  return total(id, label, deriveSection.expiry, [...children, last], extra);
}
