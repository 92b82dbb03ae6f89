import { isoInstant } from "../../base/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Ports } from "../ports.ts";
import { counted, entries } from "./entries.ts";
import type { ServicePart } from "./part.ts";

/** Stored market snapshots. */
export function market(ports: Ports): ServicePart<"market"> {
  const stored = entries<MarketSnapshot>(ports, "market snapshot", () => ports.store.markets);
  return {
    "market.list": stored.list,
    "market.get": ({ id }) => stored.get(id),
    "market.rename": ({ id, name }) => stored.rename(id, name),
    "market.delete": ({ id }) => stored.remove(id),
  };
}

/** What a list shows of a market: `1,030 quotes, deribit, 2026-11-22 14:05:09Z`. */
export function marketNote({ quotes, venue, asOfMs, synthetic }: MarketSnapshot): string {
  return `${counted(quotes.length, "quote")}, ${venue}, ${isoInstant(asOfMs)}${synthetic === true ? ", synthetic" : ""}`;
}
