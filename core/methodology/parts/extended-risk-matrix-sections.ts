/** Sections of the documents of both methods that use the matrix; the two documents share this numbering. */
export const section = {
  positionProfit: "4.1",
  coinEquity: "4.2",
  profitSum: "5.1",
  extendedScale: "5.2",
  dampener: "5.3",
  profitOffset: "5.4",
  worstCase: "5.5",
  rounding: "5.6",
  roll: "6",
  delta: "7",
  components: "8",
  matrixMargin: "9.1",
  initial: "9.2",
  maintenance: "9.3",
  equity: "9.4",
  haircut: "10",
} as const;
