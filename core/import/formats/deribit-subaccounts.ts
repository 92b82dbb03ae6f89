import { readPosition } from "../deribit/position-row.ts";
import { defineFormat, firstHas, isRecord, type JsonRow } from "../format.ts";
import { decide } from "../intake.ts";

/** Reply of private/get_subaccounts_details, or one of its members. */
export default defineFormat({
  id: "deribit-subaccounts",
  title: "Deribit sub-accounts (get_subaccounts_details)",
  kind: "positions",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "uid", "positions"),
  rows: (content) => (Array.isArray(content) ? content : [content]).flatMap(positionsOf),
  read(row, intake, outer) {
    const accounts = Number(outer.accounts ?? 1);
    if (accounts > 1) {
      const why = "each keeps its number; the venue margins sub-accounts apart, this portfolio holds them together";
      decide(intake, "sub-accounts", `${accounts} in one portfolio`, why);
    }
    readPosition(row, intake, String(outer.uid));
  },
});

function positionsOf(member: unknown, _: number, members: readonly unknown[]): JsonRow[] {
  if (!isRecord(member) || !Array.isArray(member.positions)) return [];
  const outer = { uid: member.uid, accounts: members.length };
  return member.positions.map((row: unknown) => ({ row: isRecord(row) ? row : {}, outer }));
}
