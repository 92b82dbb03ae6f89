import { msPerDay } from "../../base/index.ts";
import type { SeriesHead, StatedObservation } from "../../history/index.ts";
import { type Intake, newIntake, placeOf, report } from "../intake.ts";
import type { InstantReading } from "../read-instant.ts";

/** A series while its files are read. */
export interface SeriesDraft {
  head: SeriesHead;
  readonly observations: StatedObservation[];
  readonly breaksMs: number[];
}

/** Collects the series of one import, by factor. */
export interface HistoryIntake extends Intake {
  readonly drafts: Map<string, SeriesDraft>;
  /** Times of market snapshots whose rows are not of one moment. */
  readonly torn: number[];
  /** A file says that it is generated. */
  synthetic: boolean;
  readonly refused: Set<string>;
}

/** An intake of histories that holds nothing yet. */
export function newHistoryIntake(): HistoryIntake {
  return { ...newIntake(), drafts: new Map(), torn: [], synthetic: false, refused: new Set() };
}

/**
 * Takes an observation. A factor that an earlier file of another source holds already is refused once a file: two sources are never
 * mixed inside one series.
 *
 * @returns false when it was refused
 */
export function observe(intake: HistoryIntake, head: SeriesHead, timeMs: number, value: number): boolean {
  const { drafts, refused, file } = intake;
  const draft = drafts.get(head.factor) ?? { head, observations: [], breaksMs: [] };
  drafts.set(head.factor, draft);
  if (draft.head.source !== head.source) {
    const key = `${file} ${head.factor}`;
    intake.leftOut += 1;
    if (refused.has(key)) return false;
    refused.add(key);
    report(intake, "error", {
      rule: "one source a series",
      message: `${head.factor} comes from ${draft.head.source} already; ${head.source} is left out. Import it as a history of its own`,
    });
    return false;
  }
  draft.observations.push({ timeMs, value, at: placeOf(intake) });
  return true;
}

/** Marks the instant from which a series has another origin: no change is taken across it. */
export function breakAt(intake: HistoryIntake, factor: string, ms: number): void {
  const draft = intake.drafts.get(factor);
  if (draft !== undefined && !draft.breaksMs.includes(ms)) draft.breaksMs.push(ms);
}

/**
 * When a value dated by its day was known: at the end of that UTC day, less one millisecond so that the date stays. A market of that day
 * does not see it.
 */
export function endOfDay(ms: number): number {
  return Math.floor(ms / msPerDay) * msPerDay + msPerDay - 1;
}

/** Instant of a cell that is a day or an instant. */
export function knownAt(reading: InstantReading & { readonly kind: "instant" }): number {
  return reading.dateOnly ? endOfDay(reading.ms) : reading.ms;
}
