import type { Input, MarginRequest, OperationName, Output, Partial } from "../../core/api/contract.ts";

/** Names for the shapes of the contract that screens use often. */
export type { Input, MarginRequest, OperationName, Output, Partial };

export type MarginResult = Output<"margin.run">;
export type AccountResult = MarginResult["accounts"][number];
export type PositionResult = MarginResult["positions"][number];
export type ExcludedPosition = MarginResult["excluded"][number];
export type Failure = ExcludedPosition["failure"];
export type Accuracy = MarginResult["accuracy"];
export type Line = AccountResult["initial"];
export type LineInput = Line["inputs"][number];
export type RiskMatrix = AccountResult["matrices"][number];
export type MatrixCell = RiskMatrix["cells"][number];
export type Decomposition = NonNullable<AccountResult["decompositions"]>[number];
export type DecompositionEntry = Decomposition["entries"][number];
export type ResolvedRules = MarginResult["rules"];

export type MarginSurface = Output<"surface.run">;
export type SurfaceLayer = keyof MarginSurface["layers"];
export type SurfaceAxes = NonNullable<Input<"surface.run">["axes"]>;

export type RulesChoice = NonNullable<MarginRequest["rules"]>;
export type Override = NonNullable<MarginRequest["overrides"]>[number];
export type SetComponent = NonNullable<MarginRequest["components"]>[number];
export type SetBalance = NonNullable<MarginRequest["balances"]>[number];

export type MethodologySummary = Output<"methodology.list">[number];
export type MethodologyDetail = Output<"methodology.get">;
export type RulebookVersion = MethodologyDetail["rulebook"]["versions"][number];
export type StoredSummary = Output<"portfolio.list">[number];
export type ImportFile = Input<"import.run">["files"][number];
export type ImportOutcome = Output<"import.run">;
export type ImportProblem = ImportOutcome["report"]["problems"][number];
export type FileInspection = Output<"import.inspect">[number];
export type ColumnMapping = NonNullable<FileInspection["table"]>["suggested"];
export type LibraryInfo = Output<"library.info">;

/** `done` of `total` units, in the words of `label`. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}

/** Stress: scenarios under methods, one opened, and factor push; questions asked backwards are in `stress.ts`. */
export type StressRun = Output<"stress.run">;
export type StressedScenario = StressRun["scenarios"][number];
export type StressOutcome = StressedScenario["outcomes"][number];
export type StressColumn = StressRun["columns"][number];
export type StressAmounts = StressOutcome["before"];
export type StressStep = NonNullable<StressOutcome["steps"]>[number];
export type StressFlag = StressOutcome["flags"][number];
export type StressRunInput = Input<"stress.run">;
export type StressDrill = Output<"stress.positions">;
export type StressedPosition = StressDrill["positions"][number];
export type StressFactorName = keyof StressDrill["totals"];
export type StressPush = Output<"stress.push">;
export type PushedMove = StressPush["together"];

/** Hedges: candidates, plans and what they do. */
export type HedgeProposal = Output<"hedge.propose">;
export type HedgePlan = HedgeProposal["exact"];
export type HedgeState = HedgePlan["state"];
export type HedgeTrade = HedgePlan["trades"][number];
export type HedgeCandidate = HedgeProposal["candidates"][number];
export type MarginalTrade = HedgeProposal["marginal"][number];
