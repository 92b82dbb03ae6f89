import { failed, success } from "../../base/index.ts";
import type { ColumnMapping } from "../../import/index.ts";
import { plainOf } from "../codec.ts";
import type { StoredSummary } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { importedFiles, importFileOf } from "./files.ts";
import { inspectedFiles, rememberMappings } from "./mapping.ts";
import { marketNote } from "./market.ts";
import type { ServicePart } from "./part.ts";
import { portfolioNote } from "./portfolio.ts";

/** Files into the library. */
export function importing(ports: Ports): ServicePart<"import"> {
  const { store, newId, now } = ports;
  const newEntry = () => ({ id: newId(), savedAtMs: now() });
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
      const { report, portfolio, market } = imported.value;
      const saved: { portfolio?: StoredSummary; market?: StoredSummary } = {};
      if (portfolio !== undefined) {
        const note = portfolioNote(portfolio);
        saved.portfolio = store.portfolios.save({ ...newEntry(), name: portfolio.name, note, content: portfolio });
      }
      if (market !== undefined) {
        const note = marketNote(market);
        saved.market = store.markets.save({ ...newEntry(), name: market.name, note, content: market });
      }
      return success({ report, ...saved });
    },
  };
}
