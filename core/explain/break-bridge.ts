import { decimalNumber, decimalsOfDigit, decimalUnits } from "./decimal.ts";

/** One step from our figure to the charged one. */
export interface BridgeStep {
  /** Id of the input swap; `own`, `rounding`, `unexplained`, `charged`. */
  readonly id: string;
  readonly label: string;
  /** Exact decimal with `decimals` places. */
  readonly amount: number;
}

/**
 * From our total to the venue's, step by step. The inputs are swapped one after another in a fixed order, so an effect
 * depends on the steps before it. Amounts are decimals: own + every step = charged, to the last digit shown.
 */
export interface Bridge {
  /** Id of the stated amount it leads to. */
  readonly statedId: string;
  readonly account: string;
  readonly label: string;
  readonly unit: string;
  readonly decimals: number;
  readonly own: number;
  readonly steps: readonly BridgeStep[];
  readonly charged: number;
  /** charged − own. */
  readonly difference: number;
}

export interface BridgeInput {
  readonly statedId: string;
  readonly account: string;
  readonly label: string;
  readonly unit: string;
  readonly own: number;
  readonly charged: number;
  /** One unit of the venue's last digit. */
  readonly digit: number;
  /** Our figure after each swap, in order; each contains the swaps before it. */
  readonly after: readonly { readonly id: string; readonly label: string; readonly amount: number }[];
  /** The remainder is rounding and not unexplained. */
  readonly closed: boolean;
}

/** Decimals of this many digits are numbers exactly; with more, the shown sum would not hold. */
const exactDigits = 15;

function wholeDigits(amount: number): number {
  return amount < 1 ? 0 : Math.floor(Math.log10(amount)) + 1;
}

/**
 * @returns the bridge; steps without effect are left out, the remainder is the last step and always present unless it is 0
 */
export function bridgeOf(input: BridgeInput): Bridge {
  const { statedId, account, label, unit, own, charged, digit, after, closed } = input;
  // two digits more than the venue prints show effects that its rounding hides
  const largest = Math.max(Math.abs(own), Math.abs(charged), ...after.map(({ amount }) => Math.abs(amount)));
  const decimals = Math.min(20, decimalsOfDigit(digit) + 2, Math.max(0, exactDigits - wholeDigits(largest)));
  const units = (amount: number) => decimalUnits(amount, decimals);
  const step = (id: string, text: string, amount: bigint): BridgeStep[] =>
    amount === 0n ? [] : [{ id, label: text, amount: decimalNumber(amount, decimals) }];
  const steps: BridgeStep[] = [];
  let reached = units(own);
  for (const { id, label: text, amount } of after) {
    steps.push(...step(id, text, units(amount) - reached));
    reached = units(amount);
  }
  const rest = units(charged) - reached;
  steps.push(...(closed ? step("rounding", "rounding", rest) : step("unexplained", "unexplained", rest)));
  return {
    ...{ statedId, account, label, unit, decimals, steps },
    own: decimalNumber(units(own), decimals),
    charged: decimalNumber(units(charged), decimals),
    difference: decimalNumber(units(charged) - units(own), decimals),
  };
}
