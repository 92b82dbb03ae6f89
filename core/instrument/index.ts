export * from "./deribit-symbol.ts";
export * from "./instrument.ts";
