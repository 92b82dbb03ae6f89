import { isRecord } from "../format.ts";
import { readNumber } from "../read-number.ts";

/** Values of one account of Interactive Brokers' gateway: tag and currency to the value as written. */
export interface AccountValues {
  readonly account: string;
  /** `CashBalance` -> `EUR` -> `429.72`. */
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Currency of the totals. */
  readonly base: string | undefined;
}

/** Whether a JSON array is a dump of account values. */
export function isAccountValues(content: unknown): content is readonly Readonly<Record<string, unknown>>[] {
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  return isRecord(first) && ["account", "tag", "value", "currency"].every((key) => Object.hasOwn(first, key));
}

/** Entries by account, tag and currency; of an entry given twice the later counts. */
export function accountValues(content: readonly Readonly<Record<string, unknown>>[]): readonly AccountValues[] {
  const accounts = new Map<string, Record<string, Record<string, string>>>();
  for (const entry of content) {
    const [account, tag, value, currency] = [entry.account, entry.tag, entry.value, entry.currency].map(String);
    if (account === undefined || tag === undefined || value === undefined || currency === undefined) continue;
    const tags = accounts.get(account) ?? Object.create(null);
    accounts.set(account, tags);
    const byCurrency = tags[tag] ?? Object.create(null);
    byCurrency[currency] = value;
    tags[tag] = byCurrency;
  }
  return [...accounts].map(([account, tags]) => ({ account, tags, base: baseOf(tags) }));
}

/** Totals stand in the base currency alone. */
function baseOf(tags: AccountValues["tags"]): string | undefined {
  const named = Object.keys(tags.NetLiquidation ?? tags.FullInitMarginReq ?? {}).filter(
    (currency) => currency !== "BASE" && currency !== "",
  );
  return named.length === 1 ? named[0] : undefined;
}

/** Rates to the base currency, of the tag ExchangeRate; what is no number above 0 is left out. */
export function exchangeRates({ tags, base }: AccountValues): Readonly<Record<string, number>> {
  const rates: Record<string, number> = Object.create(null);
  for (const [currency, text] of Object.entries(tags.ExchangeRate ?? {})) {
    const rate = readNumber(text);
    if (currency !== "BASE" && typeof rate === "number" && rate > 0) rates[currency] = rate;
  }
  return base === undefined ? rates : { ...rates, [base]: 1 };
}

/** A total of the account: the entry of its base currency, else the one called BASE. */
export function totalOf({ tags, base }: AccountValues, tag: string): string | undefined {
  const found = tags[tag];
  return found?.[base ?? "BASE"] ?? found?.BASE ?? found?.[""];
}
