import type { MarketSnapshot } from "../market/index.ts";
import type { Portfolio } from "../portfolio/index.ts";

/** A file as it arrives: never trusted, read with limits. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One thing wrong with a file or one of its rows. Errors reject the row (or the file when there is no row); warnings keep it. */
export interface ImportProblem {
  readonly severity: "error" | "warning";
  readonly file: string;
  /** 1-based line of a CSV file, or 1-based index of a JSON array's member. */
  readonly row?: number;
  readonly column?: string;
  /** As found in the file, shortened to 80 characters. */
  readonly value?: string;
  /** Short name of the rule that was broken, e.g. `quantity is a number`. */
  readonly rule: string;
  readonly message: string;
}

/** A choice the reader made, always shown: separator, decimal mark, zone, volatility unit, settlement. */
export interface ImportDecision {
  readonly file: string;
  readonly what: string;
  readonly decided: string;
  readonly why: string;
}

export interface ImportedFile {
  readonly name: string;
  readonly sha256: string;
  /** Id of the format under `formats/`. */
  readonly format: string;
  readonly formatTitle: string;
  readonly kind: "positions" | "market" | "account" | "instruments" | "history";
  readonly rows: number;
  readonly kept: number;
  readonly rejected: number;
  /** The end of the file is missing; what came before is kept. */
  readonly incomplete: boolean;
}

export interface ImportReport {
  readonly files: readonly ImportedFile[];
  readonly problems: readonly ImportProblem[];
  /** Problems beyond the first 1,000 are counted, not listed. */
  readonly problemsNotListed: number;
  readonly decisions: readonly ImportDecision[];
}

export interface ImportResult {
  /** Present when a file held positions or balances. */
  readonly portfolio?: Portfolio;
  /** Present when a file held market data. */
  readonly market?: MarketSnapshot;
  readonly report: ImportReport;
}

/** Which column of an unknown CSV means what; remembered by the set of its column names. */
export interface ColumnMapping {
  readonly kind: "positions" | "market";
  /** Field of ours -> column of the file. */
  readonly columns: Readonly<Record<string, string>>;
  readonly venue: string;
  /** Zone of times without one; asked, never guessed. */
  readonly zone?: "UTC" | undefined;
  readonly volatilityUnit?: "percent" | "decimal" | undefined;
  readonly quantityUnit?: "underlying" | "quote" | undefined;
}

/** What is known of a file before importing it. */
export interface FileInspection {
  readonly name: string;
  readonly bytes: number;
  /** The format that claims the file; absent when none does. */
  readonly format?: { readonly id: string; readonly title: string; readonly kind: ImportedFile["kind"] };
  /** A clearing house's parameter file: kept by `parameter-file.import`, not imported with positions. */
  readonly parameterFile?: true;
  /** The layout of histories that claims the file, where no format of positions or markets does: it is imported as a history. */
  readonly history?: { readonly id: string; readonly title: string };
  /** For a CSV no format claims: what the mapping step needs. */
  readonly table?: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly suggested: ColumnMapping;
    readonly fields: readonly { readonly name: string; readonly required: boolean; readonly description: string }[];
  };
  /** Why the file cannot be imported at all. */
  readonly problem?: ImportProblem;
}
