export * from "./binance-symbol.ts";
export * from "./bybit-symbol.ts";
export * from "./deribit-symbol.ts";
export * from "./derive-symbol.ts";
export * from "./instrument.ts";
export * from "./okx-symbol.ts";
export * from "./paradex-symbol.ts";
