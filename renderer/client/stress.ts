import type { Input, Output } from "../../core/api/contract.ts";

/** Names for the shapes of questions asked backwards: kinks, reverse stress, diversification failure. */
export type KinkDistance = Output<"kink.distance">;
export type KinkDirection = KinkDistance["directions"][number];
export type KinkAxis = KinkDirection["axis"];
export type Kink = KinkDirection["kinks"][number];
export type KinkKind = Kink["kind"];
export type MarketLevel = KinkDistance["levels"][number];

export type ReverseStress = Output<"stress.reverse">;
export type StressSolution = ReverseStress["solutions"][number];
export type FactorMove = StressSolution["moves"][number];
export type LadderRung = ReverseStress["ladder"][number];
export type PairStress = ReverseStress["pairs"][number];
export type StressGoal = NonNullable<Input<"stress.reverse">["goal"]>;
export type StressCovariance = NonNullable<Input<"stress.reverse">["covariance"]>;

export type StressPush = Output<"stress.push">;
export type PushedMove = StressPush["together"];
export type FactorPush = StressPush["alone"][number];

export type Dependence = Output<"stress.dependence">;
export type DependenceRow = Dependence["rows"][number];
export type PairRelief = Dependence["pairs"][number];
export type ClusterRelief = Dependence["clusters"][number];

export type StressSetSummary = Output<"stress-set.list">[number];
export type StoredStressSet = Output<"stress-set.get">;
export type StressSet = StoredStressSet["content"];
export type StressScenario = StressSet["scenarios"][number];
export type StressShock = StressScenario["shocks"][number];
export type ShockKind = StressShock["kind"];
export type FigureQuality = StressShock["quality"];
export type ObservedFigure = StressScenario["figures"][number];
export type StressSetVersion = Output<"stress-set.history">[number];
export type StressSetProblem = Output<"stress-set.check">[number];
export type StressSetImport = Output<"stress-set.import">;
export type ApprovalState = StressSetSummary["approval"];

export type StressRun = Output<"stress.run">;
export type StressedScenario = StressRun["scenarios"][number];
export type StressOutcome = StressedScenario["outcomes"][number];
export type StressAmounts = StressOutcome["before"];
export type StressFlag = StressOutcome["flags"][number];
export type StressStep = NonNullable<StressOutcome["steps"]>[number];
export type StressColumn = StressRun["columns"][number];
export type StressDrill = Output<"stress.positions">;
export type StressedPosition = StressDrill["positions"][number];
export type StressMode = StressRun["mode"];
export type StressParameters = StressRun["parameters"];
