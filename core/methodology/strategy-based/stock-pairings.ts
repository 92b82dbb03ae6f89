import type { HedgedStock } from "./costs.ts";
import type { OptionLeg, Pool } from "./legs.ts";

/**
 * Every way one lot of the pool's stock can stand with options of the pool.
 *
 * Long stock: short call, long put, both with one strike (conversion) or the put below the call (collar), of one expiry. Short stock: short put,
 * long call, both with one strike (reverse conversion).
 *
 * @param legs whole contracts of the pool
 */
export function stockPairings({ stock }: Pool, legs: readonly OptionLeg[]): readonly HedgedStock[] {
  if (stock === undefined) return [];
  const of = (type: "call" | "put", side: number) =>
    legs.filter(({ option, contracts }) => option.optionType === type && contracts * side > 0);
  const together = (calls: readonly OptionLeg[], puts: readonly OptionLeg[]) =>
    calls.flatMap((call) => puts.filter((put) => fits(call, put)).map((put) => ({ call, put })));
  if (stock.shares > 0) {
    const [calls, puts] = [of("call", -1), of("put", 1)];
    return [
      ...calls.map((call): HedgedStock => ({ shape: "covered-call", stock, call })),
      ...puts.map((put): HedgedStock => ({ shape: "protective-put", stock, put })),
      ...together(calls, puts).flatMap(({ call, put }): HedgedStock[] => {
        const [high, low] = [call.option.strike, put.option.strike];
        if (low > high) return [];
        return [{ shape: low === high ? "conversion" : "collar", stock, call, put }];
      }),
    ];
  }
  const [calls, puts] = [of("call", 1), of("put", -1)];
  return [
    ...puts.map((put): HedgedStock => ({ shape: "covered-put", stock, put })),
    ...calls.map((call): HedgedStock => ({ shape: "protective-call", stock, call })),
    ...together(calls, puts).flatMap(({ call, put }): HedgedStock[] =>
      call.option.strike === put.option.strike ? [{ shape: "reverse-conversion", stock, call, put }] : [],
    ),
  ];
}

function fits(call: OptionLeg, put: OptionLeg): boolean {
  return (
    call.option.underlying === put.option.underlying &&
    call.option.expiryMs === put.option.expiryMs &&
    call.shares === put.shares
  );
}
