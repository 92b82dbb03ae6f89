import { accountsOf, withoutAccountIds } from "../../../core/base/format.ts";
import { preferences } from "../../state/preferences.ts";
import { session } from "../../state/session.ts";

interface NamedPosition {
  readonly id: string;
  readonly symbol: string;
}

/** Positions that a result names. */
interface Named {
  readonly positions: readonly NamedPosition[];
  readonly excluded: readonly NamedPosition[];
}

/**
 * What leaves the window by a file, on paper or by the clipboard: without names of accounts where the user masks them.
 *
 * @param of whose positions name the accounts, beside those of the result on screen
 */
export function maskedForFile<T>(value: T, of?: Named): T {
  if (!preferences.getState().maskAccounts) return value;
  const { result } = session.getState();
  return withoutAccountIds(
    value,
    accountsOf([result, of].flatMap((one) => (one ? [...one.positions, ...one.excluded] : []))),
  );
}
