import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { oracles, readOracles, type VenueStatement } from "../../../core/import/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";

const golden = join(import.meta.dirname, "../../golden/oracle");

function fileOf(name: string, path = join(golden, name)) {
  return { name, bytes: new Uint8Array(readFileSync(path)) };
}

function read(...files: readonly ReturnType<typeof fileOf>[]): VenueStatement {
  const statement = readOracles(files);
  if (!statement.ok) throw new Error(statement.failure.message);
  return statement.value;
}

const json = (content: unknown, name = "reply.json") => ({
  name,
  bytes: new TextEncoder().encode(JSON.stringify(content)),
});

function amountsOf({ amounts }: VenueStatement): Record<string, number> {
  return Object.fromEntries(amounts.map(({ id, amount }) => [id, amount]));
}

describe("oracles", () => {
  it("are named after their files, and each golden reply has exactly one that claims it", () => {
    for (const [id, oracle] of oracles) expect(oracle.id).toBe(id);
    for (const name of [
      "deribit-pme-simulate-btc",
      "deribit-pme-simulate-eth",
      "okx-position-builder",
      "bybit-portfolio-margin",
    ]) {
      const content: unknown = JSON.parse(readFileSync(join(golden, `${name}.json`), "utf8"));
      const inner = (content as Record<string, unknown>).result ?? (content as Record<string, unknown>).data;
      expect([...oracles.values()].filter(({ claims }) => claims(inner)).map(({ id }) => id)).toHaveLength(1);
    }
  });

  it("read anything at all without throwing", () => {
    const odd: unknown[] = [null, 1, "text", [], {}, [[]], [null], { result: null }, { result: [] }, { data: [{}] }];
    const deep = {
      result: {
        margins: { btc: null },
        model_params: { currency: 5 },
        aggregated_risk_vectors: { a: 1 },
        initial_risk_vectors: { b: [] },
      },
    };
    for (const content of [...odd, deep, { code: "0", msg: "", data: [{ riskUnitData: [null, {}] }] }])
      for (const claimed of oracles.values()) {
        expect(typeof claimed.claims(content)).toBe("boolean");
        if (claimed.claims(content)) expect(typeof claimed.read({ content }).ok).toBe("boolean");
        expect(typeof readOracles([json(content)]).ok).toBe("boolean");
      }
  });

  it("read a compressed reply and refuse a damaged one", () => {
    const bytes = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1]);
    expect(readOracles([{ name: "x.json.gz", bytes }])).toMatchObject({ ok: false, failure: { at: "x.json.gz" } });
  });

  it("refuse replies of two venues together", () => {
    const refused = readOracles([fileOf("okx-position-builder.json"), fileOf("bybit-portfolio-margin.json")]);
    expect(refused).toMatchObject({
      ok: false,
      failure: { message: "bybit-portfolio-margin.json is a reply of bybit; the files before it are of okx" },
    });
  });
});

describe("Deribit pme/simulate", () => {
  it("states positions in the quantity unit of their instruments", () => {
    const { positions } = read(fileOf("deribit-pme-simulate-btc.json"));
    expect(positions?.map(({ instrument, quantity }) => [instrument.symbol, quantity])).toEqual([
      ["BTC-PERPETUAL", 0.314538364 * 65910.57],
      ["BTC-28JUN24", -0.001187534 * 67371.75],
    ]);
  });

  it("names every parameter by its pointer in the rulebook", () => {
    const { parameters, notes } = read(fileOf("deribit-pme-simulate-eth.json"));
    const byPath = new Map(parameters.map(({ path, value }) => [path, value]));
    expect(byPath.get("/currencies/eth/profitOffset")).toBe(0.6);
    expect(byPath.get("/pairs/eth_usd/deltaShockSlope")).toBe(4e-6);
    expect(byPath.get("/general/maintenanceFactor")).toBe(0.8);
    expect(notes).toEqual([]);
  });

  it("names parameters the rulebook does not have", () => {
    const content = JSON.parse(readFileSync(join(golden, "deribit-pme-simulate-eth.json"), "utf8"));
    content.result.model_params.currency.eth.new_factor = 3;
    expect(read(json(content)).notes).toEqual([
      "parameters of the reply that the rulebook does not have: currency.eth.new_factor",
    ]);
  });

  it("takes no name of a prototype for a parameter, no odd key for a pattern and no absurd number", () => {
    const content = JSON.parse(readFileSync(join(golden, "deribit-pme-simulate-eth.json"), "utf8"));
    content.result.model_params.currency.eth.constructor = 3;
    content.result.aggregated_risk_vectors["eth+("] = { standard: [1], extended: [] };
    content.result.margins.eth.initial_margin = 1e200;
    const statement = read(json(content));
    expect(statement.notes.join()).toContain("currency.eth.constructor");
    expect(statement.vectors.map(({ underlying }) => underlying)).toContain("ETH+(");
    expect(statement.amounts.map(({ id }) => id)).not.toContain("margins.eth.initial_margin");
  });

  it("knows how many digits a figure has, zeros left out included", () => {
    const { amounts } = read(fileOf("deribit-pme-simulate-btc.json"));
    const digit = (id: string) => amounts.find((amount) => amount.id.endsWith(id))?.digit;
    expect(digit("mmp_margin")).toBe(1e-9);
    expect(digit("maintenance_margin")).toBe(1e-12);
  });
});

describe("OKX position-builder", () => {
  it("finds contract sizes in the notional and sorts the price moves", () => {
    const { positions, vectors, asOfMs } = read(fileOf("okx-position-builder.json"));
    expect(positions?.map(({ instrument, quantity }) => [instrument.symbol, quantity])).toEqual([
      ["BTC-USDT-SWAP", -0.1],
      ["LTC-USDT-SWAP", 10],
    ]);
    const same = vectors[0]?.cells.filter(({ volatility }) => volatility === "same").map(({ priceMove }) => priceMove);
    expect(same).toEqual([-0.12, -0.08, -0.04, 0, 0.04, 0.08, 0.12]);
    expect(asOfMs).toBe(1736936801642);
  });

  it("names the flat reply of 2022 as another version", () => {
    const refused = readOracles([json({ code: "0", msg: "", data: [{ imr: "1", mmr: "1", mr1: "2" }] })]);
    expect(refused).toMatchObject({ ok: false, failure: { message: expect.stringContaining("another version") } });
  });
});

describe("Gate portfolio_calculator", () => {
  const cell = (price: string, volatility: string, profit: string) => ({
    price_percentage: price,
    implied_volatility_percentage: volatility,
    profit_loss: profit,
  });
  const result = {
    type: "original_position",
    profit_loss_ranges: [cell("-0.2", "-0.3", "-5.5"), cell("0.2", "0", "4"), cell("0.2", "0.5", "3")],
    ...{ mr1: "5.5", mr2: "1", mr3: "0.000000000000", mr4: "2" },
  };
  const unit = { symbol: "BTC", maintain_margin: "8.5", initial_margin: "11", margin_result: [result] };
  const reply = {
    maintain_margin_total: "8.5",
    initial_margin_total: "11",
    calculate_time: "1709014486",
    risk_unit: [unit],
  };

  it("states the charges of the positions and their scenarios", () => {
    const statement = read(json(reply));
    expect(statement).toMatchObject({ venue: "gate", asOfMs: 1_709_014_486_000, covers: { underlyings: ["BTC"] } });
    expect(amountsOf(statement)).toEqual({
      ...{ initial_margin_total: 11, maintain_margin_total: 8.5, "BTC.initial_margin": 11, "BTC.maintain_margin": 8.5 },
      ...{ "BTC.mr1": 5.5, "BTC.mr2": 1, "BTC.mr3": 0, "BTC.mr4": 2 },
    });
    expect(statement.components.map(({ id, underlying, amount, basis }) => [id, underlying, amount, basis])).toEqual([
      ["delta-contingency", "BTC", 1, "imported"],
      ["vega-contingency", "BTC", 0, "imported"],
      ["option-contingency", "BTC", 2, "imported"],
    ]);
    expect(
      statement.vectors[0]?.cells.map(({ priceMove, volatility, amount }) => [priceMove, volatility, amount]),
    ).toEqual([
      [-0.2, "down", -5.5],
      [0.2, "same", 4],
      [0.2, "up", 3],
    ]);
  });

  it("names a reply without the result of the positions as another version, and an error by its label", () => {
    const old = readOracles([json({ ...reply, risk_unit: [{ ...unit, margin_result: [] }] })]);
    expect(old).toMatchObject({ ok: false, failure: { message: expect.stringContaining("another version") } });
    const error = readOracles([json({ label: "INVALID_KEY", message: "Invalid key provided" })]);
    expect(error).toMatchObject({
      ok: false,
      failure: { message: "reply.json: the file is an error reply of the venue: Invalid key provided (INVALID_KEY)" },
    });
  });
});

describeWithSharedData("replies of the reference fixtures", (path) => {
  const documented = (name: string) => fileOf(name, path("deribit-api-fixtures", "documented", name));

  it("account summary, positions and simulate_portfolio say what Deribit charges", () => {
    const account = read(documented("private-get_account_summary.json"));
    expect(account.methodologies).toEqual(["deribit-standard"]);
    expect(amountsOf(account)).toMatchObject({ "BTC.initial_margin": 1.24669592, "BTC.equity": 302.61869214 });
    const positions = read(documented("private-get_positions.json"));
    expect(positions.amounts.map(({ id }) => id)).toContain("BTC-PERPETUAL.initial_margin");
    const cross = read(documented("private-simulate_portfolio.json"));
    expect(cross).toMatchObject({ methodologies: ["deribit-cross-portfolio"], testnet: true });
    expect(amountsOf(cross)).toMatchObject({ "cross.total_initial_margin_usd": 3139528603778.822 });
  });

  it("account and positions of one venue become one statement", () => {
    const both = read(documented("private-get_account_summary.json"), documented("private-get_positions.json"));
    expect(both.formats.map(({ id }) => id)).toEqual(["deribit-account-figures", "deribit-position-margins"]);
    expect(both.amounts.length).toBe(6);
    expect(both.sources.length).toBe(2);
  });
});
