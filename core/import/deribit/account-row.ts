import type { Balance } from "../../portfolio/index.ts";
import type { RowReader } from "../cells.ts";
import { decide, type Intake } from "../intake.ts";
import { rejectsSecondBalance } from "../one-balance.ts";
import { present } from "./quote-row.ts";

/**
 * One currency of an account summary.
 *
 * A cross-collateral account states the margin of the whole account in every currency: those figures are taken once, from `total_*_usd`,
 * as a balance of currency USD marked `wholeAccount`; the currencies keep only what is their own.
 *
 * @source resources/docs/formats.md, section 9.1
 */
export function readAccount(row: RowReader, intake: Intake): void {
  const currency = row.requiredText("currency");
  const equity = row.requiredNumber("equity");
  const own = {
    balance: row.requiredNumber("balance"),
    optionsValue: row.number("options_value"),
    sessionUnrealised: row.number("futures_session_upl"),
    sessionRealised: row.number("futures_session_rpl") ?? row.number("session_rpl"),
    marginModel: row.text("margin_model"),
  };
  const margin = {
    marginBalance: row.number("margin_balance"),
    initialMargin: row.requiredNumber("initial_margin"),
    maintenanceMargin: row.requiredNumber("maintenance_margin"),
    availableFunds: row.number("available_funds"),
  };
  if (row.broken()) return;
  if (rejectsSecondBalance(row, intake, currency, "currency")) return;
  checkIdentities(row, equity, own, margin);
  const deltaTotal = row.number("delta_total");
  if (deltaTotal !== undefined) intake.accountDeltas.set(currency, deltaTotal + (own.optionsValue ?? 0));
  const stated = row.text("cross_collateral_enabled");
  const cross = stated === undefined ? own.marginModel?.startsWith("cross_") === true : stated === "true";
  const shared: Balance = { currency, equity, ...present(own), basis: "imported" };
  intake.balances.push(cross ? shared : { ...shared, ...present(margin) });
  if (cross) readWholeAccount(row, intake, own.marginModel);
  intake.venues.add("deribit");
  const spotOrders = row.number("spot_reserve") ?? 0;
  if (spotOrders > 0) {
    intake.components.push({ id: "spot-orders", currency, amount: spotOrders, basis: "imported" });
    decide(intake, `spot orders, ${currency}`, String(spotOrders), "spot_reserve of the account is taken as an input");
  }
  const other = row.number("additional_reserve") ?? 0;
  if (other !== 0)
    row.warn(
      "every reserve is understood",
      `additional_reserve ${other} ${currency} is not used`,
      "additional_reserve",
    );
}

function readWholeAccount(row: RowReader, intake: Intake, marginModel: string | undefined): void {
  const equity = row.number("total_equity_usd");
  const marginBalance = row.number("total_margin_balance_usd");
  const initialMargin = row.number("total_initial_margin_usd");
  const maintenanceMargin = row.number("total_maintenance_margin_usd");
  if (equity === undefined || initialMargin === undefined || maintenanceMargin === undefined) {
    const message =
      "the account has cross collateral but states no total_*_usd figures; its own margin figures are not used";
    row.warn("a cross-collateral account states its totals", message);
    return;
  }
  const known = intake.balances.find(({ wholeAccount }) => wholeAccount === true);
  if (known !== undefined) {
    if (known.equity !== equity || known.initialMargin !== initialMargin) {
      row.warn(
        "the totals of one account are equal in every currency",
        "total_*_usd differs from the currency read first",
        "total_equity_usd",
      );
    }
    return;
  }
  const availableFunds = marginBalance === undefined ? undefined : marginBalance - initialMargin;
  intake.balances.push({
    ...{ currency: "USD", equity, initialMargin, maintenanceMargin, wholeAccount: true, basis: "imported" },
    ...present({ marginBalance, availableFunds, marginModel }),
  });
  const why =
    "each currency repeats the margin of the whole account converted into it: adding them would count it several times";
  decide(intake, "margin of the cross-collateral account", "total_*_usd, once", why);
}

function checkIdentities(
  row: RowReader,
  equity: number,
  own: {
    readonly balance: number;
    readonly optionsValue?: number | undefined;
    readonly marginModel?: string | undefined;
  },
  margin: {
    readonly marginBalance?: number | undefined;
    readonly initialMargin: number;
    readonly availableFunds?: number | undefined;
  },
): void {
  const check = (text: string, stated: number | undefined, computed: number | undefined) => {
    if (stated === undefined || computed === undefined) return;
    if (Math.abs(stated - computed) <= 1e-6 * Math.abs(stated) + 2e-8) return;
    row.warn("the figures of an account fit together", `${text} does not hold: ${stated} against ${computed}`);
  };
  const { marginBalance, initialMargin, availableFunds } = margin;
  const optionsValue = own.optionsValue ?? 0;
  const less = (a: number | undefined, b: number) => (a === undefined ? undefined : a - b);
  check("available_funds = margin_balance − initial_margin", availableFunds, less(marginBalance, initialMargin));
  if (own.marginModel === "segregated_sm") {
    check("margin_balance = equity − options_value", marginBalance, equity - optionsValue);
  }
  const session = row.number("session_rpl");
  const unrealised = row.number("futures_session_upl");
  if (session !== undefined && unrealised !== undefined) {
    const parts = own.balance + session + unrealised + optionsValue;
    check("equity = balance + session_rpl + futures_session_upl + options_value", equity, parts);
  }
  const deltas = row.raw("delta_total_map");
  const deltaTotal = row.number("delta_total");
  if (typeof deltas !== "object" || deltas === null || deltaTotal === undefined) return;
  const [first, ...more] = Object.values(deltas);
  if (typeof first === "number" && more.length === 0) {
    check("delta_total_map = delta_total + options_value", first, deltaTotal + optionsValue);
  }
}
