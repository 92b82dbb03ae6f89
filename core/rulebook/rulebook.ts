/** Where a version's parameters were read. */
export interface RuleSource {
  readonly title: string;
  readonly url: string;
  /** ISO day, or the words of the source when it names no day ("read 2025-26"). */
  readonly retrieved: string;
}

/** One published set of parameters. A published version is never edited: a correction is a new entry with a note. */
export interface RulebookVersion {
  /** Unique in the file, e.g. `erm-2026-09-23`. */
  readonly name: string;
  /** ISO day from which it holds, until the next version begins. */
  readonly effectiveFrom: string;
  /** Versions kept for choice by name only (a test environment, an alternative reading) never hold by date. */
  readonly byNameOnly?: boolean;
  /** The last version of a methodology that was given up: the first ISO day on which it no longer held, and what took its place. */
  readonly heldUntil?: { readonly date: string; readonly because: string };
  readonly source: RuleSource;
  readonly note?: string;
  /** Validated by the methodology's rules schema. */
  readonly parameters: unknown;
  /** JSON pointer into `parameters` -> section of the source. A pointer covers everything below it. */
  readonly cites: Readonly<Record<string, string>>;
  /** JSON pointer -> why this value is a default and not a published figure. Shown beside the value everywhere. */
  readonly uncertain?: Readonly<Record<string, string>>;
}

export interface Rulebook {
  readonly methodology: string;
  /** Ascending by `effectiveFrom`. */
  readonly versions: readonly RulebookVersion[];
}

/** How a request names the rules: by day, by name, or the user's own whole parameter set. */
export type RulesChoice =
  | { readonly date: string }
  | { readonly name: string }
  | { readonly parameters: unknown; readonly label: string };

/** One value replaced by the user; marked on every output. */
export interface Override {
  /** JSON pointer into the parameters, e.g. `/pairs/btc_usd/priceRange`. */
  readonly path: string;
  readonly value: number | string | boolean;
}

export interface AppliedOverride extends Override {
  readonly replaced: number | string | boolean;
}

/** Parameters ready for a run, with everything a reader needs to find where they come from. */
export interface ResolvedRules {
  readonly methodology: string;
  readonly version: string;
  readonly effectiveFrom: string;
  readonly source: RuleSource;
  readonly note?: string;
  /** Said when the rules no longer held on the day they were chosen for; they are used all the same. */
  readonly lapsed?: string;
  readonly parameters: unknown;
  /** `hashOf(parameters)` after overrides. */
  readonly parametersHash: string;
  readonly overrides: readonly AppliedOverride[];
  readonly cites: Readonly<Record<string, string>>;
  readonly uncertain: Readonly<Record<string, string>>;
}
