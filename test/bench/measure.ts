/** Times of repeated runs: by the clock, and of all threads of the process together, which other programs do not lengthen. */
export interface Times {
  readonly times: readonly number[];
  readonly cpu: readonly number[];
}

/** Runs a computation several times. */
export async function repeatedly(count: number, run: () => unknown): Promise<Times> {
  const times: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < count; i++) {
    const before = process.cpuUsage();
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1_000);
  }
  return { times, cpu };
}
