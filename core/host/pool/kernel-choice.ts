import { chooseKernel, kernelNames } from "../../revaluation/index.ts";

/**
 * Chooses the kernel of this thread where the environment variable `MARGINSCOPE_KERNEL` names one; every result says which one ran.
 *
 * @throws Error when the variable names none, or one that this machine does not run
 */
export function chooseNamedKernel(environment: NodeJS.ProcessEnv = process.env): void {
  const given = environment.MARGINSCOPE_KERNEL;
  if (given === undefined || given === "") return;
  const name = kernelNames.find((one) => one === given);
  if (name === undefined) throw new Error(`MARGINSCOPE_KERNEL is ${given}; expected ${kernelNames.join(", ")}`);
  chooseKernel(name);
}
