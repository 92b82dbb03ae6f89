export * from "./completed-portfolio.ts";
export * from "./contract-lookup.ts";
export * from "./listed-instrument.ts";
export * from "./listed-terms.ts";
export * from "./market-of-file.ts";
export * from "./merged-families.ts";
export * from "./parameter-file.ts";
export * from "./used-part.ts";
