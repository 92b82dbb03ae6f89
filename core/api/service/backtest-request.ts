import {
  type BacktestMethod,
  type BacktestRequest,
  type BookThroughTime,
  type MarketPanel,
  marketMaker,
  shortStrangle,
} from "../../analysis/index.ts";
import { type Result, success, type Work } from "../../base/index.ts";
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

/** Everything found that a backtest names: markets are read when their turn comes. */
export async function backtestRequestOf(
  asked: Asked,
  history: History | undefined,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<BacktestRequest>> {
  const panel = panelOf(asked, ports);
  if (!panel.ok) return panel;
  const book = await bookOf(asked, sources, work);
  if (!book.ok) return book;
  const methods = methodsOf(asked, ports);
  if (!methods.ok) return methods;
  const { horizonDays, startMultiple } = asked;
  return success({
    ...{ panel: panel.value, book: book.value, methods: methods.value, horizonDays, startMultiple },
    ...(history === undefined ? {} : { history }),
  });
}

function panelOf({ panel: asked }: Asked, ports: Ports): Result<MarketPanel> {
  const stored = entries(ports, "panel", () => ports.store.panels).get(asked.id);
  if (!stored.ok) return stored;
  const { name, content } = stored.value;
  const markets = entries<MarketSnapshot>(ports, "market snapshot", () => ports.store.markets);
  return success({
    ...{ name, entries: content.entries },
    market: async (index) => {
      const market = markets.get(content.entries[index]?.marketId ?? "");
      return market.ok ? success({ ...market.value.content, name: market.value.name }) : market;
    },
  });
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
