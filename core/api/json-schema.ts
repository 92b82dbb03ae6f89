import { z } from "zod";

/** How file content crosses as JSON: see `codec.ts`. */
const codedBytes = {
  type: "object",
  properties: { $bytes: { type: "string", contentEncoding: "base64" } },
  required: ["$bytes"],
  additionalProperties: false,
};

/** JSON Schema (draft 2020-12) of what a schema takes in, defaults and descriptions kept. */
export function jsonSchemaOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      // The only custom schema of the contract is `z.instanceof(Uint8Array)`.
      if (zodSchema._zod.def.type === "custom") Object.assign(jsonSchema, codedBytes);
    },
  });
}
