import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { readDerivePosition } from "../derive/position-row.ts";
import { defineFormat, firstHas, isRecord, type JsonRow } from "../format.ts";
import { decide, type Intake, noteIndexPrice } from "../intake.ts";
import { rejectsSecondBalance } from "../one-balance.ts";
import { readNumber } from "../read-number.ts";

type Subaccount = Readonly<Record<string, unknown>>;

/**
 * Replies of private/get_subaccount and get_all_portfolios: positions, coins and the figures of the whole account. The
 * account's margins are surpluses (value less requirement): requirements are made of them, and the surplus of initial margin
 * is kept as available funds.
 *
 * @source resources/docs/formats.md, section 13
 */
export default defineFormat({
  id: "derive-subaccount",
  title: "Derive subaccount (get_subaccount, get_all_portfolios)",
  kind: "account",
  claims: (probe) =>
    probe.type === "json" && firstHas(probe.content, "subaccount_value", "collaterals", "margin_type", "positions"),
  rows: (content) => (Array.isArray(content) ? content : [content]).flatMap(rowsOfSubaccount),
  read(row, intake, outer) {
    if (row.has("asset_name")) readCoin(row, intake, outer);
    else if (row.has("instrument_name")) readDerivePosition(row, intake, idOf(outer));
    else readAccount(row, intake);
  },
});

function rowsOfSubaccount(content: unknown): JsonRow[] {
  const outer: Subaccount = isRecord(content) ? content : {};
  const { positions: _p, collaterals: _c, ...account } = outer;
  const members = [...recordsOf(outer.positions), ...recordsOf(outer.collaterals)];
  return [{ row: account, outer }, ...members.map((row) => ({ row, outer }))];
}

function recordsOf(list: unknown): readonly Subaccount[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function idOf({ subaccount_id: id }: Subaccount): string | undefined {
  return typeof id === "number" || typeof id === "string" ? String(id) : undefined;
}

function readAccount(row: RowReader, intake: Intake): void {
  const equity = row.requiredNumber("subaccount_value");
  const initialSurplus = row.requiredNumber("initial_margin");
  const maintenanceSurplus = row.requiredNumber("maintenance_margin");
  const orders = Math.abs(row.number("open_orders_margin") ?? 0);
  const parts = [row.number("collaterals_value"), row.number("positions_value")] as const;
  const marginModel = row.text("margin_type");
  if (row.broken()) return;
  intake.venues.add("derive");
  if (intake.balances.some(({ wholeAccount }) => wholeAccount === true)) {
    row.reject(
      "one subaccount an import",
      "another subaccount has been read already; their margins do not add up to one account: import them one by one",
      "subaccount_value",
    );
    return;
  }
  const [collaterals, positions] = parts;
  if (collaterals !== undefined && positions !== undefined) {
    const added = collaterals + positions;
    if (Math.abs(added - equity) > 1e-6 * Math.max(1, Math.abs(equity)))
      row.warn(
        "the figures of an account fit together",
        `collaterals_value + positions_value is ${added}, subaccount_value ${equity}`,
        "subaccount_value",
      );
  }
  decide(
    intake,
    "margins of the account",
    "subaccount_value less the margin stated",
    "the venue states a surplus (value less requirement, below 0 when money is missing); here a margin is a requirement",
  );
  intake.balances.push({
    ...{ currency: "USD", equity, marginBalance: equity, wholeAccount: true, basis: "imported" },
    initialMargin: equity - initialSurplus,
    maintenanceMargin: equity - maintenanceSurplus,
    availableFunds: initialSurplus,
    ...present({ marginModel }),
  });
  if (orders > 0) {
    decide(intake, "margin of open orders", String(orders), "open_orders_margin of the account is taken as an input");
    intake.components.push({ id: "open-orders", currency: "USDC", amount: orders, basis: "imported" });
  }
}

/**
 * A coin of the account. The cash carries what the venue counts with it: profit of perpetuals not settled yet (their
 * mark_value) and the value of options.
 */
function readCoin(row: RowReader, intake: Intake, outer: Subaccount): void {
  const currency = row.requiredText("asset_name").toUpperCase();
  const amount = row.requiredNumber("amount");
  const price = row.number("mark_price", { atLeast: 0, zeroIsNone: true });
  if (row.broken()) return;
  if (rejectsSecondBalance(row, intake, currency, "asset_name")) return;
  if (price !== undefined && (currency !== "USDC" || price !== 1)) noteIndexPrice(intake, currency, price);
  if (currency !== "USDC") {
    intake.balances.push({ currency, equity: amount, balance: amount, basis: "imported" });
    return;
  }
  const markValues = (type: string) =>
    recordsOf(outer.positions)
      .filter((position) => position.instrument_type === type)
      .reduce((total, { mark_value: value }) => total + numberOf(value), 0);
  const [sessionUnrealised, optionsValue] = [markValues("perp"), markValues("option")];
  const equity = amount + sessionUnrealised + optionsValue;
  intake.balances.push({ currency, equity, balance: amount, sessionUnrealised, optionsValue, basis: "imported" });
}

/** Values that are no number are reported with their position; here they count as nothing. */
function numberOf(value: unknown): number {
  const found = readNumber(value);
  return typeof found === "number" ? found : 0;
}
