import { success } from "../../base/index.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";

/** The program itself. */
export function program({ codeVersion, host }: Pick<Ports, "codeVersion" | "host">): ServicePart<"program"> {
  return { "program.info": () => success({ version: codeVersion, host }) };
}
