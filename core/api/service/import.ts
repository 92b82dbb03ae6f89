import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { ColumnMapping, ImportResult } from "../../import/index.ts";
import { plainOf } from "../codec.ts";
import type { ImportOutcome } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { importedFiles, importFileOf } from "./files.ts";
import { inspectedFiles, rememberMappings } from "./mapping.ts";
import { marketNote } from "./market.ts";
import type { ServicePart } from "./part.ts";
import { portfolioNote } from "./portfolio.ts";

/** Files into the library. */
export function importing(ports: Ports): ServicePart<"import"> {
  return {
    "import.inspect": ({ files }) => success(inspectedFiles(ports, files.map(importFileOf))),
    "import.run": async ({ files: given, name, mappings: chosen }, work) => {
      const files = given.map(importFileOf);
      // Members that are undefined are left out, as the type of a mapping asks.
      const mappings = plainOf(chosen) as Readonly<Record<string, ColumnMapping>>;
      const imported = await importedFiles(ports, { files, mappings, name }, work);
      if (!imported.ok) return imported;
      // From here on the library changes, so this is the last moment to cancel.
      if (work.cancelled()) return failed("cancelled", "the import was cancelled; nothing was saved");
      rememberMappings(ports, files, mappings);
      return success(saved(imported.value, ports));
    },
    "import.listed-sample": (_input, work) => listedSample(ports, work),
  };
}

/** Saves what files held. */
function saved({ report, portfolio, market }: ImportResult, { store, newId, now }: Ports): ImportOutcome {
  const newEntry = () => ({ id: newId(), savedAtMs: now() });
  return {
    report,
    ...(portfolio && {
      portfolio: store.portfolios.save({
        ...newEntry(),
        ...{ name: portfolio.name, note: portfolioNote(portfolio), content: portfolio },
      }),
    }),
    ...(market && {
      market: store.markets.save({ ...newEntry(), name: market.name, note: marketNote(market), content: market }),
    }),
  };
}

const listedName = "Synthetic listed book";

/** The sample of listed products; a library that has it already gets no second one. */
async function listedSample(ports: Ports, work: Work): Promise<Result<ImportOutcome>> {
  const { store, resources } = ports;
  const named = <T extends { readonly name: string }>(list: readonly T[]) =>
    list.find(({ name }) => name === listedName);
  const portfolio = named(store.portfolios.list());
  const market = named(store.markets.list());
  if (portfolio && market) {
    const report = { files: [], problems: [], problemsNotListed: 0, decisions: [] };
    return success({ report, portfolio, market });
  }
  const imported = await importedFiles(ports, { files: resources.sampleListed(), name: listedName }, work);
  if (!imported.ok) return imported;
  if (work.cancelled()) return failed("cancelled", "the import was cancelled; nothing was saved");
  const { value } = imported;
  return success(
    saved(
      {
        ...value,
        ...(value.portfolio && { portfolio: { ...value.portfolio, synthetic: true } }),
        ...(value.market && { market: { ...value.market, synthetic: true } }),
      },
      ports,
    ),
  );
}
