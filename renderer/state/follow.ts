/** A run that takes longer than this is given up for what changed since, ms; a quicker one shows its answer first. */
const patienceMs = 150;

/**
 * Keeps an answer in step with inputs that change many times a second, e.g. under a hand on a slider: the first change is answered
 * at once, and those that come meanwhile together as soon as that answer stands. So answers come while the hand moves.
 *
 * @param work asks for the inputs as they are now; a newer call takes the place of an older one
 * @returns called at every change of the inputs
 */
export function follower(work: () => Promise<void>): () => void {
  let run = 0;
  let startedAt: number | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const start = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    run += 1;
    const own = run;
    startedAt = performance.now();
    const end = (): void => {
      if (own !== run) return;
      startedAt = undefined;
      if (waiting !== undefined) start();
    };
    work().then(end, end);
  };
  return () => {
    if (startedAt === undefined) start();
    else waiting ??= setTimeout(start, Math.max(0, startedAt + patienceMs - performance.now()));
  };
}
