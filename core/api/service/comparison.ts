import { failed, type Result, success, type Work } from "../../base/index.ts";
import { type ComparedRun, type Comparison, comparisonOf, mappedBook } from "../../explain/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { ruledMethodology } from "./methodology.ts";
import { fileOf, marginOf, marketOf, withRules } from "./prepared-run.ts";
import { withSampleHistory } from "./sample-history.ts";
import type { Sources } from "./source.ts";
import { tradedBook } from "./traded-book.ts";

/**
 * Columns over one book, each in the instruments of its venue. A column that cannot be computed says why and leaves the others standing;
 * an unknown method is refused.
 */
export async function comparison(
  { columns, reference, map, portfolio, market, history, parameterFile, ...asked }: ParsedInput<"margin.comparison">,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<Comparison>> {
  const book = await sources.portfolio(portfolio, work);
  if (!book.ok) return book;
  const file = parameterFile && (await fileOf(parameterFile, book.value.content, asked.legs, sources, work));
  if (file?.ok === false) return file;
  const prices = await marketOf(market, file?.value, sources, work);
  if (!prices.ok) return prices;
  const past = history && (await sources.history(history, work));
  if (past?.ok === false) return past;
  const known = {
    ...(past === undefined ? {} : { history: past.value.content }),
    ...(file === undefined ? {} : { parameterFile: file.value }),
  };
  const traded = tradedBook(asked, { portfolio: book.value.content, market: prices.value.content, ...known });
  if (!traded.ok) return traded;
  const { held, changes } = traded.value;
  const runs: ComparedRun[] = [];
  for (const { label, ...column } of columns) {
    if (work.cancelled()) return failed("cancelled", "cancelled");
    work.progress(runs.length, columns.length, "methods");
    const found = ruledMethodology(ports.resources, column.methodology);
    if (!found.ok) return found;
    const { venue } = found.value.method;
    const own = { portfolio: held, market: prices.value.content };
    const mapped = map ? mappedBook(own.portfolio, own.market, venue) : { ...own, mappings: [], leftOut: [] };
    const kept = new Set<string>(mapped.portfolio.positions.map(({ id }) => id));
    const edits = changes.edits.filter(({ positionId }) => kept.has(positionId));
    const inputs = { portfolio: mapped.portfolio, market: mapped.market, ...known, rejected: [] };
    const ruled = withRules({ ...changes, edits, ...column }, inputs, ports);
    const prepared = ruled.ok ? await withSampleHistory(ruled.value, market, sources, work) : ruled;
    const outcome = prepared.ok ? await marginOf(prepared.value, { work: { ...work, progress: () => {} } }) : prepared;
    if (!outcome.ok && outcome.failure.reason === "cancelled") return outcome;
    const version = prepared.ok ? ` ${prepared.value.rules.version}` : "";
    const { id, title } = found.value.method;
    runs.push({ label: label ?? `${id}${version}`, methodology: { id, title, venue }, mapped, outcome });
  }
  work.progress(columns.length, columns.length, "methods");
  return success({
    ...comparisonOf(runs, reference),
    portfolioName: book.value.content.name,
    marketName: prices.value.content.name,
  });
}
