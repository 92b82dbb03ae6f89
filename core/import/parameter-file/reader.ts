import { type Failure, failure } from "../../base/index.ts";
import {
  type ContractFamily,
  type FileCounts,
  familyKey,
  type NotUnderstood,
  type ParameterFileHeader,
} from "../../parameter-file/index.ts";

/** Takes families as they are read; a family with many contracts arrives in several parts of the same name. */
export type FamilySink = (family: ContractFamily) => void;

/** What a layout's reader leaves to the file it stands in. */
export type ReadHeader = Omit<ParameterFileHeader, "name" | "sources" | "warnings" | "notUnderstood" | "counts">;

/** Reads one layout, piece by piece. */
export interface LayoutReader {
  readonly push: (text: string) => Failure | undefined;
  /** After the last piece: everything but the contracts, which went into the sink. */
  readonly end: () => ReadHeader | Failure;
}

/** A family is handed on when it holds this many contracts: what is kept in memory does not grow with the file. */
export const contractsAtOnce = 4096;

const warningsListed = 200;

/** Counts what is read and keeps what is wrong with it; shared by the layouts. */
export class Findings {
  readonly warnings: Failure[] = [];
  private readonly unknown = new Map<string, number>();
  private notListed = 0;
  private families = new Set<string>();
  private series = 0;
  private contracts = 0;
  private arrays = 0;

  /** Something wrong that was read all the same, or left out: named once each, counted beyond the first 200. */
  warn(message: string, at?: string): void {
    if (this.warnings.length < warningsListed) this.warnings.push(failure("invalid-input", message, at));
    else this.notListed += 1;
  }

  skip(what: string): void {
    this.unknown.set(what, (this.unknown.get(what) ?? 0) + 1);
  }

  /** Notes a family on its way to the sink, and what is wrong with its contracts. */
  take(family: ContractFamily): void {
    this.families.add(familyKey(family));
    this.series += family.series.length;
    for (const { month, contracts } of family.series) {
      this.contracts += contracts.length;
      for (const contract of contracts) {
        if (contract.array !== undefined) this.arrays += 1;
        if (contract.array !== undefined && (contract.price ?? 0) >= 0) continue;
        const right = contract.right === undefined ? "" : ` ${contract.right} ${contract.strike}`;
        const name = `${family.type} ${family.product} ${month}${right}`;
        if (contract.array === undefined) this.warn(`${name} has no risk array`, name);
        if ((contract.price ?? 0) < 0) this.warn(`${name} has the price ${contract.price}, below 0`, name);
      }
    }
  }

  hasFamily(key: string): boolean {
    return this.families.has(key);
  }

  familyKeys(): Iterable<string> {
    return this.families;
  }

  counts(): FileCounts {
    return {
      families: this.families.size,
      series: this.series,
      contracts: this.contracts,
      arrays: this.arrays,
    };
  }

  allWarnings(): readonly Failure[] {
    if (this.notListed === 0) return this.warnings;
    return [...this.warnings, failure("invalid-input", `and ${this.notListed} more of the kind`)];
  }

  notUnderstood(): readonly NotUnderstood[] {
    return [...this.unknown].map(([what, count]) => ({ what, count })).sort((a, b) => (a.what < b.what ? -1 : 1));
  }
}

/** `2016-05-17` from `20160517`; `undefined` for anything else. */
export function isoDayOf(text: string | undefined): string | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text?.trim() ?? "");
  if (found === null) return undefined;
  const [, year, month, day] = found;
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
    ? `${year}-${month}-${day}`
    : undefined;
}

/** Members that are `undefined` left out, as optional members ask. */
export function given<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<T> = {};
  for (const key of Object.keys(members) as (keyof T)[]) {
    const value = members[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept as T;
}
