import { sum } from "../../base/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import type { PriceRange, RiskBasedRules } from "./rules.ts";

/** Products with one deliverable, and the deliverable: they net in full. */
export interface ClassGroup {
  readonly id: string;
  readonly productClass: string;
  readonly positions: readonly BookPosition[];
  readonly range: PriceRange;
  readonly concentrated: boolean;
}

/** Class groups that offset in part; one with a single class group and no offset where the rules name no parent. */
export interface ProductGroup {
  readonly id: string;
  readonly classes: readonly ClassGroup[];
  readonly offset: number;
  /** Parameter the offset comes from; absent for a class group on its own. */
  readonly parameter?: string;
}

/** Product groups that offset in part; the top of the tree. */
export interface TopGroup {
  readonly id: string;
  readonly products: readonly ProductGroup[];
  readonly offset: number;
  readonly parameter?: string;
}

/** Class group of an underlying: as the rules list it, else its own. */
export function classGroupOf({ products }: RiskBasedRules, underlying: string): string {
  return own(products, underlying)?.classGroup ?? underlying;
}

/** Product class of a class group. */
export function productClassOf({ classGroups, otherClass }: RiskBasedRules, classGroup: string): string {
  return own(classGroups, classGroup)?.productClass ?? otherClass;
}

/** Ranges and minimum of the use in force; `undefined` when the rules have no such use. */
export function columnOf({ use, uses }: RiskBasedRules): RiskBasedRules["uses"][string] | undefined {
  return own(uses, use);
}

/** Factor of a leveraged fund on its range. */
export function leverageOf({ products }: RiskBasedRules, underlying: string): number {
  return own(products, underlying)?.leverage ?? 1;
}

/**
 * The book as a tree of groups, each level in alphabetical order.
 *
 * @throws nothing: a class without a range in the use in force is excluded before
 */
export function groupsOf(book: Book, rules: RiskBasedRules): readonly TopGroup[] {
  const classes = classGroups(book, rules);
  const products = new Map<string, { group: ProductGroup; top: string | undefined }>();
  for (const one of classes) {
    const parent = own(rules.classGroups, one.id)?.productGroup;
    const known = parent === undefined ? undefined : own(rules.productGroups, parent);
    const id = known === undefined || parent === undefined ? `class ${one.id}` : parent;
    const group = products.get(id)?.group;
    const offset = known?.offset ?? 0;
    const parameter = known === undefined ? {} : { parameter: `/productGroups/${id}/offset` };
    products.set(id, {
      group: { id, offset, ...parameter, classes: [...(group?.classes ?? []), one] },
      top: known?.portfolioGroup,
    });
  }
  const tops = new Map<string, TopGroup>();
  for (const { group, top } of [...products.values()].sort((a, b) => (a.group.id < b.group.id ? -1 : 1))) {
    const known = top === undefined ? undefined : own(rules.portfolioGroups, top);
    const id = known === undefined || top === undefined ? group.id : top;
    const offset = known?.offset ?? 0;
    const parameter = known === undefined ? {} : { parameter: `/portfolioGroups/${id}/offset` };
    tops.set(id, { id, offset, ...parameter, products: [...(tops.get(id)?.products ?? []), group] });
  }
  return [...tops.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function classGroups(book: Book, rules: RiskBasedRules): readonly ClassGroup[] {
  const positions = new Map<string, BookPosition[]>();
  for (const entry of book.positions) {
    const id = classGroupOf(rules, entry.position.instrument.underlying);
    positions.set(id, [...(positions.get(id) ?? []), entry]);
  }
  const exposures = new Map([...positions].map(([id, held]) => [id, exposureOf(held, book)]));
  const gross = sum([...exposures.values()]);
  const ranges = columnOf(rules)?.ranges ?? {};
  const { overShare, rangeFactor } = rules.concentration;
  return [...positions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, held]) => {
      const productClass = productClassOf(rules, id);
      const { down, up } = own(ranges, productClass) ?? { down: 0, up: 0 };
      const concentrated = gross > 0 && (exposures.get(id) ?? 0) > overShare * gross;
      const factor = concentrated ? rangeFactor : 1;
      // A price cannot fall by all of itself.
      const range = { down: Math.max(down * factor, -0.99), up: up * factor };
      return { id, productClass, positions: held, range, concentrated };
    });
}

/** |Market exposure| of a class group, USD: quantities at the price of their underlying, long and short netted by type of contract. */
function exposureOf(positions: readonly BookPosition[], book: Book): number {
  const byKind = new Map<string, number>();
  for (const { position, terms } of positions) {
    const { instrument, quantity } = position;
    const kind = instrument.kind === "option" ? instrument.optionType : "direct";
    const worth = quantity * terms.index * usdPerUnit(book.indices, instrument.settlement);
    byKind.set(kind, (byKind.get(kind) ?? 0) + worth);
  }
  return sum([...byKind.values()].map(Math.abs));
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
