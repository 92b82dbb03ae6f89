import { describe, expect, it } from "vitest";
import { breakReport } from "../../../core/explain/index.ts";
import { readOracles } from "../../../core/import/oracle/index.ts";
import type { MarginRun } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { caseInputs } from "../methodology/case-file.ts";
import { casesOf, rulebookOf, rulesOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";
import { jsonFile } from "./files.ts";

const id = "derive-portfolio-2";
const read = (result: object) => readOracles([jsonFile("reply.json", { id: 1, result })]);

/** The contract test of one short call, in the words of get_subaccount: its figures are the contract's. */
const [initial, maintenance, value] = [-14604.048120144837, -11824.858703959073, -1186.4185694587657];
const subaccount = {
  ...{ subaccount_id: 7, margin_type: "PM2", currency: "BTC", open_orders_margin: "0", subaccount_value: `${value}` },
  ...{ initial_margin: `${initial}`, maintenance_margin: `${maintenance}`, open_orders: [] },
  collaterals: [{ asset_name: "USDC", amount: "0", mark_price: "1.00019088635", mark_value: "0" }],
  positions: [
    {
      ...{ instrument_name: "BTC-20260130-100000-C", instrument_type: "option", amount: "-1" },
      ...{ mark_price: "1186.4185694587657", index_price: "95663.50604855", mark_value: `${value}` },
      ...{ initial_margin: "-13417.6", maintenance_margin: "-10638.4" },
    },
  ],
};

function run(): MarginRun {
  const methodology = catalog.get(id);
  const given = casesOf(id).find(({ file }) => file === "contract-012.json")?.content;
  if (methodology === undefined || given === undefined) throw new Error("no such case");
  return { ...caseInputs(given), methodology, rules: rulesOf(rulebookOf(id), given) };
}

describe("Derive get_subaccount as an oracle", () => {
  it("states surpluses, and requirements with the surplus as printed", () => {
    const found = unwrapped(read(subaccount));
    expect(found).toMatchObject({ venue: "derive", methodologies: [id] });
    const byId = new Map(found.amounts.map((amount) => [amount.id, amount]));
    expect(byId.get("initial_margin")).toMatchObject({ amount: initial, lines: ["BTC/surplus/initial"] });
    expect(byId.get("initial_requirement")).toMatchObject({ amount: value - initial, asPrinted: initial });
    expect(byId.get("subaccount_value")).toMatchObject({ amount: value, lines: ["BTC/margin-balance"] });
    expect(found.positions?.map(({ quantity }) => quantity)).toEqual([-1]);
    expect(found.indices.map(({ underlying }) => underlying)).toEqual(["BTC", "USDC"]);
    expect(found.balances).toEqual([{ currency: "USDC", equity: value, optionsValue: value, basis: "imported" }]);
  });

  it("meets our margin of the contract test without an unexplained line", async () => {
    const statement = unwrapped(read(subaccount));
    const report = unwrapped(await breakReport({ run: run(), statement, rulebook: rulebookOf(id) }));
    expect(report.lines.map(({ statedId }) => statedId).sort()).toEqual(statement.amounts.map((one) => one.id).sort());
    expect(report.lines.filter(({ verdict }) => !["matched", "within-rounding"].includes(verdict))).toEqual([]);
  });

  it("refuses a margin type it does not know, and names positions it cannot read", () => {
    const other = read({ ...subaccount, margin_type: "PM3" });
    expect(other.ok ? "read" : other.failure.message).toContain("margin type PM3");
    const positions = [{ ...subaccount.positions[0], instrument_name: "BTC-FOO" }];
    expect(unwrapped(read({ ...subaccount, positions })).notes[0]).toContain("not a Derive instrument name");
  });
});

describe("Derive get_margin as an oracle", () => {
  const reply = {
    ...{ subaccount_id: 7, is_valid_trade: false, pre_initial_margin: "0", pre_maintenance_margin: "0" },
    ...{ post_initial_margin: `${initial}`, post_maintenance_margin: `${maintenance}` },
  };
  it("is compared with the surplus of whatever account there is", async () => {
    const statement = unwrapped(read(reply));
    expect(statement.notes.join("; ")).toContain("is_valid_trade is false");
    const report = unwrapped(await breakReport({ run: run(), statement, rulebook: rulebookOf(id) }));
    expect(report.lines.map(({ statedId, lineId }) => [statedId, lineId])).toEqual([
      ["post_initial_margin", "BTC/surplus/initial"],
      ["post_maintenance_margin", "BTC/surplus/maintenance"],
    ]);
    expect(report.lines.filter(({ verdict }) => verdict === "unexplained")).toEqual([]);
  });
  it("names a reply without margins", () => {
    const empty = read({ ...reply, post_initial_margin: null, post_maintenance_margin: null });
    expect(empty.ok ? "read" : empty.failure.message).toContain("states no margin");
  });
});
