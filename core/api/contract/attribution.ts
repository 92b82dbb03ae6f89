import { z } from "zod";
import {
  type Attribution,
  attributionKinds,
  type ChangeExplanation,
  changeSteps,
  groupings,
} from "../../explain/index.ts";
import { job } from "../operation.ts";
import { marginRequest } from "../schema.ts";

const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const requirement = z.enum(["initial", "maintenance"]);

/** A stored run by id, or a request of its own. */
export const changeSide = z.union([
  z.strictObject({ run: z.string().min(1).describe("id of a stored run") }),
  z.strictObject({ request: marginRequest }),
]);

/** Where a requirement comes from, and why it changed. */
export const attributionOperations = {
  "attribution.run": job<Attribution, Attribution>()(
    "Requirement split among groups of positions: component, Euler, stand-alone, incremental, pro-rata, Shapley",
    marginRequest.extend({
      grouping: z.enum(groupings).default("underlying"),
      requirement: requirement.default("initial"),
      kinds: z
        .array(z.enum(attributionKinds))
        .min(1)
        .max(attributionKinds.length)
        .default([...attributionKinds]),
      tags: z
        .array(z.strictObject({ positionId: z.string().min(1), tag: z.string().min(1).max(200) }))
        .max(200_000)
        .default([])
        .describe("tags set by you, over those of the positions"),
      exactUpTo: z
        .int()
        .min(0)
        .max(20)
        .optional()
        .describe("groups up to which every coalition is valued; default: as the number of positions allows"),
      permutations: z
        .int()
        .min(2)
        .max(100_000)
        .optional()
        .describe("orders drawn at most where Shapley values are sampled, each with its reverse"),
      tolerance: z
        .number()
        .min(0)
        .max(1)
        .default(0.005)
        .describe("sampling stops when every standard error is at most this share of the requirement"),
      seed: seed.default(1),
    }),
  ),
  "change.explain": job<ChangeExplanation>()(
    "Why a requirement changed between two runs: positions, market, time, parameters and method, adding up to the last digit",
    z.strictObject({
      from: changeSide.describe("the earlier one"),
      to: changeSide.describe("the later one"),
      requirement: requirement.default("initial"),
      order: z
        .array(z.enum(changeSteps))
        .min(1)
        .max(changeSteps.length)
        .optional()
        .describe("steps in the order they are taken; those left out follow in the usual order"),
      average: z
        .enum(["none", "both-orders", "all-orders"])
        .default("both-orders")
        .describe("beside the stated order: the mean with its reverse, or over every order (Shapley)"),
      mostLines: z.int().min(0).max(1000).default(20).describe("lines of a step, largest change first"),
      mostPositions: z.int().min(0).max(5000).default(20).describe("positions of a step, largest change first"),
    }),
  ),
} as const;
