import { useMemo } from "react";
import type { AttributionKind } from "../../client/attribution.ts";
import { type Attribution, attributionsOf } from "../../figures/attribution.ts";
import { useSession } from "../../state/session.ts";

/** One way to split, as a list names it. */
export interface SplitChoice {
  readonly id: string;
  readonly title: string;
}

const titles: Readonly<Record<AttributionKind, string>> = {
  component: "Component, at the binding scenario",
  euler: "Euler, by a change of size",
  "stand-alone": "Stand-alone",
  incremental: "Incremental (with − without)",
  "pro-rata": "Pro-rata to stand-alone",
  shapley: "Shapley",
};

/** Ways that are computed for groups of positions. */
export const groupKinds: readonly (SplitChoice & { readonly kind: AttributionKind })[] = (
  Object.keys(titles) as AttributionKind[]
).map((kind) => ({ id: `group ${kind}`, kind, title: titles[kind] }));

/** The way of a choice, where it is one for groups. */
export function kindOf(id: string | undefined): AttributionKind | undefined {
  return groupKinds.find((choice) => choice.id === id)?.kind;
}

/** What the margin result itself says of an account. */
export function useSplitChoices(accountId: string | undefined): readonly Attribution[] {
  const result = useSession((s) => s.result);
  return useMemo(() => {
    const account = result?.accounts.find(({ id }) => id === accountId);
    return result && account ? attributionsOf(result, account) : [];
  }, [result, accountId]);
}
