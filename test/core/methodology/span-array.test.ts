import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { unwatched } from "../../../core/base/index.ts";
import { importFiles, loadParameterFile } from "../../../core/import/index.ts";
import { type MarginResult, runMargin } from "../../../core/margin/index.ts";
import { walk } from "../../../core/methodology/index.ts";
import spanArray from "../../../core/methodology/span-array/index.ts";
import { marketOfFile, type ParameterFile } from "../../../core/parameter-file/index.ts";
import type { Portfolio } from "../../../core/portfolio/index.ts";
import { type Override, resolveRules } from "../../../core/rulebook/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { fileFrom } from "../import/parameter-file/read-file.ts";
import { syntheticPositional } from "../import/parameter-file/synthetic-file.ts";
import { unwrapped } from "../result-value.ts";
import { caseInputs } from "./case-file.ts";
import { casesOf, rulebookOf } from "./run-case.ts";

interface TakasCase {
  readonly id: string;
  readonly positions: readonly { readonly contract: string; readonly quantity: number }[];
  readonly expected: {
    readonly totalRiskRequirement: number;
    readonly netOptionValue: number;
    readonly components: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  readonly tolerance: { readonly totalRiskRequirement: { abs: number }; readonly components: { abs: number } };
}

const cases = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../golden/span/span-takas-margin.json"), "utf8"),
) as readonly TakasCase[];

const header = "product,type,month,strike,right,quantity";

/** `F-XU030-201606` or `O-XU030-201606-C-96.0` as a row of a positions file. */
function rowOf({ contract, quantity }: TakasCase["positions"][number]): string {
  const [kind, product, month, right = "", strike = ""] = contract.split("-");
  return [product, kind === "F" ? "FUT" : "OOP", month, strike, right, quantity].join(",");
}

async function positionsOf(rows: readonly string[], head = header): Promise<Portfolio> {
  const bytes = new TextEncoder().encode([head, ...rows, ""].join("\n"));
  const { portfolio, report } = unwrapped(
    await importFiles([{ name: "positions.csv", bytes }], { name: "positions", mappings: {}, work: unwatched }),
  );
  expect(report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  if (portfolio === undefined) throw new Error("no positions");
  return portfolio;
}

async function marginOf(file: ParameterFile, portfolio: Portfolio, overrides: readonly Override[] = []) {
  const rules = unwrapped(resolveRules(rulebookOf("span-array"), { date: file.date }, overrides));
  return runMargin({ portfolio, market: marketOfFile(file), parameterFile: file, methodology: spanArray, rules });
}

const inputsOf = (result: MarginResult, ending: string) =>
  result.accounts
    .flatMap(({ initial }) => [...walk(initial)])
    .filter(({ id }) => id.endsWith(ending))
    .map(({ amount, inputs }) => ({ amount, inputs: new Map(inputs.map(({ label, value }) => [label, value])) }));

describeWithSharedData("Takasbank's own file of 2016-05-17, positions from CSV", (path) => {
  let file: ParameterFile;

  beforeAll(async () => {
    const bytes = readFileSync(path("span-takasbank-2016", "takas.spn.gz"));
    file = unwrapped(await loadParameterFile({ name: "takas.spn.gz", bytes }, unwatched));
  });

  it.each(cases)("$id: requirement and every component within its tolerance", async (given) => {
    const result = unwrapped(await marginOf(file, await positionsOf(given.positions.map(rowOf))));
    expect(result.excluded).toEqual([]);
    const { totalRiskRequirement, netOptionValue, components } = given.expected;
    const [risk] = inputsOf(result, "TRY/initial/risk");
    expect(Math.abs((risk?.amount ?? Number.NaN) - totalRiskRequirement)).toBeLessThanOrEqual(
      given.tolerance.totalRiskRequirement.abs,
    );
    const [value] = inputsOf(result, "TRY/initial/option-value/total");
    expect(value?.amount).toBeCloseTo(netOptionValue, 6);
    for (const [code, parts] of Object.entries(components)) {
      const [scan] = inputsOf(result, `risk/${code}/risk/before-minimum/scan`);
      const exact = inputsOf(result, `risk/${code}/risk/before-minimum/scan/uncapped`)[0] ?? scan;
      const found: Readonly<Record<string, unknown>> = {
        scanRisk: scan?.amount,
        activeScenario: exact?.inputs.get("active scenario"),
        timeRisk: exact?.inputs.get("time risk"),
        volatilityRisk: exact?.inputs.get("volatility risk"),
        priceRisk: exact?.inputs.get("price risk"),
        netDelta: exact?.inputs.get("net delta"),
        weightedFuturesPriceRisk: exact?.inputs.get("weighted price risk"),
        intraCommodityCharge: inputsOf(result, `risk/${code}/risk/before-minimum/inter-month`)[0]?.amount,
        interCommodityCredit: inputsOf(result, `risk/${code}/risk/before-minimum/credit/total`)[0]?.amount,
        shortOptionMinimum: inputsOf(result, `risk/${code}/risk/short-option-minimum`)[0]?.amount,
      };
      for (const [name, amount] of Object.entries(found)) {
        const wanted = parts[name] ?? Number.NaN;
        const distance = Math.abs((typeof amount === "number" ? amount : Number.NaN) - wanted);
        expect({ code, name, wanted, amount, close: distance <= given.tolerance.components.abs }).toMatchObject({
          close: true,
        });
      }
    }
  });

  it("takes prices of commodities and the rate of the lira from the file itself", () => {
    const indices = new Map(marketOfFile(file).indices.map(({ underlying, price }) => [underlying, price]));
    expect(indices.get("XU030")).toBe(94.642);
    expect(indices.get("TRY")).toBeCloseTo(1 / 2.9765, 12);
  });

  it("lists positions that cannot be margined, each with its reason, and margins the others", async () => {
    const portfolio = await positionsOf([
      "XU030,FUT,201606,,,1",
      "XU031,FUT,201606,,,1",
      "XU030,FUT,201712,,,1",
      "XU030,OOP,201606,95.5,C,1",
    ]);
    const sized = await positionsOf(["XU030,FUT,201608,,,2,50"], `${header},contract_size`);
    const both = { ...portfolio, positions: [...portfolio.positions, ...sized.positions] };
    const { excluded, positions } = unwrapped(await marginOf(file, both));
    expect(positions.map(({ symbol, quantity }) => [symbol, quantity])).toEqual([["FUT XU030 201606S0", 100]]);
    expect(excluded.map(({ failure }) => failure.message)).toEqual([
      "TAKASBANK 2016-05-17 settlement final has no FUT XU031",
      "FUT XU030 has no month 201712; it has 201606S0, 201608S0, 201610S0, 201612S0",
      "OOP XU030 201606 has no 95.5 call in TAKASBANK 2016-05-17 settlement final",
      "FUT XU030 201608 has contract size 50 in the positions and 100 in TAKASBANK 2016-05-17 settlement final",
    ]);
  });

  it("margins all 148 options of XU030 under the printed arrays as under arrays made here, within 0.01 %", async () => {
    const rows = file.families
      .filter(({ type, product }) => type === "OOP" && product === "XU030")
      .flatMap(({ product, series }) =>
        series.flatMap(({ month, contracts }) =>
          contracts.map(
            ({ strike, right }, index) => `${product},OOP,${month},${strike},${right},${(index % 7) - 3.5}`,
          ),
        ),
      );
    const portfolio = await positionsOf(rows);
    const printed = unwrapped(await marginOf(file, portfolio));
    const made = unwrapped(await marginOf(file, portfolio, [{ path: "/arrays", value: "generated" }]));
    const [a, b] = [printed, made].map(({ accounts }) => accounts[0]?.initial.amount ?? Number.NaN);
    expect(a).toBeGreaterThan(1000);
    expect(Math.abs((b ?? 0) / (a ?? 1) - 1)).toBeLessThan(1e-4);
    expect(made.accuracy).toBe("approximate");
  });
});

describe("span-array", () => {
  const [calendar] = casesOf("span-array").filter(({ file }) => file === "calendar-tiers-delivery.json");
  const inputs = () => {
    if (calendar === undefined) throw new Error("the case is missing");
    const { portfolio, market, parameterFile } = caseInputs(calendar.content);
    if (parameterFile === undefined) throw new Error("the case has no parameter file");
    return { portfolio, market, parameterFile };
  };
  const run = async (
    change: Partial<ReturnType<typeof inputs>> & { withoutFile?: boolean },
    overrides: readonly Override[] = [],
  ) => {
    const { withoutFile = false, ...changed } = change;
    const { parameterFile, ...rest } = { ...inputs(), ...changed };
    const rules = unwrapped(resolveRules(rulebookOf("span-array"), { date: "2025-06-20" }, overrides));
    return runMargin({ ...rest, ...(withoutFile ? {} : { parameterFile }), methodology: spanArray, rules });
  };
  const failureOf = async (...given: Parameters<typeof run>) => {
    const result = await run(...given);
    return result.ok ? "it was margined" : `${result.failure.reason}: ${result.failure.message}`;
  };
  /** The case's file with one future changed. */
  const withFuture = (month: string, change: object, series: object = {}): ParameterFile => {
    const { parameterFile } = inputs();
    return {
      ...parameterFile,
      families: parameterFile.families.map((family) => ({
        ...family,
        series: family.series.map((one) =>
          one.month === month
            ? { ...one, ...series, contracts: one.contracts.map((contract) => ({ ...contract, ...change })) }
            : one,
        ),
      })),
    };
  };
  const excludedWith = async (parameterFile: ParameterFile) => {
    const { excluded } = unwrapped(await run({ parameterFile }));
    return excluded.map(({ symbol, failure }) => `${symbol}: ${failure.reason}: ${failure.message}`);
  };

  it("refuses a book without a parameter file, and account types the file does not know", async () => {
    expect(await failureOf({ withoutFile: true })).toContain("the contract size of 202507 is not known");
    expect(await failureOf({}, [{ path: "/accountType", value: "X" }])).toBe(
      'invalid-input: file of the case has no account type "X"; it has S (Speculator)',
    );
  });

  it("leaves out a contract without array, with a negative price, without contract size, or expired", async () => {
    expect(await excludedWith(withFuture("202509", { array: undefined }))).toEqual([
      "FUT CL 202509: missing-data: file of the case has no risk array of FUT CL 202509",
    ]);
    expect(await excludedWith(withFuture("202509", { price: -37.63 }))).toEqual([
      "FUT CL 202509: invalid-input: FUT CL 202509 has the price -37.63 in file of the case; expected 0 or more",
    ]);
    expect(await excludedWith(withFuture("202509", {}, { expiryDate: "2025-06-19" }))).toEqual([
      "FUT CL 202509: not-applicable: FUT CL 202509 expired on 2025-06-19, before 2025-06-20 of the file",
    ]);
    expect(await excludedWith(withFuture("202509", {}, { contractSize: undefined }))).toEqual([
      "202509: missing-data: file of the case states no contract size of 202509",
    ]);
  });

  it("leaves out a contract whose family is in no combined commodity", async () => {
    const { parameterFile } = inputs();
    expect(await failureOf({ parameterFile: { ...parameterFile, commodities: [] } })).toContain(
      "has contracts in file of the case but belongs to no combined commodity there",
    );
  });

  it("says that spreads which add arrays into an unknown commodity are not applied", async () => {
    const { parameterFile, portfolio } = inputs();
    const leg = { commodity: "CL", side: "A" as const, deltaPerSpread: 1 };
    const spread = { priority: 1, method: "scanning", credit: "fraction", rates: [], legs: [leg, leg] } as const;
    const result = unwrapped(await run({ portfolio, parameterFile: { ...parameterFile, interSpreads: [spread] } }));
    expect(result.remarks.map(({ message }) => message).join("\n")).toContain(
      "a spread of the file adds arrays of commodities into one that it does not define",
    );
    expect(result.accuracy).toBe("approximate");
  });

  it("excludes contracts of crypto venues, and those are excluded elsewhere", async () => {
    const { portfolio } = inputs();
    const [position] = portfolio.positions;
    if (position === undefined) throw new Error("the case has no positions");
    const { listing: _listing, ...instrument } = position.instrument;
    const foreign = { ...position, instrument: { ...instrument, symbol: "BTC-PERPETUAL" } };
    expect(await failureOf({ portfolio: { ...portfolio, positions: [foreign] } })).toContain(
      "BTC-PERPETUAL is not a listed contract",
    );
  });

  it("never asks less of more shorts: the requirement grows with every further short call", async () => {
    const found = casesOf("span-array").find(({ file }) => file === "flat-credit-and-minimum.json");
    if (found === undefined) throw new Error("the case is missing");
    const { parameterFile, portfolio, market } = caseInputs(found.content);
    const call = portfolio.positions.find(({ id }) => id === "AA-C");
    if (call === undefined || parameterFile === undefined) throw new Error("the case has no call");
    let last = 0;
    for (const contracts of [1, 2, 3, 5, 8, 13]) {
      const positions = [{ ...call, quantity: -contracts }];
      const result = unwrapped(await run({ parameterFile, market, portfolio: { ...portfolio, positions } }));
      const initial = result.accounts[0]?.initial.amount ?? Number.NaN;
      expect(initial).toBeGreaterThan(last);
      last = initial;
    }
  });
});

describe("a family priced in another currency than its commodity is margined in", () => {
  it("has its option value converted, and needs both rates", async () => {
    const found = casesOf("span-array").find(({ file }) => file === "option-value-shared.json");
    if (found === undefined) throw new Error("the case is missing");
    const { parameterFile, portfolio, market } = caseInputs(found.content);
    if (parameterFile === undefined) throw new Error("the case has no parameter file");
    const euros = parameterFile.families.map((family) => ({ ...family, currency: "EUR" }));
    const rules = unwrapped(resolveRules(rulebookOf("span-array"), { date: "2025-06-20" }, found.content.overrides));
    const run = { portfolio, methodology: spanArray, rules, parameterFile: { ...parameterFile, families: euros } };
    const [dollar] = market.indices;
    if (dollar === undefined) throw new Error("the case has no prices");
    const euro = { underlying: "EUR", price: 1.25, source: "quoted" as const };
    const priced = { ...market, indices: [...market.indices, euro] };
    const values = async (input: Parameters<typeof runMargin>[0]) =>
      inputsOf(unwrapped(await runMargin(input)), "USD/initial/option-value/total").map(({ amount }) => amount);
    const [inDollars = 0] = await values({ ...run, parameterFile, market });
    const [inEuros = 0] = await values({ ...run, market: priced });
    expect(inEuros).toBeCloseTo(1.25 * inDollars, 9);
    const without = await runMargin({ ...run, market });
    expect(without.ok ? "margined" : without.failure.message).toContain("index:EUR");
  });
});

describe("a positional file, positions from CSV", () => {
  it("is margined from its text: scan, short option minimum, 110 % initial for speculators, none for hedgers", async () => {
    const text = [...syntheticPositional({ families: 1, months: 1, strikes: 8 })].join("");
    const file = await fileFrom(text);
    // Arrays hold whole dollars: 300 and 4.50 of the worst scenario are 305.
    const futures = await positionsOf(["P0,FUT,202509,,,3"]);
    const speculator = unwrapped(await marginOf(file, futures));
    expect(
      speculator.accounts.map(({ unit, initial, maintenance }) => [unit, initial.amount, maintenance.amount]),
    ).toEqual([["USD", 1.1 * 915, 915]]);
    const hedger = unwrapped(await marginOf(file, futures, [{ path: "/accountType", value: "H" }]));
    expect(hedger.totals.initialUsd).toBe(915);
    // Strike 10.00, delta 0: nothing to scan but the constant of the invented array.
    const spread = unwrapped(await marginOf(file, await positionsOf(["P0,OOF,202509,10,C,-40"])));
    const [minimum] = inputsOf(spread, "risk/short-option-minimum/0");
    expect(minimum?.amount).toBe(40 * 50);
    expect(spread.accounts[0]?.maintenance.amount).toBe(40 * 50 + 40 * 2.5 * 100);
    expect(spread.remarks.map(({ message }) => message)).toContain(
      "the rules have no entry for SYNTH: rounding and conventions are those of `default`",
    );
  });
});
