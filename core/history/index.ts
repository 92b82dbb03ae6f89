export { type BuiltSeries, buildSeries, type SeriesHead, type StatedObservation } from "./build-series.ts";
export {
  type ChangeRequest,
  type Changes,
  changeBetween,
  changesOf,
  type DroppedDay,
  type JointChanges,
  jointChangesOf,
} from "./changes.ts";
export { coverageOf, type SeriesCoverage } from "./coverage.ts";
export { type DailyValues, dailyValues } from "./daily.ts";
export { type Factor, factorName, factorOf, type KindDefaults, kindDefaults, seriesHead } from "./factor.ts";
export { type Gap, gapsOf, observedCalendar, wordedGaps } from "./gaps.ts";
export type { Calendar, ChangeType, FactorKind, History, Series } from "./history.ts";
export { historyCsv } from "./history-csv.ts";
export { countUpTo, historyUpTo, latestAt, type Observation, seriesOf } from "./lookup.ts";
export { type MarketFactor, marketFactors, surfaceDeltas, surfaceTenors } from "./market-factors.ts";
export { type MergePart, mergeHistories } from "./merge.ts";
export { type PanelMoment, panelHistory, panelMoment, panelSource, saidOnce, tornWarning } from "./panel-history.ts";
export type { DroppedWindow } from "./windows.ts";
