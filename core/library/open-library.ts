import { resolve } from "node:path";
import type { Database } from "better-sqlite3";
import type { LibraryInfo } from "../api/contract.ts";
import type { ParameterFileStore, Store } from "../api/ports.ts";
import { backtests } from "./backtests.ts";
import { breakReports } from "./break-reports.ts";
import { histories } from "./histories.ts";
import { mappings } from "./mappings.ts";
import { markets } from "./markets.ts";
import { versionOf } from "./migrate.ts";
import { openDatabase } from "./open-database.ts";
import { overrideSets } from "./override-sets.ts";
import { panels } from "./panels.ts";
import { parameterFiles } from "./parameter-files.ts";
import { portfolios } from "./portfolios.ts";
import { recentFiles } from "./recent-files.ts";
import { runs } from "./runs.ts";
import { scenarioSets } from "./scenario-sets.ts";
import { settings } from "./settings.ts";
import { refusing } from "./store-refusal.ts";
import { stressSets } from "./stress-sets.ts";
import { exportBytes, importBytes } from "./transfer.ts";

export type Library = Store & { readonly close: () => void };

/**
 * The user's library: one SQLite file in WAL mode. Several processes may have it open at once; every write is one
 * immediate transaction, on the disk when the call returns.
 *
 * @param path of the file; it and its folder are created when absent
 * @param now  UTC milliseconds; names a damaged file that is set aside
 * @throws StoreRefusal for a file that cannot be opened, of another program, or of a newer version of this one
 */
export function openLibrary(path: string, now: () => number = Date.now): Library {
  const file = resolve(path);
  const { database, notice } = openDatabase(file, now());
  const guarded = <T extends object>(part: T): T => refusingEach(file, part);
  return {
    portfolios: guarded(portfolios(database)),
    markets: guarded(markets(database)),
    scenarioSets: guarded(scenarioSets(database)),
    overrides: guarded(overrideSets(database)),
    mappings: guarded(mappings(database)),
    runs: guarded(runs(database)),
    breakReports: guarded(breakReports(database)),
    histories: guarded(histories(database)),
    panels: guarded(panels(database)),
    parameterFiles: guarded(guardedWriter(file, parameterFiles(database))),
    backtests: guarded(backtests(database)),
    stressSets: guarded(stressSets(database)),
    settings: guarded(settings(database)),
    recent: guarded(recentFiles(database)),
    ...guarded({
      info: () => info(database, file, notice),
      export: () => exportBytes(database),
      import: (bytes: Uint8Array) => importBytes(database, bytes),
      close: () => {
        database.close();
      },
    }),
  };
}

const counted = {
  portfolios: "portfolio",
  markets: "market",
  scenarioSets: "scenario_set",
  overrides: "override_set",
  mappings: "mapping",
  runs: "run",
  breakReports: "break_report",
  histories: "history",
  panels: "panel",
  parameterFiles: "parameter_file",
  backtests: "backtest",
  stressSets: "stress_set",
} as const;

function info(database: Database, path: string, notice: string | undefined): LibraryInfo {
  const number = (sql: string): number => Number(database.prepare(sql).pluck().get());
  const counts = Object.entries(counted).map(([name, table]) => [name, number(`SELECT count(*) FROM ${table}`)]);
  return {
    path,
    schemaVersion: versionOf(database),
    counts: Object.fromEntries(counts),
    bytes: number("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    ...(notice !== undefined && { notice }),
  };
}

/** A writer of a parameter file refuses in the same words. */
function guardedWriter(path: string, store: ParameterFileStore): ParameterFileStore {
  return { ...store, begin: (id) => refusingEach(path, store.begin(id)) };
}

/** The same functions, with what SQLite refuses put into words. */
function refusingEach<T extends object>(path: string, part: T): T {
  const guarded = Object.entries(part).map(([name, run]) => [
    name,
    (...given: readonly unknown[]) => refusing(path, () => run(...given)),
  ]);
  return Object.fromEntries(guarded) as T;
}
