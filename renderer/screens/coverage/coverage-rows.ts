import type { CsvTable } from "../../app/download.ts";
import type { Coverage, MixedMargin } from "../../client/listed.ts";
import type { FlatRow, TreeNode } from "../../grids/tree.ts";

export interface CoverageFigures {
  readonly quantity?: number;
  readonly kind?: string;
  /** Methods that margin the position. */
  readonly count?: number;
  /** Of a position: the methods; of a method: that it margins the position, or why not. */
  readonly words: string;
}

export type CoverageRow = FlatRow<CoverageFigures>;

/** Positions; below each, every method with its answer. */
export function coverageTree({ positions, methods }: Coverage): TreeNode<CoverageFigures>[] {
  const titles = new Map(methods.map(({ id, title }) => [id, title]));
  return positions.map(({ id, symbol, quantity, venue, kind, listed, by, not }) => ({
    id: `position ${id}`,
    label: symbol,
    value: {
      quantity,
      kind: `${kind}, ${listed ? "listed" : venue}`,
      count: by.length,
      words: by.length === 0 ? "✕ no method margins it" : by.join(", "),
    },
    children: [
      ...by.map((method) => ({
        id: `${id} ${method}`,
        label: titles.get(method) ?? method,
        value: { words: "✓ margins it" },
        children: [],
      })),
      ...not.map(({ methodology, failure }) => ({
        id: `${id} ${methodology}`,
        label: titles.get(methodology) ?? methodology,
        value: { words: `✕ ${failure.message}` },
        children: [],
      })),
    ],
  }));
}

/** One row a position and method. */
export function coverageCsv({ positions, portfolioName, marketName }: Coverage): CsvTable {
  return {
    header: ["position", "quantity", "kind", "venue", "listed", "method", "margins it", "reason"],
    rows: positions.flatMap(({ symbol, quantity, kind, venue, listed, by, not }) => [
      ...by.map((method) => [symbol, quantity, kind, venue, listed, method, true, ""]),
      ...not.map(({ methodology, failure }) => [
        symbol,
        quantity,
        kind,
        venue,
        listed,
        methodology,
        false,
        failure.message,
      ]),
    ]),
    remarks: [`methods that margin each position of ${portfolioName} at ${marketName}`],
  };
}

/** A part of a mixed book in one line. */
export interface PartRow {
  readonly id: string;
  readonly label: string;
  readonly positions: number;
  readonly initial: number | undefined;
  readonly maintenance: number | undefined;
  readonly failure: string | undefined;
}

export function partRows({ parts }: MixedMargin): PartRow[] {
  return parts.map(({ label, methodology, positions, result, failure }) => ({
    ...{ id: methodology?.id ?? label, label, positions, failure: failure?.message },
    initial: result?.totals.initialUsd,
    maintenance: result?.totals.maintenanceUsd,
  }));
}

/** Positions that no part margins, with the last reason. */
export function leftOver({ assignments }: MixedMargin): { readonly symbol: string; readonly reason: string }[] {
  return assignments
    .filter(({ part }) => part === null)
    .map(({ symbol, passed }) => ({ symbol, reason: passed.at(-1)?.failure.message ?? "no part is for it" }));
}
