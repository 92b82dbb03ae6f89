import type { Backtest, BacktestBook, BacktestRequest } from "../client/through-time.ts";
import type { Override, RulesChoice } from "../client/types.ts";
import { type Chosen, sourceOf } from "./session.ts";

export type BookKind = BacktestBook["kind"];

/** A method of a backtest: one column. */
export interface ChosenMethod {
  /** Never changes: the same method may stand several times, under other rules. */
  readonly key: number;
  readonly methodology: string;
  /** Absent: the version in force on each day. */
  readonly rules: RulesChoice | undefined;
  readonly overrides: readonly Override[];
  readonly calibration: "day" | "start";
}

/** A book from a day on. */
export interface DatedBook {
  /** ISO day. */
  readonly from: string;
  readonly portfolio: string;
}

type Terms<K extends BookKind> = Omit<Extract<BacktestBook, { kind: K }>, "kind">;
/** Every member given: the set-up shows no default it does not send. */
type Given<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

export type StrangleTerms = Given<Terms<"short-strangle">>;
export type MakerTerms = Given<Terms<"market-maker">>;

/** One market at which a fixed book stays, along the days of the history. */
export interface AlongHistory {
  /** Id of a stored market. */
  readonly market: string | undefined;
  /** ISO days; empty: all the history has. */
  readonly from: string;
  readonly to: string;
}

/** What the next backtest will be. */
export interface BacktestSetup {
  /** Empty: made from book and methods. */
  readonly name: string;
  /** Id of a stored panel. */
  readonly panel: string | undefined;
  /** Instead of a panel. */
  readonly along: AlongHistory | undefined;
  readonly history: Chosen | undefined;
  readonly book: BookKind;
  readonly portfolio: Chosen | undefined;
  readonly dated: readonly DatedBook[];
  readonly strangle: StrangleTerms;
  readonly maker: MakerTerms;
  readonly methods: readonly ChosenMethod[];
  /** Close-out period. */
  readonly horizonDays: number;
  readonly startMultiple: number;
}

export const firstSetup: BacktestSetup = {
  name: "",
  panel: undefined,
  along: undefined,
  history: undefined,
  book: "short-strangle",
  portfolio: { sample: true },
  dated: [],
  strangle: { underlying: "BTC", size: 10, delta: 0.25, days: 14, rollDays: 7 },
  maker: {
    ...{ underlying: "BTC", size: 5, positions: 40, expiries: 4 },
    ...{ leastDelta: 0.05, refreshDays: 7, seed: 1 },
  },
  methods: [],
  horizonDays: 1,
  startMultiple: 2,
};

/** Methods of the worked example: a venue's own, two others', and two margins of a tail measure. */
export const exampleMethods: readonly Omit<ChosenMethod, "key">[] = [
  plain("deribit-portfolio"),
  plain("okx-portfolio"),
  plain("bybit-portfolio"),
  plain("var-es-margin", "historical-var-99"),
  plain("var-es-margin", "volatility-scaled-es-97.5"),
];

export function plain(methodology: string, version?: string): Omit<ChosenMethod, "key"> {
  return {
    ...{ methodology, overrides: [], calibration: "day" },
    rules: version === undefined ? undefined : { name: version },
  };
}

/** What is still missing before it can run, in words; `undefined` when nothing is. */
export function missingOf(setup: BacktestSetup): string | undefined {
  const { panel, along, history, methods, book, portfolio, dated } = setup;
  if (along === undefined && panel === undefined) return "Choose a panel of markets.";
  if (along !== undefined) {
    if (along.market === undefined) return "Choose the market the book stays at.";
    if (history === undefined) return "Choose the history to walk along.";
    if (book !== "fixed") return "Along a history the book is a fixed portfolio.";
  }
  if (methods.length === 0) return "Add a method.";
  if (book === "fixed" && portfolio === undefined) return "Choose a portfolio.";
  if (book === "dated" && dated.length === 0) return "Add a portfolio with its first day.";
  const labels = methods.map(labelOf);
  const twice = labels.find((label, place) => labels.indexOf(label) !== place);
  return twice === undefined ? undefined : `Two methods are the same: ${twice}.`;
}

/** The column of a method: method, version where one is named, and what else sets it apart. */
export function labelOf({ methodology, rules, overrides, calibration }: ChosenMethod): string {
  const version =
    rules === undefined ? "" : "name" in rules ? ` ${rules.name}` : "label" in rules ? ` ${rules.label}` : "";
  const changed = overrides.length === 0 ? "" : `, ${overrides.length} overrides`;
  return `${methodology}${version}${changed}${calibration === "start" ? ", calibrated once" : ""}`;
}

/** The request a set-up makes; `undefined` while something is missing. */
export function requestOfSetup(setup: BacktestSetup): BacktestRequest | undefined {
  const { history, methods, horizonDays, startMultiple } = setup;
  const [panel, book] = [panelOf(setup), bookOf(setup)];
  if (panel === undefined || book === undefined || missingOf(setup) !== undefined) return undefined;
  return {
    ...{ panel, book, horizonDays, startMultiple },
    ...(history && { history: sourceOf(history) }),
    methods: methods.map((method) => ({
      ...{ label: labelOf(method), methodology: method.methodology, overrides: [...method.overrides] },
      ...(method.rules && { rules: method.rules }),
      calibration: method.calibration,
    })),
  };
}

/** A name for the list, when the user gives none. */
export function nameOfSetup({ name, book, along, strangle, maker, methods }: BacktestSetup): string {
  if (name.trim() !== "") return name.trim();
  const of = book === "short-strangle" ? strangle.underlying : book === "market-maker" ? maker.underlying : "";
  const count = methods.length === 1 ? (methods[0]?.methodology ?? "") : `${methods.length} methods`;
  return `${bookWords[book]}${of === "" ? "" : ` of ${of}`}${along ? " along the history" : ""}, ${count}`;
}

export const bookWords: Readonly<Record<BookKind, string>> = {
  fixed: "Fixed portfolio",
  dated: "Portfolios by date",
  "short-strangle": "Short strangle",
  "market-maker": "Market maker",
};

/** The set-up that made a stored backtest; its history is found by its name, because the request keeps only the content. */
export function setupOf(
  request: Backtest["request"],
  {
    keyed,
    history,
  }: { readonly keyed: (method: Omit<ChosenMethod, "key">) => ChosenMethod; readonly history: Chosen | undefined },
): BacktestSetup {
  const { panel, book, methods, horizonDays, startMultiple } = request;
  const { kind, ...terms } = book;
  return {
    ...{ ...firstSetup, history, horizonDays, startMultiple, book: kind },
    panel: "id" in panel ? panel.id : undefined,
    along: "market" in panel ? { market: panel.market.id, from: panel.from ?? "", to: panel.to ?? "" } : undefined,
    ...(book.kind === "fixed" && { portfolio: chosenOf(book.portfolio) }),
    ...(book.kind === "dated" && {
      dated: book.books.map(({ from, portfolio }) => ({ from, portfolio: portfolio.id })),
    }),
    ...(kind === "short-strangle" && { strangle: { ...firstSetup.strangle, ...(terms as Partial<StrangleTerms>) } }),
    ...(kind === "market-maker" && { maker: { ...firstSetup.maker, ...(terms as Partial<MakerTerms>) } }),
    methods: methods.map(({ methodology, rules, overrides, calibration }) =>
      keyed({ methodology, rules: rules as RulesChoice | undefined, overrides, calibration }),
    ),
  };
}

/** A portfolio given as files is no entry of the library. */
function chosenOf(portfolio: Extract<Backtest["request"]["book"], { kind: "fixed" }>["portfolio"]): Chosen | undefined {
  if ("files" in portfolio) return undefined;
  return "sample" in portfolio ? { sample: true } : { id: portfolio.id, name: portfolio.id };
}

function panelOf({ panel, along }: BacktestSetup): BacktestRequest["panel"] | undefined {
  if (along === undefined) return panel === undefined ? undefined : { id: panel };
  const { market, from, to } = along;
  if (market === undefined) return undefined;
  return { market: { id: market }, ...(from !== "" && { from }), ...(to !== "" && { to }) };
}

function bookOf({ book, portfolio, dated, strangle, maker }: BacktestSetup): BacktestBook | undefined {
  if (book === "fixed") return portfolio && { kind: book, portfolio: sourceOf(portfolio) };
  if (book === "short-strangle") return { kind: book, ...strangle };
  if (book === "market-maker") return { kind: book, ...maker };
  const books = [...dated]
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ from, portfolio: id }) => ({ from, portfolio: { id } }));
  return books.length === 0 ? undefined : { kind: book, books };
}
