export { correlationClusters } from "./clusters.ts";
export { type MarginOfPart, marginOfParts } from "./method-relief.ts";
export {
  type ClusterRelief,
  type Dependence,
  type DependenceRow,
  type DependenceRun,
  type PairRelief,
  type Relief,
  runDependence,
} from "./run-dependence.ts";
export {
  blends,
  correlationOfDays,
  type NamedWindow,
  type StressedCorrelation,
  signsOfFirstComponent,
} from "./stressed-correlations.ts";
