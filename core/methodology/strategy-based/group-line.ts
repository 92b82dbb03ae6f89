import { sum as compensatedSum, isoDate } from "../../base/index.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { hedgedAmount, nakedAmount, nakedParts, type StockShape, stockAmount } from "./costs.ts";
import type { OptionLeg, StockHolding } from "./legs.ts";
import type { Group } from "./matching.ts";
import type { Requirement, StrategyRules } from "./rules.ts";
import { boxSide, spreadName } from "./shape.ts";
import { type HeldLeg, potentialLoss } from "./spread.ts";

/** What the lines of a group are made with. */
export interface GroupContext {
  readonly unit: string;
  readonly which: Requirement;
  readonly rules: StrategyRules;
  readonly stock: StockHolding | undefined;
  /** False: no lines of single legs. */
  readonly detail: boolean;
}

/**
 * One group of the pairing: its requirement, and the price of its options leg by leg (paid > 0, received < 0). Against equity that counts
 * options at market the two together are what the group needs.
 *
 * @param id line id; lines below it: `requirement`, `value`, `proceeds`
 */
export function groupLine(group: Group, id: string, context: GroupContext): Line {
  const { sum } = lines(context.unit);
  const { name, rule, legs, requirement, proceeds } = described(group, id, context);
  const value = legs.length === 0 ? [] : [valueLine(legs, `${id}/value`, context)];
  const children = [
    ...(requirement === undefined ? [] : [requirement]),
    ...value,
    ...(proceeds === undefined ? [] : [proceeds]),
  ];
  return sum(id, name, rule, children, { component: "position" });
}

interface Described {
  readonly name: string;
  readonly rule: string;
  readonly legs: readonly HeldLeg[];
  readonly requirement?: Line;
  readonly proceeds?: Line;
}

function described(group: Group, id: string, context: GroupContext): Described {
  switch (group.kind) {
    case "alone":
      return group.held.contracts > 0 ? longAlone(group.held, id, context) : shortAlone(group.held, id, context);
    case "straddle":
      return straddle(group, id, context);
    case "spread":
      return spread(group.legs, id, context);
    case "long-box":
      return longBox(group.legs, group.width, id, context);
    case "stock":
      return stockAlone(group.shares, id, context);
    case "hedged":
      return hedged(group, id, context);
  }
}

function longAlone(held: HeldLeg, id: string, { unit, rules }: GroupContext): Described {
  const { leg, contracts } = held;
  const described = { name: `Long ${legName(held)}`, rule: "3", legs: [held] };
  if (!leg.isLong) return described;
  const { months, paidShare } = rules.longOption;
  const worth = contracts * leg.price * leg.size;
  const requirement = lines(unit).leaf(
    `${id}/requirement`,
    `Loan value: more than ${months} months to expiry`,
    -(1 - paidShare) * worth,
    "3",
    {
      component: "position",
      inputs: [
        { label: "months", value: months, parameter: "/longOption/months" },
        { label: "share to be paid", value: paidShare, parameter: "/longOption/paidShare" },
      ],
    },
  );
  return { ...described, requirement };
}

function shortAlone(held: HeldLeg, id: string, context: GroupContext): Described {
  const requirement = nakedLine(held.leg, -held.contracts, `${id}/requirement`, context);
  return { name: `Short ${legName(held)}`, rule: "4", legs: [held], requirement };
}

function nakedLine(leg: OptionLeg, count: number, id: string, { unit, rules }: GroupContext): Line {
  const { leaf, max, sum } = lines(unit);
  const { value, falling, least } = nakedParts(leg);
  const { rates, option, spot } = leg;
  const rate = (name: "pct" | "minPct"): LineInput[] => [
    {
      label: name,
      value: rules.shortOption.classes[rates.name]?.[name] ?? 0,
      parameter: `/shortOption/classes/${rates.name}/${name}`,
    },
    ...(rates.leverage === 1
      ? []
      : [{ label: "leverage", value: rates.leverage, parameter: `/underlyings/${option.underlying}/leverage` }]),
  ];
  const price = { label: "underlying", value: spot, unit };
  const strike = { label: "strike", value: option.strike, unit };
  return sum(id, "Short option alone", "4", [
    leaf(`${id}/price`, "Price of the options", count * value, "4"),
    max(`${id}/share`, "Larger of the two", "4", [
      leaf(`${id}/share/falling`, "Share of the underlying less out of the money", count * falling, "4", {
        inputs: [...rate("pct"), price, strike],
      }),
      leaf(`${id}/share/least`, "Least share", count * least, "4", { inputs: [...rate("minPct"), price, strike] }),
    ]),
  ]);
}

function straddle({ call, put, count }: Group & { kind: "straddle" }, id: string, context: GroupContext): Described {
  const { leaf, sum } = lines(context.unit);
  const legs = [call, put].map((leg): HeldLeg => ({ leg, contracts: -count }));
  const [large, small] = nakedAmount(call) >= nakedAmount(put) ? [call, put] : [put, call];
  const requirement = sum(`${id}/requirement`, "Greater single requirement and the price of the other", "5", [
    nakedLine(large, count, `${id}/requirement/greater`, context),
    leaf(`${id}/requirement/other`, `Price of ${small.option.symbol}`, count * small.price * small.size, "5"),
  ]);
  const name = call.option.strike === put.option.strike ? "Short straddle" : "Short strangle";
  return { name: `${name} × ${count}`, rule: "5", legs, requirement };
}

function spread(legs: readonly HeldLeg[], id: string, { unit, rules }: GroupContext): Described {
  const { leaf, max, product } = lines(unit);
  const { amount, strike } = potentialLoss(legs);
  const name = spreadName(legs);
  const count = Math.min(...legs.map(({ contracts }) => Math.abs(contracts)));
  const described = { name: `${name} × ${count}`, rule: "6", legs };
  const inputs = amount === 0 ? [] : [{ label: "at a price of", value: strike, unit }];
  const loss = (at: string) => leaf(at, "Largest potential loss", amount, "6", { component: "scenario", inputs });
  if (boxSide(legs) !== "short") return { ...described, requirement: loss(`${id}/requirement`) };
  const close = -compensatedSum(legs.map(worthOf));
  const factor = rules.box.shortFactor;
  const cost = leaf(`${id}/requirement/cost/one`, "Cost to close", close, "8");
  const more = product(`${id}/requirement/cost`, "Cost to close, with its factor", "8", factor, "factor", cost, {
    inputs: [{ label: "factor", value: factor, parameter: "/box/shortFactor" }],
  });
  return {
    ...described,
    requirement: max(`${id}/requirement`, "Short box", "8", [loss(`${id}/requirement/max-loss`), more]),
  };
}

function longBox(legs: readonly HeldLeg[], width: number, id: string, { unit, rules }: GroupContext): Described {
  const share = rules.box.longShare;
  const amount = Math.min(0, share * width - compensatedSum(legs.map(worthOf)));
  const requirement = lines(unit).leaf(`${id}/requirement`, "Loan value of a long box", amount, "8", {
    inputs: [
      { label: "strike difference", value: width, unit },
      { label: "share to be held", value: share, parameter: "/box/longShare" },
    ],
  });
  return { name: "Long box", rule: "8", legs, requirement };
}

function stockAlone(shares: number, id: string, context: GroupContext): Described {
  const { stock } = context;
  if (stock === undefined) return { name: "Stock", rule: "2", legs: [] };
  const side = shares > 0 ? "Long" : "Short";
  return {
    name: `${side} ${Math.abs(shares)} ${stock.underlying}`,
    rule: "2",
    legs: [],
    requirement: stockRequirement(shares, `${id}/requirement`, context, stock),
    ...proceedsOf(shares, id, context, stock),
  };
}

function stockRequirement(shares: number, id: string, { unit, which, rules }: GroupContext, stock: StockHolding): Line {
  const amount = Math.abs(shares) * stockAmount(stock, which, rules);
  const { shortMaintenance } = rules.stock;
  const low = stock.price < shortMaintenance.lowPrice ? "low" : "ordinary";
  const parameters =
    shares < 0 && which === "maintenance"
      ? (["perShare", "share"] as const).map((name) => ({
          label: name,
          value: shortMaintenance[low][name],
          parameter: `/stock/shortMaintenance/${low}/${name}`,
        }))
      : [shareInput(shares, which, rules)];
  const label =
    shares < 0 && which === "initial" ? "Share of the sale, proceeds included" : "Share of the market value";
  return lines(unit).leaf(id, label, amount, "2", {
    inputs: [
      { label: "shares", value: shares },
      { label: "price", value: stock.price, unit },
      ...(stock.cost === stock.price ? [] : [{ label: "price paid or received", value: stock.cost, unit }]),
      ...parameters,
    ],
  });
}

function shareInput(shares: number, which: Requirement, { stock }: StrategyRules): LineInput {
  const name = shares < 0 ? "shortInitial" : which === "initial" ? "longInitial" : "longMaintenance";
  return { label: "share", value: stock[name], parameter: `/stock/${name}` };
}

/** A short sale's proceeds are in the account: initially they meet their part of the requirement. */
function proceedsOf(
  shares: number,
  id: string,
  { unit, which }: GroupContext,
  stock: StockHolding,
): Pick<Described, "proceeds"> {
  if (shares >= 0 || which === "maintenance") return {};
  return { proceeds: lines(unit).leaf(`${id}/proceeds`, "Market value of the stock sold", shares * stock.price, "2") };
}

const shapeNames: Readonly<Record<StockShape, string>> = {
  "covered-call": "Covered call",
  "covered-put": "Covered put",
  "protective-put": "Protective put",
  "protective-call": "Protective call",
  conversion: "Conversion",
  "reverse-conversion": "Reverse conversion",
  collar: "Collar",
};

function hedged({ hedge, count, shares }: Group & { kind: "hedged" }, id: string, context: GroupContext): Described {
  const { stock, shape } = hedge;
  const legs = [hedge.call, hedge.put].flatMap((leg): HeldLeg[] =>
    leg === undefined ? [] : [{ leg, contracts: Math.sign(leg.contracts) * count }],
  );
  const { unit, which, rules } = context;
  const amount = Math.abs(shares) * (hedgedAmount(hedge, which, rules) ?? 0);
  const requirement = lines(unit).leaf(
    `${id}/requirement`,
    `Stock with options: ${shapeNames[shape].toLowerCase()}`,
    amount,
    "7",
    {
      component: "position",
      inputs: [
        { label: "shares", value: shares },
        { label: "price", value: stock.price, unit },
        ...(which === "initial" ? [shareInput(shares, which, rules)] : hedgeInputs(shape, rules)),
      ],
    },
  );
  return {
    name: `${shapeNames[shape]} × ${count}`,
    rule: "7",
    legs,
    requirement,
    ...proceedsOf(shares, id, context, stock),
  };
}

function hedgeInputs(shape: StockShape, { hedged: all, stock }: StrategyRules): LineInput[] {
  const inputs = (name: keyof typeof all) =>
    Object.entries(all[name]).map(([key, value]) => ({ label: key, value, parameter: `/hedged/${name}/${key}` }));
  switch (shape) {
    case "covered-call":
      return [{ label: "share", value: stock.longMaintenance, parameter: "/stock/longMaintenance" }];
    case "covered-put":
      return [];
    case "protective-put":
      return inputs("protectivePut");
    case "protective-call":
      return inputs("protectiveCall");
    case "conversion":
      return inputs("conversion");
    case "reverse-conversion":
      return inputs("reverseConversion");
    case "collar":
      return inputs("collar");
  }
}

function worthOf({ leg, contracts }: HeldLeg): number {
  return contracts * leg.price * leg.size;
}

function valueLine(legs: readonly HeldLeg[], id: string, { unit, detail }: GroupContext): Line {
  const { leaf, sum } = lines(unit);
  if (!detail) return leaf(id, "Options at market", compensatedSum(legs.map(worthOf)), "10");
  const children = legs.map((held, index) => {
    const { leg, contracts } = held;
    const [only, ...more] = leg.holders;
    return leaf(`${id}/${index + 1}`, `${contracts > 0 ? "Long" : "Short"} ${legName(held)}`, worthOf(held), "10", {
      component: "position",
      ...(only === undefined || more.length > 0 ? {} : { positionId: only }),
      inputs: [
        { label: "contracts", value: contracts },
        { label: "contract size", value: leg.size },
        { label: "price", value: leg.price, unit },
        ...(more.length > 0 ? [{ label: "positions", value: leg.holders.join(", ") }] : []),
      ],
    });
  });
  return sum(id, "Options at market: paid above 0, received below", "10", children, { component: "balance" });
}

function legName({ leg: { option }, contracts }: HeldLeg): string {
  const { underlying, optionType, strike, expiryMs } = option;
  return `${Math.abs(contracts)} ${underlying} ${isoDate(expiryMs)} ${strike} ${optionType}`;
}
