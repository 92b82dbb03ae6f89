import {
  type BacktestMethod,
  type BacktestProgress,
  type BacktestResult,
  type BookThroughTime,
  backtestAlongHistory,
  type HistoryWalk,
  type MarketPanel,
  marketMaker,
  runBacktest,
  shortStrangle,
} from "../../analysis/index.ts";
import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import { type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import type { Backtest } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { entries } from "./entries.ts";
import { ruledMethodology } from "./methodology.ts";
import type { Sources } from "./source.ts";

type Asked = Backtest["request"];

/** A backtest ready to walk: how many days it has, and the walk. */
export interface PreparedBacktest {
  /** Absent along a history: its days are counted while it is walked. */
  readonly days?: number;
  readonly walk: (progress: BacktestProgress) => Promise<Result<BacktestResult>>;
}

/** Everything found that a backtest names: markets are read when their turn comes. */
export async function preparedBacktest(
  asked: Asked,
  history: History | undefined,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<PreparedBacktest>> {
  const book = await bookOf(asked, sources, work);
  if (!book.ok) return book;
  const methods = methodsOf(asked, ports);
  if (!methods.ok) return methods;
  const { horizonDays, startMultiple, panel: along } = asked;
  const terms = { methods: methods.value, horizonDays, startMultiple };
  if ("market" in along) return alongHistory(along, { book: book.value, history, ...terms }, ports);
  const panel = panelOf(along.id, ports);
  if (!panel.ok) return panel;
  const request = { panel: panel.value, book: book.value, ...terms, ...(history === undefined ? {} : { history }) };
  return success({ days: panel.value.entries.length, walk: (progress) => runBacktest(request, progress) });
}

type AlongHistory = Extract<Asked["panel"], { readonly market: unknown }>;

function alongHistory(
  { market: { id }, from, to }: AlongHistory,
  {
    book,
    history,
    ...terms
  }: Pick<HistoryWalk, "methods" | "horizonDays" | "startMultiple"> & {
    readonly book: BookThroughTime;
    readonly history: History | undefined;
  },
  ports: Ports,
): Result<PreparedBacktest> {
  if (book.kind !== "fixed")
    return failed("invalid-input", "a walk along a history holds one fixed book; name a portfolio", "book");
  if (history === undefined) return failed("invalid-input", "a walk along a history needs a history", "history");
  const market = marketOf(id, ports);
  if (!market.ok) return market;
  const walk: HistoryWalk = {
    ...{ portfolio: book.portfolio, market: market.value, marketId: id, history, ...terms },
    ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
    ...(to === undefined ? {} : { toMs: Date.parse(to) }),
  };
  return success({ walk: (progress) => backtestAlongHistory(walk, progress) });
}

function panelOf(id: string, ports: Ports): Result<MarketPanel> {
  const stored = entries(ports, "panel", () => ports.store.panels).get(id);
  if (!stored.ok) return stored;
  const { name, content } = stored.value;
  return success({
    ...{ name, entries: content.entries },
    market: async (index) => marketOf(content.entries[index]?.marketId ?? "", ports),
  });
}

function marketOf(id: string, ports: Ports): Result<MarketSnapshot> {
  const market = entries<MarketSnapshot>(ports, "market snapshot", () => ports.store.markets).get(id);
  return market.ok ? success({ ...market.value.content, name: market.value.name }) : market;
}

async function bookOf({ book }: Asked, sources: Sources, work: Work): Promise<Result<BookThroughTime>> {
  if (book.kind === "fixed") {
    const portfolio = await sources.portfolio(book.portfolio, work);
    return portfolio.ok ? success({ kind: "fixed", portfolio: portfolio.value.content }) : portfolio;
  }
  if (book.kind === "dated") {
    const books: { fromMs: number; portfolio: Portfolio }[] = [];
    for (const { from, portfolio } of book.books) {
      const found = await sources.portfolio(portfolio, work);
      if (!found.ok) return found;
      books.push({ fromMs: Date.parse(`${from}T00:00:00Z`), portfolio: found.value.content });
    }
    return success({ kind: "dated", books });
  }
  return success({
    kind: "strategy",
    strategy: book.kind === "short-strangle" ? shortStrangle(book) : marketMaker(book),
  });
}

function methodsOf({ methods }: Asked, { resources }: Ports): Result<readonly BacktestMethod[]> {
  const made: BacktestMethod[] = [];
  for (const asked of methods) {
    const { methodology, rules, overrides, calibration } = asked;
    const found = ruledMethodology(resources, methodology);
    if (!found.ok) return found;
    const { method, rulebook } = found.value;
    const choice = rules as RulesChoice | undefined;
    made.push({
      label: labelOf(asked),
      methodology: method,
      rulesOn: (date) => resolveRules(rulebook, choice ?? { date }, overrides),
      calibration,
    });
  }
  return success(made);
}

/** The column of a method: the label asked for, else the method with the version where one is named. */
export function labelOf({ label, methodology, rules }: Asked["methods"][number]): string {
  if (label !== undefined) return label;
  return rules !== undefined && "name" in rules ? `${methodology} ${rules.name}` : methodology;
}
