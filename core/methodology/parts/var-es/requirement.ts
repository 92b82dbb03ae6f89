import { sum as compensatedSum } from "../../../base/index.ts";
import type { Book } from "../../contract.ts";
import { type Line, lines } from "../../statement.ts";
import { statedInUsd } from "../usd-account.ts";
import { addOnLines } from "./add-ons.ts";
import type { ListName } from "./joint-list.ts";
import { netHoldings } from "./net-holdings.ts";
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

/** Measure over the horizon times the multiplier, with the part of offsets between underlyings that is not allowed. */
function modelMargin(id: string, label: string, model: TailModel, input: RequirementInput): Line {
  const { rules, detail } = input;
  const { offsetShare } = rules;
  const whole = (at: string) => multiplied(at, label, model, rules, model.line(`${at}/measure`, detail));
  if (offsetShare === 1) return whole(id);
  const inputs = [{ label: "share of offsets allowed", value: offsetShare, parameter: "/offsetShare" }];
  const alone = sum(
    `${id}/alone`,
    "Groups of underlyings alone",
    section.offsets,
    offsetGroups(model, rules).map(({ name, underlyings }) => {
      const own = `${id}/alone/${name}`;
      const measure = leaf(
        `${own}/measure`,
        `Measure of ${name} alone`,
        Math.max(0, model.alone(underlyings)),
        section.offsets,
        {
          component: "scenario",
        },
      );
      return multiplied(own, `${name} alone`, model, rules, measure);
    }),
  );
  const capped = sum(`${id}/capped`, "With the offsets allowed", section.offsets, [
    product(`${id}/capped/alone`, "Offsets not allowed", section.offsets, 1 - offsetShare, "1 − share", alone, {
      inputs,
    }),
    product(
      `${id}/capped/joint`,
      "Offsets allowed",
      section.offsets,
      offsetShare,
      "share",
      whole(`${id}/capped/joint/of`),
      { inputs },
    ),
  ]);
  return max(id, `${label}, offsets capped`, section.offsets, [whole(`${id}/joint`), capped]);
}

/** Underlyings by the group inside which their offsets are not limited, in alphabetical order of the groups. */
function offsetGroups({ underlyings }: TailModel, rules: VarEsRules) {
  const groupOf = (underlying: string): string => rules.offsetGroups[underlying] ?? underlying;
  const names = [...new Set(underlyings.map(groupOf))].sort();
  return names.map((name) => ({ name, underlyings: underlyings.filter((one) => groupOf(one) === name) }));
}

/** A measure over one step as margin: × √days where the rules scale by the root of time, × multiplier. */
function multiplied(id: string, label: string, model: TailModel, rules: VarEsRules, measure: Line): Line {
  const { horizonFactor } = model;
  const { days } = rules.horizon;
  const overHorizon =
    horizonFactor === 1
      ? measure
      : product(`${id}/horizon`, `Over ${days} days`, section.horizon, horizonFactor, "√days", measure, {
          inputs: [{ label: "days", value: days, parameter: "/horizon/days" }],
        });
  return product(id, label, section.multiplier, rules.multiplier, "multiplier", overHorizon, {
    inputs: [{ label: "multiplier", value: rules.multiplier, parameter: "/multiplier" }],
  });
}

/** Amounts the model margin does not fall below; those of the rules that are 0 have no line. */
function floorLines(id: string, input: RequirementInput): readonly Line[] {
  const { book, rules, models } = input;
  const { amountUsd, shareOfNotional, perShortOption } = rules.floors;
  const extra = { component: "floor" } as const;
  const longRun = models.get("long-run");
  const ofNotional = (at: string, label: string, notional: number, share: number, parameter: string) =>
    product(
      `${id}/${at}`,
      label,
      section.floors,
      share,
      "share",
      leaf(`${id}/${at}/notional`, "Notional at the index", notional, section.floors, extra),
      {
        ...extra,
        inputs: [{ label: "share", value: share, parameter }],
      },
    );
  return [
    ...(longRun === undefined ? [] : [modelMargin(`${id}/long-run`, "Margin of the long look-back", longRun, input)]),
    ...(amountUsd === 0 || book.positions.length === 0
      ? []
      : [
          leaf(`${id}/amount`, "Floor", amountUsd, section.floors, {
            ...extra,
            inputs: [{ label: "floor", value: amountUsd, unit: "USD", parameter: "/floors/amountUsd" }],
          }),
        ]),
    ...(shareOfNotional === 0
      ? []
      : [
          ofNotional(
            "notional",
            "Share of gross notional",
            grossNotional(book),
            shareOfNotional,
            "/floors/shareOfNotional",
          ),
        ]),
    ...(perShortOption === 0
      ? []
      : [
          ofNotional(
            "short-options",
            "Short option minimum",
            shortOptionNotional(book),
            perShortOption,
            "/floors/perShortOption",
          ),
        ]),
  ];
}

/** Size of each instrument at the index: options by their quantity, futures by their delta. */
function grossNotional(book: Book): number {
  return compensatedSum(
    netHoldings(book).map(({ held, quantity, delta }) => {
      const isOption = held.position.instrument.kind === "option";
      return Math.abs(isOption ? quantity : delta) * held.terms.index;
    }),
  );
}

/** Options sold, netted by instrument, at the index. */
function shortOptionNotional(book: Book): number {
  const options = netHoldings(book).filter(({ held }) => held.position.instrument.kind === "option");
  return compensatedSum(options.map(({ held, quantity }) => Math.max(0, -quantity) * held.terms.index));
}
