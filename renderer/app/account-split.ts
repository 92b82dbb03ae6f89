import { accountName } from "../../core/base/format.ts";
import type { AttributionRun } from "../client/attribution.ts";

/** A split by account without the names of the accounts, as they are shown and exported; names that look equal are counted. */
export function withoutAccountNames(run: AttributionRun, margined?: ReadonlySet<string>): AttributionRun {
  if (run.grouping !== "account") return run;
  const seen = new Map<string, number>();
  const groups = run.groups.map((group, at) => {
    // The group of positions without an account says so: it has no name to hide.
    if (group.id === "none") return group;
    const label = accountName(group.label, { masked: true, ...(margined && { margined }) });
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return { ...group, id: `account ${at + 1}`, label: count === 1 ? label : `${label} (${count})` };
  });
  return { ...run, groups };
}
