import { formatNumber } from "../../../core/base/format.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import type { PairingRow } from "./pairing-rows.ts";

const ofUnderlying = (row: unknown): boolean => (row as PairingRow).value.kind === "underlying";

/** Strategies by underlying; below each, its requirement and the price of its legs. */
export function pairingColumns(unit: string, onToggle: (id: string) => void): GridColumn<PairingRow>[] {
  return [
    treeColumn<PairingRow>({ header: "Underlying, strategy, leg", width: 330, onToggle }),
    numberColumn<PairingRow>({
      id: "amount",
      header: `Amount, ${unit}`,
      tooltip: "Requirement with the price of the options: paid above 0, received below",
      value: ({ value }) => value.amount,
      width: 130,
    }),
    numberColumn<PairingRow>({
      id: "apart",
      header: `Legs apart, ${unit}`,
      tooltip: "Requirement of every leg on its own, without the price of options",
      value: ({ value }) => value.apart,
      applies: ofUnderlying,
      width: 124,
    }),
    numberColumn<PairingRow>({
      id: "saved",
      header: `Pairing saves, ${unit}`,
      tooltip: "What the cheapest legal pairing takes off the legs apart",
      value: ({ value }) => value.saved,
      format: (value) => formatNumber(value, { signed: true }),
      applies: ofUnderlying,
      width: 140,
    }),
    textColumn<PairingRow>({ id: "from", header: "Made from", value: ({ value }) => value.from, width: 260, flex: 1 }),
    textColumn<PairingRow>({ id: "rule", header: "Rule", value: ({ value }) => `§ ${value.rule}`, width: 64 }),
  ];
}
