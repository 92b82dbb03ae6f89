import { effectivePortfolio } from "../../margin/index.ts";
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
      const effective = effectivePortfolio(found.value.content, { edits });
      if (!effective.ok) return effective;
      const edited: Portfolio = { ...found.value.content, name, ...effective.value };
      return stored.save({ name, note: portfolioNote(edited), content: edited });
    },
    "portfolio.delete": ({ id }) => stored.remove(id),
  };
}

/** What a list shows of a portfolio: `1,904 positions, deribit`. */
export function portfolioNote({ positions, venue, synthetic }: Portfolio): string {
  return `${counted(positions.length, "position")}, ${venue}${synthetic === true ? ", synthetic" : ""}`;
}
