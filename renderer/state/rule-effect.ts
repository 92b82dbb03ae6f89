import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { copyWork, ownParts } from "./own-parts.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithSession, type WorkStore } from "./work.ts";

/** A version by name, or the session's rules with its overrides. */
export type RuleSide = { readonly name: string } | { readonly current: true };

interface RuleEffectState {
  readonly methodology: string | undefined;
  readonly from: RuleSide | undefined;
  readonly to: RuleSide | undefined;
  readonly choose: (change: Partial<Pick<RuleEffectState, "methodology" | "from" | "to">>) => void;
  readonly compare: () => Promise<void>;
}

/** A panel of a rule change: its two versions and what they do. */
interface RuleEffectPanel {
  readonly store: StoreApi<RuleEffectState>;
  readonly work: WorkStore<"rulebook.effect">;
}

const createRuleEffectStore = (ruleEffectWork: RuleEffectPanel["work"]) =>
  createStore<RuleEffectState>()((set, get) => ({
    methodology: undefined,
    from: undefined,
    to: undefined,
    choose: (change) => {
      set(change);
      ruleEffectWork.getState().outdate();
    },
    compare: async () => {
      const { methodology, from, to } = get();
      const own = requestOf(session.getState());
      if (!own || methodology === undefined || !from || !to) return;
      const { rules: _rules, overrides: _overrides, ...inputs } = own;
      const request = { ...inputs, methodology, from: sideOf(from), to: sideOf(to) };
      await ruleEffectWork.getState().run(request, `Rule change, ${methodology}`);
    },
  }));

const panels = ownParts<RuleEffectPanel>(
  "rule-effect",
  (id) => {
    const work = createWork("rulebook.effect", id);
    outdateWithSession(work);
    return { store: createRuleEffectStore(work), work };
  },
  (from, to) => copyWork(from.work, to.work),
);

/** The comparison of one instance of the panel: duplicates hold other versions or methods beside the first. */
export const ruleEffectPanel = panels.of;
export const useRuleEffectPanel = panels.use;

export const useRuleEffect = <T>(select: (state: RuleEffectState) => T): T =>
  useStore(useRuleEffectPanel().store, select);

function sideOf(side: RuleSide) {
  if ("name" in side) return { rules: { name: side.name }, overrides: [] };
  const { result, overrides } = session.getState();
  return { rules: { name: result?.rules.version ?? "" }, overrides: [...overrides] };
}
