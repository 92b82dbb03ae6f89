import { formatNumber } from "../../../core/base/format.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import type { PairingRow } from "./pairing-rows.ts";

const ofUnderlying = (row: unknown): boolean => (row as PairingRow).value.kind === "underlying";

/** Strategies by underlying; below each, its requirement and the price of its legs. */
export function pairingColumns(unit: string, onToggle: (id: string) => void): GridColumn<PairingRow>[] {
  return [
    treeColumn<PairingRow>({ header: "Underlying, strategy, leg", width: 318, onToggle }),
    numberColumn<PairingRow>({
      id: "amount",
      header: `Amount, ${unit}`,
      tooltip: "Requirement with the price of the options: paid above 0, received below",
      value: ({ value }) => value.amount,
      width: 110,
    }),
    numberColumn<PairingRow>({
      id: "apart",
      header: "Legs apart",
      tooltip: `Requirement of every leg on its own, without the price of options, ${unit}`,
      value: ({ value }) => value.apart,
      applies: ofUnderlying,
      width: 104,
    }),
    numberColumn<PairingRow>({
      id: "saved",
      header: "Pairing saves",
      tooltip: `What the cheapest legal pairing takes off the legs apart, ${unit}`,
      value: ({ value }) => value.saved,
      format: (value) => formatNumber(value, { signed: true }),
      applies: ofUnderlying,
      width: 118,
    }),
    textColumn<PairingRow>({ id: "from", header: "Made from", value: ({ value }) => value.from, width: 320 }),
    textColumn<PairingRow>({ id: "rule", header: "Rule", value: ({ value }) => `§ ${value.rule}`, width: 64 }),
  ];
}
