import { failed, success } from "../../../base/index.ts";
import { parseDeribitSymbol } from "../../../instrument/index.ts";
import type { IndexPrice, Quote } from "../../../market/index.ts";
import { firstHas, isRecord } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { numberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedPosition } from "../venue-statement.ts";

/** Replies of private/get_positions and get_subaccounts_details: margins by position, in the style of standard margin. */
export default defineOracle({
  id: "deribit-position-margins",
  title: "Deribit private/get_positions, get_subaccounts_details",
  venue: "deribit",
  claims: (content) => firstHas(rowsOf(content), "instrument_name", "size", "initial_margin", "maintenance_margin"),
  read: ({ content, answeredMs }) => {
    const rows = rowsOf(content);
    const owners = subaccounts(content);
    if (owners.length > 1)
      return failed(
        "invalid-input",
        `the reply holds ${owners.length} subaccounts with positions; give the reply of one`,
      );
    const amounts: StatedAmount[] = [];
    const positions: StatedPosition[] = [];
    const quotes: Quote[] = [];
    const indices = new Map<string, IndexPrice>();
    const notes: string[] = [];
    for (const row of rows) {
      const symbol = String(row.instrument_name);
      const parsed = parseDeribitSymbol(symbol);
      const quantity = numberAt(row, "size");
      if (!parsed.ok || quantity === undefined) {
        notes.push(`${symbol}: ${parsed.ok ? "its size is no number" : parsed.failure.message}`);
        continue;
      }
      const instrument = parsed.value;
      const { settlement: account, underlying } = instrument;
      for (const [field, label, top] of fields) {
        const number = statedNumber(row[field], 9);
        if (number === undefined) continue;
        const { value: amount, digit } = number;
        const common = { account, component: "position", amount, unit: account, digit, symbol } as const;
        // a cross account holds each settlement currency below one line of its own
        const lines = [`${account}/${top}`, `cross/${top}/${account}/${account}`];
        amounts.push({ ...common, id: `${symbol}.${field}`, label: `${label} of ${symbol}`, lines });
      }
      if (quantity !== 0) positions.push({ instrument, quantity });
      const mark = numberAt(row, "mark_price");
      const index = numberAt(row, "index_price");
      if (mark !== undefined) quotes.push({ instrument, mark, at: symbol });
      if (index !== undefined && index > 0) indices.set(underlying, { underlying, price: index, source: "quoted" });
    }
    return success({
      venue: "deribit",
      methodologies: ["deribit-standard"],
      ...(answeredMs === undefined ? {} : { asOfMs: answeredMs }),
      ...{ amounts, positions, quotes, indices: [...indices.values()], notes },
    });
  },
});

/** Rows of the reply, or of the subaccounts in it. */
function rowsOf(content: unknown): readonly Readonly<Record<string, unknown>>[] {
  const owners = subaccounts(content);
  if (owners.length > 0) return owners.flatMap((owner) => recordsAt(owner, "positions"));
  return Array.isArray(content) ? content.filter(isRecord) : [];
}

/** Members of get_subaccounts_details that hold positions. */
function subaccounts(content: unknown): readonly unknown[] {
  const members: readonly unknown[] = Array.isArray(content) ? content : [content];
  return members.filter((member) => recordsAt(member, "positions").length > 0);
}

const fields = [
  ["initial_margin", "Initial margin", "initial"],
  ["maintenance_margin", "Maintenance margin", "maintenance"],
] as const;
