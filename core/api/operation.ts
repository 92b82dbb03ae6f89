import type { z } from "zod";

/** `query` reads, `command` changes the library, `job` may take long: it reports progress and can be cancelled. */
export type OperationKind = "query" | "command" | "job";

declare const output: unique symbol;
declare const partial: unique symbol;

/** One operation of the contract. Output and partial types exist for the compiler only. */
export interface Operation<Input extends z.ZodType = z.ZodType, Output = unknown, Partial = never> {
  readonly kind: OperationKind;
  readonly title: string;
  readonly input: Input;
  readonly [output]?: Output;
  readonly [partial]?: Partial;
}

const define =
  (kind: OperationKind) =>
  <Output, Partial = never>() =>
  <Input extends z.ZodType>(title: string, input: Input): Operation<Input, Output, Partial> => ({
    kind,
    title,
    input,
  });

export const query = define("query");
export const command = define("command");
export const job = define("job");

export type InputOf<O> = O extends Operation<infer Input, infer _Output, infer _Partial> ? z.input<Input> : never;
export type ParsedInputOf<O> =
  O extends Operation<infer Input, infer _Output, infer _Partial> ? z.output<Input> : never;
export type OutputOf<O> = O extends Operation<infer _Input, infer Output, infer _Partial> ? Output : never;
export type PartialOf<O> = O extends Operation<infer _Input, infer _Output, infer Partial> ? Partial : never;
