import { type Format, isRecord } from "./format.ts";
import { decide } from "./intake.ts";
import type { JsonDocument } from "./open-file.ts";

/** Replies that wrap their list: its member, the members that may stand beside it, and whose reply it is. */
const wrapped = [
  { list: "list", beside: ["category", "nextPageCursor"], venue: "bybit" },
  { list: "positions", beside: ["subaccount_id"], venue: "derive" },
  { list: "results", beside: [], venue: "paradex" },
] as const;

/**
 * The format of a reply that is a list without members: an account without positions. Nothing in it says what it would
 * list, so it is the last format asked, and the report says what it was taken for.
 *
 * @returns `undefined` when the reply is anything else
 */
export function emptyReplyFormat({ content, venue }: JsonDocument): Format | undefined {
  const wrapper = wrapped.find(({ list, beside }) => isEmptyList(content, list, beside));
  if (wrapper === undefined && !(Array.isArray(content) && content.length === 0)) return undefined;
  const from = wrapper?.venue ?? venue;
  return {
    ...{ id: "empty-reply", title: "Reply without rows", kind: "positions" },
    claims: () => true,
    rows: () => [],
    read: () => undefined,
    *finish(intake) {
      if (from !== undefined) intake.venues.add(from);
      decide(intake, "content", "no positions", "the reply is a list without members");
      yield;
    },
  };
}

function isEmptyList(content: unknown, name: string, beside: readonly string[]): boolean {
  if (!isRecord(content)) return false;
  const list = content[name];
  const others = Object.keys(content).filter((key) => key !== name);
  return Array.isArray(list) && list.length === 0 && others.every((key) => beside.includes(key));
}
