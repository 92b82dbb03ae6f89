import { formatQuantity } from "../../../core/base/format.ts";
import type { Line, MarginResult } from "../../client/types.ts";
import type { FlatRow, TreeNode } from "../../grids/tree.ts";

/** One line of the pairing: an underlying, a strategy formed there, or a part of its requirement. */
export interface PairingFigures {
  readonly kind: "underlying" | "strategy" | "part";
  readonly amount: number;
  /** Requirement of the legs without pairing, and what pairing saves; of underlyings only. */
  readonly apart?: number | undefined;
  readonly saved?: number | undefined;
  /** How the amount is made, e.g. `contracts −100 · price 2.91`. */
  readonly from: string;
  readonly rule: string;
}

export type PairingRow = FlatRow<PairingFigures>;

/** Strategies that the strategy-based method formed, leg by leg, from its statement. */
export function pairingTree({ accounts }: Pick<MarginResult, "accounts">): TreeNode<PairingFigures>[] {
  return accounts.flatMap(({ initial, id: account }) => {
    const all = initial.children.find(({ id }) => id.endsWith("/all"));
    return (all?.children ?? []).map((underlying) => ({
      id: underlying.id,
      label: accounts.length > 1 ? `${account}: ${underlying.label}` : underlying.label,
      value: {
        ...figuresOf(underlying, "underlying"),
        apart: numberIn(underlying, "requirement of every leg apart"),
        saved: numberIn(underlying, "saved by pairing"),
        from: "",
      },
      children: underlying.children.map((strategy) => nodeOf(strategy, "strategy")),
    }));
  });
}

function nodeOf(line: Line, kind: PairingFigures["kind"]): TreeNode<PairingFigures> {
  // A sum of one part says nothing that the part does not say.
  const [only] = line.children;
  if (kind === "part" && line.combine.kind === "sum" && line.children.length === 1 && only) return nodeOf(only, kind);
  return {
    id: line.id,
    label: line.label,
    value: figuresOf(line, kind),
    children: line.children.map((child) => nodeOf(child, "part")),
  };
}

function figuresOf(line: Line, kind: PairingFigures["kind"]): PairingFigures {
  const from = line.inputs
    .map(({ label, value }) => `${label} ${typeof value === "number" ? formatQuantity(value) : value}`)
    .join(" · ");
  return { kind, amount: line.amount, from, rule: line.rule };
}

function numberIn({ inputs }: Line, label: string): number | undefined {
  const found = inputs.find((input) => input.label === label)?.value;
  return typeof found === "number" ? found : undefined;
}
