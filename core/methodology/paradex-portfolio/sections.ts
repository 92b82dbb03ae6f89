/** Headings of resources/docs/methodology/paradex-portfolio.md. */
export const section = {
  mapped: "3",
  positionProfit: "4.1",
  volatility: "4.2",
  scan: "4.3",
  minimumDelta: "5",
  funding: "6.1",
  fees: "6.2",
  initial: "7.1",
  maintenance: "7.2",
  account: "7.3",
  free: "7.4",
  ratio: "7.5",
  orders: "7.6",
} as const;
