import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, it } from "vitest";
import { unwatched } from "../../../core/base/index.ts";
import { type ImportResult, importFiles } from "../../../core/import/index.ts";
import { runMargin } from "../../../core/margin/index.ts";
import { catalog, roundTo } from "../../../core/methodology/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { linesOf } from "../methodology/expected-amount.ts";
import { rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";

describeWithSharedData("positions exported from the exchange, with its own margins", (path) => {
  it("reproduces every future of the sub-account of late October 2024 to the nine decimals it prints", async () => {
    const { result, portfolio } = await margined("subaccount_btc_futures_2024-10-31.json", "2024-10-31");
    expect(portfolio.positions).toHaveLength(4);
    for (const { instrument, stated } of portfolio.positions) {
      for (const [requirement, figure] of [
        ["initial", stated?.initialMargin],
        ["maintenance", stated?.maintenanceMargin],
      ] as const) {
        const line = linesOf(result).find(({ id }) => id === `BTC/${requirement}/futures/${instrument.symbol}`);
        expect({ line: line?.id, amount: roundTo(line?.amount ?? 0, 9) }).toEqual({ line: line?.id, amount: figure });
      }
    }
    expect(result.excluded).toEqual([]);
  });

  it("reproduces the short call of 2023-06-02: the margins less the rounding of the exported mark", async () => {
    const { result, portfolio } = await margined("ccxt_positions_eth_option_2023-06-02.json", "2023-06-02");
    const [account] = result.accounts;
    const [position] = portfolio.positions;
    // The export rounds the mark to six decimals; the exchange margined with the unrounded one (0.014586671).
    const halfDigitOfMark = 5e-7;
    expect(Math.abs((account?.initial.amount ?? 0) - 0.13466616)).toBeLessThanOrEqual(halfDigitOfMark);
    expect(Math.abs((account?.maintenance.amount ?? 0) - 0.089586671)).toBeLessThanOrEqual(halfDigitOfMark);
    expect(position?.stated?.initialMargin).toBe(0.13466616);
  });

  it("reproduces that call to the digit with the unrounded mark, which the maintenance margin gives away", async () => {
    const { portfolio, market } = await imported("ccxt_positions_eth_option_2023-06-02.json", "2023-06-02");
    const unrounded = roundTo((portfolio.positions[0]?.stated?.maintenanceMargin ?? 0) - 0.075, 9);
    const quotes = market.quotes.map((quote) => ({ ...quote, mark: unrounded }));
    const result = await run({ portfolio, market: { ...market, quotes } }, "2023-06-02");
    expect(roundTo(result.accounts[0]?.initial.amount ?? 0, 8)).toBe(0.13466616);
    expect(roundTo(result.accounts[0]?.maintenance.amount ?? 0, 9)).toBe(0.089586671);
  });

  async function imported(file: string, date: string): Promise<Required<Pick<ImportResult, "portfolio" | "market">>> {
    const full = path("deribit-real-positions", file);
    const nowMs = Date.parse(`${date}T00:00:00Z`);
    const files = [{ name: basename(full), bytes: new Uint8Array(readFileSync(full)) }];
    const { portfolio, market, report } = unwrapped(
      await importFiles(files, { mappings: {}, name: file, work: unwatched, nowMs }),
    );
    if (portfolio === undefined || market === undefined) throw new Error(JSON.stringify(report.problems));
    return { portfolio, market };
  }

  async function run(inputs: Required<Pick<ImportResult, "portfolio" | "market">>, date: string) {
    const methodology = catalog.get("deribit-standard");
    if (methodology === undefined) throw new Error("deribit-standard is not in the catalogue");
    const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date }));
    return unwrapped(await runMargin({ ...inputs, methodology, rules }));
  }

  async function margined(file: string, date: string) {
    const inputs = await imported(file, date);
    return { result: await run(inputs, date), portfolio: inputs.portfolio };
  }
});
