import type { Output } from "../../core/api/contract.ts";

export type Surface = Output<"surface.run">;
export type LayerId = keyof Surface["layers"];

export interface Layer {
  readonly id: LayerId;
  readonly label: string;
  readonly unit: string;
  /** `diverging` is symmetric about zero; `sequential` is for requirements, which are never negative. */
  readonly scale: "diverging" | "sequential";
  /** What the sign means, printed beside the figure. */
  readonly sign: string;
}

/** What a surface can show, in the order of the selector. */
export const layers: readonly Layer[] = [
  { id: "initial", label: "Initial margin", unit: "USD", scale: "sequential", sign: "requirement ≥ 0" },
  { id: "maintenance", label: "Maintenance margin", unit: "USD", scale: "sequential", sign: "requirement ≥ 0" },
  { id: "pnl", label: "Profit and loss", unit: "USD", scale: "diverging", sign: "gain > 0" },
  {
    id: "headroom",
    label: "Headroom to liquidation",
    unit: "USD",
    scale: "diverging",
    sign: "margin balance less maintenance; liquidated below 0",
  },
  {
    id: "callRoom",
    label: "Room to a margin call",
    unit: "USD",
    scale: "diverging",
    sign: "margin balance less initial margin; called below 0",
  },
  { id: "delta", label: "Delta", unit: "USD per 1 %", scale: "diverging", sign: "gain for a rise > 0" },
  { id: "gamma", label: "Gamma", unit: "USD per 1 % per 1 %", scale: "diverging", sign: "change of delta" },
  { id: "vega", label: "Vega", unit: "USD per vol point", scale: "diverging", sign: "long volatility > 0" },
  { id: "theta", label: "Theta", unit: "USD per day", scale: "diverging", sign: "gain by waiting > 0" },
];

const byId = new Map(layers.map((layer) => [layer.id, layer]));

export function layerOf(id: LayerId): Layer {
  return byId.get(id) ?? { id, label: id, unit: "", scale: "diverging", sign: "" };
}

/** A layer of the difference of two surfaces: signed whatever the layer is. */
export function differenceLayer(id: LayerId): Layer {
  const layer = layerOf(id);
  return { ...layer, label: `A − B: ${layer.label}`, scale: "diverging", sign: "above 0 where A is larger" };
}

/** Headroom is empty without a balance; everything else always has a value at every point. */
export function hasLayer(surface: Surface, id: LayerId): boolean {
  return surface.layers[id].length === surface.priceMoves.length * surface.volatilityChanges.length;
}
