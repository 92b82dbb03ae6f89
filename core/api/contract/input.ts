import { z } from "zod";

/** Input of an operation that needs none. */
export const nothing = z.strictObject({});

export const byId = z.strictObject({ id: z.string().min(1).max(200) });

export const named = z.strictObject({ id: z.string().min(1), name: z.string().min(1).max(200) });

/** Of files to give away: the library keeps the names, without which a stored run would not be the same book. */
export const maskAccounts = z
  .boolean()
  .default(false)
  .describe("show the last two characters of names of accounts only, as the window does where it masks them");
