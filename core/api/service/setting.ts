import { canonicalJson, failed, success } from "../../base/index.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";

const longest = 1_000_000;

/** Settings: plain JSON by key; `null` when a key was never set. */
export function setting({ store }: Pick<Ports, "store">): ServicePart<"setting"> {
  return {
    "setting.get": ({ key }) => success({ value: store.settings.get(key) ?? null }),
    "setting.set": ({ key, value }) => {
      const { length } = canonicalJson(value);
      if (length > longest)
        return failed(
          "invalid-input",
          `setting ${key} has ${length} characters of JSON; expected at most ${longest}`,
          key,
        );
      store.settings.set(key, value);
      return success(null);
    },
  };
}
