import type { BorderSegment } from "./border-cells.ts";

/** Pieces of one border joined end to end: `x0, y0, x1, y1, …`. */
export interface BorderPath {
  readonly left: number;
  readonly right: number;
  readonly points: Float64Array;
}

/**
 * Pieces joined to lines, each with the region of the smaller number on its left; longest first, as far as lengths are shares of the axes.
 *
 * @param width, height of the whole
 */
export function borderPaths(segments: readonly BorderSegment[], width: number, height: number): readonly BorderPath[] {
  const turned = segments.map((one) =>
    one.left < one.right ? one : { x0: one.x1, y0: one.y1, x1: one.x0, y1: one.y0, left: one.right, right: one.left },
  );
  const starts = new Map<string, number[]>();
  const keyOf = (x: number, y: number, { left, right }: BorderSegment): string => `${x} ${y} ${left} ${right}`;
  turned.forEach((one, at) => {
    const key = keyOf(one.x0, one.y0, one);
    const known = starts.get(key);
    if (known === undefined) starts.set(key, [at]);
    else known.push(at);
  });
  const ends = new Set(turned.map((one) => keyOf(one.x1, one.y1, one)));
  const used = new Set<number>();
  const follow = (first: number): BorderPath => {
    const points: number[] = [];
    let at: number | undefined = first;
    for (
      let one = turned[first];
      one !== undefined && at !== undefined;
      one = at === undefined ? undefined : turned[at]
    ) {
      used.add(at);
      if (points.length === 0) points.push(one.x0, one.y0);
      points.push(one.x1, one.y1);
      at = starts.get(keyOf(one.x1, one.y1, one))?.find((next) => !used.has(next));
    }
    const { left = 0, right = 0 } = turned[first] ?? {};
    return { left, right, points: Float64Array.from(points) };
  };
  const paths: BorderPath[] = [];
  // Lines begin where no piece ends; what is left are closed ones.
  turned.forEach((one, at) => {
    if (!used.has(at) && !ends.has(keyOf(one.x0, one.y0, one))) paths.push(follow(at));
  });
  turned.forEach((_, at) => {
    if (!used.has(at)) paths.push(follow(at));
  });
  const length = ({ points }: BorderPath): number => {
    let total = 0;
    for (let i = 2; i + 1 < points.length; i += 2) {
      const [dx, dy] = [
        ((points[i] ?? 0) - (points[i - 2] ?? 0)) / width,
        ((points[i + 1] ?? 0) - (points[i - 1] ?? 0)) / height,
      ];
      total += Math.sqrt(dx * dx + dy * dy);
    }
    return total;
  };
  return paths
    .map((path) => ({ path, size: length(path) }))
    .sort((a, b) => b.size - a.size)
    .map(({ path }) => path);
}
