import type { Result } from "../../base/index.ts";
import type { VenueStatement } from "./venue-statement.ts";

/** What a format makes of a reply; the reader adds source and format. */
export type OracleContent = Omit<
  VenueStatement,
  "formats" | "sources" | "testnet" | "parameters" | "quotes" | "indices" | "components" | "balances" | "vectors"
> &
  Partial<Pick<VenueStatement, "parameters" | "quotes" | "indices" | "components" | "balances" | "vectors">>;

/** A reply opened: its content without the envelope, and when the venue answered, if the envelope says. */
export interface OracleReply {
  readonly content: unknown;
  readonly answeredMs?: number;
}

/** A venue's reply that says what it charges: one file a format under `formats/`. */
export interface Oracle {
  /** Name of the file it stands in. */
  readonly id: string;
  readonly title: string;
  readonly venue: string;
  /** Whether the content (inside its envelope) is of this format. */
  readonly claims: (content: unknown) => boolean;
  /** Reads a reply it claims; a failure names what is missing or of another version. */
  readonly read: (reply: OracleReply) => Result<OracleContent>;
}

/** Checks the shape of an oracle; the value is returned unchanged. */
export function defineOracle(oracle: Oracle): Oracle {
  return oracle;
}
