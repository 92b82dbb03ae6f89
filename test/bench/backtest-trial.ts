import { readFileSync } from "node:fs";
import { join } from "node:path";
import { backtestAlongHistory, type HistoryWalk } from "../../core/analysis/index.ts";
import { success, unwatched } from "../../core/base/index.ts";
import { historyUpTo } from "../../core/history/index.ts";
import { importHistory } from "../../core/import/index.ts";
import { runMargin } from "../../core/margin/index.ts";
import { bestKernel } from "../../core/revaluation/index.ts";
import { resolveRules } from "../../core/rulebook/index.ts";
import { productBook, shippedRules } from "./product-book.ts";
import type { ProductTrial } from "./product-trials.ts";

const legs = 200;
const observations = 500;
const root = join(import.meta.dirname, "../..");

/** Ten years of daily volatility-scaled historical simulation of a book of 200 legs, two days ahead. */
export function backtestTrial(): ProductTrial {
  return {
    workload: "backtest-10y",
    cells: legs * observations * 3650,
    async measure() {
      const walk = await tenYears();
      const cpu = process.cpuUsage();
      const begin = performance.now();
      const { points } = must(await backtestAlongHistory(walk));
      const ms = performance.now() - begin;
      const { user, system } = process.cpuUsage(cpu);
      const [method] = walk.methods;
      const last = points.at(-1);
      if (method === undefined || last === undefined) throw new Error("the walk has no day");
      const history = historyUpTo(walk.history, last.asOfMs + 86_400_000 - 1);
      const { portfolio, market } = walk;
      const rules = must(method.rulesOn(""));
      const run = must(await runMargin({ portfolio, market, history, methodology: method.methodology, rules }));
      const err = Math.abs((last.methods[0]?.initialUsd ?? Number.NaN) / run.totals.initialUsd - 1);
      return [{ peer: `${bestKernel().name}, ${points.length} days`, times: [ms], cpu: [(user + system) / 1000], err }];
    },
  };
}

async function tenYears(): Promise<HistoryWalk> {
  const files = ["synthetic-history-btc.csv", "synthetic-history-eth.csv"].map((name) => ({
    name,
    bytes: new Uint8Array(readFileSync(join(root, "resources/sample/history", name))),
  }));
  const { history } = must(await importHistory(files, { name: "synthetic", work: unwatched }));
  const { methodology } = shippedRules("var-es-margin");
  const rulebook = JSON.parse(readFileSync(join(root, "resources/rulebooks/var-es-margin.json"), "utf8"));
  const rules = must(resolveRules(rulebook, { name: "volatility-scaled-es-97.5" }));
  const method = { label: "HW ES 97.5", methodology, calibration: "day" as const, rulesOn: () => success(rules) };
  return { ...productBook(legs), marketId: "bench", history, methods: [method], horizonDays: 2, startMultiple: 2 };
}

type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: { message: string } };

function must<T>(result: Outcome<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
