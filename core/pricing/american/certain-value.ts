import { dividendsBefore, type SpotOption } from "./american-terms.ts";

/** What of the spot price a cash dividend leaves at least. */
export const leastLeft = 1e-6;

/**
 * Value of an option whose spot price moves without uncertainty: it grows by r − q and falls by each dividend at its ex-date.
 *
 *     max over exercise times t of e^{−r·t}·max(0, w·(S(t) − K)):  now, before and after each ex-date, at expiry, and at the
 *     turning point of each piece between
 *
 * @param option   its own `spot` and `sigma` are not used
 * @param spot     S now; > 0
 * @param exercise at any time, or at expiry only
 * @returns unit of S and K; ≥ 0; what an option of total volatility v is worth to 0.4·v·S
 */
export function certainValue(option: SpotOption, spot: number, exercise: "american" | "european" = "american"): number {
  const { strike, years, isCall, rate, dividendYield } = option;
  const turnOf = (share: number): number =>
    Math.log((rate * strike) / (dividendYield * share)) / (rate - dividendYield);
  const at = (share: number, time: number): number => {
    const [paid, owed] = [share * Math.exp(-dividendYield * time), strike * Math.exp(-rate * time)];
    return Math.max(isCall ? paid - owed : owed - paid, 0);
  };
  // Between ex-dates the discounted spot price is share · e^{−q·t}.
  let share = spot;
  let from = 0;
  let best = 0;
  const exercisedUntil = (end: number): void => {
    const turn = turnOf(share);
    const inside = Number.isFinite(turn) && turn > from && turn < end ? at(share, turn) : 0;
    best = Math.max(best, at(share, from), at(share, end), inside);
    from = end;
  };
  for (const { years: exDate, amount } of dividendsBefore(option)) {
    exercisedUntil(exDate);
    share = Math.max(share - amount * Math.exp((dividendYield - rate) * exDate), leastLeft * share);
  }
  if (exercise === "european") return at(share, years);
  exercisedUntil(years);
  return best;
}
