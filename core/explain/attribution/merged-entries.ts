import { type InstrumentId, instrumentId, type Option } from "../../instrument/index.ts";
import type { BookPosition, OptionMerging } from "../../methodology/index.ts";
import type { PositionId } from "../../portfolio/index.ts";
import { blackDeltaKernel, logMoneyness, modelPrice } from "../../pricing/index.ts";
import { isCarried, type PnlCube } from "../../revaluation/index.ts";

/** An entry that stands for options of one group: of one contract family, expiry and side. */
export interface MergedOptions {
  readonly id: InstrumentId;
  readonly underlying: string;
  readonly members: readonly BookPosition[];
  /** Σ quantity of the members; never 0. */
  readonly quantity: number;
}

/** Entries of a book with the options of each group added up. */
export interface MergedEntries {
  /** In the order of the book; a merged entry stands where its first option stood. */
  readonly entries: readonly { readonly entry: BookPosition; readonly group: number }[];
  readonly merged: readonly MergedOptions[];
}

/**
 * Adds up the options of each group as far as the methodology allows, so that a coalition charges a few entries instead of hundreds of
 * positions: the sums are cached, and a coalition is a sum of sums. Options whose instrument stands in several positions, with carry or with
 * an array stay as they are.
 *
 * @param groups  group of each entry
 * @param merging as the methodology says; `undefined` merges nothing
 */
export function mergedEntries(
  positions: readonly BookPosition[],
  groups: ArrayLike<number>,
  merging: OptionMerging | undefined,
): MergedEntries {
  const holders = new Map<InstrumentId, number>();
  for (const { position } of positions)
    holders.set(position.instrument.id, (holders.get(position.instrument.id) ?? 0) + 1);
  const classes = new Map<string, { place: number; members: BookPosition[] }>();
  const places: { entry: BookPosition; group: number; of?: string }[] = [];
  positions.forEach((entry, at) => {
    const group = groups[at] ?? -1;
    const { instrument, quantity } = entry.position;
    const alone = holders.get(instrument.id) !== 1 || quantity === 0 || !isPlainOption(entry);
    if (merging === undefined || alone || instrument.kind !== "option") {
      places.push({ entry, group });
      return;
    }
    const key = `${group} ${keyOf(instrument, quantity, merging)}`;
    const known = classes.get(key);
    if (known === undefined) {
      classes.set(key, { place: places.push({ entry, group, of: key }) - 1, members: [entry] });
    } else known.members.push(entry);
  });
  const merged: MergedOptions[] = [];
  const entries = places.map(({ entry, group, of }) => {
    const members = of === undefined ? [] : (classes.get(of)?.members ?? []);
    if (of === undefined || members.length < 2) return { entry, group };
    const one = mergedEntry(of, members);
    const { instrument, quantity } = one.position;
    merged.push({ id: instrument.id, underlying: instrument.underlying, members, quantity });
    return { entry: one, group };
  });
  return { entries, merged };
}

/**
 * A cube with a row more for each merged entry: the mean profit of its options, weighted by quantity.
 *
 * @param cube       holds every option of the entries
 * @param underlying of the set of the cube; entries of others are left out
 */
export function withMergedRows(
  cube: PnlCube,
  merged: readonly MergedOptions[],
  underlying: string | undefined,
): PnlCube {
  const own = merged.filter((one) => underlying === undefined || one.underlying === underlying);
  if (own.length === 0) return cube;
  const width = cube.scenarios.length;
  const before = cube.instrumentIds.length;
  const values = new Float64Array((before + own.length) * width);
  values.set(cube.values);
  const rowOf = new Map(cube.rowOf);
  own.forEach(({ id, members, quantity }, at) => {
    const row = before + at;
    rowOf.set(id, row);
    for (const { position } of members) {
      const from = (cube.rowOf.get(position.instrument.id) ?? Number.NaN) * width;
      const share = position.quantity / quantity;
      for (let j = 0; j < width; j++)
        values[row * width + j] = (values[row * width + j] ?? 0) + share * (cube.values[from + j] ?? Number.NaN);
    }
  });
  return { ...cube, instrumentIds: [...cube.instrumentIds, ...own.map(({ id }) => id)], rowOf, values };
}

function isPlainOption({ position: { instrument }, terms }: BookPosition): boolean {
  return instrument.kind === "option" && !isCarried({ instrument, terms }) && terms.riskArray === undefined;
}

function keyOf(option: Option, quantity: number, merging: OptionMerging): string {
  const { venue, underlying, quote, settlement, payoff, contractSize = 1, expiryMs, optionType } = option;
  const type = merging === "side" ? "" : optionType;
  return `${venue}/${underlying}/${quote}/${settlement}/${payoff}/${contractSize}@${expiryMs} ${quantity > 0 ? "long" : "short"} ${type}`;
}

function mergedEntry(key: string, members: readonly BookPosition[]): BookPosition {
  const [first] = members as readonly [BookPosition];
  const { instrument } = first.position;
  const sums = { quantity: 0, mark: 0, model: 0, delta: 0 };
  for (const { position, terms } of members) {
    const option = position.instrument as Option;
    const { quantity } = position;
    const total = terms.volatility * Math.sqrt(terms.years);
    sums.quantity += quantity;
    sums.mark += quantity * terms.mark;
    sums.model += quantity * modelPrice(option, terms);
    sums.delta +=
      quantity * blackDeltaKernel(logMoneyness(terms.forward, option.strike), total, option.optionType === "call");
  }
  const { quantity } = sums;
  const id = instrumentId(instrument.venue, `${key} (${members.length})`);
  return {
    position: { id: `merged ${key}` as PositionId, instrument: { ...instrument, id, symbol: key }, quantity },
    terms: { ...first.terms, mark: sums.mark / quantity },
    delta: sums.delta / quantity,
    modelValue: sums.model / quantity,
  };
}
