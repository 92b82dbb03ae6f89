import { z } from "zod";

/** Factors that are shocked together where nothing names them one by one. */
export const factorClass = z.strictObject({
  name: z.string().min(1).describe("as in shocks: ALT, STABLE"),
  label: z.string().min(1),
  members: z.array(z.string().min(1)).max(10_000),
});

/** What a factor without an entry does when its driver has one: relative move × beta. */
export const factorBeta = z.strictObject({
  factor: z.string().min(1).describe("a factor or a class of factors; a factor's own row counts before its class's"),
  kind: z.enum(["price", "volatility"]),
  driver: z.string().min(1).describe("a factor; its own, class or * entry is followed, never another beta"),
  beta: z.number(),
  least: z.number().exactOptional().describe("beta counts as at least this"),
  note: z.string().exactOptional(),
});

export const factorBetas = z.array(factorBeta).max(10_000);

export type FactorClass = z.output<typeof factorClass>;
export type FactorBeta = z.output<typeof factorBeta>;
export type FactorBetas = readonly FactorBeta[];

/**
 * Which class a factor belongs to, the narrowest first. A name that no class holds is a coin without a class of its own: small alt and alt.
 * SINGLE_NAME and LOCAL_STABLE are for the user to fill: the coin, or the stablecoin of a venue, that an event would single out.
 */
export const factorClasses: readonly FactorClass[] = [
  { name: "MAJOR", label: "Bitcoin and Ether", members: ["BTC", "ETH"] },
  {
    name: "STABLE",
    label: "Stablecoins",
    members: [
      ...["USDT", "USDC", "DAI", "FDUSD", "TUSD", "USDP", "BUSD", "PYUSD", "USDE", "USDS", "GUSD", "RLUSD", "USD1"],
      ...["USDG", "EURC", "EURT", "UST", "USTC", "FRAX", "LUSD", "SUSD", "USDD"],
    ],
  },
  { name: "STABLE_ALGO", label: "Algorithmic stablecoins", members: ["UST", "USTC", "USDD"] },
  { name: "LOCAL_STABLE", label: "Stablecoin that loses its peg on one venue", members: [] },
  { name: "SINGLE_NAME", label: "Coin that an event destroys", members: [] },
  { name: "EXCHANGE_TOKEN", label: "Token of a venue that fails", members: ["FTT"] },
  {
    name: "LARGE_ALT",
    label: "Large coins",
    members: [
      ...["SOL", "XRP", "BNB", "ADA", "DOGE", "TRX", "AVAX", "LINK", "DOT", "LTC", "BCH", "TON", "SUI", "XLM", "HYPE"],
      ...["MATIC", "POL", "UNI", "ATOM", "ETC"],
    ],
  },
  {
    name: "CASH",
    label: "Currencies",
    members: ["USD", "EUR", "GBP", "JPY", "CHF", "AUD", "CAD", "NZD", "SGD", "HKD"],
  },
  {
    name: "INDEX",
    label: "Stock indices",
    members: [
      "SPX",
      "SPXW",
      "XSP",
      "NDX",
      "RUT",
      "DJX",
      "NKY",
      "DAX",
      "SX5E",
      "UKX",
      "HSI",
      "SPY",
      "QQQ",
      "IWM",
      "DIA",
    ],
  },
  {
    name: "OTHER",
    label: "Currency pairs, commodities, volatility indices",
    members: [
      ...["EURCHF", "USDCHF", "USDJPY", "EURUSD", "GBPUSD", "WTI", "WTI_FRONT", "WTI_SECOND", "BRENT", "NICKEL"],
      ...["GOLD", "SILVER", "XAU", "XAG", "COPPER", "NATGAS", "VIX", "VX", "VIX_FUTURE_1", "VIX_FUTURE_2"],
    ],
  },
  { name: "STOCK", label: "Shares", members: [] },
];

/**
 * Default betas. They are a choice of this program, shown and editable, and used only when asked for.
 *
 * @source resources/docs/scenario-library.md, section 4
 */
export const defaultBetas: FactorBetas = [
  { factor: "ETH", kind: "price", driver: "BTC", beta: 1.25 },
  { factor: "LARGE_ALT", kind: "price", driver: "BTC", beta: 1.4 },
  { factor: "SMALL_ALT", kind: "price", driver: "BTC", beta: 1.8 },
  { factor: "STABLE", kind: "price", driver: "BTC", beta: 0, note: "a peg holds unless a scenario breaks it" },
  { factor: "ALT", kind: "volatility", driver: "ETH", beta: 1, note: "the same relative change as Ether's" },
];

const neverAlts = new Set(["MAJOR", "STABLE", "STABLE_ALGO", "LOCAL_STABLE", "CASH", "INDEX", "OTHER", "STOCK"]);

/**
 * Classes of a factor, the narrowest first.
 *
 * @param factor  an underlying or a currency
 * @param classes the table; a factor that it holds in no class is a coin: SMALL_ALT, ALT
 */
export function classesOf(factor: string, classes: readonly FactorClass[] = factorClasses): readonly string[] {
  const name = factor.toUpperCase();
  const own = classes.filter(({ members }) => members.includes(name)).map((entry) => entry.name);
  const narrowFirst = [...own].sort((a, b) => breadth(a) - breadth(b));
  if (own.some((entry) => neverAlts.has(entry))) return narrowFirst;
  return own.includes("LARGE_ALT") ? [...narrowFirst, "ALT"] : [...narrowFirst, "SMALL_ALT", "ALT"];
}

/** The table with further members, e.g. the shares of a book as STOCK. */
export function withMembers(
  classes: readonly FactorClass[],
  name: string,
  members: readonly string[],
): readonly FactorClass[] {
  return classes.map((entry) =>
    entry.name === name ? { ...entry, members: [...new Set([...entry.members, ...members])] } : entry,
  );
}

/** The table for a book with shares: names that are traded as shares are no coins, whatever coins are called. */
export function withShares(classes: readonly FactorClass[], shares: readonly string[]): readonly FactorClass[] {
  if (shares.length === 0) return classes;
  const coins = classes.map((entry) =>
    coinClasses.has(entry.name)
      ? { ...entry, members: entry.members.filter((member) => !shares.includes(member)) }
      : entry,
  );
  return withMembers(coins, "STOCK", shares);
}

const coinClasses = new Set(["SINGLE_NAME", "EXCHANGE_TOKEN", "LARGE_ALT"]);

function breadth(name: string): number {
  return ["STABLE", "LARGE_ALT"].includes(name) ? 1 : 0;
}
