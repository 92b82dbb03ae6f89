import type { IndexPrice, MarketSnapshot } from "../market/index.ts";
import { startOfDayMs } from "./listed-instrument.ts";
import { familyKey } from "./merged-families.ts";
import type { CombinedCommodity, ContractFamily, ParameterFile } from "./parameter-file.ts";

/**
 * The market a parameter file states: a price of every combined commodity, and of every currency that it converts to US
 * dollars. Contracts are not quoted one by one: a run takes them from the file itself.
 *
 * @returns a snapshot at the beginning of the file's business day
 */
export function marketOfFile(file: ParameterFile): MarketSnapshot {
  const known = markets.get(file);
  if (known !== undefined) return known;
  const families = new Map(file.families.map((family) => [familyKey(family), family]));
  const indices: IndexPrice[] = file.commodities.flatMap((commodity) => indexOf(commodity, families));
  const taken = new Set(indices.map(({ underlying }) => underlying));
  for (const [currency, price] of dollarRates(file))
    if (!taken.has(currency)) indices.push({ underlying: currency, price, source: "quoted" });
  const market: MarketSnapshot = {
    ...{ name: file.name, venue: file.clearingHouse, asOfMs: startOfDayMs(file.date), indices, quotes: [] },
    ...{ forwards: [], smiles: [], warnings: [], sources: file.sources },
  };
  markets.set(file, market);
  return market;
}

const markets = new WeakMap<ParameterFile, MarketSnapshot>();

/** The physical's price, else the nearest future's; nothing where neither is above 0. */
function indexOf({ code, families }: CombinedCommodity, all: ReadonlyMap<string, ContractFamily>): IndexPrice[] {
  const priced = (type: string) =>
    families
      .filter((link) => link.type === type)
      .flatMap((link) => all.get(familyKey(link))?.series ?? [])
      .flatMap(({ month, contracts }) => contracts.map(({ price }) => ({ month, price: price ?? 0 })))
      .filter(({ price }) => price > 0)
      .sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))[0]?.price;
  const physical = priced("PHY");
  const future = priced("FUT");
  if (physical !== undefined) return [{ underlying: code, price: physical, source: "quoted" }];
  return future === undefined ? [] : [{ underlying: code, price: future, source: "future" }];
}

/** US dollars per unit of each currency that the file converts, in one step, to or from dollars. */
function dollarRates({ conversions }: ParameterFile): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  for (const { from, to, factor } of conversions) {
    if (from === "USD" && to !== "USD") rates.set(to, 1 / factor);
    if (to === "USD" && from !== "USD") rates.set(from, factor);
  }
  return rates;
}
