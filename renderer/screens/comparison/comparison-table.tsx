import { formatNumber, rawNumber } from "../../../core/base/format.ts";
import type { Comparison, ComparisonColumn } from "../../client/reports.ts";
import type { ChosenColumn } from "../../state/comparison.ts";
import { ColumnHead } from "./column-head.tsx";
import styles from "./comparison.module.css";
import {
  type ComparedCell,
  type ComparedRow,
  comparedRows,
  differenceWords,
  leftOutByReason,
} from "./comparison-rows.ts";

interface ComparisonTableProps {
  readonly comparison: Comparison;
  /** Same order as the columns of the comparison. */
  readonly chosen: readonly ChosenColumn[];
}

/** Columns of methods; rows aligned by what an amount is for. */
export function ComparisonTable({ comparison, chosen }: ComparisonTableProps) {
  const { columns, reference, portfolioName, unit } = comparison;
  const { totals, components } = comparedRows(comparison);
  const perColumn = (content: (column: ComparisonColumn) => React.ReactNode) =>
    columns.map((column, place) => (
      <td key={chosen[place]?.key ?? column.label} className={styles.words} data-reference={place === reference}>
        {content(column)}
      </td>
    ));
  return (
    <section aria-label={`Methods over ${portfolioName}`}>
      <table className={styles.table}>
        <caption className="visually-hidden">
          {portfolioName} under {columns.length} methods, {unit}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {unit} at the index
            </th>
            {columns.map((column, place) => {
              const own = chosen[place];
              return own ? (
                <ColumnHead key={own.key} column={column} chosen={own} isReference={place === reference} />
              ) : null;
            })}
          </tr>
        </thead>
        <AmountRows title="Totals" rows={totals} chosen={chosen} />
        <AmountRows title="Parts of the initial margin" rows={components} chosen={chosen} />
        <tbody>
          <tr>
            <th scope="row">Binding scenario</th>
            {perColumn((column) => (
              <Binding column={column} />
            ))}
          </tr>
          <tr>
            <th scope="row">Positions left out</th>
            {perColumn((column) => (
              <LeftOut column={column} />
            ))}
          </tr>
          <tr>
            <th scope="row">Book in its instruments</th>
            {perColumn((column) => (
              <Mapped column={column} />
            ))}
          </tr>
          <tr>
            <th scope="row">Remarks</th>
            {perColumn((column) => (
              <Remarks column={column} />
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

interface AmountRowsProps {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
  readonly chosen: readonly ChosenColumn[];
}

function AmountRows({ title, rows, chosen }: AmountRowsProps) {
  if (rows.length === 0) return null;
  return (
    <tbody>
      <tr className={styles.group}>
        <th scope="rowgroup" colSpan={chosen.length + 1}>
          {title}
        </th>
      </tr>
      {rows.map(({ id, label, cells }) => (
        <tr key={id}>
          <th scope="row">{label}</th>
          {cells.map((cell, place) => (
            <AmountCell key={chosen[place]?.key ?? place} cell={cell} />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function AmountCell({ cell }: { readonly cell: ComparedCell }) {
  const { amount, isReference, share } = cell;
  if (amount === null) {
    return (
      <td className={styles.amount} data-reference={isReference} title="This method has no such figure">
        —
      </td>
    );
  }
  return (
    <td className={styles.amount} data-reference={isReference} data-value={rawNumber(amount)} title={rawNumber(amount)}>
      {share !== undefined && <span className={styles.bar} style={{ width: `${share * 100}%` }} aria-hidden="true" />}
      <span className={styles.figure}>{formatNumber(amount)}</span>
      {!isReference && <small className={styles.difference}>{differenceWords(cell)}</small>}
    </td>
  );
}

function Binding({ column: { binding, failure } }: { readonly column: ComparisonColumn }) {
  if (failure) return <span data-mark="unsupported">✕ {failure.message}</span>;
  if (binding.length === 0) return <span className="muted">no scenario binds</span>;
  return (
    <ul className={styles.list}>
      {binding.slice(0, 6).map(({ account, matrix, scenario, amount, unit }) => (
        <li key={`${account} ${matrix}`} title={`${matrix}: ${rawNumber(amount)} ${unit}`}>
          <b>{account}</b> {scenario}{" "}
          <span className="numeric" data-value={rawNumber(amount)}>
            {formatNumber(amount, { significant: 5 })} {unit}
          </span>
        </li>
      ))}
      {binding.length > 6 && <li className="muted">and {binding.length - 6} more</li>}
    </ul>
  );
}

function LeftOut({ column }: { readonly column: ComparisonColumn }) {
  if (column.leftOut.length === 0) return <span className="muted">none</span>;
  return (
    <details data-mark="partial">
      <summary>◔ {column.leftOut.length}</summary>
      <ul className={styles.list}>
        {leftOutByReason(column).map(({ reason, symbols }) => (
          <li key={reason}>
            {reason}: {symbols.slice(0, 12).join(", ")}
            {symbols.length > 12 && ` and ${symbols.length - 12} more`}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Mapped({ column: { mappings } }: { readonly column: ComparisonColumn }) {
  if (mappings.length === 0) return <span className="muted">as held</span>;
  return (
    <details>
      <summary>{mappings.length} mapped</summary>
      <ul className={styles.list}>
        {mappings.slice(0, 40).map(({ from, to, note }) => (
          <li key={from}>
            {from} → {to}: {note}
          </li>
        ))}
        {mappings.length > 40 && <li className="muted">and {mappings.length - 40} more</li>}
      </ul>
    </details>
  );
}

function Remarks({ column: { remarks } }: { readonly column: ComparisonColumn }) {
  if (remarks.length === 0) return <span className="muted">none</span>;
  return (
    <details>
      <summary>{remarks.length}</summary>
      <ul className={styles.list}>
        {remarks.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </details>
  );
}
