import { type Failure, failed, failure, type Result, success, type Work } from "../../base/index.ts";
import { mappedBook } from "../../explain/index.ts";
import {
  type BenchmarkComparison,
  benchmarkComparison,
  benchmarkPortfolios,
  type MethodMargin,
} from "../../validation/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import type { Inputs } from "./inputs.ts";
import { ruledMethodology } from "./methodology.ts";
import { marginOf, withRules } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

type Request = ParsedInput<"validation.benchmarks">;

/**
 * Initial margin in USD of each benchmark book under each method, in the instruments of the method's venue. A margin that cannot
 * be computed, and a book the market does not allow, is named.
 */
export async function benchmarks(
  { market, history, methods, reference, threshold, ...terms }: Request,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<BenchmarkComparison>> {
  const prices = await sources.market(market, work);
  if (!prices.ok) return prices;
  const past = history && (await sources.history(history, work));
  if (past?.ok === false) return past;
  const known = past === undefined ? {} : { history: past.value.content };
  const made = benchmarkPortfolios(prices.value.content, terms);
  if (!made.ok) return made;
  const quiet = { ...work, progress: () => {} };
  const leftOut: Failure[] = [...made.value.leftOut];
  const books: { book: string; margins: MethodMargin[] }[] = [];
  for (const { title, portfolio } of made.value.books) {
    work.progress(books.length, made.value.books.length, "books");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const margins: MethodMargin[] = [];
    for (const method of methods) {
      const inputs = { portfolio, market: prices.value.content, ...known, rejected: [] };
      const one = await marginUnder(method, inputs, ports, quiet);
      if (one.ok) margins.push(one.value);
      else if (one.failure.reason === "cancelled" || one.failure.reason === "not-found") return one;
      else leftOut.push(failure(one.failure.reason, `${title}, ${labelOf(method)}: ${one.failure.message}`));
    }
    books.push({ book: title, margins });
  }
  work.progress(books.length, books.length, "books");
  const mark = prices.value.content.synthetic === true ? { synthetic: true } : {};
  const label = labelOf(methods[reference]);
  return success({ ...benchmarkComparison(books, label, "USD", threshold), leftOut, ...mark });
}

async function marginUnder(
  method: Request["methods"][number],
  inputs: Inputs,
  ports: Ports,
  work: Work,
): Promise<Result<MethodMargin>> {
  const found = ruledMethodology(ports.resources, method.methodology);
  if (!found.ok) return found;
  const mapped = mappedBook(inputs.portfolio, inputs.market, found.value.method.venue);
  const { label: _label, ...asked } = method;
  const own = { ...inputs, portfolio: mapped.portfolio, market: mapped.market };
  const prepared = withRules({ ...asked, components: [], balances: [], edits: [] }, own, ports);
  if (!prepared.ok) return prepared;
  const result = await marginOf(prepared.value, { work });
  if (!result.ok) return result;
  const excluded = mapped.leftOut.length + result.value.excluded.length;
  return success({
    ...{ method: labelOf(method), margin: result.value.totals.initialUsd },
    ...(excluded > 0 && { excluded }),
  });
}

function labelOf(method: Request["methods"][number] | undefined): string {
  return method?.label ?? method?.methodology ?? "";
}
