import { failed, type Result, success } from "../../base/index.ts";
import { catalog, type Methodology } from "../../methodology/index.ts";
import type { Rulebook } from "../../rulebook/index.ts";
import type { MethodologySummary } from "../contract.ts";
import { jsonSchemaOf } from "../json-schema.ts";
import type { Ports, Resources } from "../ports.ts";
import type { ServicePart } from "./part.ts";

/** Methodologies and their rulebooks. */
export function methodology({ resources }: Pick<Ports, "resources">): ServicePart<"methodology"> {
  return {
    "methodology.list": () =>
      success([...catalog.values()].map((method) => summaryOf(method, resources.rulebook(method.id)))),
    "methodology.get": ({ id }) => {
      const found = ruledMethodology(resources, id);
      if (!found.ok) return found;
      const { method, rulebook } = found.value;
      const document = resources.document(`methodology/${id}`);
      if (document === undefined)
        return failed("missing-data", `the document of ${id} does not ship with this program`, id);
      return success({ ...summaryOf(method, rulebook), rulebook, rulesSchema: jsonSchemaOf(method.rules), document });
    },
  };
}

/** A methodology of the catalogue with its rulebook. */
export function ruledMethodology(
  resources: Resources,
  id: string,
): Result<{ readonly method: Methodology; readonly rulebook: Rulebook }> {
  const method = catalog.get(id);
  if (method === undefined)
    return failed(
      "not-found",
      `there is no methodology ${JSON.stringify(id)}; expected one of ${[...catalog.keys()].join(", ")}`,
      id,
    );
  const rulebook = resources.rulebook(id);
  if (rulebook === undefined)
    return failed("missing-data", `the rulebook of ${id} does not ship with this program`, id);
  return success({ method, rulebook });
}

function summaryOf({ id, title, venue, accuracy }: Methodology, rulebook: Rulebook | undefined): MethodologySummary {
  const versions = (rulebook?.versions ?? []).map(({ name, effectiveFrom, byNameOnly = false }) => ({
    name,
    effectiveFrom,
    byNameOnly,
  }));
  return { id, title, venue, accuracy, versions };
}
