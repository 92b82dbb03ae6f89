import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { decide } from "../intake.ts";

const methods: Readonly<Record<string, string>> = {
  PORTFOLIO_MARGIN: "portfolio margin: bybit-portfolio applies",
  REGULAR_MARGIN: "cross margin: bybit-cross-option applies to its options",
  ISOLATED_MARGIN: "isolated margin: each position by itself, which no method here computes",
};

/** Reply of account/info: the margin mode, shown with the import. */
export default defineFormat({
  id: "bybit-account-info",
  title: "Bybit account (account/info)",
  kind: "account",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "marginMode", "unifiedMarginStatus"),
  rows: rowsOf,
  read(row, intake) {
    const mode = row.requiredText("marginMode");
    const hedging = row.text("spotHedgingStatus");
    if (row.broken()) return;
    intake.venues.add("bybit");
    const meaning = methods[mode];
    if (meaning === undefined) row.reject("marginMode is known", `marginMode is "${mode}"`, "marginMode");
    else decide(intake, "margin mode", meaning, `marginMode is ${mode}`);
    if (hedging !== undefined)
      decide(intake, "spot hedging", hedging.toLowerCase(), "spotHedgingStatus of the account");
  },
});
