import type { CsvTable } from "../../app/download.ts";
import type { WhatIfResult } from "../../client/what-if.ts";
import type { TicketLeg } from "../../state/what-if.ts";

/** The legs of a ticket with mark and price as they were understood. */
export function ticketCsv(legs: readonly TicketLeg[], result: WhatIfResult | undefined): CsvTable {
  return {
    header: ["WHAT-IF leg", "venue", "quantity", "unit", "price basis", "mark", "price", "settlement", "held before"],
    rows: legs.map(({ symbol, venue, quantity, quantityUnit, basis }, at) => {
      const understood = result?.legs[at]?.symbol === symbol ? result.legs[at] : undefined;
      const { mark, price, settlement, held } = understood ?? {};
      return [symbol, venue, quantity, quantityUnit, basis, mark, price, settlement, held];
    }),
  };
}
