import type { Input } from "../../client/types.ts";

export type HistoryMapping = NonNullable<Input<"history.import">["mappings"]>[string];
type Scale = "percent" | "fraction";

/** A form that is being filled: which column is the time, and which are factors. */
export interface HistoryColumns {
  readonly time: string;
  readonly stamp: "instant" | "day";
  /** Column -> name of the factor as typed; empty: not read. */
  readonly factors: Readonly<Record<string, string>>;
  readonly scales: Readonly<Record<string, Scale>>;
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const factorName = /^(price|volatility|funding|rate|basis|margin):[A-Za-z0-9]/;

/** Prices and margins are amounts; everything else is written in percent or as a fraction, which only the user knows. */
export function asksScale(factor: string): boolean {
  return factorName.test(factor) && !/^(price|margin):/.test(factor);
}

/** A first guess from the names of the columns; the user confirms it. */
export function suggestedColumns(fileName: string, { columns, rows }: Table): HistoryColumns {
  const time = columns.find((column) => /date|time|day/i.test(column)) ?? columns[0] ?? "";
  const place = columns.indexOf(time);
  const isDay = rows.every((row) =>
    /^\d{4}-\d{2}-\d{2}$|^\d{1,2}[/.]\d{1,2}[/.]\d{4}$/.test((row[place] ?? "").trim()),
  );
  const underlying = /[A-Za-z][A-Za-z0-9]*/.exec(fileName)?.[0].toUpperCase() ?? "";
  let hasPrice = false;
  const factors = columns.map((column): [string, string] => {
    if (column === time) return [column, ""];
    if (factorName.test(column)) return [column, column];
    if (!hasPrice && underlying !== "" && /^(adj[ ._-]?)?(close|price|last|settle|value|1)/i.test(column)) {
      hasPrice = true;
      return [column, `price:${underlying}`];
    }
    return [column, ""];
  });
  return { time, stamp: isDay ? "day" : "instant", factors: Object.fromEntries(factors), scales: {} };
}

/** What is still to be said before the columns can be used. */
export function openQuestions({ time, factors, scales }: HistoryColumns): string[] {
  const named = Object.entries(factors).filter(([column, factor]) => column !== time && factor.trim() !== "");
  const twice = named.find(([, factor], place) => named.findIndex(([, other]) => other === factor) !== place);
  return [
    ...(time === "" ? ["the column of the time"] : []),
    ...(named.length === 0 ? ["at least one factor"] : []),
    ...named.flatMap(([column, factor]) =>
      factorName.test(factor) ? [] : [`a factor of ${column} such as price:BTC or volatility:BTC:30d`],
    ),
    ...named.flatMap(([column, factor]) =>
      asksScale(factor) && scales[column] === undefined ? [`percent or fraction of ${column}`] : [],
    ),
    ...(twice ? [`another factor than ${twice[1]}, which two columns have`] : []),
  ];
}

/** The mapping that the import takes. */
export function mappingOf({ time, stamp, factors, scales }: HistoryColumns): HistoryMapping {
  const values = Object.entries(factors)
    .filter(([column, factor]) => column !== time && factor.trim() !== "")
    .map(([column, factor]) => {
      const scale = asksScale(factor) ? scales[column] : undefined;
      return { column, factor: factor.trim(), ...(scale && { scale }) };
    });
  return { time, stamp, values };
}
