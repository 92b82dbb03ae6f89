/** A cell: text, or a number that files keep in full precision. */
export type ReportCell = string | number | undefined;

export interface ReportColumn {
  readonly title: string;
  /** Numbers stand right. */
  readonly kind: "text" | "number";
}

export interface ReportTable {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
}

export interface ReportSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly table?: ReportTable;
}

/** A report before it has a form: facts at the top, then sections with tables. Rendered as HTML for paper, or by a screen. */
export interface ReportDocument {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly sections: readonly ReportSection[];
}
