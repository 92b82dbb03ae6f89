import type { Migration } from "../migrate.ts";
import { entries } from "./0010-entries.ts";
import { runs } from "./0020-runs.ts";
import { settingsAndRecentFiles } from "./0030-settings-and-recent-files.ts";
import { breakReports } from "./0040-break-reports.ts";
import { historiesAndPanels } from "./0050-histories-and-panels.ts";
import { parameterFiles } from "./0060-parameter-files.ts";
import { backtests } from "./0070-backtests.ts";
import { stressSets } from "./0080-stress-sets.ts";

/** In the order in which they are applied. A landed migration is never changed: a correction is a new one. */
export const migrations: readonly Migration[] = [
  entries,
  runs,
  settingsAndRecentFiles,
  breakReports,
  historiesAndPanels,
  parameterFiles,
  backtests,
  stressSets,
];
