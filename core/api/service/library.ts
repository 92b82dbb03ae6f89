import { success } from "../../base/index.ts";
import type { Ports } from "../ports.ts";
import { importFileOf } from "./files.ts";
import type { ServicePart } from "./part.ts";

/** The library as a whole. */
export function library({ store }: Pick<Ports, "store">): ServicePart<"library"> {
  return {
    "library.info": () => success(store.info()),
    "library.export": () => success({ bytes: store.export() }),
    "library.import": ({ file }) => success(store.import(importFileOf(file).bytes)),
  };
}
