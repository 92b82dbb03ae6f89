import { type Steps, unwatched } from "../../base/index.ts";
import { panelMoment, panelSource, seriesHead } from "../../history/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import { importSteps } from "../import-files.ts";
import type { ImportedFile, ImportFile } from "../import-result.ts";
import { decide, report } from "../intake.ts";
import { type HistoryIntake, observe } from "./history-intake.ts";

/**
 * Reads one file of market data as one instant of a history: each risk factor the market shows is observed at its time. What the import of
 * a market reports is reported here too.
 */
export function* readMarketFile(file: ImportFile, intake: HistoryIntake): Steps<ImportedFile | undefined> {
  const name = file.name;
  const imported = yield* importSteps([file], { name, mappings: {}, work: unwatched });
  if (!imported.ok) {
    report(intake, "error", { rule: "the file can be read", message: imported.failure.message });
    return undefined;
  }
  const { market, report: of } = imported.value;
  intake.problems.push(...of.problems);
  intake.problemsNotListed += of.problemsNotListed;
  for (const { what, decided, why } of of.decisions) decideOnce(intake, what, decided, why);
  if (market === undefined) {
    report(intake, "error", { rule: "the file has a market", message: "the file holds no market data of one instant" });
    return of.files[0];
  }
  observeMarket(market, intake);
  const [read] = of.files;
  return read && { ...read, kind: "history" };
}

/** A panel has hundreds of files that are read by the same choices: each is shown once. */
function decideOnce(intake: HistoryIntake, what: string, decided: string, why: string): void {
  if (intake.decisions.some((of) => of.what === what && of.decided === decided && of.why === why)) return;
  decide(intake, what, decided, why);
}

function observeMarket(market: MarketSnapshot, intake: HistoryIntake): void {
  const { asOfMs, factors, torn, synthetic, venue } = panelMoment(market);
  for (const { factor, value } of factors) {
    const head = seriesHead(factor, panelSource(venue));
    if (head !== undefined) observe(intake, head, asOfMs, value);
  }
  if (synthetic) intake.synthetic = true;
  if (torn) intake.torn.push(asOfMs);
}
