import { failed, success } from "../../base/index.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";

/** Documents that ship with the program. */
export function document({ resources }: Pick<Ports, "resources">): ServicePart<"document"> {
  return {
    "document.get": ({ id }) => {
      const markdown = resources.document(id);
      return markdown === undefined
        ? failed("not-found", `no document ${JSON.stringify(id)} ships with this program`, id)
        : success({ markdown });
    },
  };
}
