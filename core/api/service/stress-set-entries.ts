import { failed, hashOf, type Result, success } from "../../base/index.ts";
import { problemWords, type StressSet, type StressSetProblem, stressSetProblems } from "../../scenario/index.ts";
import type { StoredStressSet, StressSetChange, StressSetSummary } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { counted, notStored } from "./entries.ts";

type Needed = Pick<Ports, "store" | "resources" | "now" | "newId">;

/** Problems named in a refusal; beyond these they are counted. */
const listed = 5;

/** A set by id: one that ships with the program, or a stored one that is not deleted. */
export function stressSetById(ports: Pick<Ports, "store" | "resources">, id: string): Result<StoredStressSet> {
  const shipped = ports.resources.stressSets().find((set) => set.id === id);
  if (shipped !== undefined) return success(shippedSet(shipped));
  if (id.startsWith("venue:"))
    return failed("not-applicable", "the scenarios of a method depend on a book: ask `stress-set.of-methodology`", id);
  const stored = ports.store.stressSets.get(id);
  if (stored === undefined) return notStored("stress set", id);
  return stored.deleted === true
    ? failed("conflict", `${stored.name} is deleted; undo brings it back`, id)
    : success(stored);
}

/** A set that ships with the program. */
export function shippedSet({ id, content }: { readonly id: string; readonly content: StressSet }): StoredStressSet {
  const kept = shippedSets.get(content) ?? readOnlySet(id, "shipped", content);
  shippedSets.set(content, kept);
  return kept;
}

/** They never change, and their hashes take milliseconds. */
const shippedSets = new WeakMap<StressSet, StoredStressSet>();

/** A set that nobody has stored: of the program, or of a method. */
export function readOnlySet(id: string, place: "shipped" | "venue", content: StressSet): StoredStressSet {
  const { name, owner, approval, tags, scenarios } = content;
  return {
    ...{ id, name, savedAtMs: 0, sha256: hashOf(content), note: noteOf(content), place, readOnly: true },
    ...{ owner, approval, tags, scenarios: scenarios.length, version: 0, content },
  };
}

/** A stored set that may be changed, deleted or not. */
export function changeableSet(ports: Needed, id: string, expected?: number): Result<StoredStressSet> {
  if (ports.resources.stressSets().some((set) => set.id === id) || id.startsWith("venue:"))
    return failed("conflict", "this set is read only; a copy of it can be changed", id);
  const stored = ports.store.stressSets.get(id);
  if (stored === undefined) return notStored("stress set", id);
  return expected === undefined || expected === stored.version ? success(stored) : changedMeanwhile(stored.name, id);
}

/** As `changeableSet`, refusing a deleted one. */
export function livingSet(ports: Needed, id: string, expected?: number): Result<StoredStressSet> {
  const found = changeableSet(ports, id, expected);
  if (!found.ok || found.value.deleted !== true) return found;
  return failed("conflict", `${found.value.name} is deleted; undo brings it back`, id);
}

/** Keeps a new set. */
export function addedSet(ports: Needed, content: StressSet, why: string): Result<StressSetSummary> {
  return kept(ports, { id: ports.newId(), change: "saved", content, why, expected: 0 });
}

/** Keeps the next state of a stored set. */
export function nextState(
  ports: Needed,
  set: StoredStressSet,
  change: StressSetChange,
  content: StressSet,
  why: string,
  before: number | undefined = set.version,
): Result<StressSetSummary> {
  return kept(ports, { id: set.id, change, content, why, expected: set.version, ...(before && { before }) });
}

/** The first things wrong with a set, as one refusal; `undefined` for a sound one. */
export function refusalOf(problems: readonly StressSetProblem[]): Result<never> | undefined {
  const [first] = problems;
  if (first === undefined) return undefined;
  const words = problems.slice(0, listed).map(problemWords);
  if (problems.length > listed) words.push(`and ${problems.length - listed} more`);
  return failed("invalid-input", words.join("; "), first.pointer ?? first.at);
}

/** What is wrong with a set, as one refusal. */
export function unsound(content: StressSet): Result<never> | undefined {
  return refusalOf(stressSetProblems(content));
}

type NewState = Omit<Parameters<Ports["store"]["stressSets"]["append"]>[0], "note" | "atMs">;

function kept(ports: Needed, state: NewState): Result<StressSetSummary> {
  const { content } = state;
  const saved = ports.store.stressSets.append({ ...state, note: noteOf(content), atMs: ports.now() });
  return saved === undefined ? changedMeanwhile(content.name, state.id) : success(saved);
}

function noteOf({ scenarios }: StressSet): string {
  return counted(scenarios.length, "scenario");
}

function changedMeanwhile(name: string, id: string): Result<never> {
  return failed("conflict", `${name} has been changed meanwhile, by another window or program; nothing was saved`, id);
}
