export type { Calendar, ChangeType, FactorKind, History, Series } from "./history.ts";
