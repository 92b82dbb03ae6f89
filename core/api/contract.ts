import { z } from "zod";
import type { MarginSurface } from "../analysis/index.ts";
import type { BreakReport, Comparison, RuleEffect, StatedOverrides } from "../explain/index.ts";
import type { ColumnMapping, FileInspection, ImportReport, VenueStatement } from "../import/index.ts";
import type { MarginResult, MarginTotals, ScenarioProfits } from "../margin/index.ts";
import type { MarketSnapshot } from "../market/index.ts";
import type { Accuracy } from "../methodology/index.ts";
import type { Portfolio } from "../portfolio/index.ts";
import type { ResolvedRules, Rulebook } from "../rulebook/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";
import { command, type InputOf, job, type OutputOf, type ParsedInputOf, type PartialOf, query } from "./operation.ts";
import type { OptionValuation } from "./option-valuation.ts";
import {
  breakRequest,
  columnMapping,
  comparisonRequest,
  effectRequest,
  file,
  marginRequest,
  optionTerms,
  override,
  perpetualTerms,
  rulesChoice,
  scenario,
  scenarioSet,
  type source,
  surfaceAxes,
} from "./schema.ts";

export type { CoinSlopes, OptionValuation } from "./option-valuation.ts";

const nothing = z.strictObject({});
const byId = z.strictObject({ id: z.string().min(1) });
const named = z.strictObject({ id: z.string().min(1), name: z.string().min(1).max(200) });

export interface OperationDescription {
  readonly name: string;
  readonly kind: "query" | "command" | "job";
  readonly title: string;
  /** JSON Schema of the input. */
  readonly input: unknown;
}

export interface ImpliedVolatility {
  readonly volatility: number;
  /** `time-value-lost`: the price holds too little time value to fix the volatility to machine accuracy. */
  readonly status: "ok" | "intrinsic" | "time-value-lost";
}

export interface UnitPnlTable {
  readonly instruments: readonly string[];
  readonly scenarios: readonly string[];
  /** Instrument-major, settlement currency per unit. */
  readonly values: Float64Array;
  readonly kernel: string;
}

export interface MethodologySummary {
  readonly id: string;
  readonly title: string;
  readonly venue: string;
  readonly accuracy: Accuracy;
  readonly versions: readonly { readonly name: string; readonly effectiveFrom: string; readonly byNameOnly: boolean }[];
}

export interface MethodologyDetail extends MethodologySummary {
  readonly rulebook: Rulebook;
  /** JSON Schema of the parameters, with descriptions. */
  readonly rulesSchema: unknown;
  /** Markdown; its numbered headings are the rule references of statement lines. */
  readonly document: string;
}

export interface ParameterDifference {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What a list of stored things shows. */
export interface StoredSummary {
  readonly id: string;
  readonly name: string;
  readonly savedAtMs: number;
  readonly sha256: string;
  /** A few words of content: `1,904 positions, deribit`. */
  readonly note: string;
}

export interface Stored<T> extends StoredSummary {
  readonly content: T;
}

/** A run as a file: everything that made the result, and the result. A replay needs nothing else but the rulebooks. */
export interface Run {
  /** What was asked; the sources it named are kept as the contents below. */
  readonly request: Omit<z.output<typeof marginRequest>, "portfolio" | "market">;
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  /** What the import of the sources rejected, as the result's remarks say it. */
  readonly rejected: readonly string[];
  readonly result: MarginResult;
  readonly codeVersion: string;
}

/** A break report with everything that made it: inputs, the venue's statement, and the code that compared them. */
export interface KeptBreakReport {
  readonly request: Omit<z.output<typeof breakRequest>, "charged" | "portfolio" | "market">;
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  readonly statement: VenueStatement;
  readonly report: BreakReport;
  readonly codeVersion: string;
}

/** A report in a form to give away. */
export interface ReportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface ImportOutcome {
  readonly report: ImportReport;
  /** Ids under which the portfolio and the market were saved. */
  readonly portfolio?: StoredSummary;
  readonly market?: StoredSummary;
}

export interface ReplayVerdict {
  readonly equal: boolean;
  /** Which input or part of the result differs. */
  readonly differences: readonly string[];
  readonly result: MarginResult;
}

export interface LibraryInfo {
  readonly path: string;
  readonly schemaVersion: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly bytes: number;
  /** Present when a damaged file was set aside at start. */
  readonly notice?: string;
}

export interface RecentFile {
  readonly path: string;
  readonly name: string;
  readonly openedAtMs: number;
}

export interface StoredOverrides {
  readonly methodology: string;
  readonly overrides: readonly z.output<typeof override>[];
}

export interface StoredMapping {
  /** Column names joined, the key by which it is remembered. */
  readonly signature: string;
  readonly mapping: ColumnMapping;
}

/** Every operation once. Doors, service, client and command line are derived from this list. */
export const contract = {
  "contract.operations": query<readonly OperationDescription[]>()("List every operation with its JSON Schema", nothing),
  "program.info": query<{ readonly version: string; readonly host: string }>()(
    "Version and host of the program",
    nothing,
  ),

  "price.option": query<OptionValuation>()(
    "Value and greeks of a European option (Black-76; inverse: in coin)",
    optionTerms.extend({ volatility: z.number().nonnegative().describe("fraction per √year") }),
  ),
  "price.implied-volatility": query<ImpliedVolatility>()(
    "Volatility that a European option's price implies",
    optionTerms.extend({ price: z.number().nonnegative().describe("quote currency; coin when inverse") }),
  ),
  "price.bachelier": query<{ value: number; delta: number; gamma: number; vega: number }>()(
    "Value and greeks in the normal model; forward and strike may be negative",
    z.strictObject({
      forward: z.number(),
      strike: z.number(),
      years: z.number().nonnegative(),
      volatility: z.number().nonnegative().describe("price units per √year"),
      optionType: z.enum(["call", "put"]),
      rate: z.number().default(0),
    }),
  ),
  "price.perpetual": query<{ price: number }>()("Fair price of a perpetual future with funding", perpetualTerms),
  "scenario.cube": query<UnitPnlTable>()(
    "Profit of one unit of each option in each scenario",
    z.strictObject({
      options: z
        .array(optionTerms.extend({ volatility: z.number().nonnegative() }))
        .min(1)
        .max(10_000),
      scenarios: z.array(scenario).min(1).max(10_000),
    }),
  ),

  "methodology.list": query<readonly MethodologySummary[]>()(
    "List methodologies and the versions of their rules",
    nothing,
  ),
  "methodology.get": query<MethodologyDetail>()("One methodology: rules schema, rulebook, document", byId),
  "rulebook.resolve": query<ResolvedRules>()(
    "Parameters of a methodology by day or name, with overrides",
    z.strictObject({ methodology: z.string(), rules: rulesChoice, overrides: z.array(override).default([]) }),
  ),
  "rulebook.difference": query<readonly ParameterDifference[]>()(
    "What differs between two versions of a rulebook",
    z.strictObject({ methodology: z.string(), from: z.string(), to: z.string() }),
  ),
  "document.get": query<{ readonly markdown: string }>()("A document that ships with the program, e.g. glossary", byId),

  "import.inspect": query<readonly FileInspection[]>()(
    "What files are, before importing them",
    z.strictObject({ files: z.array(file).min(1).max(50) }),
  ),
  "import.run": job<ImportOutcome>()(
    "Import files and save what they hold in the library",
    z.strictObject({
      files: z.array(file).min(1).max(50),
      name: z.string().min(1).max(200).optional().describe("name to save under; default: from the first file"),
      mappings: z.record(z.string(), columnMapping).default({}).describe("file name -> column mapping"),
    }),
  ),

  "margin.run": job<MarginResult>()(
    "Margin of a portfolio at a market under a methodology, with its statement",
    marginRequest.extend({ standAlone: z.boolean().default(false).describe("also each position's margin alone") }),
  ),
  "margin.compare": job<readonly MarginResult[]>()(
    "One portfolio under several methodologies or rule versions",
    z.strictObject({ requests: z.array(marginRequest).min(1).max(20) }),
  ),
  "margin.totals": job<readonly MarginTotals[]>()(
    "Totals of one portfolio under several methodologies, without statements: for a what-if while a control moves",
    z.strictObject({ requests: z.array(marginRequest).min(1).max(20) }),
  ),
  "margin.cell": job<ScenarioProfits>()(
    "Profit of each position in one scenario of a methodology: what stands behind a cell of a risk matrix",
    marginRequest.extend({
      setId: z.string().min(1).describe("scenario set, as a risk matrix names it"),
      scenarioId: z.string().min(1),
    }),
  ),
  "margin.comparison": job<Comparison>()(
    "Methods, rule versions or parameter sets side by side over one book, aligned by component kind",
    comparisonRequest,
  ),
  "rulebook.effect": job<RuleEffect>()(
    "What a change of rules does to the margin of a book: by line and by position",
    effectRequest,
  ),
  "reply.read": query<VenueStatement>()(
    "What a venue says it charges, from its own replies",
    z.strictObject({ charged: z.array(file).min(1).max(10) }),
  ),
  "reply.overrides": query<StatedOverrides>()(
    "Parameters of a venue's reply as overrides of a rulebook",
    z.strictObject({
      charged: z.array(file).min(1).max(10),
      methodology: z.string().min(1).optional().describe("default: the method the reply speaks of"),
      rules: rulesChoice.optional().describe("default: the version in force on the day of the reply"),
    }),
  ),
  "break-report.run": job<BreakReport>()(
    "Our margin against what the venue charges, line by line, with the inputs that explain each gap",
    breakRequest,
  ),
  "break-report.save": job<StoredSummary>()(
    "Run a break report and keep it with its inputs",
    z.strictObject({ name: z.string().min(1).max(200), request: breakRequest }),
  ),
  "break-report.list": query<readonly StoredSummary[]>()("Stored break reports", nothing),
  "break-report.get": query<Stored<KeptBreakReport>>()("One stored break report", byId),
  "break-report.delete": command<null>()("Delete a break report", byId),
  "break-report.export": query<ReportFile>()(
    "A stored break report as a file: CSV, JSON or a page to print",
    z.strictObject({ id: z.string().min(1), format: z.enum(["csv", "json", "html"]) }),
  ),
  "surface.run": job<MarginSurface, MarginSurface>()(
    "Profit, margin, headroom and greeks over price and volatility shocks",
    marginRequest.extend({
      axes: surfaceAxes.prefault({}),
      map: z.boolean().default(false).describe("hold the book in the instruments of the method's venue"),
    }),
  ),

  "portfolio.list": query<readonly StoredSummary[]>()("Stored portfolios", nothing),
  "portfolio.get": query<Stored<Portfolio>>()("One stored portfolio", byId),
  "portfolio.rename": command<StoredSummary>()("Rename a portfolio", named),
  "portfolio.edit": command<StoredSummary>()(
    "Save a copy of a portfolio with changed quantities",
    z.strictObject({
      id: z.string(),
      name: z.string().min(1).max(200),
      edits: z.array(z.strictObject({ positionId: z.string(), quantity: z.number() })),
    }),
  ),
  "portfolio.delete": command<null>()("Delete a portfolio", byId),
  "market.list": query<readonly StoredSummary[]>()("Stored market snapshots", nothing),
  "market.get": query<Stored<MarketSnapshot>>()("One stored market snapshot", byId),
  "market.rename": command<StoredSummary>()("Rename a market snapshot", named),
  "market.delete": command<null>()("Delete a market snapshot", byId),
  "scenario-set.list": query<readonly StoredSummary[]>()("Stored scenario sets", nothing),
  "scenario-set.get": query<Stored<ScenarioSet>>()("One stored scenario set", byId),
  "scenario-set.save": command<StoredSummary>()(
    "Save a scenario set",
    z.strictObject({ id: z.string().optional(), name: z.string().min(1).max(200), content: scenarioSet }),
  ),
  "scenario-set.delete": command<null>()("Delete a scenario set", byId),
  "overrides.list": query<readonly StoredSummary[]>()("Stored sets of rulebook overrides", nothing),
  "overrides.get": query<Stored<StoredOverrides>>()("One stored set of overrides", byId),
  "overrides.save": command<StoredSummary>()(
    "Save a set of rulebook overrides",
    z.strictObject({
      id: z.string().optional(),
      name: z.string().min(1).max(200),
      content: z.strictObject({ methodology: z.string(), overrides: z.array(override) }),
    }),
  ),
  "overrides.delete": command<null>()("Delete a set of overrides", byId),
  "mapping.list": query<readonly StoredSummary[]>()("Remembered column mappings", nothing),
  "mapping.delete": command<null>()("Forget a column mapping", byId),
  "run.list": query<readonly StoredSummary[]>()("Stored runs", nothing),
  "run.get": query<Stored<Run>>()("One stored run", byId),
  "run.save": job<StoredSummary>()(
    "Run a margin request and keep inputs, parameters, code version and result",
    z.strictObject({ name: z.string().min(1).max(200), request: marginRequest }),
  ),
  "run.replay": job<ReplayVerdict>()("Compute a stored run again and compare every digit", byId),
  "run.delete": command<null>()("Delete a run", byId),
  "setting.get": query<{ readonly value: unknown }>()(
    "One setting",
    z.strictObject({ key: z.string().min(1).max(100) }),
  ),
  "setting.set": command<null>()(
    "Store a setting (plain JSON up to 1 MB)",
    z.strictObject({ key: z.string().min(1).max(100), value: z.json() }),
  ),
  "recent.list": query<readonly RecentFile[]>()("Recent files, newest first", nothing),
  "recent.add": command<null>()(
    "Remember a file",
    z.strictObject({ path: z.string().min(1), name: z.string().min(1) }),
  ),
  "recent.clear": command<null>()("Forget all recent files", nothing),
  "library.info": query<LibraryInfo>()("Where the library is and what it holds", nothing),
  "library.export": query<{ readonly bytes: Uint8Array }>()("The whole library as one file", nothing),
  "library.import": command<{ readonly added: number; readonly alreadyHere: number }>()(
    "Add everything of an exported library to this one; nothing here is replaced",
    z.strictObject({ file }),
  ),

  "job.cancel": command<{ readonly cancelled: boolean }>()(
    "Cancel a running job",
    z.strictObject({ job: z.string().min(1) }),
  ),
} as const;

export type Contract = typeof contract;
export type OperationName = keyof Contract;
export type Input<N extends OperationName> = InputOf<Contract[N]>;
export type ParsedInput<N extends OperationName> = ParsedInputOf<Contract[N]>;
export type Output<N extends OperationName> = OutputOf<Contract[N]>;
export type Partial<N extends OperationName> = PartialOf<Contract[N]>;

export type MarginRequest = z.input<typeof marginRequest>;
export type ParsedMarginRequest = z.output<typeof marginRequest>;
export type Source = z.output<typeof source>;
