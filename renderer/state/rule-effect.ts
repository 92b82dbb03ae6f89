import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithSession } from "./work.ts";

/** A version by name, or the session's rules with its overrides. */
export type RuleSide = { readonly name: string } | { readonly current: true };

interface RuleEffectState {
  readonly methodology: string | undefined;
  readonly from: RuleSide | undefined;
  readonly to: RuleSide | undefined;
  readonly choose: (change: Partial<Pick<RuleEffectState, "methodology" | "from" | "to">>) => void;
  readonly compare: () => Promise<void>;
}

export const ruleEffectWork = createWork("rulebook.effect", "rule-effect");
outdateWithSession(ruleEffectWork);

export const ruleEffectStore = createStore<RuleEffectState>()((set, get) => ({
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

export const useRuleEffect = <T>(select: (state: RuleEffectState) => T): T => useStore(ruleEffectStore, select);

function sideOf(side: RuleSide) {
  if ("name" in side) return { rules: { name: side.name }, overrides: [] };
  const { result, overrides } = session.getState();
  return { rules: { name: result?.rules.version ?? "" }, overrides: [...overrides] };
}
