export * from "./change.ts";
export { type MarketStep, marketSteps } from "./composed-market.ts";
export * from "./explain-change.ts";
