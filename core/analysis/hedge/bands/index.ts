export * from "./compare-rules.ts";
export * from "./delta-bands.ts";
export { type HedgingRule, holdingBy, type RuleSight, ruleLabel } from "./hedging-rule.ts";
export { usualRules } from "./usual-rules.ts";
