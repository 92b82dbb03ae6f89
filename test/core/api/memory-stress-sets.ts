import type { StressSetSummary, StressSetVersion } from "../../../core/api/contract.ts";
import type { NewStressSetVersion, StressSetStore } from "../../../core/api/ports.ts";
import { hashOf } from "../../../core/base/index.ts";
import type { StressSet } from "../../../core/scenario/index.ts";

/** Stress sets with their history in memory. Keeps JSON text, as a real store does. */
export function memoryStressSets(): StressSetStore {
  const contents = new Map<string, string>();
  const kept = new Map<
    string,
    { readonly summary: StressSetSummary; readonly states: readonly NewStressSetVersion[] }
  >();
  const contentOf = (sha256: string) => JSON.parse(contents.get(sha256) ?? "null") as StressSet;
  return {
    list: () => [...kept.values()].map(({ summary }) => summary).reverse(),
    get: (id) => {
      const summary = kept.get(id)?.summary;
      return summary && { ...summary, content: { ...contentOf(summary.sha256), name: summary.name } };
    },
    versions: (id) =>
      (kept.get(id)?.states ?? [])
        .map((state, place, all): StressSetVersion => {
          const { content, change, why, atMs, before } = state;
          const { name, owner, approval, scenarios } = content;
          const common = {
            number: place + 1,
            change,
            name,
            owner,
            approval,
            scenarios: scenarios.length,
            savedAtMs: atMs,
          };
          const current = place === all.length - 1;
          return { ...common, note: why, sha256: hashOf(content), ...(before && { before }), current };
        })
        .reverse(),
    content: contentOf,
    append: (state) => {
      const found = kept.get(state.id);
      if ((found?.summary.version ?? 0) !== state.expected) return undefined;
      const { id, content, note, atMs, change } = state;
      const { name, owner, approval, tags, scenarios, origin } = content;
      const sha256 = hashOf(content);
      contents.set(sha256, JSON.stringify(content));
      const summary: StressSetSummary = {
        ...{ id, name, note, savedAtMs: atMs, sha256, owner, approval, tags, place: "library", readOnly: false },
        ...{ scenarios: scenarios.length, version: state.expected + 1 },
        ...(origin && { copyOf: origin.name }),
        ...(change === "deleted" && { deleted: true }),
      };
      kept.set(id, { summary, states: [...(found?.states ?? []), state] });
      return summary;
    },
    remove: (id) => kept.delete(id),
  };
}
