import { yearsBetween } from "../base/index.ts";
import type { Option } from "../instrument/index.ts";
import type { Carry, Feed, Forward, MarketSnapshot } from "../market/index.ts";

/**
 * Carry of a listed option, from the rates and dividends the market states.
 *
 *     r   stated for the underlying, else for the quote currency: linear in time between expiries, flat beyond them
 *     q   stated for the underlying; else implied by the forward of the expiry, q = r − ln(F/(S − Σ D·e^{−r·t}))/τ; else 0
 *
 * @param index   S, quote currency
 * @param forward of the expiry, where the market has one; a forward that is only the index implies nothing
 * @param years   τ; > 0
 * @returns `undefined` where the market states no rate: the option is then valued undiscounted on its forward
 * @source resources/docs/american-options.md, section 5
 */
export function carryOf(
  snapshot: MarketSnapshot,
  option: Option,
  index: number,
  forward: Forward | undefined,
  years: number,
): Carry | undefined {
  if (option.payoff === "inverse") return undefined;
  const feeds = snapshot.feeds ?? [];
  const rate = rateOf(feeds, option.underlying, option.expiryMs) ?? rateOf(feeds, option.quote, option.expiryMs);
  if (rate === undefined) return undefined;
  if (option.on === "future") return { rate, dividendYield: rate, dividends: [], yieldSource: "stated" };
  const dividends = feeds
    .flatMap(({ kind, underlying, expiryMs = 0, value = 0 }) =>
      kind === "dividend" && underlying === option.underlying
        ? [{ years: yearsBetween(snapshot.asOfMs, expiryMs), amount: value }]
        : [],
    )
    .filter((dividend) => dividend.years > 0 && dividend.years < years && dividend.amount > 0)
    .sort((a, b) => a.years - b.years);
  const stated = feeds.find(({ kind, underlying }) => kind === "dividend-yield" && underlying === option.underlying);
  if (stated?.value !== undefined) return { rate, dividendYield: stated.value, dividends, yieldSource: "stated" };
  const known = forward !== undefined && forward.method !== "index" && forward.value > 0;
  if (!known || years === 0) return { rate, dividendYield: 0, dividends, yieldSource: "none" };
  let paid = 0;
  for (const { years: at, amount } of dividends) paid += amount * Math.exp(-rate * at);
  const left = index - paid;
  if (!(left > 0)) return { rate, dividendYield: 0, dividends, yieldSource: "none" };
  return { rate, dividendYield: rate - Math.log(forward.value / left) / years, dividends, yieldSource: "implied" };
}

function rateOf(feeds: readonly Feed[], underlying: string, expiryMs: number): number | undefined {
  const stated = feeds
    .flatMap((feed) =>
      feed.kind === "rate" && feed.underlying === underlying && feed.value !== undefined
        ? [{ expiryMs: feed.expiryMs ?? Number.NEGATIVE_INFINITY, value: feed.value }]
        : [],
    )
    .sort((a, b) => a.expiryMs - b.expiryMs);
  const after = stated.find((point) => point.expiryMs >= expiryMs);
  const before = stated.filter((point) => point.expiryMs <= expiryMs).at(-1);
  if (after === undefined || before === undefined || after.expiryMs === before.expiryMs)
    return (before ?? after)?.value;
  if (before.expiryMs === Number.NEGATIVE_INFINITY) return before.value;
  const share = (expiryMs - before.expiryMs) / (after.expiryMs - before.expiryMs);
  return before.value + (after.value - before.value) * share;
}
