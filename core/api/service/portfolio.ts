import { failed } from "../../base/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { Ports } from "../ports.ts";
import { counted, entries } from "./entries.ts";
import type { ServicePart } from "./part.ts";

/** Stored portfolios. */
export function portfolio(ports: Ports): ServicePart<"portfolio"> {
  const stored = entries<Portfolio>(ports, "portfolio", () => ports.store.portfolios);
  return {
    "portfolio.list": stored.list,
    "portfolio.get": ({ id }) => stored.get(id),
    "portfolio.rename": ({ id, name }) => stored.rename(id, name),
    "portfolio.edit": ({ id, name, edits }) => {
      const found = stored.get(id);
      if (!found.ok) return found;
      const { content } = found.value;
      const quantities = new Map<string, number>(edits.map((edit) => [edit.positionId, edit.quantity]));
      const known = new Set<string>(content.positions.map((position) => position.id));
      const unknown = edits.find((edit) => !known.has(edit.positionId));
      if (unknown !== undefined)
        return failed("not-found", `${content.name} has no position ${unknown.positionId}`, unknown.positionId);
      const positions = content.positions
        .map((position) => ({ ...position, quantity: quantities.get(position.id) ?? position.quantity }))
        .filter((position) => position.quantity !== 0);
      const edited: Portfolio = { ...content, name, positions };
      return stored.save({ name, note: portfolioNote(edited), content: edited });
    },
    "portfolio.delete": ({ id }) => stored.remove(id),
  };
}

/** What a list shows of a portfolio: `1,904 positions, deribit`. */
export function portfolioNote({ positions, venue, synthetic }: Portfolio): string {
  return `${counted(positions.length, "position")}, ${venue}${synthetic === true ? ", synthetic" : ""}`;
}
