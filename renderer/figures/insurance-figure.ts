import type { HedgingBands, HeldInsurance, ProportionInsurance } from "../client/insurance.ts";
import type { FigureTable } from "../grids/figure-grid.tsx";
import type { Figure, Ink } from "./figure.ts";

/** Worth at expiry with and without protection, and the floor. */
export function floorFigure({ chart, insurance }: Pick<HeldInsurance, "chart" | "insurance">, ink: Ink): Figure {
  const { prices } = chart;
  return {
    data: [
      line("unprotected", prices, chart.unprotected, { color: ink.muted, dash: "dash" }),
      line("protected", prices, chart.protected, { color: ink.first, dash: "solid" }),
      line(
        "floor",
        prices,
        prices.map(() => insurance.floor),
        { color: ink.second, dash: "dot" },
      ),
    ],
    layout: frame("floor", "Price at expiry", "Worth at expiry"),
  };
}

/** One drawn path of wealth above its floor, with what is in the risky asset. */
export function proportionFigure({ path, terms }: Pick<ProportionInsurance, "path" | "terms">, ink: Ink): Figure {
  const days = path.map((_, at) => (at * terms.years * 365) / path.length);
  return {
    data: [
      line(
        "wealth",
        days,
        path.map(({ value }) => value),
        { color: ink.first, dash: "solid" },
      ),
      line(
        "floor",
        days,
        path.map(({ floor }) => floor),
        { color: ink.second, dash: "dot" },
      ),
      line(
        "exposure",
        days,
        path.map(({ exposure }) => exposure),
        { color: ink.muted, dash: "dash" },
      ),
    ],
    layout: frame("proportion", "Days", "Worth, one drawn path"),
  };
}

/** Mean cost against the deviation of the hedging error: a point a rule, the efficient ones joined. */
export function frontierFigure({ outcomes }: Pick<HedgingBands, "outcomes">, ink: Ink): Figure {
  const best = outcomes.filter(({ efficient }) => efficient).sort((a, b) => a.deviation - b.deviation);
  const others = outcomes.filter(({ efficient }) => !efficient);
  const points = (name: string, of: typeof outcomes, color: string, symbol: "circle" | "x", joined: boolean) => ({
    ...{ type: "scatter" as const, mode: joined ? ("lines+markers" as const) : ("markers" as const), name },
    ...{ x: of.map(({ deviation }) => deviation), y: of.map(({ meanCost }) => meanCost) },
    text: of.map(({ label }) => label),
    marker: { color, symbol, size: 9 },
    line: { color, width: 1.5 },
    hovertemplate: "%{text}<br>cost <b>%{y:.4~g}</b>, error <b>%{x:.4~g}</b><extra></extra>",
  });
  return {
    data: [
      points("efficient", best, ink.first, "circle", true),
      points("beaten by another", others, ink.second, "x", false),
    ],
    layout: frame("frontier", "Standard deviation of the hedging error", "Mean cost of trading"),
  };
}

/** The numbers behind each figure. */
export function floorTable({ chart }: Pick<HeldInsurance, "chart">): FigureTable {
  const columns = ["Price at expiry", "Unprotected", "Protected"].map((header) => ({ header, decimals: 2 }));
  return { columns, rows: chart.prices.map((price, at) => [price, chart.unprotected[at], chart.protected[at]]) };
}

export function proportionTable({ path }: Pick<ProportionInsurance, "path">): FigureTable {
  return {
    columns: ["Step", "Wealth", "Floor", "Cushion", "Exposure", "Return, %"].map((header, at) => ({
      header,
      decimals: at === 0 ? 0 : 2,
    })),
    rows: path.map((step, at) => [at, step.value, step.floor, step.cushion, step.exposure, 100 * step.return]),
  };
}

export function frontierTable({ outcomes }: Pick<HedgingBands, "outcomes">): FigureTable {
  return {
    columns: [
      { header: "Rule", width: 200 },
      { header: "Efficient", width: 90 },
      ...["Mean cost", "Deviation of error", "Mean profit", "Profit at 5 %"].map((header) => ({ header, decimals: 4 })),
      { header: "Mean trades", decimals: 1 },
    ],
    rows: outcomes.map((one) => [
      ...[one.label, one.efficient ? "yes" : "no"],
      ...[one.meanCost, one.deviation, one.meanProfit, one.profitAt5, one.meanTrades],
    ]),
  };
}

function line(
  name: string,
  x: readonly number[],
  y: readonly number[],
  { color, dash }: { readonly color: string; readonly dash: "solid" | "dash" | "dot" },
) {
  return {
    ...{
      type: "scatter" as const,
      mode: "lines" as const,
      name,
      x: [...x],
      y: [...y],
      line: { color, dash, width: 2 },
    },
    hovertemplate: `${name} <b>%{y:,.2f}</b><extra></extra>`,
  };
}

function frame(uirevision: string, x: string, y: string): Figure["layout"] {
  return {
    ...{ uirevision, hovermode: uirevision === "frontier" ? "closest" : "x unified" },
    margin: { l: 70, r: 14, t: 8, b: 46 },
    legend: { orientation: "h", y: 1.01, yanchor: "bottom", x: 0 },
    xaxis: { title: { text: x } },
    yaxis: { title: { text: y }, tickformat: "~s" },
  };
}
