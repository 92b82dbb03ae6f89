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

export type Dependence = Output<"stress.dependence">;
export type DependenceRow = Dependence["rows"][number];
export type PairRelief = Dependence["pairs"][number];
export type ClusterRelief = Dependence["clusters"][number];
