export * from "./pnl-cube.ts";
