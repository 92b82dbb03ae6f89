import { readAccount } from "../deribit/account-row.ts";
import { defineFormat, firstHas, isRecord, rowsOf } from "../format.ts";

const required = ["currency", "balance", "equity", "initial_margin", "maintenance_margin"];

/** Replies of private/get_account_summary, get_account_summaries and simulate_portfolio. */
export default defineFormat({
  id: "deribit-account",
  title: "Deribit account (get_account_summary, get_account_summaries, simulate_portfolio)",
  kind: "account",
  claims: (probe) => probe.type === "json" && firstHas(summaries(probe.content), ...required),
  rows: (content) => rowsOf(summaries(content)),
  read: readAccount,
});

function summaries(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.summaries) ? content.summaries : content;
}
