import { sum as compensatedSum } from "../../../base/index.ts";
import type { Book } from "../../contract.ts";
import { type Line, lines } from "../../statement.ts";
import { statedInUsd } from "../usd-account.ts";
import { addOnLines } from "./add-ons.ts";
import { floorLines } from "./floor-lines.ts";
import type { ListName } from "./joint-list.ts";
import { modelMargin } from "./model-margin.ts";
import type { VarEsRules } from "./rules.ts";
import { section } from "./sections.ts";
import type { TailModel } from "./tail-model.ts";

const { leaf, max, product, round, sum } = lines("USD");

/** What the requirement is made from. */
export interface RequirementInput {
  readonly book: Book;
  readonly rules: VarEsRules;
  readonly models: ReadonlyMap<ListName, TailModel>;
  readonly current: TailModel;
  readonly detail: boolean;
}

/** Initial margin: the largest of model margin and floors, plus add-ons and stated orders, rounded once. */
export function initialMargin(input: RequirementInput): { readonly initial: Line; readonly withoutOrders: number } {
  const { book, rules } = input;
  const id = "cross/initial";
  const required = max(`${id}/requirement`, "Largest of model margin and floors", section.floors, [
    buffered(`${id}/model`, input),
    ...floorLines(`${id}/floor`, input),
  ]);
  const parts = [required, ...addOnLines(`${id}/add-on`, input)];
  const orders = statedInUsd(book, ["open-orders", "other-initial"], id, section.account);
  const whole = sum(`${id}/unrounded`, "Before rounding", section.initial, [...parts, ...orders]);
  const initial = round(id, "Initial margin", section.initial, rules.decimals, whole, {
    inputs: [{ label: "decimals", value: rules.decimals, parameter: "/decimals" }],
  });
  return { initial, withoutOrders: compensatedSum(parts.map(({ amount }) => amount)) };
}

/** Maintenance margin: a share of initial margin without orders. */
export function maintenanceMargin({ book, rules }: RequirementInput, withoutOrders: number): Line {
  const id = "cross/maintenance";
  const of = leaf(`${id}/of`, "Initial margin without orders", withoutOrders, section.maintenance, {
    inputs: [{ label: "initial margin before rounding, without orders", value: withoutOrders, unit: "USD" }],
  });
  const share = product(
    `${id}/share`,
    "Share of initial margin",
    section.maintenance,
    rules.maintenanceShare,
    "share",
    of,
    {
      inputs: [{ label: "share", value: rules.maintenanceShare, parameter: "/maintenanceShare" }],
    },
  );
  const stated = statedInUsd(book, ["other-maintenance"], id, section.account);
  const whole = sum(`${id}/unrounded`, "Before rounding", section.maintenance, [share, ...stated]);
  return round(id, "Maintenance margin", section.maintenance, rules.decimals, whole);
}

/** Model margin with its anti-procyclical buffer. */
function buffered(id: string, input: RequirementInput): Line {
  const { buffer, bufferUsed } = input.rules.procyclicality;
  const blended = blend(`${id}/blend`, input);
  if (buffer === 0) return blended;
  return product(
    id,
    "Model margin with its buffer",
    section.buffer,
    1 + buffer * (1 - bufferUsed),
    "1 + buffer × (1 − used)",
    blended,
    {
      inputs: [
        { label: "buffer", value: buffer, parameter: "/procyclicality/buffer" },
        { label: "used", value: bufferUsed, parameter: "/procyclicality/bufferUsed" },
      ],
    },
  );
}

/** Margin of the current window joined with that of the days of stress. */
function blend(id: string, input: RequirementInput): Line {
  const { current, models, rules } = input;
  const { method, weight } = rules.stress;
  const stress = models.get("stress");
  if (stress === undefined) return modelMargin(`${id}/current`, "Model margin", current, input);
  const now = (at: string) => modelMargin(`${id}/${at}`, "Margin of the current window", current, input);
  const stressed = modelMargin(`${id}/stress`, "Margin of the days of stress", stress, input);
  const inputs = [{ label: "weight of stress", value: weight, parameter: "/stress/weight" }];
  const weighted = product(`${id}/mix/stress`, "Stress, weighted", section.stress, weight, "w", stressed, { inputs });
  if (method === "floor") return max(id, "Larger of current and stress", section.stress, [now("current"), stressed]);
  if (method === "weighted-floor")
    return max(id, "Larger of current and weighted stress", section.stress, [now("current"), weighted]);
  const mixed = sum(`${id}/mix`, "Current and stress, weighted", section.stress, [
    product(`${id}/mix/current`, "Current, weighted", section.stress, 1 - weight, "1 − w", now("mix/current/of"), {
      inputs,
    }),
    weighted,
  ]);
  if (method === "additive") return mixed;
  return max(id, "Weighted, not below current", section.stress, [now("current"), mixed]);
}
