import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { decide, setIndexPrice } from "../intake.ts";

/**
 * Reply of market/index-tickers: BTC-USD is the index of BTC, USDT-USD the dollar price of USDT, and BTC-USDT the index of that pair,
 * kept under its own name for contracts against USDT.
 */
export default defineFormat({
  id: "okx-index-tickers",
  title: "OKX index prices (market/index-tickers)",
  kind: "market",
  claims: (probe) =>
    probe.type === "json" && firstHas(probe.content, "instId", "idxPx") && !firstHas(probe.content, "pos"),
  rows: rowsOf,
  read(row, intake) {
    const name = row.requiredText("instId");
    const price = row.requiredNumber("idxPx", { above: 0 });
    const taken = row.instant("ts");
    if (row.broken()) return;
    const [underlying = "", quote = ""] = name.split("-");
    if (quote === "") {
      row.reject("the name is a pair", `"${name}" is not a pair such as BTC-USD`, "instId");
      return;
    }
    setIndexPrice(intake, quote === "USD" ? underlying : name, price);
    if (taken !== undefined) intake.instants.push(taken);
    decide(intake, `index ${name}`, String(price), "stated by the index tickers");
  },
});
