import { describe, expect, it } from "vitest";
import { type MarginSurface, marginSurface, type SurfaceRun } from "../../../core/analysis/index.ts";
import { mappedBook } from "../../../core/explain/index.ts";
import type { Instrument } from "../../../core/instrument/index.ts";
import { instrumentId } from "../../../core/instrument/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import type { Position, PositionId } from "../../../core/portfolio/index.ts";
import { productBook, shippedRules } from "../../bench/product-book.ts";

const id = "deribit-portfolio";

/** A synthetic book with every third contract settled in USDC, parts of balances, and amounts for orders. */
function mixedBook(): ReturnType<typeof productBook> {
  const { portfolio, market } = productBook(420);
  const isLinear = (symbol: string): boolean =>
    portfolio.positions.findIndex(({ instrument }) => instrument.symbol === symbol) % 3 === 1;
  const linear = (instrument: Instrument): Instrument => {
    if (!isLinear(instrument.symbol)) return instrument;
    const symbol = `${instrument.symbol}-USDC`;
    const terms = { payoff: "linear", settlement: "USDC", symbol, id: instrumentId("deribit", symbol) } as const;
    return { ...instrument, ...terms };
  };
  const mapped = <T extends { readonly instrument: Instrument }>(held: T): T => ({
    ...held,
    instrument: linear(held.instrument),
  });
  const positions = portfolio.positions.map(mapped).map(
    (held): Position => ({
      ...held,
      quantity: held.instrument.kind === "option" ? 20 * held.quantity : held.quantity,
    }),
  );
  const stated = { balance: 900, sessionUnrealised: 40, sessionRealised: 10, optionsValue: 50, basis: "imported" };
  return {
    portfolio: {
      ...portfolio,
      positions,
      balances: [
        { currency: "BTC", equity: 1_000, ...stated, basis: "imported" },
        { currency: "ETH", equity: 20_000, basis: "imported" },
        { currency: "USDC", equity: 5_000_000, basis: "imported" },
      ],
      components: [
        { id: "open-orders", currency: "BTC", amount: 3.25, basis: "imported" },
        { id: "correlation-contingency", currency: "USDC", amount: 12_345, basis: "imported" },
      ],
    },
    market: { ...market, quotes: market.quotes.map(mapped) },
  };
}

const general = (name: string, value: string) => ({ general: { [name]: value } });

/** Rules as shipped, and with what ships switched off or out of reach. */
const variants = [
  ["as they ship", {}],
  ["with linear futures at the index", general("linearFuturePrice", "index")],
  ["with option deltas less their premium", general("optionDelta", "net")],
  ["with a delta shock that binds", { pairs: { deltaShockThreshold: 1_000 } }],
  ["with matrices that offset each other", { currencies: { correlationSet: true, profitOffset: 0.6 } }],
  ["with an extended table that binds", { pairs: { extendedTableFactor: 6 }, currencies: { extendedDampener: 500 } }],
] as const;

function changed(parameters: unknown, change: Readonly<Record<string, object>>): unknown {
  const { general: general_, pairs, currencies } = parameters as Record<string, Record<string, object>>;
  const each = (records: Record<string, object> | undefined, more: object | undefined) =>
    Object.fromEntries(Object.entries(records ?? {}).map(([key, record]) => [key, { ...record, ...more }]));
  return {
    general: { ...general_, ...change.general },
    pairs: each(pairs, change.pairs),
    currencies: each(currencies, change.currencies),
  };
}

async function surface(run: SurfaceRun): Promise<MarginSurface> {
  const found = await marginSurface(run);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

const axes = {
  price: { from: -0.6, to: 0.6, count: 7 },
  volatility: { from: -0.4, to: 0.4, count: 3 },
  volatilityMode: "relative" as const,
};

describe("a surface whose points are charged together under the extended risk matrix", () => {
  it.each(variants)("is that of the single positions, rules %s", async (_, change) => {
    const { methodology, rules } = shippedRules(id);
    const book = mixedBook();
    const parameters = changed(rules.parameters, change);
    const run: SurfaceRun = { ...book, methodology, rules: { ...rules, parameters } as typeof rules, axes };
    const shipped = await surface({ ...run, rules });
    for (const edits of [[], [{ positionId: "p77", quantity: 55 }]]) {
      const [columns, plain] = [await surface({ ...run, edits }), await surface({ ...run, edits, plain: true })];
      expect(columns.excluded).toBe(0);
      for (const layer of ["pnl", "initial", "maintenance", "headroom", "callRoom", "delta", "vega"] as const) {
        const largest = Math.max(...plain.layers[layer].map(Math.abs));
        columns.layers[layer].forEach((value, at) => {
          const off = Math.abs(value - (plain.layers[layer][at] ?? Number.NaN)) / largest;
          expect(off, `${layer} at ${at}`).toBeLessThan(1e-12);
        });
      }
      const textsOf = ({ bindings, binding }: MarginSurface) => Array.from(binding, (at) => bindings[at]);
      expect(textsOf(columns)).toEqual(textsOf(plain));
      if (Object.keys(change).length > 0 && edits.length === 0)
        expect(columns.layers.initial, "the change of rules must show").not.toEqual(shipped.layers.initial);
    }
  });
});

const merging = [...catalog.values()].filter(({ id: own }) => {
  const { methodology, rules } = shippedRules(own);
  const under = methodology.under(rules.parameters);
  return under.ok && under.value.mergesOptions !== undefined && under.value.chargeColumns !== undefined;
});

describe("a surface whose points are charged together", () => {
  it.each(merging)("takes instruments held at two marks as they are under $id", async (methodology) => {
    const { rules } = shippedRules(methodology.id);
    const { portfolio, market } = productBook(300);
    const mapped = mappedBook(portfolio, market, methodology.venue);
    const again = mapped.portfolio.positions.flatMap((held, at) => {
      const marked = { ...held, id: `again${at}` as PositionId, quantity: 3 * held.quantity };
      const mark = held.instrument.kind === "option" ? 0.02 : 0.9 * (at === 0 ? 91_000 : 3_100);
      return at % 9 === 0 ? [{ ...marked, stated: { markPrice: mark } }] : [];
    });
    const positions = [...mapped.portfolio.positions, ...again];
    const run: SurfaceRun = { ...mapped, portfolio: { ...mapped.portfolio, positions }, methodology, rules, axes };
    const [columns, plain] = [await surface(run), await surface({ ...run, plain: true })];
    for (const layer of ["pnl", "initial", "maintenance", "headroom", "delta"] as const) {
      const largest = Math.max(...plain.layers[layer].map(Math.abs));
      columns.layers[layer].forEach((value, at) => {
        const off = Math.abs(value - (plain.layers[layer][at] ?? Number.NaN)) / largest;
        expect(off, `${layer} at ${at}`).toBeLessThan(1e-12);
      });
    }
  });
});
