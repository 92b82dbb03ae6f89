import { availableParallelism } from "node:os";

/** More would only wait for one another. */
const mostThreads = 64;

/**
 * Threads of the pool: what the environment variable `MARGINSCOPE_THREADS` says, else one for each core of the machine.
 * The count changes how long work takes, never a digit.
 *
 * @throws Error when the variable is no whole number from 1 to 64
 */
export function threadCount(environment: NodeJS.ProcessEnv = process.env): number {
  const given = environment.MARGINSCOPE_THREADS;
  if (given === undefined || given === "") return Math.min(mostThreads, availableParallelism());
  const count = Number(given);
  if (!Number.isInteger(count) || count < 1 || count > mostThreads)
    throw new Error(`MARGINSCOPE_THREADS is ${given}; expected a whole number from 1 to ${mostThreads}`);
  return count;
}
