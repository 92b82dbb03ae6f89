import { z } from "zod";
import type { MarginSurface, SurfaceBorders, SurfaceDifference } from "../../analysis/index.ts";
import type { Comparison, NettingBenefit } from "../../explain/index.ts";
import type { History } from "../../history/index.ts";
import type { Coverage, MarginResult, MarginTotals, MixedMargin, ScenarioProfits } from "../../margin/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { ParameterFile } from "../../parameter-file/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import { command, job, query } from "../operation.ts";
import { comparisonRequest, coverageRequest, marginRequest, mixedRequest, nettingRequest } from "../schema.ts";
import { surfaceAxes, surfaceSide } from "../surface-schema.ts";
import type { ReportFile } from "./audit.ts";
import { byId, maskAccounts, nothing } from "./input.ts";
import type { BinaryFile } from "./report.ts";
import type { Stored, StoredSummary } from "./stored.ts";

/** A run as a file: everything that made the result, and the result. A replay needs nothing else but the rulebooks. */
export interface Run {
  /** What was asked; the sources it named are kept as the contents below. */
  readonly request: Omit<
    z.output<typeof marginRequest>,
    "portfolio" | "market" | "history" | "parameterFile" | "legs"
  > &
    Partial<Pick<z.output<typeof marginRequest>, "legs">>;
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  /** Absent when the request named none. */
  readonly history?: History;
  /** The part the portfolio uses; absent when the request named none. */
  readonly parameterFile?: ParameterFile;
  /** What the import of the sources rejected, as the result's remarks say it. */
  readonly rejected: readonly string[];
  readonly result: MarginResult;
  readonly codeVersion: string;
}

export interface ReplayVerdict {
  readonly equal: boolean;
  /** Which input or part of the result differs. */
  readonly differences: readonly string[];
  readonly result: MarginResult;
}

/** Margin, its surfaces, and runs that are kept. */
export const marginOperations = {
  "margin.run": job<MarginResult>()(
    "Margin of a portfolio at a market under a methodology, with its statement",
    marginRequest.extend({ standAlone: z.boolean().default(false).describe("also each position's margin alone") }),
  ),
  "margin.compare": job<readonly MarginResult[]>()(
    "One portfolio under several methodologies or rule versions",
    z.strictObject({ requests: z.array(marginRequest).min(1).max(60) }),
  ),
  "margin.totals": job<readonly MarginTotals[]>()(
    "Totals of one portfolio under several methodologies, without statements: for a what-if while a control moves",
    z.strictObject({ requests: z.array(marginRequest).min(1).max(60) }),
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
  "margin.netting-benefit": job<NettingBenefit>()(
    "What netting under one method saves against another on the same positions: in all, by group and by position",
    nettingRequest,
  ),
  "margin.coverage": job<Coverage>()(
    "Which methods can margin each position of a book, and why the others cannot",
    coverageRequest,
  ),
  "margin.mixed": job<MixedMargin>()(
    "One book under several methods: every position in exactly one part, the margin of each part, and what no method margins",
    mixedRequest,
  ),
  "surface.run": job<MarginSurface, MarginSurface>()(
    "Profit, margin, headroom and greeks over price and volatility shocks",
    marginRequest.extend({
      axes: surfaceAxes.prefault({}),
      map: z.boolean().default(false).describe("hold the book in the instruments of the method's venue"),
      stage: z
        .enum(["coarse", "final"])
        .default("final")
        .describe("coarse: stops at the coarse surface; asked for the final one next, the core goes on from there"),
    }),
  ),
  "surface.difference": job<SurfaceDifference, SurfaceDifference>()(
    "Two surfaces over the same shocks and A − B at every point: two books, methods, versions, markets or dates",
    z.strictObject({
      a: surfaceSide,
      b: surfaceSide,
      axes: surfaceAxes.prefault({}),
    }),
  ),
  "surface.borders": job<SurfaceBorders>()(
    "Regions of a surface in which one scenario binds, and the borders between them, closed in on by bisection",
    marginRequest.extend({
      axes: surfaceAxes.prefault({}).describe("one date at most"),
      map: z.boolean().default(false).describe("hold the book in the instruments of the method's venue"),
      by: z
        .enum(["binding", "structure"])
        .default("binding")
        .describe("binding: scenarios alone; structure: also floors, tiers, charges for size and largest parts"),
      tolerance: z.number().min(1e-4).max(0.1).default(1e-3).describe("share of the axes"),
    }),
  ),
  "run.list": query<readonly StoredSummary[]>()("Stored runs", nothing),
  "run.get": query<Stored<Run>>()("One stored run", byId),
  "run.save": job<StoredSummary>()(
    "Run a margin request and keep inputs, parameters, code version and result",
    z.strictObject({ name: z.string().min(1).max(200), request: marginRequest }),
  ),
  "run.replay": job<ReplayVerdict>()("Compute a stored run again and compare every digit", byId),
  "run.export": query<ReportFile | BinaryFile>()(
    "A stored run as a file with statement and decompositions: CSV, Excel, JSON or a page to print",
    byId.extend({ format: z.enum(["csv", "xlsx", "json", "html"]), maskAccounts }),
  ),
  "run.delete": command<null>()("Delete a run", byId),
} as const;
