import { type Result, success, type Work } from "../../base/index.ts";
import { type ComparedRun, type Comparison, comparisonOf } from "../../explain/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { mappedColumns } from "./mapped-columns.ts";
import { marginOf } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/**
 * Columns over one book, each in the instruments of its venue. A column that cannot be computed says why and leaves the others standing;
 * an unknown method is refused.
 */
export async function comparison(
  { reference, ...request }: ParsedInput<"margin.comparison">,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<Comparison>> {
  const found = await mappedColumns(request, ports, sources, work);
  if (!found.ok) return found;
  const { portfolioName, market, columns } = found.value;
  const runs: ComparedRun[] = [];
  for await (const column of columns) {
    if (!column.ok) return column;
    const { prepared, ...named } = column.value;
    const outcome = prepared.ok ? await marginOf(prepared.value, { work: { ...work, progress: () => {} } }) : prepared;
    if (!outcome.ok && outcome.failure.reason === "cancelled") return outcome;
    runs.push({ ...named, outcome });
  }
  return success({ ...comparisonOf(runs, reference), portfolioName, marketName: market.name });
}
