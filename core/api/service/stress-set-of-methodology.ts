import { failed, type Result, success, type Work } from "../../base/index.ts";
import { buildBook, underRules } from "../../margin/index.ts";
import { catalog } from "../../methodology/index.ts";
import { type StressSet, stressScenariosOf } from "../../scenario/index.ts";
import type { MethodologySet, ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { type ColumnsRequest, mappedColumns } from "./mapped-columns.ts";
import type { PreparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";
import { readOnlySet } from "./stress-set-entries.ts";

const prefix = "venue:";
const mostScenarios = 10_000;
const mostShocks = 1000;

/** The name of a method's set by its id, `venue:<methodology>`. */
export function venueName(id: string): string {
  const methodology = id.slice(prefix.length);
  return `Scenarios of ${catalog.get(methodology)?.title ?? methodology}`;
}

/** The scenarios of a method for a book, derived from the method itself under the rules of the request: never copied numbers. */
export async function methodologySet(
  { methodology: asked, rules: choice, overrides, ...request }: ParsedInput<"stress-set.of-methodology">,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<MethodologySet>> {
  const columns = [{ methodology: asked, overrides, ...(choice && { rules: choice }) }];
  const prepared = await onlyColumn({ ...request, columns }, ports, sources, work);
  if (!prepared.ok) return prepared;
  const { methodology, rules, portfolio, market } = prepared.value;
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const built = buildBook({ ...prepared.value, ...prepared.value.changes, methodology: under.value });
  if (!built.ok) return built;
  const { book } = built.value;
  const sets = [...under.value.scenarios(book), ...(under.value.summedScenarios?.(book) ?? [])];
  const { scenarios, omitted } = stressScenariosOf(sets);
  const [first] = omitted;
  if (scenarios.length === 0) {
    const why = first === undefined ? "it charges by formula" : `${first.set}: ${first.reason}`;
    return failed(
      "not-applicable",
      `${methodology.title} has no scenarios of prices and volatilities: ${why}`,
      methodology.id,
    );
  }
  const longest = Math.max(...scenarios.map(({ shocks }) => shocks.length));
  if (scenarios.length > mostScenarios || longest > mostShocks)
    return failed(
      "unsupported",
      `${methodology.title} has ${scenarios.length} scenarios of up to ${longest} shocks; a set holds ${mostScenarios} of ${mostShocks}`,
      methodology.id,
    );
  const id = `${prefix}${methodology.id}`;
  const content: StressSet = {
    ...{ name: venueName(id), approval: "approved", owner: methodology.venue, tags: ["venue", methodology.id] },
    description: `What ${methodology.title} revalues for ${portfolio.name}, under its rules ${rules.version}.`,
    provenance: `${methodology.id}, rules ${rules.version} (${rules.parametersHash.slice(0, 12)}), ${portfolio.name}, market ${market.name}`,
    ...{ sources: [], scenarios: [...scenarios] },
  };
  return success({ set: readOnlySet(id, "venue", content), omitted });
}

/** The book of a request in the instruments of its only method. */
async function onlyColumn(
  request: ColumnsRequest,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<PreparedRun>> {
  const found = await mappedColumns(request, ports, sources, work);
  if (!found.ok) return found;
  for await (const column of found.value.columns) return column.ok ? column.value.prepared : column;
  return failed("invalid-input", "the request names no method", "/methodology");
}
