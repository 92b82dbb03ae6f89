import { TableHead } from "../../app/table-head.tsx";
import type { WhatIfResult } from "../../client/what-if.ts";
import { amount, figureRows, signed, verdictOf } from "./result-rows.ts";
import styles from "./what-if-result.module.css";

/** One method: every figure before, after and its change, what binds, and the worst points. */
export function MethodFigures({ column }: { readonly column: WhatIfResult["columns"][number] }) {
  if ("failure" in column)
    return (
      <section aria-label={column.label} data-method={column.label}>
        <b>{column.label}</b>
        <p className={styles.small}>{column.failure.message}</p>
      </section>
    );
  const { before, after, worst, methodology, version, accuracy, overridden } = column;
  return (
    <section aria-label={methodology.title} data-method={methodology.id}>
      <table className={styles.table}>
        <caption>
          {methodology.title}{" "}
          <span className="muted">
            {version}
            {overridden && " · under overrides"}
            {accuracy !== "exact" && <span data-mark="approx"> · ≈ {accuracy}</span>}
          </span>
        </caption>
        <TableHead columns={["USD", { number: "Before" }, { number: "After" }, { number: "Change" }]} />
        <tbody>
          {figureRows(column).map((row) => {
            const verdict = verdictOf(row);
            return (
              <tr key={row.id} data-figure={row.id} data-verdict={verdict}>
                <th scope="row" title={row.title}>
                  {row.label}
                </th>
                <td className="numeric" data-value={row.before}>
                  {amount(row.before)}
                </td>
                <td className="numeric" data-value={row.after}>
                  {amount(row.after)}
                </td>
                <td className={`numeric ${styles.change}`} data-value={row.change}>
                  {verdict && <span className="visually-hidden">{verdict} </span>}
                  {verdict === "worse" ? "▾ " : verdict === "better" ? "▴ " : ""}
                  {signed(row.change)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.small}>
        Binds: {before.binding ?? "nothing"}
        {after.binding !== before.binding && (
          <>
            {" "}
            <span aria-hidden="true">→</span>
            <span className="visually-hidden"> becomes </span> <b>{after.binding ?? "nothing"}</b>
          </>
        )}
      </p>
      <p className={styles.small} data-worst hidden={worst.worstOfDifference.profitUsd === 0}>
        The trade itself loses most at {worst.worstOfDifference.label}:{" "}
        <span data-value={worst.worstOfDifference.profitUsd}>{signed(worst.worstOfDifference.profitUsd)}</span>; the
        book's worst point moves by{" "}
        <span data-value={worst.differenceOfWorstUsd}>{signed(worst.differenceOfWorstUsd)}</span> (after:{" "}
        {after.worstWide.label}){worst.grid === "default" && ", on a default grid"}.
      </p>
      {after.excluded > 0 && (
        <p className={styles.small} data-mark="partial">
          {after.excluded} {after.excluded === 1 ? "position is" : "positions are"} left out:{" "}
          {column.excluded[0]?.symbol} {column.excluded[0]?.failure.message}
        </p>
      )}
    </section>
  );
}
