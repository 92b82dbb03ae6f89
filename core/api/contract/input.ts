import { z } from "zod";

/** Input of an operation that needs none. */
export const nothing = z.strictObject({});

export const byId = z.strictObject({ id: z.string().min(1) });

export const named = z.strictObject({ id: z.string().min(1), name: z.string().min(1).max(200) });
