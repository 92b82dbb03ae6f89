import { type Failure, failure } from "../base/index.ts";
import { type ExpiryGroup, expiryName } from "./expiry-group.ts";
import { median, type ParityForward, type ParityPair, parityForward } from "./parity-forward.ts";
import type { Forward, ForwardMethod } from "./snapshot.ts";

export interface FoundForward {
  readonly forward?: Forward;
  readonly parity?: ParityForward;
  readonly warnings: readonly Failure[];
}

/** A parity forward this far from the venue's own figure is reported. */
const suspicious = 0.01;

/**
 * Forward of one expiry: parity of the marks, else the dated future's mark, else the reported forward, else the index.
 *
 * @param group quotes of the expiry
 * @param index of the underlying, quote currency; absent when unknown
 * @returns the forward with its method, and a warning for every fallback taken; no forward when nothing is known
 * @source resources/docs/formats.md, section 7.3
 */
export function forwardOf(group: ExpiryGroup, index: number | undefined): FoundForward {
  const own = group.options.filter(({ underlyingName }) => underlyingName !== "index_price");
  const reported = median(positive(own.map(({ underlyingPrice }) => underlyingPrice)));
  const reportedIndex = median(positive(group.options.map(({ underlyingPrice }) => underlyingPrice)));
  const pairs = pairsOf(group);
  const parity = parityForward(pairs, group.payoff, group.future ?? reported ?? reportedIndex ?? index);
  const { underlying, quote, expiryMs } = group;
  const found = (value: number, method: ForwardMethod): Forward => ({
    ...{ underlying, quote, expiryMs, value, method, pairs: pairs.length },
    ...(parity?.residual === undefined || method !== "parity" ? {} : { residual: parity.residual }),
  });
  const warn = (message: string) => [failure("missing-data", message, expiryName(group))];
  if (parity !== undefined) {
    const other = group.future ?? reported;
    const far = other !== undefined && Math.abs(parity.value / other - 1) > suspicious;
    const text = `the forward from parity, ${parity.value.toFixed(2)}, is more than 1 % from the venue's ${other?.toFixed(2)}`;
    return { forward: found(parity.value, "parity"), parity, warnings: far ? warn(text) : [] };
  }
  const noPair = "no strike near the money has both a call and a put mark";
  if (group.options.length === 0 && group.future !== undefined) {
    return { forward: found(group.future, "future"), warnings: [] };
  }
  if (group.future !== undefined) {
    return {
      forward: found(group.future, "future"),
      warnings: warn(`${noPair}: forward taken from the future's mark`),
    };
  }
  if (reported !== undefined) {
    return { forward: found(reported, "reported"), warnings: warn(`${noPair}: forward taken as the venue reports it`) };
  }
  const spot = index ?? reportedIndex;
  if (spot !== undefined) {
    const text = `${noPair} and no forward is reported: the index is used as forward, the basis is ignored`;
    return { forward: found(spot, "index"), warnings: warn(text) };
  }
  return { warnings: warn(`no forward can be found: ${noPair}, no future, no reported forward and no index`) };
}

function pairsOf(group: ExpiryGroup): ParityPair[] {
  return group.strikes.flatMap(({ strike, call, put }) =>
    call?.mark !== undefined && put?.mark !== undefined && call.mark > 0 && put.mark > 0
      ? [{ strike, call: call.mark, put: put.mark }]
      : [],
  );
}

function positive(values: readonly (number | undefined)[]): number[] {
  return values.filter((value): value is number => value !== undefined && value > 0);
}
