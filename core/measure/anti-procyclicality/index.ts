export * from "./average.ts";
export * from "./bounds.ts";
export * from "./buffer.ts";
export * from "./intraday-call.ts";
export * from "./offset-limit.ts";
export * from "./published-parameter.ts";
export * from "./stress-blend.ts";
