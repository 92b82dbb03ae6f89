import { success } from "../../base/index.ts";
import { contract as operations } from "../contract.ts";
import { jsonSchemaOf } from "../json-schema.ts";
import type { ServicePart } from "./part.ts";

/** The contract, described by itself. */
export function contract(): ServicePart<"contract"> {
  return {
    "contract.operations": () =>
      success(
        Object.entries(operations).map(([name, { kind, title, input }]) => ({
          name,
          kind,
          title,
          input: jsonSchemaOf(input),
        })),
      ),
  };
}
