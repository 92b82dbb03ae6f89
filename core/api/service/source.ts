import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { History } from "../../history/index.ts";
import type { ImportFile, ImportReport, ImportResult } from "../../import/index.ts";
import type { ParameterFile } from "../../parameter-file/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { HistorySource, ParameterFileSource, PortfolioSource, Source } from "../contract.ts";
import type { Ports, Repository } from "../ports.ts";
import { type FilesToImport, importedFiles, importFileOf } from "./files.ts";
import { historyReader } from "./history-source.ts";
import { keptEntries } from "./kept-entries.ts";
import { parameterFileReader } from "./parameter-file-source.ts";

/** What a source can be asked for. */
type Kind = "portfolio" | "market";
type ContentOf<K extends Kind> = NonNullable<ImportResult[K]>;

/** What a source holds, and what the import said when it was files. */
export interface Sourced<T> {
  readonly content: T;
  readonly report?: ImportReport;
}

type SourceReader<K extends Kind> = (source: Source, work: Work) => Promise<Result<Sourced<ContentOf<K>>>>;

/** Turns the sources of requests into portfolios and markets. Equal contents are one object, so that others can cache by it. */
export interface Sources {
  readonly portfolio: (source: PortfolioSource, work: Work) => Promise<Result<Sourced<Portfolio>>>;
  readonly market: SourceReader<"market">;
  readonly history: (source: HistorySource, work: Work) => Promise<Result<Sourced<History>>>;
  /** The part of a parameter file that a portfolio depends on. */
  readonly parameterFile: (
    source: ParameterFileSource,
    portfolio: Portfolio,
    work: Work,
  ) => Promise<Result<ParameterFile>>;
}

/** Sources of a service; contents of the library are read through the ports and kept. */
export function createSources(ports: Ports): Sources {
  const portfolio = sourceReader(ports, "portfolio", "positions or balances", () => ports.store.portfolios);
  const empty = emptyPortfolios();
  return {
    portfolio: async (source, work) =>
      "empty" in source ? success({ content: empty(source) }) : portfolio(source, work),
    market: sourceReader(ports, "market", "market data", () => ports.store.markets),
    history: historyReader(ports),
    parameterFile: parameterFileReader(ports),
  };
}

/** Empty portfolios by name and venue, one object each. */
function emptyPortfolios(): (source: Pick<Portfolio, "name" | "venue">) => Portfolio {
  let latest: Portfolio | undefined;
  return ({ name, venue }) => {
    if (latest?.name !== name || latest.venue !== venue)
      latest = { name, venue, positions: [], balances: [], components: [], sources: [] };
    return latest;
  };
}

function sourceReader<K extends Kind>(
  ports: Ports,
  kind: K,
  words: string,
  repository: () => Repository<ContentOf<K>>,
): SourceReader<K> {
  const fromStore = keptEntries(ports, kind, repository);
  let sample: Sourced<ContentOf<K>> | undefined;

  const fromFiles = async (toImport: FilesToImport, work: Work): Promise<Result<Sourced<ContentOf<K>>>> => {
    const { files } = toImport;
    const imported = await importedFiles(ports, toImport, work);
    if (!imported.ok) return imported;
    const { report } = imported.value;
    const content = imported.value[kind] as ContentOf<K> | undefined;
    return content === undefined ? nothingFound(words, files, report) : success({ content, report });
  };

  return async (source, work) => {
    if ("id" in source) return fromStore(source.id);
    if ("files" in source) {
      const { files, mappings = {} } = source;
      return fromFiles({ files: files.map(importFileOf), mappings }, work);
    }
    if (sample !== undefined) return success(sample);
    const imported = await fromFiles({ files: ports.resources.sample()[kind], name: "Synthetic sample" }, work);
    if (!imported.ok) return imported;
    sample = { ...imported.value, content: { ...imported.value.content, synthetic: true } };
    return success(sample);
  };
}

/** Why files hold nothing of what was asked for: the first error says it best. */
function nothingFound(words: string, files: readonly ImportFile[], { problems }: ImportReport) {
  const names = files.map(({ name }) => name).join(", ");
  const first = problems.find(({ severity }) => severity === "error");
  const why = first === undefined ? "" : `: ${first.message}`;
  return failed("missing-data", `${names}: expected ${words}, found none${why}`, first && placeOf(first));
}

/** `positions.csv:17`. */
export function placeOf({ file, row }: ImportReport["problems"][number]): string {
  return row === undefined ? file : `${file}:${row}`;
}
