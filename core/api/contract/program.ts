import { z } from "zod";
import { command, query } from "../operation.ts";
import { byId, nothing } from "./input.ts";

export interface OperationDescription {
  readonly name: string;
  readonly kind: "query" | "command" | "job";
  readonly title: string;
  /** JSON Schema of the input. */
  readonly input: unknown;
}

/** The program itself, its documents, settings and jobs. */
export const programOperations = {
  "contract.operations": query<readonly OperationDescription[]>()("List every operation with its JSON Schema", nothing),
  "program.info": query<{ readonly version: string; readonly host: string }>()(
    "Version and host of the program",
    nothing,
  ),
  "document.get": query<{ readonly markdown: string }>()("A document that ships with the program, e.g. glossary", byId),
  "setting.get": query<{ readonly value: unknown }>()(
    "One setting",
    z.strictObject({ key: z.string().min(1).max(100) }),
  ),
  "setting.set": command<null>()(
    "Store a setting (plain JSON up to 1 MB)",
    z.strictObject({ key: z.string().min(1).max(100), value: z.json() }),
  ),
  "job.cancel": command<{ readonly cancelled: boolean }>()(
    "Cancel a running job",
    z.strictObject({ job: z.string().min(1) }),
  ),
} as const;
