import styles from "./import-wizard.module.css";

interface TablePreviewProps {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns that are read. */
  readonly used: ReadonlySet<string>;
}

/** The first rows of a table nobody knows. */
export function TablePreview({ columns, rows, used }: TablePreviewProps) {
  return (
    <div className={styles.preview}>
      <table aria-label="First rows of the file">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-mapped={used.has(column)}>
                {used.has(column) && <span title="This column is read">✓ </span>}
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 8).map((row) => (
            <tr key={row.join("\t")}>
              {columns.map((column, place) => (
                <td key={column}>{row[place]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
