export { type Factor, factorName, factorOf, type KindDefaults, kindDefaults } from "./factor.ts";
export type { Calendar, ChangeType, FactorKind, History, Series } from "./history.ts";
export { countUpTo, historyUpTo, latestAt, type Observation, seriesOf } from "./lookup.ts";
