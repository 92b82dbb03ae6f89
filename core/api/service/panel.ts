import { failed, hashOf, isoDate, isoInstant, type Result, success } from "../../base/index.ts";
import { type PanelMoment, panelHistory, panelMoment } from "../../history/index.ts";
import {
  type ImportedFile,
  type ImportFile,
  type ImportProblem,
  type ImportReport,
  importFiles,
} from "../../import/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Panel, PanelImportOutcome, StoredSummary } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { counted, entries } from "./entries.ts";
import { importFileOf, nameOfFiles } from "./files.ts";
import { historyNote } from "./history.ts";
import { marketNote } from "./market.ts";
import type { JobWork, ServicePart } from "./part.ts";

/** Panels: stored markets through time. */
export function panel(ports: Ports): ServicePart<"panel"> {
  const stored = entries<Panel>(ports, "panel", () => ports.store.panels);
  const markets = entries<MarketSnapshot>(ports, "market snapshot", () => ports.store.markets);
  return {
    "panel.list": stored.list,
    "panel.get": ({ id }) => stored.get(id),
    "panel.import": ({ files, name, history }, work) => {
      const given = files.map(importFileOf);
      return importPanel(ports, { files: given, name: name ?? nameOfFiles(given), history }, work);
    },
    "panel.sample": (_input, work) => samplePanel(ports, work),
    "panel.save": ({ name, marketIds }) => {
      const found: Panel["entries"][number][] = [];
      for (const marketId of marketIds) {
        const entry = markets.get(marketId);
        if (!entry.ok) return entry;
        found.push({ asOfMs: entry.value.content.asOfMs, marketId });
      }
      const made = panelOf(name, found);
      return made.ok ? stored.save({ name, note: panelNote(made.value), content: made.value }) : made;
    },
    "panel.rename": ({ id, name }) => stored.rename(id, name),
    "panel.delete": ({ id, markets: withMarkets }) => {
      const entry = stored.get(id);
      if (!entry.ok) return entry;
      const removed = stored.remove(id);
      if (!removed.ok || !withMarkets) return removed;
      const held = new Set(
        ports.store.panels
          .list()
          .flatMap((other) => ports.store.panels.get(other.id)?.content.entries ?? [])
          .map(({ marketId }) => marketId),
      );
      for (const { marketId } of entry.value.content.entries)
        if (!held.has(marketId)) ports.store.markets.remove(marketId);
      return removed;
    },
  };
}

const cancelled = failed("cancelled", "the import was cancelled; nothing was saved");

const sampleName = "Synthetic sample: a fall of bitcoin";

/** The panel that ships with the program; a library that has it already gets no second one. */
async function samplePanel(ports: Ports, work: JobWork<never>): Promise<Result<PanelImportOutcome>> {
  const here = ports.store.panels.list().find(({ name }) => name === sampleName);
  const content = here && ports.store.panels.get(here.id)?.content;
  const markets = new Set(ports.store.markets.list().map(({ id }) => id));
  if (here !== undefined && content?.entries.every(({ marketId }) => markets.has(marketId)) === true)
    return success({
      report: { files: [], problems: [], problemsNotListed: 0, decisions: [] },
      panel: here,
      warnings: [],
    });
  const files = ports.resources.samplePanel();
  return importPanel(ports, { files, name: sampleName, history: false, synthetic: true }, work);
}

interface PanelFiles {
  /** Generated data: every market says so. */
  readonly synthetic?: true;
  readonly files: readonly ImportFile[];
  readonly name: string;
  readonly history: boolean;
}

/** What the files of a panel gave so far. */
interface Gathered {
  readonly entries: { readonly asOfMs: number; readonly marketId: string }[];
  readonly moments: PanelMoment[];
  /** Markets that this import saved: they go again when it is cancelled or fails. */
  readonly saved: string[];
  readonly imported: ImportedFile[];
  readonly problems: ImportProblem[];
  readonly decisions: ImportReport["decisions"][number][];
  problemsNotListed: number;
}

/**
 * Imports market files one by one and lets each go after it is saved, so that a panel needs the memory of one market. A market that the
 * library has already is taken from there. When the import is cancelled, or no file holds a market, nothing stays saved.
 */
async function importPanel(
  ports: Ports,
  { files, name, history, synthetic }: PanelFiles,
  work: JobWork<never>,
): Promise<Result<PanelImportOutcome>> {
  const gathered: Gathered = {
    ...{ entries: [], moments: [], saved: [], imported: [], problems: [], decisions: [] },
    problemsNotListed: 0,
  };
  const undone = <T>(failure: T): T => {
    for (const id of gathered.saved) ports.store.markets.remove(id);
    return failure;
  };
  const known = new Map(ports.store.markets.list().map(({ sha256, id }) => [sha256, id]));
  for (const [index, file] of files.entries()) {
    work.progress(index, files.length, "markets");
    await work.pause();
    const added = work.cancelled() ? cancelled : await addMarket(ports, file, known, gathered, work, synthetic);
    if (!added.ok) return undone(added);
  }
  work.progress(files.length, files.length, "markets");
  const { moments, imported, problems, problemsNotListed, decisions } = gathered;
  const report = { files: imported, problems, problemsNotListed, decisions };
  const [first] = problems;
  if (gathered.entries.length === 0) {
    const why = first === undefined ? "" : `: ${first.message}`;
    return undone(failed("missing-data", `${name}: no file holds a market of one instant${why}`, first?.file));
  }
  const made = panelOf(name, gathered.entries);
  if (!made.ok) return undone(made);
  const now = ports.now();
  const entry = { name, savedAtMs: now };
  const saved = ports.store.panels.save({
    ...entry,
    id: ports.newId(),
    note: panelNote(made.value),
    content: made.value,
  });
  if (!history) return success({ report, panel: saved, warnings: [] });
  const content = panelHistory(name, moments);
  const factors: StoredSummary = ports.store.histories.save({
    ...{ ...entry, id: ports.newId(), note: historyNote(content), content },
  });
  return success({ report, panel: saved, history: factors, warnings: content.warnings.map(({ message }) => message) });
}

async function addMarket(
  ports: Ports,
  file: ImportFile,
  known: Map<string, string>,
  gathered: Gathered,
  work: JobWork<never>,
  synthetic: true | undefined,
): Promise<Result<void>> {
  const { imported, problems, decisions, entries: found, moments, saved } = gathered;
  const problem = (message: string) =>
    problems.push({ severity: "error", file: file.name, rule: "a file is one market", message });
  const quiet = { ...work, progress: () => {} };
  const result = await importFiles([file], { name: nameOfFiles([file]), mappings: {}, work: quiet });
  if (!result.ok) {
    if (result.failure.reason === "cancelled") return cancelled;
    problem(result.failure.message);
    return success(undefined);
  }
  const { report } = result.value;
  const market = synthetic && result.value.market ? { ...result.value.market, synthetic } : result.value.market;
  imported.push(...report.files);
  gathered.problemsNotListed += report.problemsNotListed;
  for (const one of report.problems) {
    if (problems.length < problemsListed) problems.push(one);
    else gathered.problemsNotListed += 1;
  }
  const chosen = new Set(decisions.map(({ what, decided }) => `${what} ${decided}`));
  decisions.push(...report.decisions.filter(({ what, decided }) => !chosen.has(`${what} ${decided}`)));
  if (market === undefined) {
    problem("the file holds no market data of one instant");
    return success(undefined);
  }
  if (found.some(({ asOfMs }) => asOfMs === market.asOfMs)) {
    problem(`an earlier file has a market of ${isoInstant(market.asOfMs)} too; this one is left out`);
    return success(undefined);
  }
  const sha256 = hashOf(market);
  const here = known.get(sha256);
  const id = here ?? contentId(sha256);
  if (here === undefined) {
    const note = marketNote(market);
    ports.store.markets.save({ id, name: market.name, note, savedAtMs: ports.now(), content: market });
    known.set(sha256, id);
    saved.push(id);
  }
  found.push({ asOfMs: market.asOfMs, marketId: id });
  moments.push(panelMoment(market));
  return success(undefined);
}

/** The id of a market of a panel follows from its content, so that the same files make the same panel in any library. */
function contentId(sha256: string): string {
  return `market-${sha256.slice(0, 32)}`;
}

/** Problems of a panel listed one by one; beyond these they are counted. */
const problemsListed = 1_000;

function panelOf(name: string, entries: Panel["entries"]): Result<Panel> {
  const sorted = [...entries].sort((a, b) => a.asOfMs - b.asOfMs);
  const twice = sorted.find(({ asOfMs }, place) => asOfMs === sorted[place - 1]?.asOfMs);
  if (twice !== undefined)
    return failed("conflict", `two markets are of ${isoInstant(twice.asOfMs)}; a panel has one a time`, twice.marketId);
  return success({ name, entries: sorted });
}

/** What a list shows of a panel: `250 markets, 2025-12-30 to 2026-08-22`. */
function panelNote({ entries }: Panel): string {
  const [first, last] = [entries[0]?.asOfMs ?? 0, entries.at(-1)?.asOfMs ?? 0];
  return `${counted(entries.length, "market")}, ${isoDate(first)} to ${isoDate(last)}`;
}
