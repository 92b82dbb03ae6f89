import { csvText, formatInstant } from "../base/format.ts";
import { canonicalJson } from "../base/index.ts";
import type { BreakLine, BreakReport } from "../explain/index.ts";
import { number, text } from "./column.ts";
import type { ReportDocument, ReportSection } from "./report-document.ts";

/**
 * A break report as a printable document: header, verdict, lines, the way from our figure to the charged one, what was tried.
 *
 * @param report as computed or stored
 */
export function breakReportDocument(report: BreakReport): ReportDocument {
  return {
    title: `Break report: ${report.portfolioName} against ${report.venue}`,
    facts: facts(report),
    sections: [
      linesSection(report),
      ...report.bridges.map(bridgeSection),
      swapsSection(report),
      ...cellsSection(report),
      ...positionsSection(report),
      ...parametersSection(report),
      ...notesSection(report),
    ].filter(({ paragraphs, table }) => paragraphs.length > 0 || (table?.rows.length ?? 0) > 0),
  };
}

/** The report as canonical JSON with the version of its layout; reading it back gives the same report. */
export function breakReportJson(report: BreakReport): string {
  return `${canonicalJson({ schema: "break-report/1", report })}\n`;
}

/**
 * The report as one table (RFC 4180): lines, steps of the bridges, swaps, cells, positions, each row with its kind.
 * Text that a spreadsheet would run as a formula gets an apostrophe; numbers have full precision.
 */
export function breakReportCsv(report: BreakReport): string {
  const header = [
    "row",
    "account",
    "id",
    "line",
    "label",
    "unit",
    "own",
    "charged",
    "difference",
    "verdict",
    "explained_by",
  ];
  return csvText([
    header,
    ...report.lines.map((line) => [
      ...["line", line.account, line.statedId, line.lineId, line.label, line.unit],
      ...[line.own, line.charged, line.difference, line.verdict, explainedBy(line)],
    ]),
    ...report.bridges.flatMap(({ account, statedId, unit, own, charged, difference, label, steps }) => [
      ["bridge-from", account, statedId, "own", label, unit, own, undefined, undefined, "", ""],
      ...steps.map((step) => [
        "bridge-step",
        account,
        statedId,
        step.id,
        step.label,
        unit,
        undefined,
        undefined,
        step.amount,
        "",
        "",
      ]),
      ["bridge-to", account, statedId, "charged", label, unit, own, charged, difference, "", ""],
    ]),
    ...report.swaps.map(({ id, label, cause, outcome, closes }) => [
      ...["swap", "", id, "", label, "", undefined, undefined, undefined, outcome, [cause, ...closes].join(" ")],
    ]),
    ...(report.cells?.open ?? []).map(({ vector, cell, unit, own, charged, difference }) => [
      ...["cell", "", vector, "", cell, unit, own, charged, difference, "unexplained", ""],
    ]),
    ...report.positions.map(({ symbol, own, stated }) => [
      ...["position", "", symbol, "", symbol, "", own, stated, own - stated, "", ""],
    ]),
    ...report.excluded.map(({ symbol, quantity, failure }) => [
      ...["left-out", "", symbol, "", failure.message, "", quantity, undefined, undefined, "", ""],
    ]),
  ]);
}

function facts(report: BreakReport): ReportDocument["facts"] {
  const { counts, rules, methodology, sources, formats } = report;
  const first = report.bridges[0];
  return [
    [
      "Verdict",
      `${report.verdict}: ${counts.matched} matched, ${counts["within-rounding"]} within rounding, ${counts.explained} explained, ${counts.unexplained} unexplained`,
    ],
    ...(first === undefined
      ? []
      : [
          [
            first.label,
            `own ${first.own}, charged ${first.charged}, difference ${first.difference} ${first.unit}`,
          ] as const,
        ]),
    ["Venue's reply", `${formats.map(({ title }) => title).join("; ")}${report.testnet ? " (test network)" : ""}`],
    ["Charged at", report.chargedAsOfMs === undefined ? "not stated" : formatInstant(report.chargedAsOfMs)],
    ["Files", sources.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256})`).join("; ")],
    [
      "Method",
      `${methodology.title} (${methodology.id}), rules ${rules.version} from ${rules.effectiveFrom}: ${rules.source.title}`,
    ],
    [
      "Overrides",
      rules.overrides.length === 0
        ? "none"
        : rules.overrides.map(({ path, value, replaced }) => `${path} = ${value} (was ${replaced})`).join("; "),
    ],
    [
      "Positions",
      `${report.portfolioName}${report.synthetic ? " [synthetic]" : ""} (${report.inputs.portfolio.slice(0, 16)})`,
    ],
    ["Market", `${report.marketName}, ${formatInstant(report.asOfMs)} (${report.inputs.market.slice(0, 16)})`],
    ["Accuracy", report.accuracy],
    ["Parameters", report.inputs.parameters.slice(0, 16)],
  ];
}

function linesSection({ lines }: BreakReport): ReportSection {
  return {
    heading: "Line by line",
    paragraphs: [
      "Difference is own less charged. A line matches when ours, rounded to the venue's digits, is the venue's figure.",
    ],
    table: {
      columns: [
        text("Line"),
        text("Rule"),
        number("Own"),
        number("Charged"),
        number("Difference"),
        text("Unit"),
        text("Verdict"),
        text("Explained by"),
      ],
      rows: lines.map((line) => [
        `${"· ".repeat(line.depth)}${line.label} (${line.account})`,
        line.rule ?? "",
        line.own,
        line.charged,
        line.difference,
        line.unit,
        line.verdict,
        explainedBy(line),
      ]),
    },
  };
}

function explainedBy({ explainedBy, nearest, verdict }: BreakLine): string {
  if (explainedBy.length > 0) return explainedBy.map(({ cause, label }) => `${cause}: ${label}`).join("; ");
  return verdict === "unexplained" && nearest !== undefined ? `nearest: ${nearest.label} leaves ${nearest.gap}` : "";
}

function bridgeSection({ label, account, unit, own, charged, steps }: BreakReport["bridges"][number]): ReportSection {
  return {
    heading: `${label}, ${account}: from own to charged`,
    paragraphs: ["Inputs are replaced by the venue's one after another; an effect depends on the steps before it."],
    table: {
      columns: [text("Step"), number(unit)],
      rows: [["own", own], ...steps.map((step) => [step.label, step.amount]), ["charged", charged]],
    },
  };
}

function swapsSection({ swaps }: BreakReport): ReportSection {
  return {
    heading: "One input at a time",
    paragraphs: [],
    table: {
      columns: [text("Input"), text("Cause"), text("Outcome"), text("Closes")],
      rows: swaps.map(({ label, cause, outcome, failure, closes }) => [
        label,
        cause,
        failure === undefined ? outcome : `${outcome}: ${failure.message}`,
        closes.join(", "),
      ]),
    },
  };
}

function cellsSection({ cells }: BreakReport): ReportSection[] {
  if (cells === undefined) return [];
  const { compared, matched, withinRounding, openCount, notComparable, open } = cells;
  return [
    {
      heading: "Scenario cells",
      paragraphs: [
        `${compared} compared: ${matched} matched, ${withinRounding} within rounding, ${openCount} apart; ${notComparable} without a counterpart`,
      ],
      table: {
        columns: [text("Vector"), text("Cell"), number("Own"), number("Charged"), number("Difference"), text("Unit")],
        rows: open.map((cell) => [cell.vector, cell.cell, cell.own, cell.charged, cell.difference, cell.unit]),
      },
    },
  ];
}

function positionsSection({ positions, excluded }: BreakReport): ReportSection[] {
  return [
    {
      heading: "Positions that differ",
      paragraphs: [],
      table: {
        columns: [text("Instrument"), number("Own"), number("Reply")],
        rows: positions.map(({ symbol, own, stated }) => [symbol, own, stated]),
      },
    },
    {
      heading: "Positions left out of our figure",
      paragraphs: [],
      table: {
        columns: [text("Instrument"), number("Quantity"), text("Why")],
        rows: excluded.map(({ symbol, quantity, failure }) => [symbol, quantity, failure.message]),
      },
    },
  ];
}

function parametersSection({ parameters }: BreakReport): ReportSection[] {
  const { overrides, same, refused } = parameters;
  if (overrides.length === 0 && refused.length === 0 && same === 0) return [];
  return [
    {
      heading: "Parameters of the reply",
      paragraphs: [`${same} are those of the rules, ${overrides.length} differ, ${refused.length} cannot be used`],
      table: {
        columns: [text("Parameter"), text("Reply"), text("Note")],
        rows: [
          ...overrides.map(({ path, value }) => [path, String(value), "differs from the rules"]),
          ...refused.map(({ parameter, reason }) => [parameter.path, String(parameter.value), reason]),
        ],
      },
    },
  ];
}

function notesSection({ remarks }: BreakReport): ReportSection[] {
  return remarks.length === 0 ? [] : [{ heading: "Notes", paragraphs: remarks }];
}
