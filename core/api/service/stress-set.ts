import { canonicalJson, failed, type Result, success } from "../../base/index.ts";
import { defaultBetas, factorClasses, parseStressSet, type StressSet } from "../../scenario/index.ts";
import type { StoredStressSet, StressSetSummary } from "../contract.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import type { Sources } from "./source.ts";
import {
  addedSet,
  changeableSet,
  livingSet,
  nextState,
  shippedSet,
  stressSetById,
  unsound,
} from "./stress-set-entries.ts";
import { exportedSet, importedSet } from "./stress-set-files.ts";
import { methodologySet, venueName } from "./stress-set-of-methodology.ts";

/** The scenario library. What ships and what methods say is never changed: an edit of it becomes a copy that names its origin. */
export function stressSet(ports: Ports, sources: Sources): ServicePart<"stress-set"> {
  const { store, resources } = ports;
  return {
    "stress-set.list": ({ deleted }) => {
      const shipped = resources.stressSets().map((set) => withoutContent(shippedSet(set)));
      const stored = store.stressSets.list().filter((set) => deleted || set.deleted !== true);
      return success([...shipped, ...stored]);
    },
    "stress-set.get": ({ id, version }) =>
      version === undefined ? stressSetById(ports, id) : atVersion(ports, id, version),
    "stress-set.check": ({ content }) => success(parseStressSet(content).problems),
    "stress-set.save": ({ id, content, note, expected }) => {
      const wrong = unsound(content);
      if (wrong !== undefined) return wrong;
      if (id === undefined) return addedSet(ports, { ...content, approval: "draft" }, note);
      const original = readOnlyName(ports, id);
      if (original !== undefined) return addedSet(ports, copyOf(original, content, content.name), note);
      const found = livingSet(ports, id, expected);
      if (!found.ok) return found;
      const { content: before } = found.value;
      const next = { ...content, ...(before.origin && { origin: before.origin }) };
      if (sameButApproval(before, next)) return success(withoutContent(found.value));
      return nextState(ports, found.value, "saved", { ...next, approval: "draft" }, note);
    },
    "stress-set.copy": ({ id, name }) => {
      const found = stressSetById(ports, id);
      if (!found.ok) return found;
      const { content, sha256 } = found.value;
      const original = { id, name: content.name, sha256 };
      return addedSet(
        ports,
        copyOf(original, content, name ?? `Copy of ${content.name}`),
        `copied from ${content.name}`,
      );
    },
    "stress-set.rename": ({ id, name }) => {
      const found = livingSet(ports, id);
      if (!found.ok || found.value.name === name) return found.ok ? success(withoutContent(found.value)) : found;
      const why = `${found.value.name} renamed ${name}`;
      return nextState(ports, found.value, "renamed", { ...found.value.content, name }, why);
    },
    "stress-set.delete": ({ id, forever }) => {
      const found = changeableSet(ports, id);
      if (!found.ok) return found;
      if (forever) {
        store.stressSets.remove(id);
        return success(null);
      }
      if (found.value.deleted === true) return failed("conflict", `${found.value.name} is deleted already`, id);
      const deleted = nextState(ports, found.value, "deleted", found.value.content, "deleted");
      return deleted.ok ? success(null) : deleted;
    },
    "stress-set.history": ({ id }) => {
      const found = resources.stressSets().some((set) => set.id === id) ? success([]) : changeableSet(ports, id);
      return found.ok ? success(store.stressSets.versions(id)) : found;
    },
    "stress-set.restore": ({ id, version, note, expected }) => {
      const found = changeableSet(ports, id, expected);
      if (!found.ok) return found;
      const earlier = atVersion(ports, id, version);
      if (!earlier.ok) return earlier;
      const content: StressSet = { ...earlier.value.content, approval: "draft" };
      return nextState(ports, found.value, "restored", content, note || `version ${version} restored`);
    },
    "stress-set.undo": ({ id, expected }) => undone(ports, id, expected),
    "stress-set.set-approval": ({ id, approval, note, expected }) => {
      const found = livingSet(ports, id, expected);
      if (!found.ok || found.value.approval === approval)
        return found.ok ? success(withoutContent(found.value)) : found;
      const why = note || `${found.value.approval} to ${approval}`;
      return nextState(ports, found.value, "approval", { ...found.value.content, approval }, why);
    },
    "stress-set.import": (input) => importedSet(ports, input),
    "stress-set.export": ({ id, content, format }) => {
      if ((id === undefined) === (content === undefined))
        return failed("invalid-input", "give either the id of a set or its content", "/id");
      const found = content === undefined ? stressSetById(ports, id ?? "") : success({ content });
      return found.ok ? exportedSet(found.value.content, format) : found;
    },
    "stress-set.of-methodology": (request, work) => methodologySet(request, ports, sources, work),
    "stress-set.factors": () => success({ classes: factorClasses, betas: defaultBetas }),
  };
}

/** Goes back to the state before the last change. The next undo goes on from there: a change is never undone by undoing twice. */
function undone(ports: Ports, id: string, expected: number | undefined): Result<StressSetSummary> {
  const found = changeableSet(ports, id, expected);
  if (!found.ok) return found;
  const versions = ports.store.stressSets.versions(id);
  const current = versions.find(({ current }) => current);
  const target = versions.find(({ number }) => number === current?.before);
  if (current === undefined || target === undefined)
    return failed("not-applicable", `${found.value.name} has no earlier state to go back to`, id);
  const content = { ...ports.store.stressSets.content(target.sha256), name: target.name };
  const why = `${current.change === "undone" ? "a change before" : `version ${current.number}, ${current.change},`} undone`;
  return nextState(ports, found.value, "undone", content, why, target.before ?? 0);
}

function atVersion(ports: Ports, id: string, version: number): Result<StoredStressSet> {
  const found = changeableSet(ports, id);
  if (!found.ok) return found;
  const state = ports.store.stressSets.versions(id).find(({ number }) => number === version);
  if (state === undefined)
    return failed("not-found", `${found.value.name} has versions 1 to ${found.value.version}, not ${version}`, id);
  const content = { ...ports.store.stressSets.content(state.sha256), name: state.name };
  const { deleted: _deleted, ...set } = found.value;
  const { name, owner, approval, scenarios, savedAtMs, sha256 } = state;
  return success({
    ...set,
    name,
    owner,
    approval,
    scenarios,
    savedAtMs,
    sha256,
    version,
    tags: content.tags,
    content,
  });
}

interface Original {
  readonly id: string;
  readonly name: string;
  readonly sha256?: string;
}

/** What an edit of a read-only set is a copy of; `undefined` for a stored set. */
function readOnlyName(ports: Ports, id: string): Original | undefined {
  const shipped = ports.resources.stressSets().find((set) => set.id === id);
  if (shipped !== undefined) {
    const { name, sha256 } = shippedSet(shipped);
    return { id, name, sha256 };
  }
  return id.startsWith("venue:") ? { id, name: venueName(id) } : undefined;
}

function copyOf({ id, name: from, sha256 }: Original, content: StressSet, name: string): StressSet {
  const origin = { id, name: from, ...(sha256 !== undefined && { sha256 }) };
  return { ...content, name: name === from ? `${name} (copy)` : name, approval: "draft", origin };
}

function sameButApproval(a: StressSet, b: StressSet): boolean {
  return canonicalJson({ ...a, approval: "draft" }) === canonicalJson({ ...b, approval: "draft" });
}

function withoutContent({ content: _content, ...summary }: StoredStressSet): StressSetSummary {
  return summary;
}
