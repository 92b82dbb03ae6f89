import type { AttributionRun } from "../client/attribution.ts";

/** Words that stand where an account's name would, and tell nothing of whose it is. */
const generic: ReadonlySet<string> = new Set([
  "cross",
  "isolated",
  "spot",
  "USD",
  "USDC",
  "USDT",
  "EUR",
  "BTC",
  "ETH",
  "SOL",
]);

const masking = "••••";
/** Of a name no longer than this nothing is kept: its end would be most of it. */
const shortest = 4;

/**
 * An account's name on screen or in a file made from the window: while masked, its last two characters.
 *
 * @param margined ids and units of the margin accounts, such as a settlement currency: names of no user's account
 */
export function accountName(
  name: string,
  { masked, margined = generic }: { readonly masked: boolean; readonly margined?: ReadonlySet<string> },
): string {
  if (!masked || generic.has(name) || margined.has(name)) return name;
  const characters = [...name];
  return characters.length <= shortest ? masking : `${masking}${characters.slice(-2).join("")}`;
}

/** A split by account without the names of the accounts, as they are shown and exported; names that look equal are counted. */
export function withoutAccountNames(run: AttributionRun, margined?: ReadonlySet<string>): AttributionRun {
  if (run.grouping !== "account") return run;
  const seen = new Map<string, number>();
  const groups = run.groups.map((group, at) => {
    // The group of positions without an account says so: it has no name to hide.
    if (group.id === "none") return group;
    const label = accountName(group.label, { masked: true, ...(margined && { margined }) });
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return { ...group, id: `account ${at + 1}`, label: count === 1 ? label : `${label} (${count})` };
  });
  return { ...run, groups };
}

/** The accounts in ids of positions, which are `account/symbol` where the import named one. */
export function accountsOf(
  positions: readonly { readonly id: string; readonly symbol: string }[],
): ReadonlySet<string> {
  return new Set(
    positions.flatMap(({ id, symbol }) => {
      const end = id.lastIndexOf(`/${symbol}`);
      return end > 0 ? [id.slice(0, end)] : [];
    }),
  );
}

/** A value as it may leave the window: every text in it that is an id of a position in one of the accounts has the account masked. */
export function withoutAccountIds<T>(value: T, accounts: ReadonlySet<string>): T {
  return walked(value, accounts) as T;
}

function walked(value: unknown, accounts: ReadonlySet<string>): unknown {
  if (typeof value === "string") {
    const account = [...accounts].find((name) => value.startsWith(`${name}/`));
    return account === undefined ? value : `${accountName(account, { masked: true })}${value.slice(account.length)}`;
  }
  if (Array.isArray(value)) return value.map((item) => walked(item, accounts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walked(item, accounts)]));
}
