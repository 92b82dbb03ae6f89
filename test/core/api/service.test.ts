import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ReplayVerdict, Run } from "../../../core/api/contract.ts";
import { createDispatch } from "../../../core/api/dispatch.ts";
import type { Ports, Resources } from "../../../core/api/ports.ts";
import { createService } from "../../../core/api/service.ts";
import { createResources } from "../../../core/host/resources.ts";
import { memoryCore } from "./memory-core.ts";
import { memoryPorts } from "./memory-ports.ts";

const folder = join(import.meta.dirname, "../../../resources/sample");
const sampleFile = (path: string, name = path) => ({
  name,
  bytes: new Uint8Array(readFileSync(join(folder, path))),
});
const positionsFile = sampleFile("portfolio/synthetic-positions.json", "positions.json");
const marketFile = sampleFile("market/synthetic-book-summary-btc.json", "market.json");
const sample = { portfolio: { sample: true }, market: { sample: true } } as const;
const table = (rows: string) => ({ name: "book.csv", text: `Kontrakt;Menge\n${rows}` });
const mapping = { kind: "positions" as const, columns: { symbol: "Kontrakt", quantity: "Menge" }, venue: "deribit" };

describe("price.option", () => {
  const option = { forward: 108_000, strike: 113_900, years: 0.25, volatility: 0.35, optionType: "call" } as const;

  it("of an inverse option is the linear value over the forward, its net delta less the premium", async () => {
    const { call } = memoryCore();
    const linear = await call("price.option", { ...option, rate: 0.05 });
    const inverse = await call("price.option", { ...option, rate: 0.05, payoff: "inverse" });
    expect(inverse.value).toBe(linear.value / option.forward);
    expect(inverse.delta).toBe(linear.delta);
    expect(inverse.netDelta).toBeCloseTo(linear.delta - inverse.value, 12);
    expect(linear.netDelta).toBe(linear.delta);
  });
  it.each(["linear", "inverse"] as const)(
    "is undone by price.implied-volatility, %s and discounted",
    async (payoff) => {
      const { call } = memoryCore();
      const { value } = await call("price.option", { ...option, rate: 0.05, payoff });
      const { volatility: _, ...terms } = option;
      const implied = await call("price.implied-volatility", { ...terms, rate: 0.05, payoff, price: value });
      expect(implied.status).toBe("ok");
      expect(implied.volatility).toBeCloseTo(0.35, 12);
    },
  );
  it("is refused, not a defect, where the answer is beyond the range of numbers", async () => {
    const { refusal } = memoryCore();
    const tiny = { forward: 1e-308, strike: 1e-308, years: 1e-10, volatility: 0.5, optionType: "put" } as const;
    const refused = await refusal("price.option", tiny);
    expect(refused).toMatchObject({ reason: "invalid-input", message: expect.stringContaining("gamma is beyond") });
  });
});

describe("scenario.cube", () => {
  it("is the difference of two values, one row an option even when options are alike", async () => {
    const { call } = memoryCore();
    const option = { forward: 100, strike: 90, years: 0.5, volatility: 0.6, optionType: "put" } as const;
    const cube = await call("scenario.cube", {
      options: [option, option],
      scenarios: [{ id: "down", label: "down", priceMove: -0.1, volatility: { change: 0.5, mode: "relative" } }],
    });
    const before = await call("price.option", option);
    const after = await call("price.option", { ...option, forward: 90, volatility: 0.6 * 1.5 });
    expect(cube.instruments.length).toBe(2);
    expect(cube.values[0]).toBeCloseTo(after.value - before.value, 12);
    expect(cube.values[1]).toBe(cube.values[0]);
  });
});

describe("sources of a margin request", () => {
  it("are the sample, marked synthetic", async () => {
    const result = await memoryCore().call("margin.run", { ...sample, methodology: "deribit-portfolio" });
    expect(result).toMatchObject({ synthetic: true, portfolioName: "Synthetic sample", excluded: [] });
  });
  it("give the same result from the library as from files", async () => {
    const { call } = memoryCore();
    const saved = await call("import.run", { files: [positionsFile, marketFile], name: "positions" });
    const request = { methodology: "deribit-portfolio" };
    const fromLibrary = await call("margin.run", {
      ...request,
      portfolio: { id: saved.portfolio?.id ?? "" },
      market: { id: saved.market?.id ?? "" },
    });
    const fromFiles = await call("margin.run", {
      ...request,
      portfolio: { files: [positionsFile] },
      market: { files: [marketFile] },
    });
    expect(fromFiles.totals).toEqual(fromLibrary.totals);
    expect(fromFiles.inputs.portfolio).toBe(fromLibrary.inputs.portfolio);
  });
  it("show the present name of a renamed entry", async () => {
    const { call } = memoryCore();
    const saved = await call("import.run", { files: [positionsFile, marketFile] });
    const [portfolio, market] = [{ id: saved.portfolio?.id ?? "" }, { id: saved.market?.id ?? "" }];
    const request = { portfolio, market, methodology: "deribit-portfolio" };
    expect(await call("margin.run", request)).toMatchObject({ portfolioName: "positions" });
    await call("portfolio.rename", { ...portfolio, name: "Friday" });
    expect(await call("margin.run", request)).toMatchObject({ portfolioName: "Friday" });
  });
  it("are read again after they were replaced or deleted", async () => {
    const { call, refusal } = memoryCore();
    const saved = await call("import.run", { files: [positionsFile] });
    const request = { ...sample, portfolio: { id: saved.portfolio?.id ?? "" }, methodology: "deribit-portfolio" };
    await call("margin.run", request);
    await call("portfolio.delete", request.portfolio);
    expect(await refusal("margin.run", request)).toMatchObject({ reason: "not-found", at: request.portfolio.id });
  });
  it("say what files hold when it is not what was asked for", async () => {
    const request = { ...sample, portfolio: { files: [marketFile] }, methodology: "deribit-portfolio" };
    expect(await memoryCore().refusal("margin.run", request)).toMatchObject({
      reason: "missing-data",
      message: expect.stringContaining("market.json: expected positions or balances, found none"),
    });
  });
  it("margin an account without positions at zero, by every method", async () => {
    const { call } = memoryCore();
    const files = [{ name: "positions.json", text: '{"jsonrpc":"2.0","result":[]}' }];
    for (const { id } of await call("methodology.list", {})) {
      const { totals, included } = await call("margin.run", { ...sample, portfolio: { files }, methodology: id });
      expect({ id, ...totals, ...included }).toMatchObject({
        id,
        initialUsd: 0,
        maintenanceUsd: 0,
        positions: 0,
        of: 0,
      });
    }
  });
  it("carry the rows that the import rejected into the remarks", async () => {
    const { call } = memoryCore();
    const rows = "BTC-PERPETUAL;1000\nBTC-PERPETUAL;much\n";
    await call("import.run", { files: [table("BTC-PERPETUAL;1\n")], mappings: { "book.csv": mapping } });
    const result = await call("margin.run", {
      ...sample,
      portfolio: { files: [table(rows)] },
      methodology: "deribit-portfolio",
    });
    expect(result.positions.length).toBe(1);
    expect(result.remarks.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^rejected book\.csv:3: /),
    );
  });
  it("say of a stored portfolio too how many rows of its files were rejected, also when the run is made again", async () => {
    const { call } = memoryCore();
    const files = [table("BTC-PERPETUAL;1000\nBTC-PERPETUAL;much\nBTC-PERPETUAL;more\n")];
    const { portfolio } = await call("import.run", { files, mappings: { "book.csv": mapping } });
    const request = { ...sample, portfolio: { id: portfolio?.id ?? "" }, methodology: "deribit-portfolio" };
    const said = { message: "2 rows of book.csv were rejected when it was imported" };
    expect((await call("margin.run", request)).remarks).toContainEqual(said);
    const { id } = await call("run.save", { name: "kept", request });
    const replayed = await call("run.replay", { id });
    expect(replayed.equal).toBe(true);
    expect(replayed.result.remarks).toContainEqual(said);
  });
});

describe("import", () => {
  it("remembers the mapping of a table by its columns, and suggests it", async () => {
    const { call, refusal } = memoryCore();
    const files = [table("BTC-PERPETUAL;1000\n")];
    expect(await refusal("import.run", { files })).toMatchObject({ reason: "parse-error" });
    await call("import.run", { files, mappings: { "book.csv": mapping } });
    const [inspection] = await call("import.inspect", { files });
    expect(inspection?.table?.suggested).toEqual(mapping);
    expect((await call("import.run", { files })).portfolio?.note).toBe("1 position, deribit");
    expect((await call("mapping.list", {})).length).toBe(1);
  });
  it("keeps one mapping a layout, the latest", async () => {
    const { call } = memoryCore();
    const files = [table("BTC-PERPETUAL;1000\n")];
    await call("import.run", { files, mappings: { "book.csv": mapping } });
    const latest = { ...mapping, quantityUnit: "quote" as const };
    await call("import.run", { files, mappings: { "book.csv": latest } });
    const stored = await call("mapping.list", {});
    expect(stored.length).toBe(1);
    const [inspection] = await call("import.inspect", { files });
    expect(inspection?.table?.suggested).toEqual(latest);
  });
  it("saves nothing when it is cancelled", async () => {
    const ports = memoryPorts();
    let cancel = () => {};
    const dispatch = createDispatch(createService(ports), { ...ports, pause: async () => cancel() });
    cancel = () => void dispatch({ operation: "job.cancel", input: { job: "a" } });
    const answer = await dispatch({ operation: "import.run", input: { files: [positionsFile] }, job: "a" });
    expect(answer).toMatchObject({ failure: { reason: "cancelled" } });
    expect(ports.store.portfolios.list()).toEqual([]);
  });
});

describe("portfolio.edit", () => {
  const accountFile = sampleFile("portfolio/synthetic-account-summaries.json", "account.json");

  it("saves a copy with changed quantities, without the figures of the venue they no longer fit", async () => {
    const { call } = memoryCore();
    const id = (await call("import.run", { files: [positionsFile, accountFile] })).portfolio?.id ?? "";
    const before = (await call("portfolio.get", { id })).content;
    const [first, second] = before.positions;
    const edits = [
      { positionId: first?.id ?? "", quantity: 0 },
      { positionId: second?.id ?? "", quantity: -7 },
    ];
    const copy = await call("portfolio.edit", { id, name: "Edited", edits });
    const after = (await call("portfolio.get", { id: copy.id })).content;
    expect(after.name).toBe("Edited");
    expect(after.positions.length).toBe(before.positions.length - 1);
    expect(after.positions[0]).toMatchObject({ id: second?.id, quantity: -7 });
    expect(before.balances.some(({ marginBalance }) => marginBalance !== undefined)).toBe(true);
    expect(after.balances.every(({ marginBalance }) => marginBalance === undefined)).toBe(true);
    expect(after.balances.map(({ equity }) => equity)).toEqual(before.balances.map(({ equity }) => equity));
    expect((await call("portfolio.get", { id })).content).toEqual(before);
  });

  it("keeps tags with the positions, takes empty ones off, and refuses a position that is not there", async () => {
    const { call, dispatch } = memoryCore();
    const id = (await call("import.run", { files: [positionsFile, accountFile] })).portfolio?.id ?? "";
    const [first, second] = (await call("portfolio.get", { id })).content.positions;
    const tagged = (positionId: string | undefined, tag: string) => ({ positionId: positionId ?? "", tag });
    const tags = [tagged(first?.id, "Condors"), tagged(second?.id, "Hedge")];
    const copy = await call("portfolio.edit", { id, name: "Tagged", edits: [], tags });
    const { positions } = (await call("portfolio.get", { id: copy.id })).content;
    expect(positions.slice(0, 3).map(({ tag }) => tag)).toEqual(["Condors", "Hedge", undefined]);
    const off = await call("portfolio.edit", { id: copy.id, name: "Off", edits: [], tags: [tagged(first?.id, "")] });
    const after = (await call("portfolio.get", { id: off.id })).content.positions;
    expect(after.slice(0, 2).map(({ tag }) => tag)).toEqual([undefined, "Hedge"]);
    const input = { id, name: "Lost", edits: [], tags: [tagged("nobody", "x")] };
    expect(await dispatch({ operation: "portfolio.edit", input })).toMatchObject({ failure: { reason: "not-found" } });
  });
});

describe("runs", () => {
  const request = { ...sample, methodology: "deribit-portfolio" };
  const first = async (ports: Ports) => {
    const [summary] = ports.store.runs.list();
    const stored = ports.store.runs.get(summary?.id ?? "");
    if (stored === undefined) throw new Error("no run was saved");
    return stored;
  };
  const replayedAfter = async (change: (run: Run) => Run, changes: Partial<Ports> = {}): Promise<ReplayVerdict> => {
    const { ports, call } = memoryCore(changes);
    await call("run.save", { name: "Friday", request });
    const stored = await first(ports);
    ports.store.runs.save({ ...stored, content: change(stored.content) });
    return call("run.replay", { id: stored.id });
  };

  it("compute again to the last digit", async () => {
    const verdict = await replayedAfter((run) => run);
    expect(verdict).toMatchObject({ equal: true, differences: [] });
  });
  it("compute again when their portfolio and market are gone", async () => {
    const { call } = memoryCore();
    const saved = await call("import.run", { files: [positionsFile, marketFile] });
    const [portfolio, market] = [{ id: saved.portfolio?.id ?? "" }, { id: saved.market?.id ?? "" }];
    const run = await call("run.save", { name: "a", request: { portfolio, market, methodology: "deribit-portfolio" } });
    await call("portfolio.delete", portfolio);
    await call("market.delete", market);
    expect(await call("run.replay", { id: run.id })).toMatchObject({ equal: true });
  });
  it("name a changed portfolio", async () => {
    const verdict = await replayedAfter((run) => ({
      ...run,
      portfolio: {
        ...run.portfolio,
        positions: run.portfolio.positions.map((position, index) =>
          index === 0 ? { ...position, quantity: position.quantity * 2 } : position,
        ),
      },
    }));
    expect(verdict.equal).toBe(false);
    expect(verdict.differences).toContain("input: the portfolio is not the one of the run");
    expect(verdict.differences).toContainEqual(expect.stringMatching(/^result \/totals\/initialUsd: was [\d.]+, is /));
  });
  it("name a changed market", async () => {
    const verdict = await replayedAfter((run) => ({
      ...run,
      market: { ...run.market, asOfMs: run.market.asOfMs + 1 },
    }));
    expect(verdict.differences).toContain("input: the market is not the one of the run");
  });
  it("name the parameter that this program has otherwise", async () => {
    const shipped = createResources();
    const { ports, call } = memoryCore();
    await call("run.save", { name: "Friday", request });
    const stored = await first(ports);
    const changed: Resources = {
      ...shipped,
      rulebook: (id) => {
        const rulebook = shipped.rulebook(id);
        const text = JSON.stringify(rulebook).replaceAll('"maintenanceFactor":0.8', '"maintenanceFactor":0.81');
        return rulebook && JSON.parse(text);
      },
    };
    const verdict = await memoryCore({ store: ports.store, resources: changed }).call("run.replay", { id: stored.id });
    expect(verdict.equal).toBe(false);
    expect(verdict.differences).toContainEqual(
      expect.stringMatching(/^input: rules .* have other parameters at \/general\/maintenanceFactor$/),
    );
  });
  it("tell which version of the program made them", async () => {
    const verdict = await replayedAfter((run) => ({ ...run, codeVersion: "0.0.0-older" }));
    expect(verdict).toMatchObject({
      equal: true,
      differences: ["program: the run was made by version 0.0.0-older, this is 0.0.0-test"],
    });
  });
});

describe("settings", () => {
  it("are null until they are set, and refused beyond a megabyte", async () => {
    const { call, refusal } = memoryCore();
    expect(await call("setting.get", { key: "a" })).toEqual({ value: null });
    await call("setting.set", { key: "a", value: { b: [1, null] } });
    expect(await call("setting.get", { key: "a" })).toEqual({ value: { b: [1, null] } });
    const value = "x".repeat(1_000_001);
    expect(await refusal("setting.set", { key: "a", value })).toMatchObject({ reason: "invalid-input" });
  });
});

describe("what is saved by hand", () => {
  const scenario = { id: "a", label: "down", priceMove: -0.1 };
  it("is refused when a scenario id is used twice", async () => {
    const content = { id: "two", repricer: "model" as const, scenarios: [scenario, scenario] };
    expect(await memoryCore().refusal("scenario-set.save", { name: "Two", content })).toMatchObject({
      reason: "invalid-input",
      message: "the scenario id a is used twice",
    });
  });
  it("keeps every member that a scenario of a method has", async () => {
    const byDays = [
      { days: 1, factor: 2 },
      { days: 30, factor: 1 },
    ];
    const volatility = {
      change: 0.5,
      mode: "relative" as const,
      byDelta: [{ delta: 0.5, byDays }],
      rootDays: true as const,
    };
    const joint = { ...scenario, volatility: { ...volatility, startFloor: 0.2 }, decayDays: 1, stickiness: 2 };
    const content = { id: "all", repricer: "model" as const, joint: "days", underlying: "BTC", scenarios: [joint] };
    const core = memoryCore();
    const { id } = await core.call("scenario-set.save", { name: "All", content });
    expect((await core.call("scenario-set.get", { id })).content).toEqual(content);
    const both = { ...volatility, byDays };
    const twice = { ...content, scenarios: [{ ...scenario, volatility: both }] };
    expect(await core.refusal("scenario-set.save", { name: "Both", content: twice })).toMatchObject({
      message: expect.stringContaining("one of `tenor`, `byDays` and `byDelta`"),
    });
    const point = { priceFraction: -1, volatilityFraction: 1, weight: 1 };
    const generation = { points: [point], lookAheadYears: 0.004, base: "settlement" as const };
    const made = { id: "arrays", repricer: "risk-array" as const, generation, scenarios: [scenario] };
    const few = { ...made, generation: { ...generation, points: [point, point] } };
    expect(await core.refusal("scenario-set.save", { name: "Few", content: few })).toMatchObject({
      message: "arrays have one point a scenario; found 2 points and 1 scenarios",
    });
    const arrays = await core.call("scenario-set.save", { name: "Arrays", content: made });
    expect((await core.call("scenario-set.get", { id: arrays.id })).content).toEqual(made);
  });
  it("is refused when it overrides a methodology that does not exist", async () => {
    const content = { methodology: "no-such", overrides: [] };
    expect(await memoryCore().refusal("overrides.save", { name: "Mine", content })).toMatchObject({
      reason: "not-found",
      message: expect.stringContaining('there is no methodology "no-such"'),
    });
  });
});
