import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Input } from "../../../core/api/contract.ts";
import { memoryCore } from "./memory-core.ts";

const golden = join(import.meta.dirname, "../../golden/oracle");
const reply = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(join(golden, name))) });
const btcReply = reply("deribit-pme-simulate-btc.json");
const text = (name: string, content: unknown) => ({ name, text: JSON.stringify(content) });
const sample = { portfolio: { sample: true }, market: { sample: true } } as const;

describe("break-report.run", () => {
  it("reconciles a reply with itself when no positions and no market are given", async () => {
    const report = await memoryCore().call("break-report.run", { charged: [btcReply] });
    expect(report).toMatchObject({ verdict: "matched", venue: "deribit", methodology: { id: "deribit-portfolio" } });
    expect(report.rules.version).toBe("erm-2024-02-01");
    expect(report.counts.unexplained).toBe(0);
  });

  it("finds the parameter the user changed", async () => {
    const overrides = [{ path: "/currencies/btc/annualisedMoveRisk", value: 0.2 }];
    const report = await memoryCore().call("break-report.run", { charged: [btcReply], overrides });
    expect(report.verdict).toBe("matched");
    const wider = [{ path: "/pairs/btc_usd/priceRange", value: 0.3 }];
    const broken = await memoryCore().call("break-report.run", { charged: [btcReply], overrides: wider });
    expect(broken.verdict).toBe("explained");
    expect(broken.parameters.overrides).toEqual([{ path: "/pairs/btc_usd/priceRange", value: 0.16 }]);
  });

  it("names what is no reply of charges: an error, another kind of file, another version, a mix of venues", async () => {
    const { refusal } = memoryCore();
    const message = async (...charged: Input<"break-report.run">["charged"]) =>
      (await refusal("break-report.run", { charged }))?.message;
    expect(await message(text("e.json", { error: { code: 13009, message: "unauthorized" } }))).toBe(
      "e.json: the file is an error reply of the venue: unauthorized (code 13009)",
    );
    expect(await message(text("e.json", { code: "50011", msg: "Too Many Requests", data: [] }))).toContain(
      "error reply of the venue: Too Many Requests (code 50011)",
    );
    expect(await message(text("e.json", { retCode: 10001, retMsg: "params error", result: {} }))).toContain(
      "error reply of the venue: params error (retCode 10001)",
    );
    expect(await message(text("other.json", { result: { a: 1 } }))).toContain("other.json is no reply that says");
    expect(await message(text("old.json", { result: { margins: { btc: {} }, model_params: {} } }))).toContain(
      "of another version: it has no aggregated_risk_vectors, initial_risk_vectors",
    );
    expect(await message(text("cut.json", 1), { name: "x.json", text: '{"result": {' })).toContain("cut.json");
    expect(await message({ name: "x.json", text: '{"result": {' })).toContain("cut in the middle");
    expect(await message({ name: "x.html", text: "<html></html>" })).toContain("an HTML page");
  });

  it("asks for positions and a market when the reply states none", async () => {
    const account = { currency: "BTC", equity: 1, balance: 1, initial_margin: 0.1, maintenance_margin: 0.05 };
    const charged = [text("account.json", { result: { ...account, margin_model: "segregated_pm" } })];
    const failure = await memoryCore().refusal("break-report.run", { charged });
    expect(failure?.message).toBe(
      "account.json states no positions and no prices and no time: give the positions and the market as files of their own",
    );
    const report = await memoryCore().call("break-report.run", { charged, ...sample });
    expect(report.lines.map(({ statedId }) => statedId)).toEqual([
      "BTC.initial_margin",
      "BTC.maintenance_margin",
      "BTC.equity",
    ]);
    expect(report.verdict).toBe("unexplained");
  });
});

describe("break-report.save", () => {
  it("keeps the report with its inputs; get, list, export and delete find it", async () => {
    const { call, refusal } = memoryCore();
    const saved = await call("break-report.save", { name: "=June, BTC", request: { charged: [btcReply] } });
    expect(saved.note).toBe("matched: deribit-portfolio erm-2024-02-01 against deribit");
    const [listed] = await call("break-report.list", {});
    expect(listed).toEqual(saved);
    const { content } = await call("break-report.get", { id: saved.id });
    expect(content.statement.amounts).toHaveLength(10);
    expect(content.portfolio.positions).toHaveLength(2);

    const file = async (format: "csv" | "json" | "html") => {
      const made = await call("break-report.export", { id: saved.id, format });
      if ("bytes" in made) throw new Error(`${format} is text`);
      return made;
    };
    const csv = await file("csv");
    expect(csv.name).toBe("June-BTC_break-report_2024-06-17.csv");
    const rows = csv.text.split("\r\n");
    expect(rows[0]).toBe("row,account,id,line,label,unit,own,charged,difference,verdict,explained_by");
    expect(rows[1]).toBe(
      "line,BTC,margins.btc.initial_margin,BTC/initial,Initial margin,BTC,0.122861343,0.122861343,0,matched,",
    );
    const json = await file("json");
    expect(JSON.parse(json.text)).toEqual({ schema: "break-report/1", report: content.report });
    const html = await file("html");
    expect(html.text).toContain("<!doctype html>");
    expect(html.text).not.toMatch(/<script|https?:\/\/(?!docs\.deribit\.com)/);

    await call("break-report.delete", { id: saved.id });
    expect(await refusal("break-report.get", { id: saved.id })).toMatchObject({ reason: "not-found" });
  });
});

describe("reply.overrides", () => {
  it("turns the parameters of a reply into overrides that run", async () => {
    const { call } = memoryCore();
    const found = await call("reply.overrides", { charged: [btcReply], rules: { name: "erm-2026-09-23" } });
    expect(found.refused).toEqual([]);
    expect(found.overrides).toContainEqual({ path: "/pairs/btc_usd/priceRange", value: 0.16 });
    const result = await call("break-report.run", {
      charged: [btcReply],
      rules: { name: "erm-2026-09-23" },
      overrides: [...found.overrides],
    });
    expect(result.verdict).toBe("matched");
  });
});

describe("margin.comparison", () => {
  it("aligns methods by component; the parts of each add up to its initial margin", async () => {
    const columns = [
      { methodology: "deribit-portfolio" },
      { methodology: "deribit-portfolio", rules: { name: "erm-2024-02-01" }, label: "rules of 2024" },
      { methodology: "deribit-standard" },
      { methodology: "deribit-cross-portfolio" },
    ];
    const table = await memoryCore().call("margin.comparison", { ...sample, columns, reference: 2 });
    expect(table.columns.map(({ label }) => label)[1]).toBe("rules of 2024");
    expect(table.columns.every(({ failure }) => failure === undefined)).toBe(true);
    const [initial] = table.rows;
    for (const [at] of columns.entries()) {
      const parts = table.rows
        .filter(({ component }) => component !== undefined)
        .map(({ amounts }) => amounts[at] ?? 0);
      const total = initial?.amounts[at] ?? Number.NaN;
      expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - total)).toBeLessThanOrEqual(1e-9 * total);
      expect(initial?.differences[at]).toBe(total - (initial?.amounts[2] ?? Number.NaN));
    }
    expect(initial?.differences[2]).toBe(0);
    expect(table.columns[0]?.binding.length).toBeGreaterThan(0);
  });

  it("holds the book in the instruments of another venue and shows the mapping", async () => {
    const columns = [
      { methodology: "deribit-portfolio" },
      { methodology: "bybit-portfolio" },
      { methodology: "binance-option" },
    ];
    const table = await memoryCore().call("margin.comparison", { ...sample, columns });
    const [own, bybit, binance] = table.columns;
    expect(own?.mappings).toEqual([]);
    expect(bybit?.mappings.length).toBeGreaterThan(0);
    expect(bybit?.mappings.find(({ from }) => from.endsWith("-C"))?.note).toContain(
      "inverse, settled in BTC becomes linear",
    );
    expect(binance?.leftOut.length).toBeGreaterThan(0);
    expect(table.rows[0]?.amounts.every((amount) => amount !== null && amount > 0)).toBe(true);
  });

  it("keeps a column that cannot be computed and says why", async () => {
    const columns = [
      { methodology: "deribit-portfolio" },
      { methodology: "deribit-portfolio", rules: { date: "1999-01-01" } },
    ];
    const table = await memoryCore().call("margin.comparison", { ...sample, columns });
    expect(table.columns[1]?.failure?.message).toContain("no rules for 1999-01-01");
    expect(table.rows[0]?.amounts[1]).toBeNull();
    expect(
      await memoryCore().refusal("margin.comparison", { ...sample, columns: [{ methodology: "none" }] }),
    ).toMatchObject({
      reason: "not-found",
    });
    expect(await memoryCore().refusal("margin.comparison", { ...sample, columns, reference: 2 })).toMatchObject({
      reason: "invalid-input",
    });
  });
});

describe("rulebook.effect", () => {
  it("says what changed in the rules and what it does by line and by position", async () => {
    const effect = await memoryCore().call("rulebook.effect", {
      ...sample,
      methodology: "deribit-portfolio",
      from: { rules: { name: "erm-2024-02-01" } },
      to: { rules: { name: "erm-2026-09-23" } },
    });
    expect(effect.rules.map(({ path }) => path)).toContain("/pairs/btc_usd/priceRange");
    const { initialUsd } = effect.totals;
    expect(initialUsd.change).toBe((initialUsd.to ?? 0) - (initialUsd.from ?? 0));
    expect(initialUsd.change).not.toBe(0);
    const initial = effect.lines.find(({ id }) => id === "BTC/initial");
    const positions = effect.positions.filter(({ account }) => account === "BTC");
    const shared = effect.shared.find(({ account }) => account === "BTC")?.change ?? 0;
    const byPosition = positions.reduce((total, { change }) => total + change, shared);
    expect(Math.abs(byPosition - (initial?.change ?? Number.NaN))).toBeLessThan(1e-9);
  });

  it("is nothing for the same rules twice", async () => {
    const side = { rules: { name: "erm-2026-09-23" } };
    const effect = await memoryCore().call("rulebook.effect", {
      ...sample,
      methodology: "deribit-portfolio",
      from: side,
      to: side,
    });
    expect(effect.rules).toEqual([]);
    expect(effect.lines).toEqual([]);
    expect(effect.totals.initialUsd.change).toBe(0);
  });
});
