import type { Input, Output } from "../../core/api/contract.ts";

/** Names for the shapes of what-if: tickets, their result, sizes, steps, candidates, hedges. */
export type WhatIfRequest = Input<"what-if.run">;
export type AskedLeg = NonNullable<WhatIfRequest["legs"]>[number];
export type WhatIfLimit = NonNullable<WhatIfRequest["limits"]>[number];
export type WhatIfResult = Output<"what-if.run">;
export type WhatIfColumn = Exclude<WhatIfResult["columns"][number], { readonly failure: unknown }>;
export type WhatIfFigures = WhatIfColumn["before"];
export type LimitVerdict = WhatIfColumn["limits"][number];
export type ExecutionSteps = Output<"what-if.steps">;
export type ExecutionPath = ExecutionSteps["asked"];
export type TicketSize = Output<"what-if.size">;
export type CandidateRanking = Output<"what-if.candidates">;
export type RankedCandidate = CandidateRanking["ranked"][number];
export type CandidateMeasure = CandidateRanking["measure"];
export type MarketInstrument = Output<"what-if.instruments">["found"][number];
export type HedgeProposal = Output<"hedge.propose">;
export type UnwindPlan = Output<"hedge.unwind">;
export type TicketStress = Output<"what-if.stress">;
export type TicketStressColumn = Exclude<TicketStress["columns"][number], { readonly failure: unknown }>;
export type StressedTicket = TicketStressColumn["scenarios"][number];
