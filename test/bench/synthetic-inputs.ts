import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Standard normals and uniforms from a fixed seed (mulberry32 and Box-Muller): the same files on every machine. */
export function draws(seed: number) {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

const spots = [60_000, 3_000, 140, 0.5, 5_000, 18_000, 2_300, 70];
const days = [1, 3, 7, 14, 30, 60, 90, 180, 365, 730];

function spread(from: number, to: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

function portfolio(count: number, underlyings: number, seed: number): Float64Array {
  const { uniform, normal } = draws(seed);
  const columns = new Float64Array(8 * count);
  for (let i = 0; i < count; i++) {
    const underlying = i % underlyings;
    const years = (days[Math.floor(uniform() * days.length)] ?? 1) / 365;
    const forward = (spots[underlying % spots.length] ?? 1) * (1 + 0.1 * Math.floor(underlying / spots.length));
    const volatility = 0.3 + 0.6 * uniform();
    const strike = forward * Math.exp(1.3 * normal() * volatility * Math.sqrt(years));
    const quantity = (uniform() < 0.5 ? -1 : 1) * Math.ceil(20 * uniform()) * (1000 / forward);
    const row = [
      forward,
      strike,
      years,
      volatility,
      Math.exp(-0.03 * years),
      quantity,
      uniform() < 0.5 ? 1 : -1,
      underlying,
    ];
    row.forEach((value, column) => {
      columns[column * count + i] = value;
    });
  }
  return columns;
}

/** Writes the input files of every workload, of our own making, into a folder. @returns the folder */
export function syntheticInputs(folder: string): string {
  const write = (name: string, values: Float64Array): void => writeFileSync(join(folder, `${name}.bin`), values);
  for (const count of [1_000, 10_000, 100_000]) write(`w1_${count}`, portfolio(count, 8, count));
  write("w1_ds", spread(-0.5, 0.5, 41));
  write("w1_dv", spread(-0.5, 0.5, 41));
  write("w2_2000", portfolio(2_000, 8, 2));
  const history = draws(3);
  const moves = Float64Array.from({ length: 8 * 2_500 }, () => Math.max(-0.6, Math.min(0.6, 0.04 * history.normal())));
  write("w2_ds", moves);
  write(
    "w2_dv",
    moves.map((move) => Math.max(-0.5, Math.min(1, -1.5 * move + 0.05 * history.normal()))),
  );
  write("w3_2000", portfolio(2_000, 20, 4));
  const paths = draws(5);
  const correlation = 0.5;
  // Cholesky factor of equal correlations, row by row.
  const cholesky = new Float64Array(400);
  for (let i = 0; i < 20; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = i === j ? 1 : correlation;
      for (let k = 0; k < j; k++) rest -= (cholesky[i * 20 + k] ?? 0) * (cholesky[j * 20 + k] ?? 0);
      cholesky[i * 20 + j] = i === j ? Math.sqrt(rest) : rest / (cholesky[j * 20 + j] ?? 1);
    }
  }
  write("w3_L", cholesky);
  write("w3_vol", new Float64Array(20).fill(0.035));
  write(
    "w3_z",
    Float64Array.from({ length: 50_000 * 20 }, () => paths.normal()),
  );
  write(
    "w3_scale",
    Float64Array.from({ length: 50_000 }, () => 1 / Math.sqrt(0.5 + paths.uniform())),
  );
  write(
    "w4_idx",
    Float64Array.from({ length: 50_000 }, () => Math.floor(2_000 * paths.uniform())),
  );
  write(
    "w4_q",
    Float64Array.from({ length: 50_000 }, () => (paths.uniform() < 0.5 ? -1 : 1) * Math.ceil(20 * paths.uniform())),
  );
  const cells = [-0.25, 0, 0.5].flatMap((change) =>
    [...spread(-0.15, 0.15, 11)].map((move) => [move, change] as const),
  );
  const all = [...cells, [-0.45, 0] as const, [0.45, 0] as const];
  write(
    "w4_ds",
    Float64Array.from(all, ([move]) => move),
  );
  write(
    "w4_dv",
    Float64Array.from(all, ([, change]) => change),
  );
  return folder;
}
