import type { ICellRendererComp, ICellRendererParams } from "ag-grid-community";
import { isMissing, missing, rawNumber } from "../../core/base/format.ts";

export interface NumberCellParams {
  readonly format: (value: number | null | undefined) => string;
  /** Instead of `format` where the row decides the precision, e.g. the currency of a line. */
  readonly formatRow?: ((value: number | null | undefined, row: unknown) => string) | undefined;
  /** Why a value is missing; shown on hover. */
  readonly whyMissing?: (row: unknown) => string | undefined;
  /** Colours losses and gains; the sign says the same. */
  readonly signal?: boolean;
  /** Rows the column says nothing about, e.g. the volatility of a group: blank, not missing. Default every row. */
  readonly applies?: (row: unknown) => boolean;
}

/** A number in a grid: formatted text on screen, the raw value in `data-value` and on hover. No React: there are thousands. */
export class NumberCell implements ICellRendererComp {
  private readonly element = document.createElement("span");

  init(params: ICellRendererParams & NumberCellParams): void {
    this.show(params);
  }

  getGui(): HTMLElement {
    return this.element;
  }

  refresh(params: ICellRendererParams & NumberCellParams): boolean {
    this.show(params);
    return true;
  }

  private show({
    value,
    format,
    formatRow,
    whyMissing,
    signal,
    applies,
    data,
  }: ICellRendererParams & NumberCellParams): void {
    const number: number | null | undefined = value;
    if (applies?.(data) === false) {
      this.element.textContent = "";
      delete this.element.dataset.value;
      this.element.removeAttribute("title");
      return;
    }
    const raw = rawNumber(number);
    this.element.textContent = formatRow ? formatRow(number, data) : format(number);
    this.element.dataset.value = raw;
    const absent = isMissing(number);
    this.element.title = absent ? (whyMissing?.(data) ?? "not available") : raw;
    this.element.className =
      signal === true && !absent && number !== 0
        ? number < 0
          ? "number-cell loss"
          : "number-cell gain"
        : "number-cell";
    if (absent && this.element.textContent === "") this.element.textContent = missing;
  }
}
