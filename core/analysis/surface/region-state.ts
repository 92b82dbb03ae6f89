import type { AccountCharge } from "../../methodology/index.ts";
import { type KinkKind, kinkKinds, kinkStates } from "../kink/kink-states.ts";
import { bindingOf } from "../surface-point.ts";

/** What tells regions of a surface apart: the binding scenarios alone, or also floors, tiers, charges for size and largest parts. */
export type RegionKind = "binding" | "structure";

/** One thing that holds in a region. */
export interface RegionPart {
  /** Names the same thing everywhere. */
  readonly key: string;
  readonly kind: KinkKind;
  readonly state: string;
  /** In the words of the statement. */
  readonly text: string;
}

/** Everything that holds in a region; two regions are one when `id` is the same. */
export interface RegionState {
  readonly id: string;
  readonly parts: readonly RegionPart[];
}

const structural: ReadonlySet<KinkKind> = new Set(["scenario", "floor", "concentration", "tier", "component"]);

/**
 * The region a charge is in.
 *
 * @param accounts with their statement, unless `kind` is binding
 */
export function regionState(accounts: readonly AccountCharge[], kind: RegionKind): RegionState {
  if (kind === "binding") {
    const text = bindingOf(accounts) ?? "none loses";
    return { id: text, parts: [{ key: "binding", kind: "scenario", state: text, text }] };
  }
  const parts = [...kinkStates(accounts, 0)].flatMap(([key, { kind: of, state, text }]) =>
    structural.has(of) ? [{ key, kind: of, state, text }] : [],
  );
  return { id: parts.map(({ key, state }) => `${key}=${state}`).join("\n"), parts };
}

/** What changes from one region to another, in the order in which kinks are named. */
export interface RegionChange {
  readonly kind: KinkKind;
  readonly before: string;
  readonly after: string;
}

/** Every binding or line in which two regions differ; empty for equal regions. */
export function regionChanges(from: RegionState, to: RegionState): readonly RegionChange[] {
  const [before, after] = [byKey(from), byKey(to)];
  const keys = [...before.keys(), ...[...after.keys()].filter((key) => !before.has(key))];
  return keys
    .flatMap((key) => {
      const [one, other] = [before.get(key), after.get(key)];
      if (one?.state === other?.state) return [];
      const kind = one?.kind ?? other?.kind ?? "charge";
      return [{ kind, before: one?.text ?? absent, after: other?.text ?? absent }];
    })
    .sort((a, b) => kinkKinds.indexOf(a.kind) - kinkKinds.indexOf(b.kind));
}

/** Stands for a line that one of two regions lacks. */
const absent = "not charged";

/** Labels of regions: the parts that are not the same in all of them. */
export function regionLabels(regions: readonly RegionState[]): readonly string[] {
  const all = regions.map(byKey);
  const keys = [...new Set(all.flatMap((one) => [...one.keys()]))];
  const differing = keys.filter((key) => new Set(all.map((one) => one.get(key)?.state)).size > 1);
  return all.map((one) => {
    const texts = differing.flatMap((key) => one.get(key)?.text ?? []);
    const [only] = one.values();
    return texts.length > 0 ? texts.join("; ") : (only?.text ?? "one region");
  });
}

function byKey({ parts }: RegionState): ReadonlyMap<string, RegionPart> {
  return new Map(parts.map((part) => [part.key, part]));
}
