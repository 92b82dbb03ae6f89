export * from "./normal-quantile.ts";
export * from "./quantile.ts";
export * from "./random.ts";
export * from "./tail.ts";
export * from "./tail-probability.ts";
export * from "./tail-request.ts";
export * from "./weights.ts";
