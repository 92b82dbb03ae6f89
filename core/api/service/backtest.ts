import type { BacktestResult } from "../../analysis/index.ts";
import { formatDay, formatQuantity } from "../../base/format.ts";
import { failed, isoDate, type Result, success } from "../../base/index.ts";
import { backtestCsv, backtestJson } from "../../report/index.ts";
import type { Backtest, StoredSummary } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { openedPoint } from "./backtest-point.ts";
import { preparedBacktest } from "./backtest-request.ts";
import { counted, entries } from "./entries.ts";
import { fileNameOf } from "./file-name.ts";
import type { JobWork, ServicePart } from "./part.ts";
import type { Sources } from "./source.ts";

/** Between two copies of an unfinished backtest kept in the library, ms. */
const keepEveryMs = 5_000;

type BacktestWork = JobWork<BacktestResult>;

/** Margin through time: long jobs whose points are kept as they come. */
export function backtest(ports: Ports, sources: Sources): ServicePart<"backtest"> {
  const stored = entries<Backtest>(ports, "backtest", () => ports.store.backtests);

  const walk = async (
    id: string,
    name: string,
    start: Backtest,
    work: BacktestWork,
  ): Promise<Result<StoredSummary>> => {
    const prepared = await preparedBacktest(start.request, start.history, ports, sources, work);
    if (!prepared.ok) return prepared;
    let days = prepared.value.days ?? 0;
    const counting: BacktestWork = {
      ...work,
      progress: (done, total, label) => {
        days = total;
        work.progress(done, total, label);
      },
    };
    const content = (result: BacktestResult): Backtest => ({ ...start, result, days, codeVersion: ports.codeVersion });
    const keep = (result: BacktestResult): StoredSummary =>
      ports.store.backtests.save({
        id,
        name,
        note: noteOf(result, days),
        savedAtMs: ports.now(),
        content: content(result),
      });
    let keptMs = ports.now();
    let latest = start.result;
    const onPoint = (result: BacktestResult) => {
      latest = result;
      if (ports.now() - keptMs < keepEveryMs) return;
      work.partial(result);
      keep(result);
      keptMs = ports.now();
    };
    const walked = await prepared.value.walk({ earlier: start.result, onPoint, work: counting });
    if (walked.ok) return success(keep(walked.value));
    if (latest.points.length > start.result.points.length) keep(latest);
    return walked;
  };

  return {
    "backtest.run": async ({ name, request: { history: source, ...request } }, work) => {
      const history = source && (await sources.history(source, work));
      if (history?.ok === false) return history;
      const known = history === undefined ? {} : { history: history.value.content };
      return walk(ports.newId(), name, { request, ...known, result: nothingYet, days: 0, codeVersion: "" }, work);
    },
    "backtest.resume": async ({ id }, work) => {
      const entry = stored.get(id);
      if (!entry.ok) return entry;
      const { name, content } = entry.value;
      if (content.codeVersion !== ports.codeVersion)
        return failed(
          "conflict",
          `${name} was begun by version ${content.codeVersion}, this is ${ports.codeVersion}: run it anew`,
          id,
        );
      return walk(id, name, content, work);
    },
    "backtest.list": stored.list,
    "backtest.get": ({ id }) => stored.get(id),
    "backtest.rename": ({ id, name }) => stored.rename(id, name),
    "backtest.delete": ({ id }) => stored.remove(id),
    "backtest.open-point": ({ id, asOfMs, label }) => {
      const entry = stored.get(id);
      return entry.ok ? openedPoint(entry.value, { asOfMs, label }, ports) : entry;
    },
    "backtest.export": ({ id, format }) => {
      const entry = stored.get(id);
      if (!entry.ok) return entry;
      const { name, content } = entry.value;
      const last = content.result.points.at(-1)?.asOfMs ?? 0;
      return success({
        name: `${fileNameOf(name, "backtest")}_backtest_${formatDay(last)}.${format}`,
        mediaType: format === "csv" ? "text/csv" : "application/json",
        text: format === "csv" ? backtestCsv(content.result) : backtestJson(content.result),
      });
    },
  };
}

const nothingYet: BacktestResult = {
  ...{ panelName: "", bookName: "", horizonDays: 1, startMultiple: 1, points: [], skipped: [], synthetic: false },
};

/** `Short strangle of BTC: 52 of 52 days, 2026-01-05 to 2026-02-27`. */
function noteOf({ bookName, points, skipped }: BacktestResult, days: number): string {
  const done = `${formatQuantity(points.length + skipped.length)} of ${counted(days, "day")}`;
  const [first, last] = [points[0], points.at(-1)];
  const span = first && last ? `, ${isoDate(first.asOfMs)} to ${isoDate(last.asOfMs)}` : "";
  return `${bookName}: ${done}${span}`;
}
