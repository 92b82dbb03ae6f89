import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Instrument, instrumentId } from "../../core/instrument/index.ts";
import type { MarketSnapshot, Quote } from "../../core/market/index.ts";
import { catalog, type Methodology } from "../../core/methodology/index.ts";
import type { Portfolio, Position, PositionId } from "../../core/portfolio/index.ts";
import { parseRulebook, type ResolvedRules, resolveRules } from "../../core/rulebook/index.ts";
import { draws } from "./synthetic-inputs.ts";

const asOfMs = Date.UTC(2026, 0, 4, 9);
const days = [1, 3, 7, 14, 30, 60, 90, 180, 270, 365];
/** A coin of a synthetic venue: index in USD, volatility at the money. */
export interface ProductCoin {
  readonly underlying: string;
  readonly index: number;
  readonly volatility: number;
}

const twoCoins: readonly ProductCoin[] = [
  { underlying: "BTC", index: 91_000, volatility: 0.45 },
  { underlying: "ETH", index: 3_100, volatility: 0.65 },
];

export interface ProductBook {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
}

/** A synthetic venue book: options on ten expiries of each coin, every leg another instrument, and a perpetual of each. */
export function productBook(legs: number, coins = twoCoins): ProductBook {
  const { uniform } = draws(7);
  const quotes: Quote[] = [];
  const positions: Position[] = [];
  const hold = (instrument: Instrument, quantity: number): void => {
    positions.push({ id: `p${positions.length}` as PositionId, instrument, quantity });
  };
  const forwards = coins.flatMap(({ underlying, index }) =>
    days.map((day) => ({
      ...{ underlying, quote: "USD", expiryMs: expiryOf(day), value: index * (1 + 0.0001 * day) },
      ...{ method: "parity" as const, pairs: 2 },
    })),
  );
  for (const { underlying, index } of coins) {
    const instrument: Instrument = {
      ...{ ...termsOf(underlying), kind: "perpetual", symbol: `${underlying}-PERPETUAL` },
      id: instrumentId("deribit", `${underlying}-PERPETUAL`),
    };
    quotes.push({ instrument, mark: index * 1.0002 });
    hold(instrument, 50_000);
  }
  for (let leg = 0; leg < legs - coins.length; leg++) {
    const coin = coins[leg % coins.length];
    if (coin === undefined) continue;
    const day = days[Math.floor(leg / coins.length) % days.length] ?? 1;
    const strikeStep = Math.floor(leg / (2 * coins.length * days.length));
    const optionType = Math.floor(leg / (coins.length * days.length)) % 2 === 0 ? "call" : "put";
    const strike = Math.round(
      coin.index * (0.4 + (1.6 * (strikeStep + 1)) / (legs / (2 * coins.length * days.length) + 1)),
    );
    const symbol = `${coin.underlying}-${day}D-${strike}-${optionType === "call" ? "C" : "P"}`;
    const instrument: Instrument = {
      ...{ ...termsOf(coin.underlying), kind: "option", id: instrumentId("deribit", symbol), symbol },
      ...{ expiryMs: expiryOf(day), strike, optionType },
    };
    const distance = Math.log(strike / coin.index);
    quotes.push({ instrument, markVolatility: coin.volatility * (1 + 0.3 * distance * distance) });
    hold(instrument, Math.round((uniform() - 0.5) * 200) / 10);
  }
  const market: MarketSnapshot = {
    ...{ name: "synthetic", venue: "deribit", asOfMs, quotes, forwards, smiles: [], warnings: [], sources: [] },
    indices: coins.map(({ underlying, index }) => ({ underlying, price: index, source: "quoted" })),
    synthetic: true,
  };
  const balances = coins.map(({ underlying }) => ({ currency: underlying, equity: 1_000, basis: "imported" as const }));
  const portfolio: Portfolio = {
    name: "synthetic",
    venue: "deribit",
    positions,
    balances,
    components: [],
    sources: [],
  };
  return { portfolio, market };
}

function termsOf(underlying: string) {
  return { venue: "deribit", underlying, quote: "USD", payoff: "inverse", settlement: underlying } as const;
}

function expiryOf(day: number): number {
  return asOfMs + day * 86_400_000 - 3_600_000;
}

/** A methodology of the catalogue with the latest rules that ship with the program. */
export function shippedRules(id: string): { readonly methodology: Methodology; readonly rules: ResolvedRules } {
  const methodology = catalog.get(id);
  if (methodology === undefined) throw new Error(`the catalogue has no ${id}`);
  const text = readFileSync(resolve("resources/rulebooks", `${id}.json`), "utf8");
  const rulebook = parseRulebook(JSON.parse(text));
  if (!rulebook.ok) throw new Error(rulebook.failure.message);
  const rules = resolveRules(rulebook.value, { name: rulebook.value.versions.at(-1)?.name ?? "" });
  if (!rules.ok) throw new Error(rules.failure.message);
  return { methodology, rules: rules.value };
}
