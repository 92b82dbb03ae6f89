import { failed, type Result, success, type Work } from "../../base/index.ts";
import { type ComparedRun, mappedBook } from "../../explain/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { inputsOf } from "./inputs.ts";
import { ruledMethodology } from "./methodology.ts";
import { type PreparedRun, withRules } from "./prepared-run.ts";
import { withSampleHistory } from "./sample-history.ts";
import type { Sources } from "./source.ts";
import { tradedBook } from "./traded-book.ts";

/** A request that names several methods over one book. */
export type ColumnsRequest = Pick<
  ParsedInput<"margin.comparison">,
  | "portfolio"
  | "market"
  | "history"
  | "parameterFile"
  | "columns"
  | "map"
  | "edits"
  | "legs"
  | "components"
  | "balances"
>;

/** A method with the book in the instruments of its venue, ready to be run. */
export interface MappedColumn extends Omit<ComparedRun, "outcome" | "methodology"> {
  readonly methodology: { readonly id: string; readonly title: string; readonly venue: string };
  readonly prepared: Result<PreparedRun>;
}

export interface MappedColumns {
  readonly portfolioName: string;
  /** In the book's own instruments. */
  readonly market: MarketSnapshot;
  /** One column after the other, made when asked for. */
  readonly columns: AsyncIterable<Result<MappedColumn>>;
}

/**
 * Columns over one book, each in the instruments of its venue. A column that cannot be prepared says why and leaves the others standing;
 * an unknown method is refused.
 *
 * @returns failures of the sources; columns: `not-found` for an unknown method, `cancelled`
 */
export async function mappedColumns(
  { columns, map, portfolio, market, history, parameterFile, ...asked }: ColumnsRequest,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<MappedColumns>> {
  const found = await inputsOf({ portfolio, market, history, parameterFile }, asked.legs, sources, work);
  if (!found.ok) return found;
  const { portfolio: book, market: snapshot, rejected: _, ...known } = found.value;
  const traded = tradedBook(asked, { portfolio: book, market: snapshot, ...known });
  if (!traded.ok) return traded;
  const { held, changes } = traded.value;
  async function* prepared(): AsyncIterable<Result<MappedColumn>> {
    for (const [at, { label, ...column }] of columns.entries()) {
      if (work.cancelled()) return yield failed("cancelled", "cancelled");
      work.progress(at, columns.length, "methods");
      const found = ruledMethodology(ports.resources, column.methodology);
      if (!found.ok) return yield found;
      const { id, title, venue } = found.value.method;
      const own = { portfolio: held, market: snapshot };
      const mapped = map ? mappedBook(held, snapshot, venue) : { ...own, mappings: [], leftOut: [] };
      const kept = new Set<string>(mapped.portfolio.positions.map((position) => position.id));
      const edits = changes.edits.filter(({ positionId }) => kept.has(positionId));
      const inputs = { portfolio: mapped.portfolio, market: mapped.market, ...known, rejected: [] };
      const ruled = withRules({ ...changes, edits, ...column }, inputs, ports);
      const ready = ruled.ok ? await withSampleHistory(ruled.value, market, sources, work) : ruled;
      const version = ready.ok ? ` ${ready.value.rules.version}` : "";
      yield success({
        label: label ?? `${id}${version}`,
        methodology: { id, title, venue },
        mapped,
        prepared: ready,
      });
    }
    work.progress(columns.length, columns.length, "methods");
  }
  return success({ portfolioName: book.name, market: snapshot, columns: prepared() });
}
