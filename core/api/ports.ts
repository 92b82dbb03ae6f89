import type { LinearSolver } from "../analysis/index.ts";
import type { History } from "../history/index.ts";
import type { ImportFile } from "../import/index.ts";
import type { MarketSnapshot } from "../market/index.ts";
import type { ContractFamily, ParameterFileHeader } from "../parameter-file/index.ts";
import type { Portfolio } from "../portfolio/index.ts";
import type { BlockExecutor } from "../revaluation/index.ts";
import type { Rulebook } from "../rulebook/index.ts";
import type { ScenarioSet, StressSet } from "../scenario/index.ts";
import type {
  Backtest,
  KeptBreakReport,
  LibraryInfo,
  Panel,
  ParameterFileSummary,
  RecentFile,
  Run,
  Stored,
  StoredMapping,
  StoredOverrides,
  StoredStressSet,
  StoredSummary,
  StressSetChange,
  StressSetSummary,
  StressSetVersion,
} from "./contract.ts";

/** What the core needs from outside. Everything is synchronous but `pause`: it runs in a worker of its own. */
export interface Ports {
  readonly store: Store;
  readonly resources: Resources;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** A new unique id. */
  readonly newId: () => string;
  /** Lets messages (cancel) arrive; awaited regularly by jobs. */
  readonly pause: () => Promise<void>;
  /** Threads for heavy work; absent, the calling thread computes. */
  readonly executor?: BlockExecutor;
  /** Linear programmes of hedges; loaded at the first call. Absent, hedges are refused. */
  readonly solver?: () => Promise<LinearSolver>;
  readonly codeVersion: string;
  /** `worker`, `loopback`, `command line`. */
  readonly host: string;
}

/** Stored entries of one kind. Content is plain JSON data. */
export interface Repository<T> {
  /** Newest first. */
  readonly list: () => readonly StoredSummary[];
  readonly get: (id: string) => Stored<T> | undefined;
  /** Inserts, or replaces the entry of the same id; one transaction. */
  readonly save: (entry: {
    readonly id: string;
    readonly name: string;
    readonly note: string;
    readonly savedAtMs: number;
    readonly content: T;
  }) => StoredSummary;
  readonly rename: (id: string, name: string) => StoredSummary | undefined;
  /** False when there was no such entry. */
  readonly remove: (id: string) => boolean;
}

/** Parameter files of clearing houses: large, so they are written and read family by family. */
export interface ParameterFileStore {
  /** Newest business day first. */
  readonly list: () => readonly ParameterFileSummary[];
  readonly get: (id: string) => Stored<ParameterFileHeader> | undefined;
  /** Families that are wanted, parts of one joined; in the order of the file. */
  readonly families: (
    id: string,
    wanted: (family: Pick<ContractFamily, "exchange" | "product" | "type">) => boolean,
  ) => readonly ContractFamily[];
  /** Begins a file; nothing of it is in the library before `finish`. */
  readonly begin: (id: string) => ParameterFileWriter;
  /** False when there was no such file. */
  readonly remove: (id: string) => boolean;
}

export interface ParameterFileWriter {
  readonly add: (family: ContractFamily) => void;
  readonly finish: (entry: {
    readonly name: string;
    readonly note: string;
    readonly savedAtMs: number;
    readonly header: ParameterFileHeader;
  }) => ParameterFileSummary;
}

/** A state of a stress set to be kept as its current one. */
export interface NewStressSetVersion {
  readonly id: string;
  readonly change: StressSetChange;
  readonly content: StressSet;
  /** A few words of content: `19 scenarios`. */
  readonly note: string;
  /** Words for the history. */
  readonly why: string;
  readonly atMs: number;
  /** The version that `undo` goes back to. */
  readonly before?: number;
  /** The version this one follows; 0 for a new set. */
  readonly expected: number;
}

/** Stress sets with their history. */
export interface StressSetStore {
  /** Newest first, deleted ones among them. */
  readonly list: () => readonly StressSetSummary[];
  readonly get: (id: string) => StoredStressSet | undefined;
  /** Newest first; empty for an unknown id. */
  readonly versions: (id: string) => readonly StressSetVersion[];
  /** What a version held. */
  readonly content: (sha256: string) => StressSet;
  /** `undefined` when the current version is not the expected one: another process has changed the set. */
  readonly append: (version: NewStressSetVersion) => StressSetSummary | undefined;
  /** With its whole history. False when there was no such set. */
  readonly remove: (id: string) => boolean;
}

export interface Store {
  readonly portfolios: Repository<Portfolio>;
  readonly markets: Repository<MarketSnapshot>;
  readonly scenarioSets: Repository<ScenarioSet>;
  readonly overrides: Repository<StoredOverrides>;
  readonly mappings: Repository<StoredMapping>;
  readonly runs: Repository<Run>;
  readonly breakReports: Repository<KeptBreakReport>;
  readonly histories: Repository<History>;
  readonly panels: Repository<Panel>;
  readonly parameterFiles: ParameterFileStore;
  readonly backtests: Repository<Backtest>;
  readonly stressSets: StressSetStore;
  readonly settings: { readonly get: (key: string) => unknown; readonly set: (key: string, value: unknown) => void };
  readonly recent: {
    readonly list: () => readonly RecentFile[];
    readonly add: (file: RecentFile) => void;
    readonly clear: () => void;
  };
  readonly info: () => LibraryInfo;
  /** The whole library as one SQLite file. */
  readonly export: () => Uint8Array;
  /** @throws StoreRefusal (a failure in words) for a file that is no library or of a newer program */
  readonly import: (bytes: Uint8Array) => { readonly added: number; readonly alreadyHere: number };
}

/** Files that ship with the program. */
export interface Resources {
  /** `undefined` when the methodology has no rulebook. */
  readonly rulebook: (methodology: string) => Rulebook | undefined;
  /** `methodology/deribit-portfolio`, `glossary`, `decisions/0001-...`. */
  readonly document: (id: string) => string | undefined;
  /** The synthetic sample: importable files, as a user would have them. */
  readonly sample: () => Readonly<Record<"portfolio" | "market" | "history", readonly ImportFile[]>>;
  /** Markets of the synthetic sample through time: a worked example of a backtest. */
  readonly samplePanel: () => readonly ImportFile[];
  /** Positions and market of listed products: a worked example of the netting benefit. */
  readonly sampleListed: () => readonly ImportFile[];
  /** Sets of stress scenarios that ship, in the order of a list; ids begin with `shipped:`. */
  readonly stressSets: () => readonly { readonly id: string; readonly content: StressSet }[];
}
