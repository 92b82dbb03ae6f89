import { beforeAll, describe, expect, it } from "vitest";
import { createDispatch } from "../../../core/api/dispatch.ts";
import { createService } from "../../../core/api/service.ts";
import { sum } from "../../../core/base/index.ts";
import { type Comparison, mappedBook } from "../../../core/explain/index.ts";
import { parseDeribitSymbol } from "../../../core/instrument/index.ts";
import { buildSnapshot, type MarketSnapshot } from "../../../core/market/index.ts";
import type { Portfolio, Position, PositionId } from "../../../core/portfolio/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { memoryPorts } from "../api/memory-ports.ts";
import { diskFile, imported } from "../import/files.ts";
import { unwrapped } from "../result-value.ts";

const asOfMs = Date.UTC(2026, 7, 1, 8);

function held(symbol: string, quantity: number): Position {
  return { id: symbol as PositionId, instrument: unwrapped(parseDeribitSymbol(symbol)), quantity };
}

function portfolioOf(positions: readonly Position[]): Portfolio {
  return { name: "book", venue: "deribit", positions, balances: [], components: [], sources: [] };
}

const market: MarketSnapshot = buildSnapshot({
  ...{ name: "market", venue: "deribit", asOfMs, sources: [] },
  indices: [{ underlying: "BTC", price: 100_000, source: "quoted" }],
  quotes: [
    {
      instrument: held("BTC-25SEP26-100000-C", 1).instrument,
      mark: 0.05,
      markVolatility: 0.5,
      underlyingPrice: 101_000,
    },
    {
      instrument: held("BTC-25SEP26-100000-P", 1).instrument,
      mark: 0.04,
      markVolatility: 0.5,
      underlyingPrice: 101_000,
    },
    { instrument: held("BTC-PERPETUAL", 1).instrument, mark: 100_100 },
    { instrument: held("BTC-25SEP26", 1).instrument, mark: 101_000 },
  ],
});

describe("mappedBook", () => {
  const book = portfolioOf([
    held("BTC-25SEP26-100000-C", -2),
    held("BTC-PERPETUAL", 50_050),
    held("BTC-25SEP26", -10_100),
  ]);

  it("turns an inverse option into the venue's linear one: mark times forward, the same terms", () => {
    const { portfolio, market: moved, mappings } = mappedBook(book, market, "derive");
    const option = portfolio.positions[0];
    expect(option?.instrument).toMatchObject({
      venue: "derive",
      payoff: "linear",
      settlement: "USDC",
      strike: 100_000,
    });
    expect(option?.quantity).toBe(-2);
    const quote = moved.quotes.find(({ instrument }) => instrument.id === option?.instrument.id);
    const forward = market.forwards.find(({ quote: currency }) => currency === "USD")?.value ?? Number.NaN;
    expect(quote?.mark).toBe(0.05 * forward);
    expect(moved.forwards.find(({ quote: currency }) => currency === "USDC")?.value).toBe(forward);
    expect(mappings[0]?.note).toContain("inverse, settled in BTC becomes linear, settled in USDC");
  });

  it("turns dollars of an inverse perpetual into coins at its mark", () => {
    const { portfolio } = mappedBook(book, market, "derive");
    expect(portfolio.positions[1]).toMatchObject({ quantity: 50_050 / 100_100, instrument: { payoff: "linear" } });
  });

  it("leaves out what the venue does not list, with the reason", () => {
    const { leftOut, portfolio } = mappedBook(book, market, "derive");
    expect(leftOut).toMatchObject([
      { symbol: "BTC-25SEP26", quantity: -10_100, failure: { message: "derive lists no dated futures" } },
    ]);
    expect(portfolio.positions).toHaveLength(2);
  });

  it("changes nothing for the venue of the book", () => {
    const same = mappedBook(book, market, "deribit");
    expect(same.portfolio).toBe(book);
    expect(same.market).toBe(market);
  });

  it("leaves out a position whose size it cannot convert", () => {
    const without = { ...market, quotes: market.quotes.filter(({ instrument }) => instrument.kind !== "perpetual") };
    const { leftOut } = mappedBook(book, without, "derive");
    expect(leftOut.map(({ symbol }) => symbol)).toContain("BTC-PERPETUAL");
  });
});

describeWithSharedData("one real chain under every method", (path) => {
  const methods = [
    "deribit-portfolio",
    "deribit-standard",
    "deribit-cross-portfolio",
    "okx-portfolio",
    "bybit-portfolio",
    "bybit-cross-option",
    "binance-option",
    "derive-portfolio-2",
    "derive-standard",
  ];
  let table: Comparison | undefined;
  let positions = 0;

  beforeAll(async () => {
    const { market: chain } = await imported(
      diskFile(path("deribit-chains-2026", "deribit_options_snapshot_20260821T094729Z.csv.gz")),
    );
    if (chain === undefined) throw new Error("the chain holds no market");
    const listed = chain.quotes.filter(
      ({ instrument }) =>
        instrument.kind === "option" && instrument.underlying === "BTC" && instrument.expiryMs > chain.asOfMs,
    );
    const own = listed
      .filter((_, at) => at % 12 === 0)
      .map(({ instrument }, at) => held(instrument.symbol, at % 3 === 0 ? -2 : 1));
    positions = own.length;
    const ports = memoryPorts();
    const dispatch = createDispatch(createService(ports), ports);
    ports.store.portfolios.save({ id: "p", name: "p", note: "", savedAtMs: 0, content: portfolioOf(own) });
    ports.store.markets.save({ id: "m", name: "m", note: "", savedAtMs: 0, content: chain });
    const columns = methods.map((methodology) => ({ methodology }));
    const input = { portfolio: { id: "p" }, market: { id: "m" }, columns };
    const answer = await dispatch({ operation: "margin.comparison", input });
    if (!answer.ok) throw new Error(answer.failure.message);
    table = answer.value as Comparison;
  }, 60_000);

  it("has a requirement in every column, and every position is in it or named", () => {
    expect(positions).toBeGreaterThan(40);
    expect(table?.columns.map(({ methodology }) => methodology.id)).toEqual(methods);
    for (const [at, column] of (table?.columns ?? []).entries()) {
      expect(column.failure).toBeUndefined();
      expect(table?.rows[0]?.amounts[at]).toBeGreaterThan(0);
      expect(column.leftOut).toEqual([]);
      if (column.methodology.venue !== "deribit") expect(column.mappings).toHaveLength(positions);
    }
  });

  it("adds up: the components of each column are its initial margin", () => {
    for (const [at] of methods.entries()) {
      const initial = table?.rows.find(({ id }) => id === "initial")?.amounts[at] ?? Number.NaN;
      const parts = (table?.rows ?? [])
        .filter(({ component }) => component !== undefined)
        .map((row) => row.amounts[at] ?? 0);
      expect(Math.abs(sum(parts) - initial)).toBeLessThanOrEqual(1e-9 * initial);
    }
  });
});
