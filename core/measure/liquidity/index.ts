export * from "./collateral.ts";
export * from "./concentration.ts";
export * from "./horizon-shortfall.ts";
export * from "./impact.ts";
export * from "./liquidation.ts";
export * from "./spread-cost.ts";
