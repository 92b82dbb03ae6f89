import { failed } from "../../base/index.ts";
import { effectivePortfolio } from "../../margin/index.ts";
import type { Portfolio, Position } from "../../portfolio/index.ts";
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
    "portfolio.edit": ({ id, name, edits, tags }) => {
      const found = stored.get(id);
      if (!found.ok) return found;
      const effective = effectivePortfolio(found.value.content, { edits });
      if (!effective.ok) return effective;
      const known = new Set<string>(found.value.content.positions.map((position) => position.id));
      const unknown = tags.find(({ positionId }) => !known.has(positionId))?.positionId;
      if (unknown !== undefined)
        return failed("not-found", `${found.value.content.name} has no position ${unknown} to tag`, unknown);
      const positions = withTags(effective.value.positions, tags);
      const edited: Portfolio = { ...found.value.content, name, ...effective.value, positions };
      return stored.save({ name, note: portfolioNote(edited), content: edited });
    },
    "portfolio.delete": ({ id }) => stored.remove(id),
  };
}

function withTags(
  positions: readonly Position[],
  tags: readonly { readonly positionId: string; readonly tag: string }[],
): readonly Position[] {
  const byId = new Map(tags.map(({ positionId, tag }) => [positionId, tag]));
  return positions.map(({ tag: before, ...position }) => {
    const tag = byId.get(position.id) ?? before;
    return tag === undefined || tag === "" ? position : { ...position, tag };
  });
}

/** What a list shows of a portfolio: `1,904 positions, deribit`. */
export function portfolioNote({ positions, venue, synthetic }: Portfolio): string {
  return `${counted(positions.length, "position")}, ${venue}${synthetic === true ? ", synthetic" : ""}`;
}
