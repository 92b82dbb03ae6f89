import { formatNumber, moneyDecimals } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { Decomposition, DecompositionEntry, MarginResult } from "../../client/types.ts";

/** A line of the requirement split in one way. */
export interface Section {
  readonly key: string;
  readonly account: string;
  readonly decomposition: Decomposition;
}

export interface SplitRow extends DecompositionEntry {
  readonly key: string;
  /** From 1, in the order of the method. */
  readonly place: number;
  /** What the row adds to the sum: weight × amount where entries have weights. */
  readonly contribution: number;
  /** Contribution ÷ measure, fraction; only where the sum is the measure. */
  readonly share: number | undefined;
}

/** Every decomposition of a result, in the order of the method. */
export function sectionsOf(result: MarginResult | undefined): Section[] {
  return (result?.accounts ?? []).flatMap(({ id: account, decompositions = [] }) =>
    decompositions.map((decomposition) => ({ key: `${account} ${decomposition.id}`, account, decomposition })),
  );
}

/** Kinds whose order says something: scenarios stand worst first, the diversification last. */
const ordered: ReadonlySet<Decomposition["kind"]> = new Set(["tail-scenario", "stand-alone", "diversification"]);

/** Entries, the largest contribution first. */
export function splitRows({ kind, entries, measure, sums }: Decomposition): SplitRow[] {
  const rows = entries.map((entry, place) => {
    const contribution = (entry.weight ?? 1) * entry.amount;
    return {
      ...entry,
      key: `${place} ${entry.label}`,
      place: place + 1,
      contribution,
      share: sums && measure !== 0 ? contribution / measure : undefined,
    };
  });
  return ordered.has(kind) ? rows : rows.sort((a, b) => b.contribution - a.contribution || a.place - b.place);
}

/** What the entries are, in one sentence. */
export const kindWords: Readonly<Record<Decomposition["kind"], string>> = {
  "tail-scenario": "Loss of the whole book in each scenario of the tail; Σ weight × loss is the measure.",
  component: "Euler allocation: the mean loss of each part over the scenarios of the tail.",
  "risk-factor": "Euler allocation by the moves of each factor over the scenarios of the tail.",
  "stand-alone": "Each part measured as if it were the whole book; the diversification is what they save together.",
  incremental: "Measure of the book less its measure without the part; the parts need not add up.",
  marginal: "Change of the measure for one unit more of a position; the units differ, so they do not add up.",
  diversification: "What the parts save together.",
};

export const amountWords: Readonly<Record<Decomposition["kind"], string>> = {
  "tail-scenario": "Loss",
  component: "Component",
  "risk-factor": "Component",
  "stand-alone": "Alone",
  incremental: "Incremental",
  marginal: "Per unit",
  diversification: "Amount",
};

/** Whether the sum is what theory says, and how that reads. */
export function sumCheck({ sum, measure, sums, unit, entries }: Decomposition): {
  readonly verdict: "equal" | "different" | "not-additive";
  readonly text: string;
} {
  const money = (amount: number): string => `${formatNumber(amount, { decimals: moneyDecimals(unit) })} ${unit}`;
  if (!sums) return { verdict: "not-additive", text: `Sum ${money(sum)}; need not be the measure ${money(measure)}` };
  const gap = sum - measure;
  const weighted = entries.some(({ weight }) => weight !== undefined) ? "Σ weight × loss" : "Sum";
  // Sums of as many doubles as there are entries, each rounded once.
  const equal = Math.abs(gap) <= 1e-12 * Math.max(1, entries.length) * Math.max(1, Math.abs(measure));
  return equal
    ? { verdict: "equal", text: `${weighted} ${money(sum)} = the measure` }
    : { verdict: "different", text: `${weighted} ${money(sum)} is not the measure ${money(measure)}: off by ${gap}` };
}

/** All decompositions as one table. */
export function decompositionCsv(sections: readonly Section[]): CsvTable {
  return {
    header: [
      ...["account", "decomposition", "title", "kind", "line", "rule", "measure", "unit", "sum", "sums to measure"],
      ...["place", "label", "group", "position", "scenario", "weight", "amount (loss > 0)", "contribution"],
    ],
    rows: sections.flatMap(({ account, decomposition: d }) =>
      splitRows(d).map((row) => [
        ...[account, d.id, d.title, d.kind, d.lineId, d.rule, d.measure, d.unit, d.sum, d.sums],
        ...[row.place, row.label, row.group, row.positionId, row.scenarioId, row.weight, row.amount, row.contribution],
      ]),
    ),
  };
}
