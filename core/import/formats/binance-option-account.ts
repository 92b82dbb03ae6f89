import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, isRecord, rowsOf } from "../format.ts";
import type { Intake } from "../intake.ts";
import { rejectsSecondBalance } from "../one-balance.ts";

/**
 * Reply of eapi/v1/marginAccount: `marginBalance` is without the value of the options, `equity` with it.
 *
 * @source resources/docs/formats.md, section 12
 */
export default defineFormat({
  id: "binance-option-account",
  title: "Binance options account (eapi marginAccount)",
  kind: "account",
  claims: (probe) =>
    probe.type === "json" && firstHas(assetsOf(probe.content), "asset", "marginBalance", "equity", "maintMargin"),
  rows: (content) => {
    const time = isRecord(content) ? content.time : undefined;
    return rowsOf(assetsOf(content)).map((row) => ({ ...row, outer: { time } }));
  },
  read(row, intake, outer) {
    if (typeof outer.time === "number" && outer.time > 1e12) intake.instants.push(outer.time);
    readAsset(row, intake);
  },
});

function assetsOf(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.asset) ? content.asset : content;
}

function readAsset(row: RowReader, intake: Intake): void {
  const currency = row.requiredText("asset");
  const equity = row.requiredNumber("equity");
  const marginBalance = row.number("marginBalance");
  const figures = {
    initialMargin: row.number("initialMargin"),
    maintenanceMargin: row.number("maintMargin"),
    availableFunds: row.number("available"),
  };
  if (row.broken()) return;
  if (rejectsSecondBalance(row, intake, currency, "asset", ", of this or another wallet")) return;
  intake.venues.add("binance");
  const optionsValue = marginBalance === undefined ? undefined : equity - marginBalance;
  intake.balances.push({
    currency,
    equity,
    ...present({ marginBalance, optionsValue, ...figures }),
    basis: "imported",
  });
}
