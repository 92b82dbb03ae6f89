import { type Line, type LineInput, lines } from "../statement.ts";
import { type EvaluatedMatrix, equityProfit, type MatrixContent } from "./extended-risk-matrix-entries.ts";
import { positionLine } from "./extended-risk-matrix-position-line.ts";
import type { PairRules } from "./extended-risk-matrix-rules.ts";
import type { MatrixColumn } from "./extended-risk-matrix-scenarios.ts";
import { section } from "./extended-risk-matrix-sections.ts";

/**
 * The entry of one column of a matrix as lines: sum of profits, then scaling and dampener when extended, then the kept
 * share when positive. Profit and loss, gain > 0.
 *
 * @param detail whether the sum opens to positions
 */
export function entryLine(matrix: EvaluatedMatrix, column: number, detail: boolean, id: string): Line {
  const { content } = matrix;
  const build = lines(content.unit);
  const { at, steps } = { at: content.columns[column], steps: matrix.steps[column] };
  if (at === undefined || steps === undefined) return build.leaf(id, "Nothing at risk", 0, section.worstCase);
  const pointer = (record: "pairs" | "currencies", key: string, name: string) => `/${record}/${key}/${name}`;
  const { pair, offset, risk } = content;

  let line = profitLine(matrix, column, at, detail, `${id}/profit`);
  if (steps.scale !== undefined)
    line = build.product(
      `${id}/scaled`,
      "Scaled to the edge of the range",
      section.extendedScale,
      steps.scale,
      "scale",
      line,
      {
        component: "scenario",
        inputs: [
          { label: "move m", value: at.priceMove },
          { label: "range R", value: pair.rules.priceRange, parameter: pointer("pairs", pair.key, "priceRange") },
          {
            label: "factor f",
            value: pair.rules.extendedTableFactor,
            parameter: pointer("pairs", pair.key, "extendedTableFactor"),
          },
        ],
      },
    );
  if (steps.dampener !== undefined)
    line = build.towardZero(`${id}/dampened`, "After the dampener", section.dampener, steps.dampener, line, {
      component: "scenario",
      inputs: [
        {
          label: "dampener",
          value: risk.rules.extendedDampener,
          unit: "USD",
          parameter: pointer("currencies", risk.key, "extendedDampener"),
        },
        { label: "index", value: content.index, unit: "USD" },
      ],
    });
  if (line.amount <= 0) return line;
  const kept = build.product(
    `${id}/kept/share`,
    "Kept share",
    section.profitOffset,
    steps.share,
    "profit offset",
    line,
    {
      component: "scenario",
      inputs: [
        {
          label: "profit offset",
          value: offset.rules.profitOffset,
          parameter: pointer("currencies", offset.key, "profitOffset"),
        },
      ],
    },
  );
  const cap = build.leaf(`${id}/kept/cap`, "Most that is kept", steps.cap, section.profitOffset, {
    inputs: [
      {
        label: "cap",
        value: offset.rules.maximumOffsetProfit,
        unit: "USD",
        parameter: pointer("currencies", offset.key, "maximumOffsetProfit"),
      },
    ],
  });
  return build.min(`${id}/kept`, "Profit that is kept", section.profitOffset, [kept, cap], { component: "scenario" });
}

function profitLine(matrix: EvaluatedMatrix, column: number, at: MatrixColumn, detail: boolean, id: string): Line {
  const { content, profits } = matrix;
  const build = lines(content.unit);
  const label = `Profit of ${content.id} at ${at.label}`;
  if (!detail)
    return build.leaf(id, label, profits[column] ?? Number.NaN, section.profitSum, { component: "scenario" });
  const extra = { component: "scenario", inputs: shockParameters(content, at) } as const;
  const positions = content.vectors.flatMap((vector) =>
    vector.positions.map((held) => positionLine(matrix, vector, held, column, at, id)),
  );
  const equities = content.equities.map((equity) =>
    build.leaf(
      `${id}/equity-${equity.currency}`,
      `Equity in ${equity.currency}`,
      equityProfit(equity, at.priceMove),
      section.coinEquity,
      {
        component: "balance",
        inputs: [
          { label: "equity", value: equity.amount, unit: equity.currency },
          { label: "equity in USD", value: equity.usd, unit: "USD" },
          { label: "move m", value: at.priceMove },
        ],
      },
    ),
  );
  return build.sum(id, label, section.profitSum, [...positions, ...equities], extra);
}

/** The parameters that shape the scenario itself. */
function shockParameters({ pair, rules, vectors }: MatrixContent, at: MatrixColumn): LineInput[] {
  const of = (label: string, name: keyof PairRules): LineInput => ({
    label,
    value: pair.rules[name],
    parameter: `/pairs/${pair.key}/${name}`,
  });
  const inputs: LineInput[] = [{ label: "move m", value: at.priceMove }, of("range R", "priceRange")];
  const holds = (kind: "option" | "linear future") =>
    vectors.some(({ inverse, positions }) =>
      positions.some(
        ({ position }) =>
          (position.instrument.kind === "option") === (kind === "option") && (kind === "option" || !inverse),
      ),
    );
  if (holds("linear future"))
    inputs.push({
      label: "linear futures at",
      value: rules.general.linearFuturePrice,
      parameter: "/general/linearFuturePrice",
    });
  if (at.volatility === "same" || !holds("option")) return inputs;
  const days = { label: "least days", value: rules.general.minimumDays, parameter: "/general/minimumDays" };
  inputs.push(
    days,
    of("reference days", "referenceDays"),
    of("short power", "shortTermVegaPower"),
    of("long power", "longTermVegaPower"),
  );
  if (at.volatility === "down") return [...inputs, of("volatility down", "volatilityDown")];
  return [
    ...inputs,
    of("volatility up", "volatilityUp"),
    of("least volatility after the rise", "minimumVolatilityUp"),
    {
      label: "least volatility holds",
      value: rules.general.minimumVolatility,
      parameter: "/general/minimumVolatility",
    },
  ];
}
