import type { Instrument } from "../../instrument/index.ts";
import { contractsOf } from "../../instrument/index.ts";
import {
  type CombinedCommodity,
  contractOf,
  type FoundContract,
  type ParameterFile,
} from "../../parameter-file/index.ts";
import type { PositionId } from "../../portfolio/index.ts";
import { compositeDelta } from "../../revaluation/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type ArrayRules, houseOf } from "./rules.ts";

/** Positions of one contract, added up. */
export interface Holding {
  readonly instrument: Instrument;
  readonly found: FoundContract;
  readonly positions: readonly BookPosition[];
  readonly positionId: PositionId;
  /** Contracts, long > 0. */
  readonly contracts: number;
  /** Long and short contracts before they are netted; both ≥ 0. */
  readonly long: number;
  readonly short: number;
  /** Position delta: contracts × composite delta × delta scaling. */
  readonly delta: number;
  readonly deltaPerContract: number;
  /** Month that the delta counts in, `CCYYMM`. */
  readonly month: string;
  /** Value of the contracts, commodity's currency; 0 for everything but options whose premium is paid. */
  readonly optionValue: number;
}

/** Holdings of one combined commodity. */
export interface HeldCommodity {
  readonly commodity: CombinedCommodity;
  readonly holdings: readonly Holding[];
}

/** The book by combined commodity, in the order of the file; holdings in order of first appearance. */
export function heldCommodities(book: Book, file: ParameterFile, rules: ArrayRules): readonly HeldCommodity[] {
  const byContract = new Map<string, BookPosition[]>();
  for (const entry of book.positions) {
    const { id } = entry.position.instrument;
    const known = byContract.get(id);
    if (known === undefined) byContract.set(id, [entry]);
    else known.push(entry);
  }
  const byCommodity = new Map<CombinedCommodity, Holding[]>();
  for (const entries of byContract.values()) {
    const holding = holdingOf(entries, book, file, rules);
    if (holding === undefined) continue;
    const { commodity } = holding.found;
    byCommodity.set(commodity, [...(byCommodity.get(commodity) ?? []), holding]);
  }
  return file.commodities.flatMap((commodity) => {
    const holdings = byCommodity.get(commodity);
    return holdings === undefined ? [] : [{ commodity, holdings }];
  });
}

function holdingOf(
  entries: readonly BookPosition[],
  book: Book,
  file: ParameterFile,
  rules: ArrayRules,
): Holding | undefined {
  const [first] = entries;
  if (first === undefined) return undefined;
  const { instrument, id } = first.position;
  const found = contractOf(file, instrument);
  if (!found.ok) return undefined;
  const { series, contract, family } = found.value;
  let [long, short] = [0, 0];
  for (const { position } of entries) {
    const contracts = contractsOf(position.instrument, position.quantity);
    if (contracts > 0) long += contracts;
    else short -= contracts;
  }
  const contracts = long - short;
  const deltaPerContract = deltaOf(first, file, rules, contract.delta) * (series.deltaScaling ?? 1);
  const isPremium = instrument.kind === "option" && family.style === "premium";
  return {
    ...{ instrument, found: found.value, positions: entries, positionId: id, contracts, long, short, deltaPerContract },
    delta: contracts * deltaPerContract,
    month: deltaMonth(found.value, file),
    optionValue: isPremium
      ? contracts * first.terms.mark * (instrument.contractSize ?? 1) * currencyRate(book.indices, instrument)
      : 0,
  };
}

/** Commodity's currency for one of the price's; 1 where they are the same. */
function currencyRate(indices: Book["indices"], { quote, settlement }: Instrument): number {
  return quote === settlement ? 1 : usdPerUnit(indices, quote) / usdPerUnit(indices, settlement);
}

/** Composite delta of one contract: the file's, or made with the arrays. */
function deltaOf(
  { position: { instrument }, terms }: BookPosition,
  file: ParameterFile,
  rules: ArrayRules,
  stated: number | undefined,
): number {
  if (rules.arrays === "file") return stated ?? (instrument.kind === "option" ? 0 : 1);
  const points = file.deltaPoints ?? rules.deltaPoints;
  return compositeDelta({ instrument, terms }, points, houseOf(rules, file).lookAheadYears);
}

function deltaMonth({ family, series, link }: FoundContract, file: ParameterFile): string {
  const method = link.deltaMonth ?? file.deltaMonth ?? "underlying";
  const own = series.month.slice(0, 6);
  if (family.type !== "OOF" && family.type !== "OOC") return own;
  return method === "period" ? own : (series.futureMonth ?? own).slice(0, 6);
}
