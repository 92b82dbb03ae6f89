import { isoDate } from "../../base/index.ts";
import { decide } from "../intake.ts";
import type { HistoryIntake } from "./history-intake.ts";
import type { OneSeries } from "./one-series.ts";

interface Row {
  readonly ms: number;
  readonly value: number;
  /** New shares for one old one on this day: 4 of a 4-for-1 split. */
  readonly split: number | undefined;
  readonly at: number | undefined;
}

/** Takes daily prices with their splits and hands on prices that are comparable through time. */
export interface SplitAdjusted {
  readonly add: (ms: number, value: number, split: number | undefined) => void;
  readonly finish: () => void;
}

/**
 * Prices before a split are divided by its ratio, unless the price of the day shows no jump: then they are adjusted already. Either is
 * shown as a decision.
 */
export function splitAdjusted(intake: HistoryIntake, series: OneSeries, factor: string): SplitAdjusted {
  const rows: Row[] = [];
  return {
    add: (ms, value, split) => rows.push({ ms, value, split, at: intake.row }),
    finish() {
      const { row: last } = intake;
      const divisors = rows.map(() => 1);
      for (const [place, { ms, value, split }] of rows.entries()) {
        const before = rows[place - 1];
        if (split === undefined || split === 1 || before === undefined) continue;
        const jumps = jumped(before.value, value, split);
        const done = jumps ? "earlier prices divided by it" : "prices are adjusted already";
        const why = `the price went from ${before.value} to ${value}`;
        decide(intake, `split ${split} of ${factor} on ${isoDate(ms)}`, done, why);
        if (jumps)
          for (let earlier = 0; earlier < place; earlier += 1) divisors[earlier] = (divisors[earlier] ?? 1) * split;
      }
      for (const [place, { ms, value, at }] of rows.entries()) {
        intake.row = at;
        series.add(ms, value / (divisors[place] ?? 1));
      }
      intake.row = last;
      series.finish();
    },
  };
}

/** Whether a price fell by about a split's ratio: nearer to the ratio than to no move. */
function jumped(before: number, after: number, split: number): boolean {
  if (!(before > 0 && after > 0)) return false;
  const move = Math.log(before / after);
  return Math.abs(move - Math.log(split)) < Math.abs(move);
}
