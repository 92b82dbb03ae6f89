import type { RowReader } from "./cells.ts";
import type { Intake } from "./intake.ts";

/**
 * Rejects the row of a currency whose balance has been read already; the figures of a whole account are no balance of a currency.
 *
 * @param column of the row that names the currency
 * @param where  the first may stand, as the message ends: `, of this or another wallet`
 * @returns whether the row was rejected
 */
export function rejectsSecondBalance(
  row: RowReader,
  intake: Intake,
  currency: string,
  column: string,
  where = "",
): boolean {
  const isSecond = intake.balances.some((known) => known.currency === currency && known.wholeAccount === undefined);
  if (isSecond)
    row.reject("one balance a currency", `${currency} has been read already${where}; the first is kept`, column);
  return isSecond;
}
