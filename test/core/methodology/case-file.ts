import { z } from "zod";
import type { History } from "../../../core/history/index.ts";
import { type Instrument, instrumentId, type Listing, listedTypes } from "../../../core/instrument/index.ts";
import type { Feed, Forward, MarketSnapshot, Quote } from "../../../core/market/index.ts";
import type { ParameterFile } from "../../../core/parameter-file/index.ts";
import { componentIds, type Portfolio, type PositionId } from "../../../core/portfolio/index.ts";
import { caseParameterFile } from "./case-parameter-file.ts";
import { historyNamed } from "./named-history.ts";

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const isoInstant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);

/** Contract terms and market data of one instrument together, so that a case needs no chain. */
const listedInstrument = z.strictObject({
  kind: z.enum(["spot", "future", "perpetual", "option", "stock"]),
  underlying: z.string(),
  payoff: z.enum(["inverse", "linear"]).default("inverse"),
  quote: z.string().optional().describe("default: USD when inverse, USDC when linear"),
  settlement: z.string().optional().describe("default: the underlying when inverse, the quote when linear"),
  expiry: isoInstant.optional(),
  strike: z.number().positive().optional(),
  optionType: z.enum(["call", "put"]).optional(),
  exercise: z.enum(["european", "american"]).optional(),
  listing: z
    .strictObject({
      exchange: z.string().optional(),
      product: z.string(),
      type: z.enum(listedTypes),
      month: z.string(),
      futureMonth: z.string().optional(),
    })
    .optional()
    .describe("a contract of the case's parameter file; quantities count contracts unless contractSize is stated"),
  contractSize: z.number().positive().optional().describe("listed contracts: units of underlying of one"),
  mark: z.number().nonnegative().optional().describe("price unit of the instrument; options: default from the model"),
  forward: z.number().positive().optional().describe("options: forward of the expiry; default: the index"),
  volatility: z.number().nonnegative().optional().describe("options: fraction per √year"),
});

const casePosition = z
  .strictObject({
    id: z.string().optional().describe("default: the symbol"),
    symbol: z.string(),
    quantity: z.number().optional().describe("signed, in the instrument's quantity unit"),
    averagePrice: z.number().nonnegative().optional().describe("price paid or received, price unit of the instrument"),
    coins: z.number().optional().describe("inverse futures: signed size in coin at mark, instead of quantity"),
  })
  .refine((p) => (p.quantity === undefined) !== (p.coins === undefined), "give either quantity or coins");

const caseBalance = z.strictObject({
  currency: z.string(),
  equity: z.number(),
  balance: z.number().optional(),
  sessionUnrealised: z.number().optional(),
  sessionRealised: z.number().optional(),
  marginBalance: z.number().optional(),
  optionsValue: z.number().optional(),
  borrowed: z.number().nonnegative().optional(),
  riskOffsetLimit: z.number().nonnegative().optional(),
});

const caseFeed = z.strictObject({
  kind: z.enum(["spot", "perpetual", "forward", "volatility", "rate", "dividend-yield", "dividend"]),
  underlying: z.string(),
  expiry: isoInstant.optional(),
  confidence: z.number().min(0).max(1).optional(),
  value: z.number().optional(),
});

/**
 * One case of a methodology: `core/methodology/<id>/cases/<name>.json`.
 *
 * `expected` maps a name to an amount, see `amountOf` in expected-amount.ts: a line id (`BTC/initial`), a field of an
 * account (`BTC:availableFunds`), a total (`totals:initialUsd`), a matrix cell (`cell:<set id>/<scenario id>`) or a
 * count of remarks (`remarks:<rule>`).
 */
export const caseFile = z.strictObject({
  title: z.string().min(1),
  provenance: z.enum(["published", "peer-test", "peer-run", "own-computation"]),
  source: z.strictObject({
    title: z.string().optional(),
    url: z.string().optional(),
    date: z.string().optional(),
    note: z.string().optional(),
  }),
  date: isoDay.describe("day of the market; chooses the rules when `rules` is absent"),
  asOf: isoInstant.optional().describe("default: 08:00 UTC of `date`"),
  rules: z
    .union([
      z.strictObject({ date: isoDay }),
      z.strictObject({ name: z.string() }),
      z.strictObject({ parameters: z.unknown(), label: z.string() }),
    ])
    .optional(),
  overrides: z
    .array(z.strictObject({ path: z.string(), value: z.union([z.number(), z.string(), z.boolean()]) }))
    .default([]),
  market: z.strictObject({
    venue: z.string().default("deribit"),
    indices: z.record(z.string(), z.number().positive()),
    instruments: z.record(z.string(), listedInstrument),
    feeds: z.array(caseFeed).default([]),
    smiles: z
      .array(
        z.strictObject({
          underlying: z.string(),
          quote: z.string().default("USD"),
          expiry: isoInstant,
          points: z.array(z.strictObject({ strike: z.number().positive(), volatility: z.number().positive() })),
        }),
      )
      .default([])
      .describe("volatility by strike, strikes ascending; for methods in which the smile moves"),
  }),
  history: z.string().optional().describe("past of the factors: a file of test/golden/histories, without .json"),
  parameterFile: z
    .looseObject({ date: isoDay })
    .optional()
    .describe("members of a ParameterFile; what is left out is empty, see caseParameterFile"),
  portfolio: z.strictObject({
    positions: z.array(casePosition),
    balances: z.array(caseBalance).default([]),
    components: z
      .array(
        z.strictObject({
          id: z.enum(componentIds),
          currency: z.string(),
          underlying: z.string().optional(),
          amount: z.number().nonnegative(),
        }),
      )
      .default([]),
  }),
  expected: z.record(z.string(), z.number()),
  tolerance: z.union([
    z.number().nonnegative().describe("absolute"),
    z.strictObject({
      relative: z.number().nonnegative(),
      scale: z.number().nonnegative().default(0).describe("amounts smaller than this count as this large"),
    }),
  ]),
  notes: z.string().optional(),
});

export type CaseFile = z.output<typeof caseFile>;
type ListedInstrument = z.output<typeof listedInstrument>;

/** Portfolio and market of a case. Forwards and marks are taken as given, nothing is fitted. */
export function caseInputs(given: CaseFile): {
  portfolio: Portfolio;
  market: MarketSnapshot;
  history?: History;
  parameterFile?: ParameterFile;
} {
  const { indices, instruments, venue, feeds, smiles } = given.market;
  const asOfMs = Date.parse(given.asOf ?? `${given.date}T08:00:00Z`);
  const listed = new Map(
    Object.entries(instruments).map(([symbol, terms]) => [
      symbol,
      { terms, instrument: instrumentOf(venue, symbol, terms) },
    ]),
  );
  const quotes: Quote[] = [...listed.values()].map(({ terms, instrument }) => ({
    instrument,
    timestampMs: asOfMs,
    ...(terms.mark === undefined ? {} : { mark: terms.mark }),
    ...(terms.volatility === undefined ? {} : { markVolatility: terms.volatility }),
    ...(terms.forward === undefined ? {} : { underlyingPrice: terms.forward }),
  }));
  const forwards = new Map<string, Forward>();
  for (const { terms, instrument } of listed.values()) {
    if (instrument.kind !== "option") continue;
    const value = terms.forward ?? indices[instrument.underlying];
    if (value === undefined) continue;
    const { underlying, quote, expiryMs } = instrument;
    const key = `${underlying} ${quote} ${expiryMs}`;
    const known = forwards.get(key);
    if (known !== undefined && known.value !== value) throw new Error(`${given.title}: two forwards for ${key}`);
    forwards.set(key, { underlying, quote, expiryMs, value, method: "set", pairs: 0 });
  }
  const positions = given.portfolio.positions.map((position) => {
    const entry = listed.get(position.symbol);
    if (entry === undefined) throw new Error(`${given.title}: ${position.symbol} is not among the instruments`);
    const quantity = position.quantity ?? (position.coins ?? 0) * (entry.terms.mark ?? Number.NaN);
    const { averagePrice } = position;
    const id = (position.id ?? position.symbol) as PositionId;
    return { id, instrument: entry.instrument, quantity, ...(averagePrice === undefined ? {} : { averagePrice }) };
  });
  return {
    ...(given.history === undefined ? {} : { history: historyNamed(given.history) }),
    ...(given.parameterFile === undefined ? {} : { parameterFile: caseParameterFile(given.parameterFile) }),
    portfolio: {
      name: given.title,
      venue,
      positions,
      balances: given.portfolio.balances.map(({ currency, equity, ...rest }) => ({
        currency,
        equity,
        basis: "imported" as const,
        ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as object),
      })),
      components: given.portfolio.components.map(({ underlying, ...component }) => ({
        ...component,
        ...(underlying === undefined ? {} : { underlying }),
        basis: "imported" as const,
      })),
      asOfMs,
      sources: [],
    },
    market: {
      name: given.title,
      venue,
      asOfMs,
      indices: Object.entries(indices).map(([underlying, price]) => ({ underlying, price, source: "quoted" as const })),
      quotes,
      forwards: [...forwards.values()],
      smiles: smiles.map(({ expiry, ...smile }) => ({ ...smile, expiryMs: Date.parse(expiry) })),
      ...(feeds.length === 0 ? {} : { feeds: feeds.map(feedOf) }),
      warnings: [],
      sources: [],
    },
  };
}

function feedOf({ kind, underlying, expiry, confidence, value }: z.output<typeof caseFeed>): Feed {
  return {
    ...{ kind, underlying },
    ...(expiry === undefined ? {} : { expiryMs: Date.parse(expiry) }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(value === undefined ? {} : { value }),
  };
}

function instrumentOf(venue: string, symbol: string, terms: ListedInstrument): Instrument {
  const quote = terms.quote ?? (terms.payoff === "inverse" ? "USD" : "USDC");
  const settlement = terms.settlement ?? (terms.payoff === "inverse" ? terms.underlying : quote);
  const contract = {
    id: instrumentId(venue, symbol),
    venue,
    symbol,
    underlying: terms.underlying,
    quote,
    payoff: terms.payoff,
    settlement,
    ...(terms.listing === undefined ? {} : { listing: definedOnly(terms.listing) }),
    ...(terms.contractSize === undefined ? {} : { contractSize: terms.contractSize }),
  };
  const expiryMs = terms.expiry === undefined ? undefined : Date.parse(terms.expiry);
  if (terms.kind === "spot" || terms.kind === "perpetual" || terms.kind === "stock")
    return { ...contract, kind: terms.kind };
  if (expiryMs === undefined) throw new Error(`${symbol} needs an expiry`);
  if (terms.kind === "future") return { ...contract, kind: "future", expiryMs };
  if (terms.strike === undefined || terms.optionType === undefined) throw new Error(`${symbol} needs strike and type`);
  const exercise = terms.exercise === undefined ? {} : { exercise: terms.exercise };
  return { ...contract, kind: "option", expiryMs, strike: terms.strike, optionType: terms.optionType, ...exercise };
}

function definedOnly(listing: z.output<typeof listedInstrument>["listing"]): Listing {
  const { exchange, futureMonth, product = "", type = "FUT", month = "" } = listing ?? {};
  return {
    ...{ product, type, month },
    ...(exchange === undefined ? {} : { exchange }),
    ...(futureMonth === undefined ? {} : { futureMonth }),
  };
}
