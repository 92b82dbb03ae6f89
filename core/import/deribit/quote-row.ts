import type { Instrument } from "../../instrument/index.ts";
import type { NumberRule, RowReader } from "../cells.ts";
import { addQuote, decide, type Intake, placeOf } from "../intake.ts";
import { fractionOfPercent } from "../read-number.ts";

/** Columns of a market row; those left out are not in the layout. */
export interface QuoteColumns {
  readonly mark: string;
  readonly markVolatility?: string;
  readonly bid?: string;
  readonly ask?: string;
  readonly bidVolatility?: string;
  readonly askVolatility?: string;
  readonly underlyingPrice?: string;
  readonly underlyingName?: string;
  readonly indexPrice?: string;
  /** Equals the index except in the minutes before expiry. */
  readonly estimatedDeliveryPrice?: string;
  readonly openInterest?: string;
  readonly volume?: string;
}

export interface QuoteUnits {
  readonly volatility: "percent" | "decimal";
  /** Why the unit is known. */
  readonly why: string;
  readonly markRounded?: true;
  /** Underlying units of one contract where open interest and volume count contracts. */
  readonly contractSize?: number;
}

const averagingMs = 30 * 60_000;

/**
 * Reads a market row into a quote of the intake; empty cells stay absent and zero bids, asks and volatilities mean none.
 *
 * @param timestampMs when the row was taken, UTC milliseconds
 */
export function readQuote(
  row: RowReader,
  intake: Intake,
  instrument: Instrument,
  columns: QuoteColumns,
  units: QuoteUnits,
  timestampMs: number | undefined,
): void {
  const number = (column: string | undefined, rule: NumberRule) =>
    column === undefined ? undefined : row.number(column, rule);
  const volatility = (column: string | undefined) => {
    const value = number(column, { atLeast: 0, zeroIsNone: true });
    return value === undefined || units.volatility === "decimal" ? value : fractionOfPercent(value);
  };
  const inUnits = (count: number | undefined) => (count === undefined ? undefined : count * (units.contractSize ?? 1));
  const price = { atLeast: 0, zeroIsNone: true };
  const isOption = instrument.kind === "option";
  const fields = {
    mark: number(columns.mark, isOption ? { atLeast: 0 } : { above: 0 }),
    ...(units.markRounded === undefined ? {} : { markRounded: units.markRounded }),
    ...(isOption
      ? {
          markVolatility: volatility(columns.markVolatility),
          bidVolatility: volatility(columns.bidVolatility),
          askVolatility: volatility(columns.askVolatility),
          underlyingPrice: number(columns.underlyingPrice, price),
          underlyingName: columns.underlyingName === undefined ? undefined : row.text(columns.underlyingName),
        }
      : {}),
    bid: number(columns.bid, price),
    ask: number(columns.ask, price),
    indexPrice: number(columns.indexPrice, price) ?? deliveryAsIndex(row, intake, instrument, columns, timestampMs),
    openInterest: inUnits(number(columns.openInterest, { atLeast: 0 })),
    volume: inUnits(number(columns.volume, { atLeast: 0 })),
    timestampMs,
  };
  if (row.broken()) return;
  if (fields.mark === undefined && fields.bid === undefined && fields.ask === undefined && !isOption) {
    row.reject("a market row has a price", `${instrument.symbol} has neither mark nor bid nor ask`, columns.mark);
    return;
  }
  if (isOption && columns.markVolatility !== undefined) {
    decide(intake, `unit of ${columns.markVolatility}`, units.volatility, units.why);
  }
  addQuote(intake, { instrument, ...present(fields), at: placeOf(intake) });
}

function deliveryAsIndex(
  row: RowReader,
  intake: Intake,
  instrument: Instrument,
  columns: QuoteColumns,
  timestampMs: number | undefined,
): number | undefined {
  const column = columns.estimatedDeliveryPrice;
  if (column === undefined || timestampMs === undefined) return undefined;
  const expiring = "expiryMs" in instrument && instrument.expiryMs - timestampMs <= averagingMs;
  const value = row.number(column, { atLeast: 0, zeroIsNone: true });
  if (expiring || value === undefined) return undefined;
  decide(intake, "index price", column, "it equals the index outside the last 30 minutes before expiry");
  return value;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that have a value. */
export function present<T extends object>(fields: T): Present<T> {
  const found: Partial<Record<keyof T, unknown>> = {};
  for (const key of Object.keys(fields) as (keyof T)[]) {
    if (fields[key] !== undefined) found[key] = fields[key];
  }
  return found as Present<T>;
}
