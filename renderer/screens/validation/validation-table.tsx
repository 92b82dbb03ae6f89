import { Fragment } from "react";
import { formatDay, formatNumber, rawNumber } from "../../../core/base/format.ts";
import type { SeriesValidation } from "../../client/through-time.ts";
import { letterOf } from "../../figures/backtest-figure.ts";
import styles from "./validation.module.css";
import { type ValidationCell, type ValidationSection, verdictMarks } from "./validation-rows.ts";

interface ValidationTableProps {
  readonly sections: readonly ValidationSection[];
  readonly series: readonly SeriesValidation[];
  /** A breach was chosen, UTC ms. */
  readonly onDay: (timeMs: number) => void;
}

/** Figures down, methods across. */
export function ValidationTable({ sections, series, onDay }: ValidationTableProps) {
  return (
    <table className={styles.table} style={{ minWidth: figureWidth + methodWidth * series.length }}>
      <caption className="visually-hidden">Validation of each method side by side</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.corner} style={{ width: figureWidth }}>
            Figure
          </th>
          {series.map(({ label }, place) => (
            <th key={label} scope="col" className={styles.head}>
              <b>{letterOf(place)}</b> {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sections.map(({ title, note, rows }) => (
          <Fragment key={title}>
            <tr className={styles.section}>
              <th scope="rowgroup" colSpan={series.length + 1}>
                {title} {note !== undefined && <small className="muted">{note}</small>}
              </th>
            </tr>
            {rows.map(({ id, label, unit, cells }) => (
              <tr key={id} data-figure={id}>
                <th scope="row">
                  {label}
                  {unit !== "" && <small className="muted">, {unit}</small>}
                </th>
                {cells.map((cell, place) => (
                  <Cell key={series[place]?.label} cell={cell} />
                ))}
              </tr>
            ))}
          </Fragment>
        ))}
        <Exceptions series={series} onDay={onDay} />
      </tbody>
    </table>
  );
}

function Cell({ cell: { text, raw, title, verdict } }: { readonly cell: ValidationCell }) {
  return (
    <td
      className="numeric"
      data-value={rawNumber(raw)}
      {...(title !== undefined && { title })}
      {...(verdict !== undefined && { "data-verdict": verdict })}
    >
      {verdict !== undefined && <span aria-hidden="true">{verdictMarks[verdict]} </span>}
      {text}
    </td>
  );
}

/** Breaches of each method by day, to be chosen. */
function Exceptions({ series, onDay }: Pick<ValidationTableProps, "series" | "onDay">) {
  if (series.every(({ exceptions }) => exceptions.length === 0)) return null;
  return (
    <>
      <tr className={styles.section}>
        <th scope="rowgroup" colSpan={series.length + 1}>
          Breaches <small className="muted">shortfall, USD; choose one to see its day</small>
        </th>
      </tr>
      <tr>
        <th scope="row">Days</th>
        {series.map(({ label, exceptions }) => (
          <td key={label}>
            <ul className={styles.days}>
              {exceptions.slice(0, shownExceptions).map(({ timeMs, shortfall }) => (
                <li key={timeMs}>
                  <button type="button" onClick={() => onDay(timeMs)}>
                    {formatDay(timeMs)}
                  </button>{" "}
                  <span className="numeric">{formatNumber(shortfall, { decimals: 0 })}</span>
                </li>
              ))}
              {exceptions.length > shownExceptions && <li>and {exceptions.length - shownExceptions} more</li>}
            </ul>
          </td>
        ))}
      </tr>
    </>
  );
}

const shownExceptions = 12;
/** Pixels: columns are equal, and wide enough for a decision with its p-value on two lines. */
const figureWidth = 170;
const methodWidth = 88;
