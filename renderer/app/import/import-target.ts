import type { FileInspection, Output } from "../../client/types.ts";

export type HistoryInspection = Output<"history.inspect">[number];

/** What files become: a portfolio and a market, one market each, series of risk factors, or a clearing house's parameters. */
export type ImportTarget = "book" | "panel" | "history" | "parameter-file";

/** What is known of one file from both points of view. */
export interface Inspected {
  readonly inspection?: FileInspection | undefined;
  readonly past?: HistoryInspection | undefined;
}

/** Files beyond these are read as a panel or a history only. */
export const mostBookFiles = 50;

/** So many market files are rather many times than parts of one. */
const manyMarkets = 8;

const isParameterFile = ({ inspection }: Inspected): boolean => inspection?.parameterFile === true;

const isSeries = ({ past }: Inspected): boolean => past?.format?.kind === "series";

const isMarket = ({ inspection, past }: Inspected): boolean =>
  (inspection?.format?.kind ?? past?.format?.kind) === "market" && !isSeries({ past });

const isHeld = ({ inspection }: Inspected): boolean =>
  inspection?.format !== undefined && inspection.format.kind !== "market";

/** What the files can be read as. */
export function targetsOf(files: readonly Inspected[]): ImportTarget[] {
  const markets = files.filter(isMarket).length;
  const unknown = files.some(({ inspection, past }) => (past ?? inspection)?.table !== undefined);
  const book =
    files.some((file) => isHeld(file) || isMarket(file)) || files.some(({ inspection }) => inspection?.table);
  return [
    ...(files.some(isParameterFile) ? (["parameter-file"] as const) : []),
    ...(book && files.length <= mostBookFiles ? (["book"] as const) : []),
    ...(markets > 1 ? (["panel"] as const) : []),
    ...(files.some(isSeries) || unknown || markets > 1 ? (["history"] as const) : []),
  ];
}

/** What the files most probably are; the user may choose another. */
export function suggestedTarget(files: readonly Inspected[]): ImportTarget {
  const targets = targetsOf(files);
  const holds = files.some(isHeld);
  if (files.some(isParameterFile) && !holds) return "parameter-file";
  if (files.some(isSeries) && !holds) return "history";
  if (targets.includes("panel") && !holds && files.filter(isMarket).length >= manyMarkets) return "panel";
  return targets.find((target) => target !== "parameter-file") ?? targets[0] ?? "book";
}

/** Why a file cannot be used for a target; `undefined` when it can. */
export function problemFor({ inspection, past }: Inspected, target: ImportTarget): string | undefined {
  if (target === "parameter-file")
    return isParameterFile({ inspection }) ? undefined : "no parameter file: import it by itself";
  if (isParameterFile({ inspection })) return "a clearing house's parameter file: read it as one";
  const found = target === "book" ? inspection : past;
  if (found?.problem) return found.problem.message;
  if (target === "panel" && past !== undefined && past.format?.kind !== "market") return "no market file";
  if (target === "book" && isSeries({ past }) && inspection?.format === undefined)
    return "a history: import it as one history";
  return undefined;
}

/** Only a table that no layout claims must be mapped. */
export function needsMapping({ inspection, past }: Inspected, target: ImportTarget): boolean {
  if (target === "book") return inspection?.table !== undefined && inspection.format === undefined;
  return target === "history" && past?.table !== undefined && past.format === undefined;
}
