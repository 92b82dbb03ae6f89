import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Input, Output } from "../../core/api/contract.ts";
import { estimateNotice } from "../../core/base/format.ts";
import { openLibrary } from "../../core/library/index.ts";
import { memoryCore } from "../core/api/memory-core.ts";

/**
 * What a regulator expects of a margin simulator: the list S1 to S12, derived from the final report on transparency of margin
 * (BCBS, CPMI, IOSCO, January 2025) and Article 38 of EMIR. Asked through the operations, as every door asks.
 */
const root = join(import.meta.dirname, "../..");
const file = (path: string, name = path.replace(/^.*\//, "")) => ({
  name,
  bytes: new Uint8Array(readFileSync(join(root, path))),
});
const market = { sample: true } as const;
const sample = { portfolio: { sample: true }, market } as const;
const method = { ...sample, methodology: "deribit-portfolio" } as const;
const perpetual = { instrument: { symbol: "BTC-PERPETUAL" }, quantity: 2_740_500 };

type Line = Output<"margin.run">["accounts"][number]["initial"];
const linesOf = (line: Line): readonly Line[] => [line, ...line.children.flatMap(linesOf)];

/** Every number of an answer is finite; there is at least one. */
function expectFinite(answer: unknown): void {
  const numbers: number[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "number") numbers.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(answer);
  expect(numbers.length).toBeGreaterThan(0);
  expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
}

describe("S1: loads the actual portfolio from a file of the venue", () => {
  it("margins positions and balances as the venue exports them, and says what it read", async () => {
    const { call } = memoryCore();
    const portfolio = {
      files: [
        file("resources/sample/portfolio/synthetic-positions.json"),
        file("resources/sample/portfolio/synthetic-account-summaries.json"),
      ],
    };
    const own = await call("margin.run", { portfolio, market, methodology: "deribit-portfolio" });
    const shipped = await call("margin.run", method);
    expect(own.included.positions).toBeGreaterThan(30);
    expect(own.totals).toEqual(shipped.totals);
    // Row by row what stands in the files: contract, signed size, equity of each currency.
    const rowsOf = (name: string) =>
      JSON.parse(readFileSync(join(root, `resources/sample/portfolio/synthetic-${name}.json`), "utf8")).result;
    const rows: readonly { readonly instrument_name: string; readonly size: number }[] = rowsOf("positions");
    expect(own.excluded).toEqual([]);
    expect(own.positions.map(({ symbol, quantity }) => `${symbol} ${quantity}`).sort()).toEqual(
      rows.map(({ instrument_name, size }) => `${instrument_name} ${size}`).sort(),
    );
    const summaries: readonly { readonly currency: string; readonly equity: number }[] =
      rowsOf("account-summaries").summaries;
    const held = summaries.filter(({ equity }) => equity !== 0);
    expect(held.length).toBeGreaterThan(1);
    for (const { currency, equity } of held)
      expect(own.accounts.find(({ unit }) => unit === currency)?.equity?.amount, currency).toBeCloseTo(equity, 9);
  });
});

describe("S2: builds a hypothetical portfolio from nothing", () => {
  it("margins instruments that nobody holds, with equity stated by the user", async () => {
    const { call } = memoryCore();
    const hypothetical: Input<"margin.run"> = {
      ...{ portfolio: { empty: true, name: "From nothing" }, market, methodology: "deribit-portfolio" },
      legs: [
        { instrument: { symbol: "BTC-27NOV26-96000-C" }, quantity: -10 },
        { instrument: { symbol: "BTC-25DEC26-120000-C" }, quantity: 10 },
      ],
      balances: [{ currency: "BTC", equity: 5 }],
    };
    const run = await call("margin.run", hypothetical);
    expect(run.portfolioName).toBe("From nothing");
    expect(run.positions.map(({ symbol, quantity }) => [symbol, quantity])).toEqual([
      ["BTC-27NOV26-96000-C", -10],
      ["BTC-25DEC26-120000-C", 10],
    ]);
    expect(run.totals.initialUsd).toBeGreaterThan(0);
  });
});

describe("S3: adds hypothetical trades to the actual portfolio", () => {
  it("shows before, after and the change, each the margin of its own book", async () => {
    const { call } = memoryCore();
    const columns = [{ methodology: "deribit-portfolio" }, { methodology: "deribit-standard" }];
    const result = await call("what-if.run", { ...sample, columns, legs: [perpetual] });
    const alone = await call("margin.run", method);
    const traded = await call("margin.run", { ...method, legs: [perpetual] });
    const [first] = result.columns;
    if (first === undefined || "failure" in first) throw new Error("the first method has an answer");
    expect(first.before.initialUsd).toBe(alone.totals.initialUsd);
    expect(first.after.initialUsd).toBe(traded.totals.initialUsd);
    expect(first.change.initialUsd).toBe(first.after.initialUsd - first.before.initialUsd);
    expect(first.change.initialUsd).not.toBe(0);
    expect(first.accuracy).toBe(alone.accuracy);
  });
});

describe("S4: current market data, with the time of the snapshot beside the result", () => {
  it("prints the instant of the market in the result and in every exported file", async () => {
    const { call } = memoryCore();
    const { id } = await call("run.save", { name: "now", request: method });
    const { content } = await call("run.get", { id });
    expect(content.result.asOfMs).toBe(content.market.asOfMs);
    // Day and time of day: an hour matters.
    const [day = "", time = ""] = new Date(content.market.asOfMs).toISOString().split("T");
    for (const format of ["csv", "html"] as const) {
      const exported = await call("run.export", { id, format });
      const text = "text" in exported ? exported.text : "";
      expect(text).toMatch(new RegExp(`${day}.{1,3}${time.slice(0, 5)}`));
    }
  });
});

describe("S5: a named historical day", () => {
  const day = "synthetic-chain-btc-2026-02-05.csv.gz";
  const then: Input<"margin.run"> = {
    portfolio: { empty: true, name: "Straddle" },
    market: { files: [file(`resources/sample/panel/${day}`)] },
    methodology: "deribit-portfolio",
    legs: [{ instrument: { symbol: "BTC-PERPETUAL" }, quantity: -500_000 }],
  };

  it("margins at the market of that day with the parameters of that day or of another, each labelled", async () => {
    const { call } = memoryCore();
    const ofThatDay = await call("margin.run", then);
    const ofToday = await call("margin.run", { ...then, rules: { date: "2026-11-22" } });
    expect(new Date(ofThatDay.asOfMs).toISOString().slice(0, 10)).toBe("2026-02-05");
    expect(ofThatDay.rules.version).toBe("erm-2024-02-01");
    expect(ofToday.rules.version).toBe("erm-2026-09-23");
    expect(ofToday.asOfMs).toBe(ofThatDay.asOfMs);
    expect(ofThatDay.rules.effectiveFrom).toBe("2024-02-01");
    expect(ofToday.rules.parametersHash).not.toBe(ofThatDay.rules.parametersHash);
    expect(ofToday.totals.initialUsd).not.toBe(ofThatDay.totals.initialUsd);
  });

  it("replays an event with the parameters of today or of its day, and says which", async () => {
    const { call } = memoryCore();
    const ask = (parameters: "today" | "event") =>
      call("stress.run", {
        ...sample,
        columns: [{ methodology: "okx-portfolio" }],
        sets: [{ id: "shipped:historical-events" }],
        scenarios: ["multi-2024-08-yen-carry"],
        parameters,
      });
    const [today, event] = [await ask("today"), await ask("event")];
    const labelOf = (run: Output<"stress.run">) => run.scenarios[0]?.outcomes[0]?.parameters ?? "";
    expect(labelOf(today)).toContain("today");
    expect(labelOf(event)).toContain("separate-2024-06-05");
    expect(labelOf(event)).not.toBe(labelOf(today));
    // The range of the event is named, and its parameters ask another margin of the same moves.
    const [now, then] = [today.scenarios[0], event.scenarios[0]];
    expect(then?.start).toMatch(/^2024-0[78]-\d\d$/);
    expect([now?.start, now?.end, now?.moved]).toEqual([then?.start, then?.end, then?.moved]);
    expect(then?.outcomes[0]?.pnlUsd).toBe(now?.outcomes[0]?.pnlUsd);
    expect(then?.outcomes[0]?.after.initialUsd).not.toBe(now?.outcomes[0]?.after.initialUsd);
  });
});

describe("S6: hypothetical stress of the user's own", () => {
  it("moves price, volatility, basis, rates, correlation and liquidity, and names what a method cannot move", async () => {
    const { call } = memoryCore();
    const shocks = [
      { kind: "price", factor: "BTC", mode: "relative", amount: -0.2 },
      { kind: "price", factor: "ETH", mode: "relative", amount: -0.3 },
      { kind: "volatility", factor: "*", mode: "relative", amount: 0.5 },
      { kind: "basis", factor: "BTC", amount: -0.03 },
      { kind: "rate", factor: "USD", amount: 0.02 },
      { kind: "correlation", amount: 0.5 },
      { kind: "liquidity", spreadTimes: 5, depthTimes: 0.1 },
    ] as const;
    const set = { name: "Mine", scenarios: [{ id: "all", label: "Everything at once", shocks: [...shocks] }] };
    const columns = [{ methodology: "deribit-portfolio" }];
    const run = await call("stress.run", { ...sample, columns, sets: [{ set }] });
    const [scenario] = run.scenarios;
    const said = [...(scenario?.moved ?? []), ...(scenario?.notMoved ?? [])].map(({ factor }) => factor).join(" ");
    for (const name of ["price:BTC", "price:ETH", "volatility:BTC", "volatility:ETH", "basis", "rate", "correlation"])
      expect(said).toContain(name);
    expect(said).toMatch(/liquidity|spread/);
    expect(scenario?.outcomes[0]?.pnlUsd).not.toBe(0);
    expectFinite(run);
  });
});

describe("S6: hypothetical stress, shock by shock", () => {
  it("has an effect of each kind of shock alone, and a reason for the one that no method takes", async () => {
    const { call } = memoryCore();
    const alone = {
      price: { kind: "price", factor: "BTC", mode: "relative", amount: -0.2 },
      volatility: { kind: "volatility", factor: "*", mode: "relative", amount: 0.5 },
      skew: { kind: "skew", factor: "*", amount: 0.05 },
      basis: { kind: "basis", factor: "BTC", amount: -0.03 },
      funding: { kind: "funding", factor: "BTC", amount: 0.001, days: 3 },
      rate: { kind: "rate", factor: "USD", amount: 0.02 },
      time: { kind: "time", days: 3 },
      liquidity: { kind: "liquidity", spreadTimes: 5 },
      haircut: { kind: "haircut", factor: "BTC", amount: 0.1 },
      correlation: { kind: "correlation", amount: 0.5 },
    } as const;
    const scenarios = Object.entries(alone).map(([id, shock]) => ({ id, label: id, shocks: [shock] }));
    // Kept in the user's own library, and asked from there.
    const stored = await call("stress-set.save", { content: { name: "One by one", scenarios } });
    const columns = [{ methodology: "deribit-portfolio" }];
    const run = await call("stress.run", { ...sample, columns, sets: [{ id: stored.id }] });
    const found = new Map(run.scenarios.map((scenario) => [scenario.scenarioId, scenario]));
    const outcome = (id: string) => found.get(id)?.outcomes[0];
    for (const id of ["price", "volatility", "skew", "basis", "funding", "rate", "time"])
      expect(Math.abs(outcome(id)?.pnlUsd ?? 0), id).toBeGreaterThan(1_000);
    expect(outcome("liquidity")).toMatchObject({ pnlUsd: 0 });
    expect(outcome("liquidity")?.closingCostUsd).toBeGreaterThan(0);
    expect(outcome("haircut")).toMatchObject({ pnlUsd: 0 });
    expect(outcome("haircut")?.haircutUsd).toBeGreaterThan(0);
    const correlation = found.get("correlation");
    expect(correlation?.moved).toEqual([]);
    expect(correlation?.notMoved.find(({ factor }) => factor === "correlation")?.reason).toContain(
      "diversification failure",
    );
    // Which is the question that is answered for it: offsets between underlyings, and what is left of them.
    const past = { history: { sample: true } } as const;
    const failure = await call("stress.dependence", { ...method, ...past });
    expectFinite(failure);
  });
});

describe("S7: the venue's own scenarios, unmodified", () => {
  it("gives the profits of the risk matrix, cell by cell, before the method's offsets", async () => {
    const { call } = memoryCore();
    const run = await call("margin.run", { ...method, edits: [] });
    const { set } = await call("stress-set.of-methodology", method);
    expect(set.readOnly).toBe(true);
    const { content } = set;
    const stressed = await call("stress.run", {
      ...{ ...sample, columns: [{ methodology: "deribit-portfolio" }] },
      sets: [{ set: content }],
    });
    const cells = new Map<
      string,
      Output<"margin.run">["accounts"][number]["matrices"][number]["cells"][number] & { usdPerUnit: number }
    >(
      run.accounts.flatMap(({ usdPerUnit, matrices }) =>
        matrices.flatMap(({ setId, cells: own }) =>
          own
            .filter(({ group }) => group === "standard")
            .map((cell) => [`${setId}/${cell.scenarioId}`, { ...cell, usdPerUnit }] as const),
        ),
      ),
    );
    const compared = stressed.scenarios.flatMap(({ scenarioId, outcomes }) => {
      const cell = cells.get(scenarioId);
      return cell === undefined ? [] : [[scenarioId, cell, outcomes[0]] as const];
    });
    expect(compared.length).toBeGreaterThanOrEqual(54);
    for (const [id, cell, outcome] of compared) {
      const underlying = id.startsWith("matrix-BTC") ? "BTC" : "ETH";
      const own = outcome?.byUnderlying.find((one) => one.underlying === underlying)?.pnlUsd ?? Number.NaN;
      // Coins are worth the shocked index there; the matrix counts coins.
      const coins = own / (cell.usdPerUnit * (1 + cell.priceMove));
      expect(Math.abs(coins - cell.beforeOffsets), id).toBeLessThan(1e-6 * Math.max(1, Math.abs(cell.beforeOffsets)));
    }
  });
});

describe("S8: every component of the margin separately", () => {
  it("splits the requirement down to parts that add up, each with the rule that orders it", async () => {
    const { call } = memoryCore();
    const run = await call("margin.run", {
      ...method,
      components: [{ id: "open-orders", currency: "BTC", amount: 0.5 }],
    });
    const lines = run.accounts.flatMap(({ initial }) => linesOf(initial));
    const kinds = new Set(lines.map(({ component }) => component));
    for (const kind of ["scenario", "delta", "roll", "orders"]) expect(kinds).toContain(kind);
    expect(lines.every(({ rule }) => rule.length > 0)).toBe(true);
    const summed = lines.filter(({ combine }) => combine.kind === "sum");
    expect(summed.length).toBeGreaterThan(3);
    for (const { amount, children } of summed) {
      const parts = children.reduce((total, child) => total + child.amount, 0);
      expect(Math.abs(amount - parts)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(amount)));
    }
  });
});

describe("S8: components by what they are for, across methods", () => {
  /** Every line of the initial margin of the sample under a method, in the contracts of its venue. */
  const statementOf = async (methodology: string) => {
    const { call } = memoryCore();
    const shock = { kind: "price", factor: "BTC", mode: "relative", amount: -1e-6 } as const;
    const set = { name: "As it is", scenarios: [{ id: "now", label: "Now", shocks: [shock] }] };
    const asked: Input<"stress.positions"> = { ...sample, column: { methodology }, set: { set }, scenario: "now" };
    const { result } = await call("stress.positions", asked);
    return result.accounts.flatMap(({ initial }) => linesOf(initial));
  };

  it.each([
    ["scan or core", "okx-portfolio", /^BTC\/mr1$/],
    ["extreme move", "okx-portfolio", /^BTC\/mr6$/],
    ["basis, expiry by expiry", "okx-portfolio", /^BTC\/mr4\/\d{4}-\d\d-\d\d$/],
    ["spread between expiries", "okx-portfolio", /^BTC\/mr4\/perpetual_\d{4}/],
    ["liquidity and concentration, tier by tier", "okx-portfolio", /^BTC\/mr7\/tier-\d$/],
    ["worst case", "deribit-portfolio", /^BTC\/initial\/matrix\/worst-case$/],
    ["roll of the basis", "deribit-portfolio", /^BTC\/initial\/matrix\/roll$/],
    ["floor", "paradex-portfolio", /^BTC\/minimum-delta$/],
    ["credit of hedged delta", "paradex-portfolio", /^BTC\/minimum-delta\/hedged$/],
    ["naked short options", "derive-portfolio-2", /^BTC\/initial\/contingency\/naked$/],
    ["perpetuals", "derive-portfolio-2", /^BTC\/initial\/contingency\/perpetual$/],
    ["margin of single options, premium and all", "deribit-standard", /mark|BTC-27NOV26-96000-C/],
  ] as const)("has a line of its own for %s under %s", async (_, methodology, id) => {
    const lines = await statementOf(methodology);
    const found = lines.filter((line) => id.test(line.id));
    expect(found.map(({ amount }) => Math.abs(amount) > 0)).toContain(true);
    for (const { rule, label } of found) expect([rule.length > 0, label.length > 0]).toEqual([true, true]);
  });

  it("says of a component that a venue has and the method does not model that it is missing", async () => {
    const missing = (await statementOf("okx-portfolio")).filter(({ label }) => /not modelled/.test(label));
    expect(missing.map(({ id }) => id)).toEqual(expect.arrayContaining(["BTC/mr3", "BTC/mr5"]));
    expect(missing.every(({ amount }) => amount === 0)).toBe(true);
  });
});

describe("S9: margin under stress is computed anew", () => {
  const columns = [
    { methodology: "deribit-portfolio" },
    { methodology: "okx-portfolio" },
    { methodology: "bybit-portfolio" },
  ];
  const asked = { ...sample, columns, sets: [{ id: "shipped:historical-events" }] };

  it("changes with the market, and is the margin of a run at that market", async () => {
    const { call } = memoryCore();
    const scenario = "crypto-2020-03-black-thursday";
    const run = await call("stress.run", { ...asked, scenarios: [scenario] });
    const outcomes = run.scenarios[0]?.outcomes ?? [];
    expect(outcomes).toHaveLength(columns.length);
    for (const { column, before, after } of outcomes) {
      expect(after.initialUsd).not.toBe(before.initialUsd);
      const opened = await call("stress.positions", {
        ...{ ...sample, column: columns[column] ?? columns[0] },
        ...{ set: { id: "shipped:historical-events" }, scenario },
      } as Input<"stress.positions">);
      expect(opened.result.totals.initialUsd).toBeCloseTo(after.initialUsd, 6);
      expect(opened.result.totals.maintenanceUsd).toBeCloseTo(after.maintenanceUsd, 6);
    }
  });

  it("is not the margin before with the profit beside it: what is charged follows the prices it is charged at", async () => {
    const { call } = memoryCore();
    const shock = { kind: "price", factor: "*", mode: "relative", amount: 0.25 } as const;
    const set = { name: "Mine", scenarios: [{ id: "up", label: "Up", shocks: [shock] }] };
    const alone: Input<"stress.run"> = {
      ...{ portfolio: { empty: true, name: "One perpetual" }, market, balances: [{ currency: "BTC", equity: 5 }] },
      ...{ legs: [perpetual], columns: [{ methodology: "deribit-standard" }], sets: [{ set }] },
    };
    const outcome = (await call("stress.run", alone)).scenarios[0]?.outcomes[0];
    // An inverse perpetual counts dollars: its profit is q·(1 − 1/1.25) coins, worth 1.25 of the index; its coins of margin fall.
    expect(outcome?.pnlUsd).toBeCloseTo(perpetual.quantity * 0.25, -3);
    const { before, after } = outcome ?? {};
    expect((after?.equityUsd ?? 0) - (before?.equityUsd ?? 0)).toBeGreaterThan(outcome?.pnlUsd ?? Number.NaN);
    // The rate of margin rises with the size in coins, which is a fifth less.
    expect(after?.initialUsd).toBeLessThan(before?.initialUsd ?? 0);
  });

  it("has an answer for every historical event, all numbers finite", async () => {
    const { call } = memoryCore();
    const run = await call("stress.run", asked);
    expect(run.scenarios).toHaveLength(19);
    for (const { outcomes, failures } of run.scenarios) expect(outcomes.length + failures.length).toBe(columns.length);
    expectFinite(run);
  });
});

describe("S10: a result says what it is", () => {
  it("names method, version, first day of the parameters, accuracy and everything left out", async () => {
    const { call } = memoryCore();
    const path = "resources/sample/portfolio/synthetic-positions.json";
    const reply = JSON.parse(readFileSync(join(root, path), "utf8"));
    const unknown = { ...reply.result[0], instrument_name: "SOL_USDC-27NOV26-200-C" };
    const text = JSON.stringify({ ...reply, result: [...reply.result, unknown] });
    const run = await call("margin.run", { ...method, portfolio: { files: [{ name: "positions.json", text }] } });
    expect(run.methodology.id).toBe("deribit-portfolio");
    expect(run.rules).toMatchObject({ version: "erm-2026-09-23", effectiveFrom: "2026-09-23" });
    expect(["exact", "approximate", "unsupported"]).toContain(run.accuracy);
    expect(run.included.of - run.included.positions).toBe(run.excluded.length);
    expect(run.excluded.map(({ symbol }) => symbol)).toEqual(["SOL_USDC-27NOV26-200-C"]);
    // A parameter of the user's own is no rule of the venue's: the result says so.
    expect(run.rules.overrides).toEqual([]);
    const overrides = [{ path: "/pairs/btc_usd/priceRange", value: 0.2 }];
    const own = await call("margin.run", { ...method, overrides });
    expect(own.rules.overrides).toMatchObject([{ path: "/pairs/btc_usd/priceRange", value: 0.2 }]);
    expect(own.rules.parametersHash).not.toBe(run.rules.parametersHash);
    for (const { symbol, failure } of run.excluded) {
      expect(symbol.length).toBeGreaterThan(0);
      expect(failure.message.length).toBeGreaterThan(10);
    }
  });
});

describe("S11: a result is marked as a non-binding estimate", () => {
  it("says so in stress runs and in every file of a run", async () => {
    const { call } = memoryCore();
    const columns = [{ methodology: "deribit-portfolio" }];
    const sets = [{ id: "shipped:historical-events" }];
    const stressed = await call("stress.run", { ...sample, columns, sets, scenarios: ["crypto-2022-11-ftx"] });
    expect(stressed.notice).toMatch(/non-binding estimate/);
    const ticket = await call("what-if.stress", { ...sample, columns, legs: [perpetual], stress: { sets } });
    expect(ticket.notice).toBe(stressed.notice);
    const { id } = await call("run.save", { name: "estimate", request: method });
    for (const format of ["csv", "json", "html"] as const) {
      const exported = await call("run.export", { id, format });
      expect("text" in exported ? exported.text : "").toContain(estimateNotice.split(":")[0]);
    }
  });
});

describe("S12: export and re-run give the same digits", () => {
  it("recomputes a run equal to the last digit after its library went through a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "marginscope-simulator-"));
    const [here, there] = ["here", "there"].map((name) => openLibrary(join(folder, `${name}.sqlite`)));
    try {
      if (here === undefined || there === undefined) throw new Error("two libraries are opened");
      const first = memoryCore({ store: here });
      const { id } = await first.call("run.save", { name: "away", request: { ...method, legs: [perpetual] } });
      const kept = await first.call("run.get", { id });
      const { bytes } = await first.call("library.export", {});
      // Another program, which knows nothing but the file.
      const second = memoryCore({ store: there });
      await second.call("library.import", { file: { name: "library.sqlite", bytes: new Uint8Array(bytes) } });
      expect(await second.call("run.replay", { id })).toMatchObject({ equal: true, differences: [] });
      const arrived = await second.call("run.get", { id });
      expect(arrived.content.result).toEqual(kept.content.result);
    } finally {
      for (const library of [here, there]) library?.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("gives the digits of an exported run again", async () => {
    const first = memoryCore();
    const request = { ...method, legs: [perpetual], overrides: [{ path: "/pairs/btc_usd/priceRange", value: 0.2 }] };
    const { id } = await first.call("run.save", { name: "again", request });
    const verdict = await first.call("run.replay", { id });
    expect(verdict).toMatchObject({ equal: true, differences: [] });
    const exported = await first.call("run.export", { id, format: "json" });
    const { result } = JSON.parse("text" in exported ? exported.text : "null") as {
      readonly result: Output<"margin.run">;
    };
    const anew = await memoryCore().call("margin.run", request);
    expect(result.totals).toEqual(anew.totals);
    expect(result.inputs).toEqual(anew.inputs);
  });
});
