import { estimateNotice, formatInstant, rawNumber } from "../base/format.ts";
import type { AccountResult, MarginResult } from "../margin/index.ts";
import type { Decomposition, Line } from "../methodology/index.ts";
import { number, text } from "./column.ts";
import type { ReportDocument, ReportSection } from "./report-document.ts";

/**
 * A margin result as a printable document: what it was computed from, the statement of each account, every decomposition with the check
 * of its sum, positions, exclusions and remarks.
 *
 * @param result as computed or stored
 */
export function runDocument(result: MarginResult): ReportDocument {
  return {
    title: `Margin of ${result.portfolioName} under ${result.methodology.title}`,
    facts: facts(result),
    sections: [
      totalsSection(result),
      remarksSection(result),
      ...result.accounts.map(statementSection),
      ...result.accounts.flatMap(({ id, decompositions = [] }) => decompositions.map((one) => splitSection(id, one))),
      positionsSection(result),
      excludedSection(result),
    ].filter(({ paragraphs, table }) => paragraphs.length > 0 || (table?.rows.length ?? 0) > 0),
  };
}

/** Lines of an account in reading order, parents first, each with its level: the requirement is at 0. */
export function statementLines(account: AccountResult): readonly { readonly level: number; readonly line: Line }[] {
  const { ratios = [], initial, maintenance, surplus = [], marginBalance, equity, withdrawable } = account;
  const below = (line: Line, level: number): readonly { readonly level: number; readonly line: Line }[] => [
    { level, line },
    ...line.children.flatMap((child) => below(child, level + 1)),
  ];
  return [...ratios, initial, maintenance, ...surplus, marginBalance, equity, withdrawable].flatMap((line) =>
    line === undefined ? [] : below(line, 0),
  );
}

/** Whether a decomposition adds up, in words: `sum 275 = the measure`. */
export function sumInWords({ sum, measure, sums, unit }: Decomposition): string {
  const figures = `sum ${rawNumber(sum)} ${unit}, measure ${rawNumber(measure)} ${unit}`;
  if (!sums) return `${figures}; the parts need not add up`;
  const equal = Math.abs(sum - measure) <= 1e-9 * Math.max(1, Math.abs(measure));
  return equal ? `${figures}: the parts add up` : `${figures}: off by ${rawNumber(sum - measure)}`;
}

function facts(result: MarginResult): ReportDocument["facts"] {
  const { rules, inputs, historyName, parameterFileName } = result;
  return [
    ["Portfolio", `${result.portfolioName}, SHA-256 ${inputs.portfolio}`],
    ["Market", `${result.marketName} at ${formatInstant(result.asOfMs)}, SHA-256 ${inputs.market}`],
    ...(historyName === undefined ? [] : [["History", `${historyName}, SHA-256 ${inputs.history ?? ""}`] as const]),
    ...(parameterFileName === undefined
      ? []
      : [["Parameter file", `${parameterFileName}, SHA-256 ${inputs.parameterFile ?? ""}`] as const]),
    ["Method", `${result.methodology.id} ${rules.version}, parameters SHA-256 ${inputs.parameters}`],
    ...rules.overrides.map(
      ({ path, value, replaced }) => ["Override", `${path} = ${value} (published ${replaced})`] as const,
    ),
    ["Accuracy", result.accuracy],
    ["Standing", estimateNotice],
    ["Included", `${result.included.positions} of ${result.included.of} positions`],
    ...(result.synthetic ? [["Data", "synthetic: generated, no real book or market"] as const] : []),
  ];
}

function totalsSection({ totals, accounts }: MarginResult): ReportSection {
  return {
    heading: "Requirement",
    paragraphs: [],
    table: {
      columns: [
        text("Account"),
        number("Initial margin"),
        number("Maintenance margin"),
        number("Equity"),
        text("Unit"),
      ],
      rows: [
        ...accounts.map(({ id, unit, initial, maintenance, equity }) => [
          ...[id, initial.amount, maintenance.amount, equity?.amount, unit],
        ]),
        ["all accounts", totals.initialUsd, totals.maintenanceUsd, totals.equityUsd, "USD"],
      ],
    },
  };
}

function remarksSection({ remarks }: MarginResult): ReportSection {
  const worded = remarks.map(({ accuracy, message, rule }) =>
    [accuracy === undefined ? "" : `${accuracy}: `, message, rule === undefined ? "" : ` (rule ${rule})`].join(""),
  );
  return { heading: "Remarks", paragraphs: worded };
}

/** Inputs of a line in one cell. */
export function inputsInWords({ inputs }: Line): string {
  return inputs.map(({ label, value, unit }) => `${label} ${value}${unit === undefined ? "" : ` ${unit}`}`).join("; ");
}

function statementSection(account: AccountResult): ReportSection {
  return {
    heading: `Statement of ${account.id}`,
    paragraphs: [],
    table: {
      columns: [text("Line"), number("Amount"), text("Unit"), text("How"), text("Rule"), text("Inputs")],
      rows: statementLines(account).map(({ level, line }) => [
        ...[`${"  ".repeat(level)}${line.label}`, line.amount, line.unit, line.combine.kind, line.rule],
        inputsInWords(line),
      ]),
    },
  };
}

function splitSection(account: string, split: Decomposition): ReportSection {
  return {
    heading: `${account}: ${split.title}`,
    paragraphs: [`Line ${split.lineId}, rule ${split.rule}; ${sumInWords(split)}.`],
    table: {
      columns: [text("Part"), text("Underlying"), number(`Amount, ${split.unit}, loss > 0`), number("Weight")],
      rows: split.entries.map(({ label, group, amount, weight }) => [label, group, amount, weight]),
    },
  };
}

function positionsSection({ positions }: MarginResult): ReportSection {
  return {
    heading: "Positions",
    paragraphs: [],
    table: {
      columns: [
        text("Instrument"),
        number("Quantity"),
        text("Unit"),
        number("Value"),
        text("Settlement"),
        number("Mark"),
      ],
      rows: positions.map(({ symbol, quantity, quantityUnit, value, settlement, terms }) => [
        ...[symbol, quantity, quantityUnit, value, settlement, terms.mark],
      ]),
    },
  };
}

function excludedSection({ excluded }: MarginResult): ReportSection {
  return {
    heading: "Could not be valued",
    paragraphs: [],
    table: {
      columns: [text("Instrument"), number("Quantity"), text("Why")],
      rows: excluded.map(({ symbol, quantity, failure }) => [symbol, quantity, failure.message]),
    },
  };
}
