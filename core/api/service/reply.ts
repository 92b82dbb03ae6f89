import { failed, isoDate, type Result, success } from "../../base/index.ts";
import { statedOverrides } from "../../explain/index.ts";
import { readOracles, type VenueStatement } from "../../import/index.ts";
import { catalog } from "../../methodology/index.ts";
import { type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { importFileOf } from "./files.ts";
import { ruledMethodology } from "./methodology.ts";
import type { ServicePart } from "./part.ts";

/** A venue's own replies: what it charges and with which parameters. */
export function reply({ resources, now }: Pick<Ports, "resources" | "now">): ServicePart<"reply"> {
  return {
    "reply.read": ({ charged }) => statementOf(charged),
    "reply.overrides": ({ charged, methodology, rules }) => {
      const statement = statementOf(charged);
      if (!statement.ok) return statement;
      const id = methodologyOf(statement.value, methodology);
      if (!id.ok) return id;
      const found = ruledMethodology(resources, id.value);
      if (!found.ok) return found;
      const choice = (rules as RulesChoice | undefined) ?? { date: isoDate(statement.value.asOfMs ?? now()) };
      const resolved = resolveRules(found.value.rulebook, choice);
      return resolved.ok ? success(statedOverrides(statement.value, resolved.value, found.value.method)) : resolved;
    },
  };
}

/** Reads the files of a request that hold what a venue charges. */
export function statementOf(charged: ParsedInput<"reply.read">["charged"]): Result<VenueStatement> {
  return readOracles(charged.map(importFileOf));
}

/** The method a reply is compared with: the one asked for, else the one it speaks of. */
export function methodologyOf(statement: VenueStatement, asked: string | undefined): Result<string> {
  const id = asked ?? statement.methodologies.find((known) => catalog.has(known)) ?? statement.methodologies[0];
  return id === undefined
    ? failed("invalid-input", `the reply of ${statement.venue} does not say which method it is of; name one`)
    : success(id);
}
