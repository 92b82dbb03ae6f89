import type { AccountResult, MatrixCell, RiskMatrix } from "../../client/types.ts";
import type { ValueMode } from "./matrix-grid.ts";

/** What every view of a matrix is given, be it cells or a ranked list. */
export interface MatrixViewProps {
  readonly account: AccountResult;
  readonly matrix: RiskMatrix;
  readonly mode: ValueMode;
  readonly selected: string | undefined;
  readonly onSelect: (cell: MatrixCell) => void;
  /** Enter or double click: what stands behind the scenario. */
  readonly onDrill: (cell: MatrixCell) => void;
  readonly onMode: () => void;
  readonly onClose: () => void;
}
