export { correlationClusters } from "./clusters.ts";
export type { ClusterRelief, Dependence, DependenceRow, PairRelief, Relief } from "./dependence-result.ts";
export { type MarginOfPart, marginOfParts } from "./method-relief.ts";
export { type DependenceRun, runDependence } from "./run-dependence.ts";
export {
  blends,
  correlationOfDays,
  type NamedWindow,
  type StressedCorrelation,
  signsOfFirstComponent,
} from "./stressed-correlations.ts";
