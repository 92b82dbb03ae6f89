import { success } from "../../base/index.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";

/** Recent files. */
export function recent({ store, now }: Pick<Ports, "store" | "now">): ServicePart<"recent"> {
  return {
    "recent.list": () => success(store.recent.list()),
    "recent.add": ({ path, name }) => {
      store.recent.add({ path, name, openedAtMs: now() });
      return success(null);
    },
    "recent.clear": () => {
      store.recent.clear();
      return success(null);
    },
  };
}
