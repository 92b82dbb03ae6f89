import { formatNumber } from "../../../core/base/format.ts";
import { dashes, letterOf } from "../../figures/backtest-figure.ts";
import type { BacktestSeries } from "../../figures/backtest-series.ts";
import styles from "./series.module.css";

interface SeriesLegendProps {
  readonly series: BacktestSeries;
  readonly categories: readonly string[];
}

/** Lengths of dash and space as Plotly draws them, for a line 2 pixels wide. */
const strokes: Readonly<Record<(typeof dashes)[number], string>> = {
  solid: "",
  dash: "8 5",
  dot: "2 3",
  dashdot: "8 3 2 3",
  longdash: "13 6",
  longdashdot: "13 4 2 4",
};

/** Names of the lines and what the marks mean, beside the chart so that it keeps its height. */
export function SeriesLegend({ series, categories }: SeriesLegendProps) {
  return (
    <ul className={styles.legend} aria-label="Lines and marks">
      {series.methods.map(({ label, breach, callUsd }, place) => {
        const [breaches, calls] = [breach.filter(Boolean).length, callUsd.filter((call) => call > 0).length];
        return (
          <li key={label}>
            <svg width="30" height="10" aria-hidden="true">
              <line
                x1="1"
                y1="5"
                x2="29"
                y2="5"
                stroke={categories[place % categories.length]}
                strokeWidth="2"
                strokeDasharray={strokes[dashes[place % dashes.length] ?? "solid"]}
              />
            </svg>
            <b>{letterOf(place)}</b> {label}
            <span className="muted">
              {" "}
              ✕ {formatNumber(breaches, { decimals: 0 })} ▼ {formatNumber(calls, { decimals: 0 })}
            </span>
          </li>
        );
      })}
      <li className="muted">bar: loss over the close-out period · ✕ breach · ▼ call · │ rules change</li>
    </ul>
  );
}
