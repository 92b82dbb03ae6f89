import type { Failure } from "../base/index.ts";

/** Values of parameters by id; a number each. */
export type ParameterSet = Readonly<Record<string, number>>;

/** A parameter and the values it is moved to. */
export interface SensitivityParameter {
  /** `confidence`, `/varEs/lookback`; unique. */
  readonly id: string;
  readonly label: string;
  readonly base: number;
  readonly values: readonly number[];
}

/** What the margin function answered for one parameter set. */
export type SensitivityAnswer =
  | { readonly margin: number; readonly exceptions?: number }
  | { readonly failure: Failure };

/** A question to the margin function: one parameter moved, or none. */
export interface SensitivityPoint {
  /** Absent at the base. */
  readonly parameter?: string;
  readonly set: ParameterSet;
}

export interface SensitivityRow {
  readonly parameter: string;
  readonly label: string;
  readonly base: number;
  readonly value: number;
  readonly margin?: number;
  /** Margin less margin at the base, currency. */
  readonly change?: number;
  /** change / margin at the base, fraction; absent when that is 0. */
  readonly relativeChange?: number;
  /** (Δm/m) / (Δθ/θ); absent at the base value, or where θ or m is 0. */
  readonly elasticity?: number;
  readonly exceptions?: number;
  /** Why this set has no margin: too short a history for the confidence. */
  readonly failure?: Failure;
}

export interface SensitivityTable {
  readonly baseMargin: number;
  readonly baseExceptions?: number;
  readonly rows: readonly SensitivityRow[];
  /** True where portfolio, market or history were generated. */
  readonly synthetic?: boolean;
}

/**
 * The parameter sets of a one-at-a-time sensitivity, the base first; the caller computes the margin of each, in any order.
 *
 * @param parameters ids unique
 */
export function sensitivityPoints(parameters: readonly SensitivityParameter[]): readonly SensitivityPoint[] {
  const base: ParameterSet = Object.fromEntries(parameters.map(({ id, base }) => [id, base]));
  return [
    { set: base },
    ...parameters.flatMap(({ id, values }) =>
      values.map((value) => ({ parameter: id, set: { ...base, [id]: value } })),
    ),
  ];
}

/**
 * The table of a one-at-a-time sensitivity.
 *
 *     elasticity = ((m − m₀)/m₀) / ((θ − θ₀)/θ₀)
 *
 * @param parameters as they were given to `sensitivityPoints`
 * @param answers    one for each of its points, in its order
 * @returns the failure of the base where that has no margin
 */
export function sensitivityTable(
  parameters: readonly SensitivityParameter[],
  answers: readonly SensitivityAnswer[],
): SensitivityTable | { readonly failure: Failure } {
  const [base, ...moved] = answers;
  if (base === undefined) return { failure: { reason: "missing-data", message: "the base was not computed" } };
  if ("failure" in base) return base;
  const rows = parameters
    .flatMap((parameter) => parameter.values.map((value) => ({ parameter, value })))
    .map(({ parameter, value }, at) => rowOf(parameter, value, base.margin, moved[at]));
  const { margin: baseMargin, exceptions } = base;
  return { baseMargin, ...(exceptions !== undefined && { baseExceptions: exceptions }), rows };
}

/** Asks a margin function for every point; for functions that answer at once. */
export function sensitivityOf(
  parameters: readonly SensitivityParameter[],
  margin: (set: ParameterSet) => SensitivityAnswer,
): SensitivityTable | { readonly failure: Failure } {
  return sensitivityTable(
    parameters,
    sensitivityPoints(parameters).map(({ set }) => margin(set)),
  );
}

function rowOf(
  { id, label, base }: SensitivityParameter,
  value: number,
  baseMargin: number,
  answer: SensitivityAnswer | undefined,
): SensitivityRow {
  const row = { parameter: id, label, base, value };
  if (answer === undefined)
    return { ...row, failure: { reason: "missing-data", message: `${id} = ${value} was not computed` } };
  if ("failure" in answer) return { ...row, failure: answer.failure };
  const change = answer.margin - baseMargin;
  const relativeChange = baseMargin > 0 ? change / baseMargin : undefined;
  const moved = base === 0 || value === base ? undefined : (value - base) / base;
  return {
    ...{ ...row, margin: answer.margin, change },
    ...(relativeChange !== undefined && { relativeChange }),
    ...(relativeChange !== undefined && moved !== undefined && { elasticity: relativeChange / moved }),
    ...exceptionsIn(answer),
  };
}

function exceptionsIn({ exceptions }: { readonly exceptions?: number }): { readonly exceptions?: number } {
  return exceptions === undefined ? {} : { exceptions };
}
