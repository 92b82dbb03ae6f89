/** A column by its name; one of numbers stands over its digits, a hidden one is named to assistive technology only. */
type ColumnHead =
  | string
  | { readonly number: string; readonly title?: string | undefined }
  | { readonly hidden: string };

/** Head of a plain table, one row. Names are unique. */
export function TableHead({ columns }: { readonly columns: readonly ColumnHead[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) =>
          typeof column === "string" ? (
            <th key={column} scope="col">
              {column}
            </th>
          ) : "number" in column ? (
            <th key={column.number} scope="col" className="numeric" title={column.title}>
              {column.number}
            </th>
          ) : (
            <th key={column.hidden} scope="col">
              <span className="visually-hidden">{column.hidden}</span>
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}
