/** What a list of stored things shows. */
export interface StoredSummary {
  readonly id: string;
  readonly name: string;
  readonly savedAtMs: number;
  readonly sha256: string;
  /** A few words of content: `1,904 positions, deribit`. */
  readonly note: string;
}

export interface Stored<T> extends StoredSummary {
  readonly content: T;
}
