import { type Result, success } from "../../base/index.ts";
import { quantityUnit } from "../../instrument/index.ts";
import type { AddedLeg, LegInputs } from "../../margin/index.ts";
import { markOfLeg } from "../../margin/index.ts";
import { hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import { type BaseState, type BookState, baseState, pointOf, stateAfter, type WhatIfRun, worst } from "./book-state.ts";
import { type LibraryStress, withLibrary } from "./library-stress.ts";
import { limitVerdicts } from "./limit-verdicts.ts";
import type {
  ScenarioPoint,
  TicketCost,
  WhatIfChange,
  WhatIfColumn,
  WhatIfFigures,
  WhatIfLeg,
  WhatIfLimit,
  WorstPoints,
} from "./what-if-result.ts";

/** Excluded positions that are listed one by one. */
const mostListed = 20;

export interface WhatIfChoices {
  readonly label: string;
  readonly limits: readonly WhatIfLimit[];
  readonly stress?: LibraryStress | undefined;
}

/**
 * One method's answer to a what-if: every figure before the legs, after them, and the change. Before is the portfolio with the user's own
 * changes; neither side uses the margin balance that the venue stated.
 *
 * @param run    the side before
 * @param legs   the ticket
 * @param limits those without a methodology, or of this one, are judged
 * @param stress scenarios of the library whose losses count too
 * @returns failures as of `marginTotals`
 */
export function whatIfColumn(
  run: WhatIfRun,
  legs: readonly AddedLeg[],
  { label, limits, stress }: WhatIfChoices,
): Result<WhatIfColumn> {
  const base = baseState(run);
  if (!base.ok) return base;
  const changed = stateAfter(base.value, { legs });
  if (!changed.ok) return changed;
  const { kernel } = base.value;
  const [before, after] = [withLibrary(base.value, stress, kernel), withLibrary(changed.value, stress, kernel)];
  const { methodology, rules, market } = run;
  const { id, title } = methodology;
  return success({
    label,
    methodology: { id, title },
    version: rules.version,
    overridden: rules.overrides.length > 0,
    accuracy: before.accuracy,
    before: before.figures,
    after: after.figures,
    change: changeOf(before.figures, after.figures),
    worst: worstPoints(before, after),
    limits: limitVerdicts(limits, id, market, before, after),
    excluded: after.built.excluded.slice(0, mostListed),
    kernel: before.kernel.name,
  });
}

/** After less before; a figure that one side lacks has no change. */
export function changeOf(before: WhatIfFigures, after: WhatIfFigures): WhatIfChange {
  const some = (name: "equityUsd" | "marginBalanceUsd" | "availableUsd" | "headroomUsd" | "callRoomUsd") => {
    const [one, other] = [before[name], after[name]];
    return one === undefined || other === undefined ? {} : { [name]: other - one };
  };
  return {
    initialUsd: after.initialUsd - before.initialUsd,
    maintenanceUsd: after.maintenanceUsd - before.maintenanceUsd,
    ...some("equityUsd"),
    ...some("marginBalanceUsd"),
    ...some("availableUsd"),
    ...some("headroomUsd"),
    ...some("callRoomUsd"),
    deltaUsd: after.exposure.deltaUsd - before.exposure.deltaUsd,
    gammaUsd: after.exposure.gammaUsd - before.exposure.gammaUsd,
    vegaUsd: after.exposure.vegaUsd - before.exposure.vegaUsd,
    thetaUsd: after.exposure.thetaUsd - before.exposure.thetaUsd,
    grossNotionalUsd: after.grossNotionalUsd - before.grossNotionalUsd,
  };
}

function worstPoints({ grid, ...before }: BaseState, after: BookState): WorstPoints {
  const differences = grid.scenarios.map(
    (scenario, at): ScenarioPoint => pointOf(scenario, (after.wide[at] ?? 0) - (before.wide[at] ?? 0)),
  );
  return {
    worstOfDifference: worst(differences) ?? { label: "no scenario", priceMove: 0, profitUsd: 0 },
    differenceOfWorstUsd: after.figures.worstWide.profitUsd - before.figures.worstWide.profitUsd,
    grid: grid.basis,
    points: grid.scenarios.length,
  };
}

/** What the legs of a ticket cost at their prices. Legs settled in a currency without a rate to USD are not in it. */
export function ticketCost(legs: readonly AddedLeg[], inputs: LegInputs): TicketCost {
  const indices = new Map(inputs.market.indices.map(({ underlying, price }) => [underlying, price]));
  let [spreadUsd, premiumUsd] = [0, 0];
  for (const { instrument, quantity, gain } of legs) {
    if (!hasUsdRate(indices, instrument.settlement)) continue;
    spreadUsd -= gain?.usd ?? 0;
    const { kind, settlement } = instrument;
    if (kind !== "option" && kind !== "spot" && kind !== "stock") continue;
    const mark = markOfLeg(instrument, inputs) ?? 0;
    premiumUsd += (quantity * mark - (gain?.amount ?? 0)) * usdPerUnit(indices, settlement);
  }
  return { spreadUsd: spreadUsd === 0 ? 0 : spreadUsd, premiumUsd: premiumUsd === 0 ? 0 : premiumUsd };
}

/** Legs as they were understood, with mark and price. */
export function understoodLegs(legs: readonly AddedLeg[], inputs: LegInputs): readonly WhatIfLeg[] {
  return legs.map(({ instrument, quantity, gain }) => {
    const mark = markOfLeg(instrument, inputs) ?? 0;
    const held = inputs.portfolio.positions
      .filter((position) => position.instrument.id === instrument.id)
      .reduce((total, position) => total + position.quantity, 0);
    const isOption = instrument.kind === "option";
    const isInverse =
      instrument.payoff === "inverse" && (instrument.kind === "future" || instrument.kind === "perpetual");
    const per = quantity === 0 ? 0 : (gain?.amount ?? 0) / quantity;
    const { symbol, venue, underlying, settlement, quote } = instrument;
    const price = per === 0 ? mark : isInverse ? 1 / (1 / mark + per) : mark - per;
    return {
      symbol,
      venue,
      underlying,
      quantity,
      quantityUnit: quantityUnit(instrument),
      mark,
      price,
      priceUnit: isOption && instrument.payoff === "inverse" ? settlement : quote,
      settlement,
      held,
    };
  });
}
