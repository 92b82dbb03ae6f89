import { z } from "zod";
import { failed, type Result, success } from "../base/index.ts";
import type { Rulebook } from "./rulebook.ts";

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected an ISO day such as 2026-11-22");
const pointers = z.record(z.string().regex(/^(\/[^/]+)+$/, "expected a JSON pointer"), z.string().min(1));

const rulebookFile = z.strictObject({
  methodology: z.string().min(1),
  versions: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        effectiveFrom: isoDay,
        byNameOnly: z.boolean().optional(),
        heldUntil: z.strictObject({ date: isoDay, because: z.string().min(1) }).optional(),
        source: z.strictObject({ title: z.string().min(1), url: z.string(), retrieved: z.string().min(1) }),
        note: z.string().optional(),
        parameters: z.record(z.string(), z.unknown()),
        cites: pointers,
        uncertain: pointers.optional(),
      }),
    )
    .min(1),
});

/**
 * Reads a rulebook file that was parsed as JSON. The parameters themselves are checked later, by the methodology's schema.
 *
 * @param json parsed content of `resources/rulebooks/<id>.json`
 * @returns the rulebook; `parse-error` naming the pointer when the shape is wrong, `conflict` when names repeat or the
 *          versions do not ascend by day
 * @source resources/docs/glossary.md, "rulebook"
 */
export function parseRulebook(json: unknown): Result<Rulebook> {
  const parsed = rulebookFile.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = `/${(issue?.path ?? []).join("/")}`;
    return failed("parse-error", `rulebook ${at}: ${issue?.message ?? "not valid"}`, at);
  }
  const { versions } = parsed.data;
  for (const [index, version] of versions.entries()) {
    const earlier = versions.slice(0, index);
    const at = `/versions/${index}`;
    if (earlier.some(({ name }) => name === version.name))
      return failed("conflict", `rulebook version ${version.name} appears twice; names must be unique`, at);
    const previous = earlier.at(-1);
    if (previous !== undefined && previous.effectiveFrom > version.effectiveFrom)
      return failed(
        "conflict",
        `version ${version.name} (${version.effectiveFrom}) stands after ${previous.name} (${previous.effectiveFrom}); versions must ascend by day`,
        at,
      );
  }
  return success(parsed.data as Rulebook);
}
