/** What is shown of accounts where the user masks them: on screen, on paper and in every file but the library's own. */

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

/**
 * A value as it may be given away: wherever one of its texts names an account, alone or before a `/` (ids of positions, and lines and sentences
 * that hold them), the account is masked. Numbers, keys and bytes stay.
 *
 * @param value    plain data
 * @param accounts names of the user's accounts
 */
export function withoutAccountIds<T>(value: T, accounts: ReadonlySet<string>): T {
  // The longest first: one name may begin another.
  const names = [...accounts].filter((name) => name !== "").sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return (names.length === 0 ? value : walked(value, names)) as T;
}

function walked(value: unknown, names: readonly string[]): unknown {
  if (typeof value === "string") return names.reduce(withoutName, value);
  if (Array.isArray(value)) return value.map((item) => walked(item, names));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walked(item, names)]));
}

function withoutName(text: string, name: string): string {
  const masked = accountName(name, { masked: true });
  if (masked === name) return text;
  if (text === name) return masked;
  return text
    .split(`${name}/`)
    .reduce((before, after) => `${before}${/[\p{L}\p{N}_-]$/u.test(before) ? name : masked}/${after}`);
}
