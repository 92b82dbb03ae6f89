import type { ParityCall } from "./call.ts";

const option = { forward: 100, strike: 90, years: 0.5, optionType: "call" };

/** Formulas and scenario profits. */
export const priceCalls: readonly ParityCall[] = [
  { title: "option", operation: "price.option", input: { ...option, volatility: 0.6 }, expected: "ok" },
  {
    title: "coin option",
    operation: "price.option",
    input: { ...option, volatility: 0.6, payoff: "inverse" },
    expected: "ok",
  },
  { title: "bad option", operation: "price.option", input: { ...option, strike: "90" }, expected: "invalid-input" },
  { title: "volatility", operation: "price.implied-volatility", input: { ...option, price: 21 }, expected: "ok" },
  {
    title: "price below intrinsic",
    operation: "price.implied-volatility",
    input: { ...option, price: 1 },
    expected: "invalid-input",
  },
  {
    title: "normal model",
    operation: "price.bachelier",
    input: { forward: -5, strike: 2, years: 1, volatility: 20, optionType: "put" },
    expected: "ok",
  },
  {
    title: "perpetual",
    operation: "price.perpetual",
    input: { fundingOn: "current", periodYears: 1 / 1095, spot: 100, rate: 0.04, strength: 0.02, payoff: "inverse" },
    expected: "ok",
  },
  {
    title: "perpetual without a price",
    operation: "price.perpetual",
    input: { fundingOn: "continuous", spot: 100, rate: 0.04, strength: 0.02 },
    expected: "invalid-input",
  },
  {
    title: "cube",
    operation: "scenario.cube",
    input: {
      options: [
        { ...option, volatility: 0.6 },
        { ...option, volatility: 0.6, payoff: "inverse" },
      ],
      scenarios: [
        { id: "flat", label: "flat", priceMove: 0 },
        { id: "down", label: "down", priceMove: -0.2, volatility: { change: 0.5, mode: "relative" } },
      ],
    },
    expected: "ok",
  },
];
