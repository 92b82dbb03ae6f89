export * from "./instrument.ts";
