import { z } from "zod";
import type { BreakReport, StatedOverrides } from "../../explain/index.ts";
import type { History } from "../../history/index.ts";
import type { VenueStatement } from "../../import/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import { command, job, query } from "../operation.ts";
import { file, marginRequest, portfolioSource, rulesChoice, source } from "../schema.ts";
import { byId, maskAccounts, nothing } from "./input.ts";
import type { BinaryFile } from "./report.ts";
import type { Stored, StoredSummary } from "./stored.ts";

/** A break report: what the venue charged, and our run. What is left out is taken from the reply itself. */
const breakRequest = marginRequest.extend({
  charged: z.array(file).min(1).max(10).describe("the venue's own replies that say what it charges"),
  portfolio: portfolioSource.optional().describe("default: the positions of the reply"),
  market: source.optional().describe("default: the prices of the reply"),
  methodology: z.string().min(1).optional().describe("default: the method the reply speaks of"),
});

/** A break report with everything that made it: inputs, the venue's statement, and the code that compared them. */
export interface KeptBreakReport {
  readonly request: Omit<z.output<typeof breakRequest>, "charged" | "portfolio" | "market" | "history">;
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  /** Absent when the request named none. */
  readonly history?: History;
  readonly statement: VenueStatement;
  readonly report: BreakReport;
  readonly codeVersion: string;
}

/** A report in a form to give away. */
export interface ReportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** Our number against the one a venue charges. */
export const auditOperations = {
  "reply.read": query<VenueStatement>()(
    "What a venue says it charges, from its own replies",
    z.strictObject({ charged: z.array(file).min(1).max(10) }),
  ),
  "reply.overrides": query<StatedOverrides>()(
    "Parameters of a venue's reply as overrides of a rulebook",
    z.strictObject({
      charged: z.array(file).min(1).max(10),
      methodology: z.string().min(1).optional().describe("default: the method the reply speaks of"),
      rules: rulesChoice.optional().describe("default: the version in force on the day of the reply"),
    }),
  ),
  "break-report.run": job<BreakReport>()(
    "Our margin against what the venue charges, line by line, with the inputs that explain each gap",
    breakRequest,
  ),
  "break-report.save": job<StoredSummary>()(
    "Run a break report and keep it with its inputs",
    z.strictObject({ name: z.string().min(1).max(200), request: breakRequest }),
  ),
  "break-report.list": query<readonly StoredSummary[]>()("Stored break reports", nothing),
  "break-report.get": query<Stored<KeptBreakReport>>()("One stored break report", byId),
  "break-report.delete": command<null>()("Delete a break report", byId),
  "break-report.export": query<ReportFile | BinaryFile>()(
    "A stored break report as a file: CSV, Excel, JSON or a page to print",
    z.strictObject({ id: z.string().min(1), format: z.enum(["csv", "xlsx", "json", "html"]), maskAccounts }),
  ),
} as const;
