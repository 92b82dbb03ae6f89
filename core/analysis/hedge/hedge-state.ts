import type { Steps } from "../../base/index.ts";
import { type AccountCharge, type Book, usdPerUnit } from "../../methodology/index.ts";
import { bookGreeks } from "../book-greeks.ts";
import { holdingsOf } from "../holdings.ts";
import { bookMover } from "../reverse-stress/moved-book.ts";
import type { LibraryStress } from "../what-if/library-stress.ts";
import { type HedgeBook, requirementUsd } from "./hedge-book.ts";
import type { HedgeBinding, HedgeState, LiquidationDistance } from "./hedge-result.ts";
import { stressOf } from "./hedge-stress.ts";
import { wideLoss } from "./wide-loss.ts";

/** Paid by longs to shorts each day, fraction of notional. */
export interface FundingRate {
  readonly symbol: string;
  readonly ratePerDay: number;
}

/** What is asked of a book beside its margin. */
export interface StateQuestions {
  readonly funding: readonly FundingRate[];
  readonly stress?: LibraryStress | undefined;
}

/**
 * Everything that is said of a book before and after a hedge, recomputed.
 *
 * @param book     after the trades
 * @param costUsd  of the trades; taken off the margin balance
 * @returns in steps
 */
export function* hedgeState(
  hedge: HedgeBook,
  book: Book,
  costUsd: number,
  requirement: "initial" | "maintenance",
  { funding, stress }: StateQuestions,
): Steps<HedgeState> {
  const { accounts } = hedge.charge(book);
  yield;
  const required = requirementUsd(accounts, requirement);
  const balance = balanceOf(accounts);
  const marginBalanceUsd = balance === undefined ? undefined : balance - costUsd;
  const holdings = holdingsOf(book);
  const greeks = bookGreeks(
    holdings.instruments.map(({ terms }) => terms),
    holdings,
  );
  const { delta, gamma, vega, theta } = greeks;
  yield;
  const liquidation = balance === undefined ? undefined : yield* liquidationDistance(hedge, book, costUsd);
  const wide = yield* wideLoss(hedge, book);
  return {
    requirementUsd: required,
    initialUsd: requirementUsd(accounts, "initial"),
    maintenanceUsd: requirementUsd(accounts, "maintenance"),
    ...(marginBalanceUsd === undefined ? {} : { marginBalanceUsd, headroomUsd: marginBalanceUsd - required }),
    ...(marginBalanceUsd === undefined || marginBalanceUsd <= 0 ? {} : { ratio: required / marginBalanceUsd }),
    bindings: bindingsOf(accounts),
    greeks: { delta, gamma, vega, theta },
    carry: carryOf(book, theta, funding),
    ...(liquidation === undefined ? {} : { liquidation }),
    wide,
    ...stressOf(book, stress, hedge.kernel),
  };
}

/** Margin balance of all accounts, USD; `undefined` where none states one. */
export function balanceOf(accounts: readonly AccountCharge[]): number | undefined {
  const stated = accounts.filter(({ marginBalance }) => marginBalance !== undefined);
  if (stated.length === 0) return undefined;
  return stated.reduce((total, { marginBalance, usdPerUnit: usd }) => total + usd * (marginBalance?.amount ?? 0), 0);
}

/** The binding scenario of every risk matrix that loses. */
export function bindingsOf(accounts: readonly AccountCharge[]): readonly HedgeBinding[] {
  return accounts.flatMap(({ id, matrices, usdPerUnit: usd }) =>
    matrices.flatMap(({ setId, bindingScenarioId, cells }): HedgeBinding[] => {
      const cell = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
      if (cell === undefined) return [];
      return [
        {
          account: id,
          setId,
          scenarioId: cell.scenarioId,
          label: cell.label,
          lossUsd: Math.max(0, -usd * cell.amount),
        },
      ];
    }),
  );
}

function carryOf(book: Book, theta: number, funding: readonly FundingRate[]): HedgeState["carry"] {
  const rates = new Map(funding.map(({ symbol, ratePerDay }) => [symbol, ratePerDay]));
  const unknown = new Set<string>();
  let fundingUsdPerDay = 0;
  for (const { position, terms } of book.positions) {
    const { instrument, quantity } = position;
    if (instrument.kind !== "perpetual") continue;
    const rate = rates.get(instrument.symbol);
    if (rate === undefined) unknown.add(instrument.symbol);
    else {
      const inverse = instrument.payoff === "inverse";
      const notional = inverse ? quantity : quantity * terms.mark * usdPerUnit(book.indices, instrument.quote);
      fundingUsdPerDay -= rate * notional;
    }
  }
  return {
    thetaUsdPerDay: theta,
    fundingUsdPerDay: fundingUsdPerDay === 0 ? 0 : fundingUsdPerDay,
    fundingUnknown: [...unknown].sort(),
    usdPerDay: theta + fundingUsdPerDay,
  };
}

const deepest = -0.9;
const highest = 2;
const searchSteps = 24;
const searchWidth = 1e-5;

/** First price move of all underlyings, each way, at which some account's margin balance falls below its maintenance margin. */
function* liquidationDistance(hedge: HedgeBook, book: Book, costUsd: number): Steps<LiquidationDistance> {
  const mover = bookMover(book, hedge.under, hedge.kernel);
  const isShort = (move: number): boolean => {
    const shocks = new Map(mover.underlyings.map(({ underlying }) => [underlying, { price: move, volatility: 0 }]));
    const { accounts } = mover.charge(mover.moved({ shocks }), false);
    const room = accounts.flatMap(({ marginBalance, maintenance, usdPerUnit: usd }) =>
      marginBalance === undefined ? [] : [usd * (marginBalance.amount - maintenance.amount)],
    );
    // The cost of the trades is cash of the account that is nearest to its margin.
    return room.length > 0 && Math.min(...room) - costUsd < 0;
  };
  const found: { down?: number; up?: number } = {};
  const now = isShort(0);
  for (const [side, end] of [["down", deepest] as const, ["up", highest] as const]) {
    if (now) {
      found[side] = 0;
      continue;
    }
    let inner = 0;
    for (let step = 1; step <= searchSteps; step++) {
      const outer = (end * step) / searchSteps;
      if (isShort(outer)) {
        let [low, high] = [inner, outer];
        while (Math.abs(high - low) > searchWidth) {
          const middle = 0.5 * (low + high);
          if (isShort(middle)) high = middle;
          else low = middle;
        }
        found[side] = high;
        break;
      }
      inner = outer;
      yield;
    }
  }
  return { ...found, searchedDown: deepest, searchedUp: highest };
}
