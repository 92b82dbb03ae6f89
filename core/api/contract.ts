import type { z } from "zod";
import { attributionOperations } from "./contract/attribution.ts";
import { auditOperations } from "./contract/audit.ts";
import { backtestOperations } from "./contract/backtest.ts";
import { hedgeOperations } from "./contract/hedge.ts";
import { historyOperations } from "./contract/history.ts";
import { importOperations } from "./contract/import.ts";
import { libraryOperations } from "./contract/library.ts";
import { marginOperations } from "./contract/margin.ts";
import { parameterFileOperations } from "./contract/parameter-file.ts";
import { priceOperations } from "./contract/price.ts";
import { programOperations } from "./contract/program.ts";
import { reportOperations } from "./contract/report.ts";
import { rulesOperations } from "./contract/rules.ts";
import { stressOperations } from "./contract/stress.ts";
import { stressSetOperations } from "./contract/stress-set.ts";
import { validationOperations } from "./contract/validation.ts";
import { whatIfOperations } from "./contract/what-if.ts";
import type { InputOf, OutputOf, ParsedInputOf, PartialOf } from "./operation.ts";
import type { historySource, marginRequest, parameterFileSource, portfolioSource, source } from "./schema.ts";

export type { KeptBreakReport, ReportFile } from "./contract/audit.ts";
export type { Backtest, OpenedPoint } from "./contract/backtest.ts";
export type {
  FilteredHistory,
  HistoryCorrelation,
  HistoryImportOutcome,
  HistorySummary,
  Panel,
  PanelImportOutcome,
} from "./contract/history.ts";
export type { ImportOutcome, RecentFile, StoredMapping } from "./contract/import.ts";
export type { LibraryInfo } from "./contract/library.ts";
export type { ReplayVerdict, Run } from "./contract/margin.ts";
export type { ArrayComparison, ParameterFileOutcome, ParameterFileSummary } from "./contract/parameter-file.ts";
export type { ImpliedVolatility, UnitPnlTable } from "./contract/price.ts";
export type { OperationDescription } from "./contract/program.ts";
export type { BinaryFile } from "./contract/report.ts";
export type { MethodologyDetail, MethodologySummary, ParameterDifference, StoredOverrides } from "./contract/rules.ts";
export type { Stored, StoredSummary } from "./contract/stored.ts";
export type {
  FactorTables,
  MethodologySet,
  StoredStressSet,
  StressSetChange,
  StressSetFile,
  StressSetImport,
  StressSetPlace,
  StressSetSummary,
  StressSetVersion,
} from "./contract/stress-set.ts";
export type { AlgebraOutcome, InstrumentSearch, MarketInstrument } from "./contract/what-if.ts";
export type { CoinSlopes, OptionValuation } from "./option-valuation.ts";

/** Every operation once. Doors, service, client and command line are derived from this list. */
export const contract = {
  ...programOperations,
  ...priceOperations,
  ...rulesOperations,
  ...importOperations,
  ...historyOperations,
  ...parameterFileOperations,
  ...marginOperations,
  ...stressOperations,
  ...hedgeOperations,
  ...stressSetOperations,
  ...backtestOperations,
  ...attributionOperations,
  ...auditOperations,
  ...reportOperations,
  ...validationOperations,
  ...whatIfOperations,
  ...libraryOperations,
} as const;

export type Contract = typeof contract;
export type OperationName = keyof Contract;
export type Input<N extends OperationName> = InputOf<Contract[N]>;
export type ParsedInput<N extends OperationName> = ParsedInputOf<Contract[N]>;
export type Output<N extends OperationName> = OutputOf<Contract[N]>;
export type Partial<N extends OperationName> = PartialOf<Contract[N]>;

export type MarginRequest = z.input<typeof marginRequest>;
export type ParsedMarginRequest = z.output<typeof marginRequest>;
export type Source = z.output<typeof source>;
export type PortfolioSource = z.output<typeof portfolioSource>;
export type ParameterFileSource = z.output<typeof parameterFileSource>;
export type HistorySource = z.output<typeof historySource>;
