/**
 * The part of the package excelts that workbooks use. `core/tsconfig.json` names this file instead of the package's own declarations,
 * which would bring Node's types into every pure stage and end the compiler's check of them.
 */

export declare class Workbook {
  addWorksheet(
    name: string,
    options?: { readonly views?: { readonly state: "frozen"; readonly ySplit: number }[] },
  ): Worksheet;
  readonly worksheets: Worksheet[];
  readonly xlsx: {
    writeBuffer(): Promise<Uint8Array>;
    load(bytes: Uint8Array, options?: { readonly maxRows?: number; readonly maxCols?: number }): Promise<unknown>;
  };
}

export interface Worksheet {
  readonly name: string;
  readonly rowCount: number;
  readonly columnCount: number;
  addRow(values: (string | number | boolean | Date | null)[]): unknown;
  getRow(place: number): { font?: { readonly bold?: boolean }; getCell(place: number): { readonly value: unknown } };
  getColumn(place: number): { width?: number; numFmt?: string };
  autoFilter?: string | { readonly from: CellPlace; readonly to: CellPlace } | null;
}

interface CellPlace {
  readonly row: number;
  readonly col: number;
}
