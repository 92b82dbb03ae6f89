export { type BuiltSeries, buildSeries, type SeriesHead, type StatedObservation } from "./build-series.ts";
export { type Factor, factorName, factorOf, type KindDefaults, kindDefaults } from "./factor.ts";
export { type Gap, gapsOf, observedCalendar, wordedGaps } from "./gaps.ts";
export type { Calendar, ChangeType, FactorKind, History, Series } from "./history.ts";
export { countUpTo, historyUpTo, latestAt, type Observation, seriesOf } from "./lookup.ts";
