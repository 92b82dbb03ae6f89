import { decide, type Intake, leaveOut, reject, warn } from "./intake.ts";
import { readInstant } from "./read-instant.ts";
import { readNumber } from "./read-number.ts";

/**
 * One row, by column name: a CSV record or a JSON object. A reader that meets a malformed cell reports it and marks the row as
 * `broken`; the caller then leaves the row.
 */
export interface Cells {
  readonly raw: (column: string) => unknown;
  /** Cells of further columns of the same name; absent where names are unique. */
  readonly others?: (column: string) => readonly unknown[];
  readonly decimalComma: boolean;
}

export interface RowReader {
  readonly has: (column: string) => boolean;
  readonly text: (column: string) => string | undefined;
  /** The text of a cell that must not be empty. */
  readonly requiredText: (column: string) => string;
  readonly number: (column: string, rule?: NumberRule) => number | undefined;
  readonly requiredNumber: (column: string, rule?: NumberRule) => number;
  /** UTC milliseconds; text without a zone is taken as UTC only where `utc` gives the reason. */
  readonly instant: (column: string, utc?: string) => number | undefined;
  readonly instantOfExpiry: (column: string) => number | undefined;
  /** The raw value of a column, for nested JSON. */
  readonly raw: (column: string) => unknown;
  /** A cell was malformed or missing: the row has been rejected. */
  readonly broken: () => boolean;
  readonly reject: (rule: string, message: string, column?: string) => void;
  /** The row holds nothing worth keeping: a warning. */
  readonly leaveOut: (rule: string, message: string, column?: string) => void;
  readonly warn: (rule: string, message: string, column?: string) => void;
}

/** Bounds a number must keep; `zeroIsNone` reads 0 as "no value", as some exports write it. */
export interface NumberRule {
  readonly above?: number;
  readonly atLeast?: number;
  readonly zeroIsNone?: boolean;
}

/** Above any figure of a market; products and sums of such numbers stay finite. */
const largestNumber = 1e30;
const expiryHourMs = 8 * 3_600_000;

/** Reads the cells of one row and reports what is wrong with them to the intake. */
export function rowReader(cells: Cells, intake: Intake): RowReader {
  let broken = false;
  const refuse = (rule: string, message: string, column?: string) => {
    if (!broken) reject(intake, problem(rule, message, column));
    broken = true;
  };
  const problem = (rule: string, message: string, column?: string) => {
    const value = column === undefined ? undefined : cells.raw(column);
    return {
      ...{ rule, message },
      ...(column === undefined ? {} : { column }),
      ...(value === undefined ? {} : { value: textOf(value) }),
    };
  };
  /** The cell of a column that is read; a header may name it twice, the cells must then agree. */
  const cellOf = (column: string): unknown => {
    const raw = cells.raw(column);
    const other = cells.others?.(column).find((cell) => cell !== raw);
    if (other !== undefined)
      refuse(
        "a column stands once",
        `the header names ${column} more than once, and this row has ${JSON.stringify(raw)} and ${JSON.stringify(other)} in it`,
        column,
      );
    return raw;
  };
  const text = (column: string): string | undefined => {
    const raw = cellOf(column);
    if (raw === undefined || raw === null) return undefined;
    const found = textOf(raw).trim();
    return found === "" ? undefined : found;
  };
  const number = (column: string, rule: NumberRule = {}): number | undefined => {
    const value = readNumber(cellOf(column), cells.decimalComma);
    if (value === "absent") return undefined;
    if (value === "malformed") {
      refuse(
        `${column} is a number`,
        `${column} is ${JSON.stringify(cells.raw(column))}, which is not a number`,
        column,
      );
      return undefined;
    }
    if (Math.abs(value) > largestNumber) {
      refuse(`${column} is an amount`, `${column} is ${value}; no price, size or margin is above 1e30`, column);
      return undefined;
    }
    if (rule.zeroIsNone === true && value === 0) return undefined;
    if (rule.above !== undefined && !(value > rule.above)) {
      refuse(`${column} is above ${rule.above}`, `${column} is ${value}; it must be above ${rule.above}`, column);
    }
    if (rule.atLeast !== undefined && !(value >= rule.atLeast)) {
      refuse(
        `${column} is at least ${rule.atLeast}`,
        `${column} is ${value}; it must be at least ${rule.atLeast}`,
        column,
      );
    }
    return value;
  };
  const instant = (column: string, utc?: string): number | undefined => {
    const reading = readInstant(cellOf(column));
    if (reading.kind === "absent") return undefined;
    if (reading.kind === "malformed") {
      refuse(`${column} is a time`, `${column} is ${JSON.stringify(cells.raw(column))}, which is not a time`, column);
      return undefined;
    }
    if (reading.zoned) return reading.ms;
    if (utc === undefined) {
      refuse("times state their zone", `${column} has no zone; choose the zone in the column mapping`, column);
      return undefined;
    }
    decide(intake, `zone of ${column}`, "UTC", utc);
    return reading.ms;
  };
  const instantOfExpiry = (column: string): number | undefined => {
    const reading = readInstant(cells.raw(column));
    if (reading.kind === "instant" && reading.dateOnly) return reading.ms + expiryHourMs;
    return instant(column, "expiries of crypto contracts are in UTC");
  };
  return {
    has: (column) => cells.raw(column) !== undefined,
    ...{ text, number, instant, instantOfExpiry },
    requiredText: (column) => {
      const found = text(column);
      if (found === undefined) refuse(`${column} is given`, `${column} is empty`, column);
      return found ?? "";
    },
    requiredNumber: (column, rule) => {
      const found = number(column, rule);
      if (found === undefined) refuse(`${column} is given`, `${column} is empty`, column);
      return found ?? 0;
    },
    raw: cells.raw,
    broken: () => broken,
    reject: refuse,
    leaveOut: (rule, message, column) => leaveOut(intake, problem(rule, message, column)),
    warn: (rule, message, column) => warn(intake, problem(rule, message, column)),
  };
}

function textOf(raw: unknown): string {
  return typeof raw === "string" ? raw : (JSON.stringify(raw) ?? "");
}
