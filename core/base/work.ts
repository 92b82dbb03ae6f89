/** What long work is given: it reports, asks whether to stop, and lets messages arrive. Nothing here reads a clock. */
export interface Work {
  /** `done` of `total` units, in the words of `label`: `scenarios`, `rows`. */
  readonly progress: (done: number, total: number, label: string) => void;
  /** Asked at least every few milliseconds of work (between pauses). */
  readonly cancelled: () => boolean;
  /** Awaited every 10 to 30 ms of work, so that a cancel can arrive. */
  readonly pause: () => Promise<void>;
}

/** Work that nobody watches: for tests and one-shot calls. */
export const unwatched: Work = { progress: () => {}, cancelled: () => false, pause: async () => {} };
