import { describe, expect, it } from "vitest";
import { imported, jsonFile, problemLines, textFile } from "./files.ts";

/** Rows as recorded on 2026-05-22 (data/deribit-api-fixtures/recorded), the fields that are read. */
const optionSummary = {
  ...{ instrument_name: "BTC-23MAY26-69000-P", base_currency: "BTC", quote_currency: "BTC", mark_price: 1.3e-7 },
  ...{ mark_iv: 58.6, bid_price: null, ask_price: 0.0001, mid_price: null, last: 0.0005, volume: 0.0, volume_usd: 0.0 },
  ...{ underlying_index: "index_price", underlying_price: 76736.07, estimated_delivery_price: 76736.07 },
  ...{ interest_rate: 0, open_interest: 0.1, creation_timestamp: 1779460433267 },
};
const perpetualSummary = {
  ...{
    instrument_name: "BTC-PERPETUAL",
    mark_price: 76756.66,
    bid_price: 76753.5,
    ask_price: 76754.0,
    volume: 4901.97,
  },
  ...{ estimated_delivery_price: 76736.38, open_interest: 1012315080, creation_timestamp: 1779460434086 },
};
const ticker = {
  ...{ instrument_name: "BTC-27MAR26-90000-C", mark_price: 0.0614, best_bid_price: 0, best_ask_price: 0.062 },
  ...{ mark_iv: 42.89, bid_iv: 0.0, ask_iv: 43.5, underlying_price: 92331.48, underlying_index: "BTC-27MAR26" },
  ...{ index_price: 91250.03, timestamp: 1767518030098, open_interest: 12 },
};

describe("book summary", () => {
  it("keeps nulls absent, turns percent into fractions and reads exponents", async () => {
    const { market } = await imported(jsonFile("b.json", { result: [optionSummary] }));
    expect(market?.quotes).toEqual([
      {
        instrument: expect.objectContaining({ symbol: "BTC-23MAY26-69000-P" }),
        ...{
          mark: 1.3e-7,
          markVolatility: 0.586,
          ask: 0.0001,
          underlyingPrice: 76736.07,
          underlyingName: "index_price",
        },
        ...{ indexPrice: 76736.07, openInterest: 0.1, volume: 0, timestampMs: 1779460433267, at: "b.json:1" },
      },
    ]);
  });
  it("of options and of futures in two files make one snapshot, as of the last row", async () => {
    const { market, report } = await imported([
      jsonFile("options.json", { result: [optionSummary] }),
      jsonFile("futures.json", { result: [perpetualSummary] }),
    ]);
    expect(market?.quotes).toHaveLength(2);
    expect(market?.asOfMs).toBe(1779460434086);
    expect(market?.sources.map(({ name }) => name)).toEqual(["options.json", "futures.json"]);
    expect(report.decisions.map(({ what, decided }) => [what, decided])).toContainEqual([
      "index price",
      "estimated_delivery_price",
    ]);
  });
  it("does not take the delivery price as index in the last 30 minutes", async () => {
    const expiring = {
      ...optionSummary,
      creation_timestamp: Date.UTC(2026, 4, 23, 7, 45),
      underlying_index: "SYN.EXPIRY",
    };
    const { market } = await imported(jsonFile("b.json", [expiring]));
    expect(market?.quotes[0]?.indexPrice).toBeUndefined();
  });
  it("leaves out combos, saying what they are, and futures without any price", async () => {
    const combo = { ...perpetualSummary, instrument_name: "BTC-FS-29MAY26_PERP" };
    const unpriced = {
      ...perpetualSummary,
      instrument_name: "BTC-29MAY26",
      mark_price: null,
      bid_price: null,
      ask_price: null,
    };
    const result = await imported(jsonFile("b.json", [perpetualSummary, combo, unpriced]));
    expect(result.market?.quotes).toHaveLength(1);
    expect(problemLines(result)[0]).toContain("future combo FS");
    expect(problemLines(result)[1]).toContain("neither mark nor bid nor ask");
  });
});

describe("ticker and order book", () => {
  it("take zero prices and volatilities as none", async () => {
    const { market } = await imported(jsonFile("t.json", { result: ticker }));
    expect(market?.quotes[0]).toMatchObject({
      ask: 0.062,
      askVolatility: 0.435,
      markVolatility: 0.4289,
      indexPrice: 91250.03,
    });
    expect(market?.quotes[0]).not.toHaveProperty("bid");
    expect(market?.quotes[0]).not.toHaveProperty("bidVolatility");
  });
  it("are read one or many, bare, enveloped or as subscription message", async () => {
    const message = { jsonrpc: "2.0", method: "subscription", params: { channel: "ticker.x", data: ticker } };
    const many = [ticker, { ...ticker, instrument_name: "BTC-27MAR26-90000-P" }];
    for (const [content, count] of [
      [ticker, 1],
      [many, 2],
      [{ result: many }, 2],
      [message, 1],
    ] as const) {
      expect((await imported(jsonFile("t.json", content))).market?.quotes).toHaveLength(count);
    }
    const book = await imported(jsonFile("o.json", { ...ticker, bids: [], asks: [[0.062, 3]] }));
    expect(book.report.files[0]?.format).toBe("deribit-order-book");
    expect(book.market?.quotes[0]).toMatchObject({ ask: 0.062 });
  });
  it("keep the later of two different rows of one instrument", async () => {
    const later = { ...ticker, mark_price: 0.0615, timestamp: ticker.timestamp + 1 };
    const result = await imported(jsonFile("t.json", [later, ticker, later]));
    expect(result.market?.quotes.map(({ mark }) => mark)).toEqual([0.0615]);
    expect(result.report.problems.map(({ severity, row }) => [severity, row])).toEqual([
      ["warning", 2],
      ["error", 3],
    ]);
  });
  it("count the rows whose mark is outside bid and ask", async () => {
    const result = await imported(jsonFile("t.json", [{ ...ticker, best_bid_price: 0.0615 }]));
    expect(problemLines(result)).toEqual(["warning the mark is outside bid and ask in 1 of 1 rows that have both"]);
  });
  it("reject a volatility below zero", async () => {
    const other = { ...ticker, instrument_name: "BTC-27MAR26-80000-C", mark_iv: -5 };
    const result = await imported(jsonFile("t.json", [ticker, other]));
    expect(result.report.problems[0]).toMatchObject({
      row: 2,
      column: "mark_iv",
      rule: "mark_iv is at least 0",
      value: "-5",
    });
  });
});

describe("instrument list", () => {
  const listed = {
    ...{ instrument_name: "BTC-23MAY26-68000-C", kind: "option", option_type: "call", strike: 68000, contract_size: 1 },
    ...{ expiration_timestamp: 1779523200000, base_currency: "BTC", quote_currency: "BTC", counter_currency: "USD" },
    ...{ settlement_currency: "BTC", instrument_type: "reversed", settlement_period: "day", tick_size: 0.0001 },
  };
  it("alone makes neither portfolio nor market", async () => {
    const result = await imported(jsonFile("i.json", { result: [listed] }));
    expect([result.portfolio, result.market]).toEqual([undefined, undefined]);
    expect(result.report.files[0]).toMatchObject({ kind: "instruments", kept: 1 });
  });
  it("completes names the grammar does not know, wherever it stands among the files", async () => {
    const odd = { ...listed, instrument_name: "BTC_XYZ9-SPECIAL" };
    const position = { instrument_name: "BTC_XYZ9-SPECIAL", direction: "buy", size: 1 };
    const { portfolio } = await imported([jsonFile("p.json", [position]), jsonFile("i.json", [odd])]);
    expect(portfolio?.positions[0]?.instrument).toMatchObject({
      kind: "option",
      strike: 68000,
      quote: "USD",
      payoff: "inverse",
    });
  });
  it("reads perpetuals without their expiry of the year 3000", async () => {
    const perpetual = {
      ...listed,
      instrument_name: "X",
      kind: "future",
      settlement_period: "perpetual",
      expiration_timestamp: 32503708800000,
    };
    const position = { instrument_name: "X", direction: "buy", size: 10 };
    const { portfolio } = await imported([jsonFile("i.json", [perpetual]), jsonFile("p.json", [position])]);
    expect(portfolio?.positions[0]?.instrument).toEqual({
      ...{ kind: "perpetual", id: "deribit:X", venue: "deribit", symbol: "X", underlying: "BTC", quote: "USD" },
      ...{ payoff: "inverse", settlement: "BTC" },
    });
  });
  it("warns where name and terms disagree, and refuses combos", async () => {
    const result = await imported(
      jsonFile("i.json", [
        { ...listed, strike: 69000 },
        { ...listed, kind: "future_combo" },
      ]),
    );
    expect(result.report.problems.map(({ severity, rule }) => [severity, rule])).toEqual([
      ["warning", "name and terms agree"],
      ["error", "combos are imported as their legs"],
    ]);
  });
});

describe("a portfolio and a market together", () => {
  it("list positions that had expired", async () => {
    const position = { instrument_name: "BTC-27FEB26", direction: "buy", size: 10 };
    const late = { ...perpetualSummary, creation_timestamp: Date.UTC(2026, 2, 1) };
    const result = await imported([jsonFile("p.json", [position]), jsonFile("b.json", [late])]);
    expect(problemLines(result).slice(0, 1)).toEqual([
      "warning 1 positions had expired at the time of the market, 2026-03-01 00:00:00Z: BTC-27FEB26",
    ]);
  });
});

/** One small file of each CSV layout: the header and two rows as in the sample data. */
const layouts = [
  {
    id: "deribit-chain-csv",
    text: `timestamp,instrument_name,underlying,underlying_name,option_type,strike,expiry_datetime,time_to_maturity,bid_price,ask_price,mark_price,mid_price,futures_price,futures_instrument_name,implied_volatility,delta,vega,open_interest,volume,bid_ask_spread,currency,index_price,volume_usd
2026-01-04T09:13:50.098573+00:00,BTC-16JAN26-82000-C,91438.34,BTC-16JAN26,call,82000.0,2026-01-16T08:00:00+00:00,0.03271382809297919,0.105,0.1115,0.10766106,0.10825,91438.34,BTC-16JAN26,0.4903,0.8984,29.37301,2.3,0.0,0.006500000000000006,BTC,91250.03,0.0
2026-01-04T09:13:50.098573+00:00,BTC-25DEC26-40000-P,95633.46,BTC-25DEC26,put,40000.0,2026-12-25T08:00:00+00:00,0.97179664807929,,,0.01065785,,95633.46,BTC-25DEC26,0.5889,-0.03663,75.64123,17.3,1.0,0.0015,BTC,91250.19,911.42
`,
    asOfMs: Date.UTC(2026, 0, 4, 9, 13, 50, 98),
    first: { mark: 0.10766106, markVolatility: 0.4903, bid: 0.105, underlyingPrice: 91438.34, indexPrice: 91250.03 },
  },
  {
    id: "deribit-book-summary-csv",
    text: `snapshot_utc,exchange,underlying,instrument,expiry,strike,type,mark_price,bid,ask,mark_iv,delta,gamma,vega,theta,open_interest,volume_24h,underlying_price
2026-08-12 02:46:43,deribit,BTC,BTC-25DEC26-210000-C,2026-12-25,210000,call,0.00010123,,0.0002,59.6,,,,,151.7,0.0,64734.33
2026-08-12 02:46:43,deribit,BTC,BTC-25DEC26-92000-C,2026-12-25,92000,call,0.00899161,0.0085,0.0095,39.38,,,,,253.9,0.1,64734.33
`,
    asOfMs: Date.UTC(2026, 7, 12, 2, 46, 43),
    first: { mark: 0.00010123, markVolatility: 0.596, ask: 0.0002, underlyingPrice: 64734.33, openInterest: 151.7 },
  },
  {
    id: "deribit-surface-csv",
    text: `snapshot_ts,expiry,days_to_expiry,strike,option_type,bid,ask,mark_price,forward_price,index_price,implied_vol,delta,gamma,vega,open_interest,volume_24h
2026-03-26T17:08:31Z,2026-03-27,1,20000.0,C,0.7095,0.71,0.7099,68947.52,68937.74,1.8343,1.0,0.0,0.0,466.0,193.2
2026-03-26T17:08:31Z,2026-03-27,1,20000.0,P,0.0,0.0001,0.0,68947.52,68937.74,1.8343,0.0,0.0,0.0,8593.6,0.0
`,
    asOfMs: Date.UTC(2026, 2, 26, 17, 8, 31),
    first: { instrument: { symbol: "BTC-27MAR26-20000-C" }, markVolatility: 1.8343, bid: 0.7095, indexPrice: 68937.74 },
  },
  {
    id: "deribit-order-book-csv",
    text: `,expiration_timestamp,option_type,instrument_name,strike,underlying_price,underlying_index,timestamp,stats,state,settlement_price,open_interest,min_price,max_price,mark_price,mark_iv,last_price,interest_rate,index_price,greeks,estimated_delivery_price,change_id,bids,bid_iv,best_bid_price,best_bid_amount,best_ask_price,best_ask_amount,asks,ask_iv
0,1590134400000,put,BTC-22MAY20-9250-P,9250.0,9096.11,SYN.BTC-22MAY20,1590103193775,"{'volume': 717.1, 'price_change': 90.4762, 'low': None, 'high': 0.05}",open,0.01,418.9,0.0005,0.0535,0.02124908,85.05,0.02,0.0,9095.83,"{'vega': 0.94545, 'theta': -40.20419, 'rho': -0.06764, 'gamma': 0.00136, 'delta': -0.73032}",9095.83,19473312548,"[[0.02, 9.0], [0.019, 5.0]]",72.4,0.02,9.0,0.023,9.0,"[[0.023, 9.0]]",101.17
1,1591344000000,put,BTC-5JUN20-6750-P,6750.0,9098.05,SYN.BTC-5JUN20,1590103193778,"{'volume': 2.7, 'low': 0.009}",open,,2.7,0.0005,0.034,0.01077366,121.74,0.012,0.0,9095.83,"{'vega': 2.86749}",9095.83,19473286552,[],0.0,0.0,0.0,0.011,0.1,"[[0.011, 0.1]]",122.45
`,
    asOfMs: 1590103193778,
    first: {
      mark: 0.02124908,
      markVolatility: 0.8505,
      bid: 0.02,
      bidVolatility: 0.724,
      underlyingName: "SYN.BTC-22MAY20",
    },
  },
] as const;

describe("CSV layouts", () => {
  it.each(layouts)("$id is recognised by its columns and read", async ({ id, text, asOfMs, first }) => {
    const { market, report } = await imported(textFile("f.csv", text));
    expect(report.files[0]).toMatchObject({ format: id, rows: 2, kept: 2, rejected: 0, incomplete: false });
    expect(market?.quotes[0]).toMatchObject(first);
    expect(market?.asOfMs).toBe(asOfMs);
    expect(report.decisions.some(({ what }) => what.startsWith("unit of"))).toBe(true);
  });
  it("say so where an explicit column contradicts the name", async () => {
    const [chain] = layouts;
    const result = await imported(textFile("f.csv", chain.text.replace("call,82000.0", "put,83000.0")));
    expect(result.report.problems.map(({ severity, column }) => [severity, column])).toEqual([
      ["warning", "strike"],
      ["warning", "option_type"],
    ]);
    expect(result.market?.quotes[0]?.instrument).toMatchObject({ strike: 82000, optionType: "call" });
  });
  it("of another exchange are rejected, not misread", async () => {
    const summary = layouts[1].text.replaceAll(",deribit,", ",bitmex,");
    const result = await imported(textFile("f.csv", summary));
    expect(result.market).toBeUndefined();
    expect(problemLines(result)[0]).toContain('rows of "bitmex" cannot be read');
  });
});
