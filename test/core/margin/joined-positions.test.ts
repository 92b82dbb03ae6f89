import { describe, expect, it } from "vitest";
import { failure } from "../../../core/base/index.ts";
import { joinedList, joinedOnce, type Outcome } from "../../../core/margin/joined-positions.ts";
import type { BookPosition, MethodologyUnderRules } from "../../../core/methodology/index.ts";
import type { Position, PositionId } from "../../../core/portfolio/index.ts";
import { caseFile, caseInputs } from "../methodology/case-file.ts";

const { market, portfolio } = caseInputs(
  caseFile.parse({
    title: "one perpetual",
    provenance: "own-computation",
    source: { note: "no expected figures" },
    date: "2026-01-03",
    market: {
      indices: { BTC: 100 },
      instruments: { "BTC-PERPETUAL": { kind: "perpetual", underlying: "BTC", mark: 100 } },
    },
    portfolio: { positions: [{ symbol: "BTC-PERPETUAL", quantity: 100 }] },
    expected: {},
    tolerance: 0,
  }),
);
const [one] = portfolio.positions as [Position];
const terms = {} as BookPosition["terms"];

/** Odd quantities are margined, even ones are not. */
function join(position: Position): Outcome {
  const { id, quantity, instrument } = position;
  if (quantity % 2 !== 0) return { position, terms };
  return {
    id,
    symbol: instrument.symbol,
    quantity,
    failure: failure("not-applicable", "even quantities are not margined"),
  };
}

/** Numbers below a bound; the same at each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

describe("joinedOnce", () => {
  it("gives what joining anew gives, whatever a list was before: replaced, added, left out, in another order", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const below = numbers(seed);
      const position = (): Position => ({
        ...one,
        id: `p${below(1_000_000)}` as PositionId,
        quantity: below(40) + (seed % 3 === 0 ? 2 * below(9) : 0),
      });
      const under = { methodology: {} as MethodologyUnderRules, market, history: undefined };
      let list = Array.from({ length: 1 + below(60) }, position);
      for (let step = 0; step < 30; step++) {
        expect(joinedOnce(list, under, join)).toMatchObject(joinedList(list, join));
        const next = list.slice();
        for (let change = below(6); change >= 0; change--) {
          const at = below(next.length + 1);
          const kind = below(5);
          if (kind <= 1 && at < next.length)
            next[at] = { ...(next[at] as Position), quantity: (next[at] as Position).quantity + 1 + kind };
          else if (kind === 2) next.splice(at, 1);
          else if (kind === 3) next.splice(at, 0, position());
          else if (below(4) === 0) next.reverse();
        }
        list = next;
      }
    }
  });

  it("joins a position once under a market, and anew under another", () => {
    const asked: Position[] = [];
    const counted = (position: Position): Outcome => {
      asked.push(position);
      return join(position);
    };
    const methodology = {} as MethodologyUnderRules;
    const other = { ...one, id: "other" as PositionId, quantity: 3 };
    const ask = (list: readonly Position[], at = market) =>
      joinedOnce(list, { methodology, market: at, history: undefined }, counted);
    ask([one, other]);
    ask([other, one]);
    ask([one]);
    expect(asked).toEqual([one, other]);
    ask([one], { ...market });
    expect(asked).toEqual([one, other, one]);
  });

  it("gives the same lists again where nothing changed", () => {
    const under = { methodology: {} as MethodologyUnderRules, market, history: undefined };
    const list = [one, { ...one, id: "other" as PositionId, quantity: 7 }];
    expect(joinedOnce(list.slice(), under, join)).toBe(joinedOnce(list, under, join));
  });
});
