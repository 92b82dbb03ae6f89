/** Sides of factors: −1 pushed down, 1 up, 0 left where it is. */
export type Sides = Int8Array;

export interface PushedSides {
  readonly alone: readonly { readonly down: number; readonly up: number; readonly side: -1 | 0 | 1 }[];
  /** Losing sides of the factors alone. */
  readonly first: Sides;
  /** After the last round. */
  readonly last: Sides;
  readonly rounds: number;
  /** False where the last round still changed a side. */
  readonly settled: boolean;
}

/**
 * Factor push: every factor to its losing side, then all together; for options one factor after the other is pushed again while the others
 * stay pushed, until no side changes. A side is changed only for a larger loss.
 *
 * @param count  of factors
 * @param profit of sides, gain > 0; 0 at no push
 * @param most   rounds, ≥ 1
 * @source resources/docs/stress.md, section 9
 */
export function factorPush(count: number, profit: (sides: Sides) => number, most: number): PushedSides {
  const none = new Int8Array(count);
  const pushed = (sides: Sides, at: number, side: number): Sides => sides.map((one, i) => (i === at ? side : one));
  const alone = Array.from({ length: count }, (_, at) => {
    const [down, up] = [profit(pushed(none, at, -1)), profit(pushed(none, at, 1))];
    const side: -1 | 0 | 1 = down < 0 && down <= up ? -1 : up < 0 ? 1 : 0;
    return { down, up, side };
  });
  const first = Int8Array.from(alone, ({ side }) => side);
  let sides: Sides = first;
  let worst = profit(sides);
  let rounds = 0;
  let changed = true;
  while (changed && rounds < most) {
    changed = false;
    rounds += 1;
    for (let at = 0; at < count; at++) {
      for (const side of [-1, 0, 1]) {
        if (side === sides[at]) continue;
        const tried = pushed(sides, at, side);
        const made = profit(tried);
        if (made < worst) {
          [sides, worst, changed] = [tried, made, true];
        }
      }
    }
  }
  return { alone, first, last: sides, rounds, settled: !changed };
}
