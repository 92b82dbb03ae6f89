import { sum as compensatedSum } from "../../../base/index.ts";
import type { Book } from "../../contract.ts";
import { type Line, lines } from "../../statement.ts";
import { modelMargin } from "./model-margin.ts";
import { netHoldings } from "./net-holdings.ts";
import type { RequirementInput } from "./requirement.ts";
import { section } from "./sections.ts";

const { leaf, product } = lines("USD");

/** Amounts the model margin does not fall below; those of the rules that are 0 have no line. */
export function floorLines(id: string, input: RequirementInput): readonly Line[] {
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
