import { preferences } from "../../state/preferences.ts";
import { session } from "../../state/session.ts";
import { accountsOf, withoutAccountIds } from "../account-name.ts";

/** What goes into a file made from the window: without ids of accounts where the user masks them. */
export function maskedForFile<T>(value: T): T {
  const { result } = session.getState();
  if (!preferences.getState().maskAccounts || !result) return value;
  const accounts = accountsOf([...result.positions, ...result.excluded]);
  return accounts.size === 0 ? value : withoutAccountIds(value, accounts);
}
