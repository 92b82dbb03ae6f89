import { formatNumber, formatPercent } from "../../../core/base/format.ts";
import type {
  FactorMove,
  MarketLevel,
  ReverseStress,
  StressGoal,
  StressPush,
  StressSolution,
} from "../../client/stress.ts";

/** What a move does, of an account where one is named. */
function goalWords(goal: StressGoal, account: string | undefined): string {
  const of = account === undefined ? "" : ` of account ${account}`;
  if (goal.kind === "equity") return `takes the equity${of} to 0`;
  if (goal.kind === "maintenance") return `triggers maintenance${of}`;
  if (goal.kind === "initial") return `triggers a margin call${of}`;
  return `loses ${formatNumber(goal.amountUsd, { decimals: 0, unit: "USD" })}`;
}

/** The answer in a sentence: how far, and where every factor ends. */
export function reverseSentence(result: ReverseStress): string {
  const { goal, reachedNow, solutions, horizonDays, levels, mostDeviations } = result;
  const [nearest] = solutions;
  const what = goalWords(goal, nearest?.state.account);
  if (reachedNow) return `The book is there already: no move is needed that ${what}.`;
  if (!nearest) return `No move up to ${formatNumber(mostDeviations, { decimals: 0 })} standard deviations ${what}.`;
  return `The smallest plausible move that ${what} is ${deviations(nearest.norm)} over ${days(horizonDays)}: ${movesText(nearest.moves, levels)}.`;
}

/** How plausible a solution is; both figures assume normal factors. */
export function plausibilityWords(
  { norm, halfSpaceProbability, chiSquareTail, degrees }: StressSolution,
  horizonDays: number,
): string {
  const often = halfSpaceProbability > 0 ? horizonDays / halfSpaceProbability : undefined;
  const once = often === undefined ? "" : ` (about once in ${timeText(often)})`;
  return [
    `With normal factors the probability beyond this boundary is ${chance(halfSpaceProbability)} over ${days(horizonDays)}${once}`,
    `a move at least ${deviations(norm)} away in any direction: ${chance(chiSquareTail)} (chi-square, ${degrees} ${degrees === 1 ? "degree" : "degrees"} of freedom)`,
    "real tails are fatter",
  ]
    .join("; ")
    .concat(".");
}

/** `BTC −18.00 % (61,234 USD), BTC vol +22.00 %`; what moves least in deviations comes last. */
export function movesText(
  moves: readonly Pick<FactorMove, "factor" | "move" | "deviations">[],
  levels: readonly MarketLevel[],
  most = 6,
): string {
  const sorted = [...moves].sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations));
  const texts = sorted.slice(0, most).map((move) => moveWords(move, levels));
  const rest = sorted.length - texts.length;
  return rest > 0 ? `${texts.join(", ")}, and ${rest} more` : texts.join(", ");
}

function moveWords({ factor, move }: Pick<FactorMove, "factor" | "move">, levels: readonly MarketLevel[]): string {
  const [kind = "", underlying = ""] = factor.split(":");
  const text = formatPercent(move, { decimals: 1, signed: true });
  if (kind === "volatility") return `${underlying} vol ${text}`;
  const price = levels.find((level) => level.underlying === underlying)?.price;
  if (price === undefined) return `${underlying} ${text}`;
  const level = price * (1 + move);
  const shown = formatNumber(level, {
    ...(Math.abs(level) >= 1000 ? { decimals: 0 } : { significant: 4 }),
    unit: "USD",
  });
  return `${underlying} ${text} (${shown})`;
}

export const deviations = (norm: number): string => `${formatNumber(norm, { decimals: 2 })} standard deviations`;

/** Small chances with two digits that say something. */
export function chance(probability: number): string {
  if (probability === 0) return "below 1e-300";
  if (probability >= 1e-5) return formatNumber(probability * 100, { significant: 2, unit: "%" });
  return probability.toExponential(1).replace("-", "−");
}

const days = (count: number): string => (count === 1 ? "1 day" : `${formatNumber(count, { decimals: 0 })} days`);

function timeText(inDays: number): string {
  if (inDays < 730) return `${formatNumber(inDays, { decimals: 0 })} days`;
  const years = inDays / 365;
  return years < 1e6 ? `${formatNumber(years, { decimals: 0 })} years` : "more than a million years";
}

/** What all losing sides together lose, and the most that is lost among likely moves. */
export function pushSentence({ push, together, ellipsoid, settled, rounds }: StressPush): string {
  const money = (amount: number): string => formatNumber(amount, { decimals: 0, unit: "USD" });
  const result = (pnlUsd: number): string => (pnlUsd < 0 ? `lose ${money(-pnlUsd)}` : `gain ${money(pnlUsd)}`);
  const open = settled ? "" : ` (sides still changed after ${rounds} rounds)`;
  return [
    `All factors pushed ${formatNumber(push, { decimals: push % 1 === 0 ? 0 : 1 })} deviations to their losing sides ${result(together.pnlUsd)}${open}`,
    `as a joint move that is ${deviations(together.norm)} away.`,
    `Within ${formatNumber(ellipsoid.confidence * 100, { decimals: 0 })} % of normal moves (${formatNumber(ellipsoid.radius)} deviations) the book can ${result(ellipsoid.worst.pnlUsd)}.`,
  ].join(" ");
}
