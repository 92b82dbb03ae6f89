import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  blendedCorrelation,
  cholesky,
  covarianceOf,
  deviationsAndCorrelation,
  factorCovariance,
  matrixOfRows,
  matrixProduct,
  nearestCorrelation,
  principalRoot,
  rowsOfMatrix,
  type SquareMatrix,
  symmetricEigen,
  usableCorrelation,
} from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { goldenMeasures } from "./golden-case.ts";

type Rows = readonly (readonly number[])[];

/** Higham (2002) as reprinted in the QuantLib test suite; a blend computed by hand. Source in the file. */
const golden = goldenMeasures<{
  readonly cases: readonly {
    readonly id: string;
    readonly input: { readonly matrix?: Rows; readonly C?: Rows; readonly theta?: number };
    readonly expected: {
      readonly nearest?: Rows;
      readonly frobenius?: number;
      readonly matrix?: Rows;
      readonly min_eig?: number;
    };
    readonly tolerance: { readonly abs: number };
  }[];
}>("correlation.json");

function matrix(rows: Rows): SquareMatrix {
  const made = matrixOfRows(rows);
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}
const transposed = ({ size, values }: SquareMatrix): SquareMatrix => ({
  size,
  values: values.map((_, at) => values[(at % size) * size + Math.floor(at / size)] as number),
});
const largestDifference = (a: SquareMatrix, b: SquareMatrix): number =>
  a.values.reduce((most, entry, at) => Math.max(most, Math.abs(entry - (b.values[at] as number))), 0);

/** Symmetric matrices of random entries, and positive semidefinite ones of any rank. */
const entries = (size: number): fc.Arbitrary<number[]> =>
  fc.array(
    fc.integer({ min: -64, max: 64 }).map((k) => k / 64),
    { minLength: size * size, maxLength: size * size },
  );
const symmetric = fc.integer({ min: 1, max: 9 }).chain((size) =>
  entries(size).map((cells) => ({
    size,
    values: Float64Array.from(
      cells,
      (_, at) => cells[Math.min(at, (at % size) * size + Math.floor(at / size))] as number,
    ),
  })),
);
const semidefinite = fc.integer({ min: 1, max: 9 }).chain((size) =>
  entries(size).map((cells) => {
    const root = { size, values: Float64Array.from(cells, (cell, at) => (at % size > size / 2 ? 0 : cell)) };
    return matrixProduct(root, transposed(root));
  }),
);

describe("symmetricEigen", () => {
  it("gives the matrix back from its values and vectors, which are orthonormal and descending", () => {
    fc.assert(
      fc.property(symmetric, (a) => {
        const { values, vectors } = symmetricEigen(a);
        const u = { size: a.size, values: vectors };
        const scaled = { size: a.size, values: vectors.map((entry, at) => entry * (values[at % a.size] as number)) };
        expect(largestDifference(matrixProduct(scaled, transposed(u)), a)).toBeLessThan(1e-13 * a.size);
        const unit = { size: a.size, values: a.values.map((_, at) => (at % (a.size + 1) === 0 ? 1 : 0)) };
        expect(largestDifference(matrixProduct(transposed(u), u), unit)).toBeLessThan(1e-13 * a.size);
        expect([...values]).toEqual([...values].sort((x, y) => y - x));
      }),
    );
  });
  it("knows the tridiagonal matrix of 2 and −1: 2 − 2·cos(kπ/5)", () => {
    const a = matrix([
      [2, -1, 0, 0],
      [-1, 2, -1, 0],
      [0, -1, 2, -1],
      [0, 0, -1, 2],
    ]);
    symmetricEigen(a).values.forEach((found, i) => {
      expect(found).toBeCloseTo(2 - 2 * Math.cos(((4 - i) * Math.PI) / 5), 13);
    });
  });
});

describe("roots of a covariance", () => {
  it("multiply back to it, by triangle and by principal components, whatever its rank", () => {
    fc.assert(
      fc.property(semidefinite, (a) => {
        for (const root of [unwrapped(cholesky(a)), unwrapped(principalRoot(a))]) {
          expect(largestDifference(matrixProduct(root, transposed(root)), a)).toBeLessThan(1e-6);
        }
      }),
    );
  });
  it("refuse an indefinite matrix and name its smallest eigenvalue", () => {
    const indefinite = matrix([
      [1, 0.9, -0.9],
      [0.9, 1, 0.9],
      [-0.9, 0.9, 1],
    ]);
    for (const found of [cholesky(indefinite), principalRoot(indefinite)]) {
      expect(found.ok).toBe(false);
      if (!found.ok) expect(found.failure.message).toMatch(/smallest eigenvalue is -0\.(8|79999)/);
    }
  });
});

describe("correlation repair", () => {
  const higham = golden.cases.find(({ id }) => id === "higham-4");
  it("gives Higham's published matrix and distance", () => {
    const { correlation, distance } = unwrapped(nearestCorrelation(matrix(higham?.input.matrix ?? [])));
    const expected = matrix(higham?.expected.nearest ?? []);
    expect(correlation.size).toBe(4);
    expect(largestDifference(correlation, expected)).toBeLessThanOrEqual(higham?.tolerance.abs ?? 0);
    expect(Math.abs(distance - (higham?.expected.frobenius ?? 0))).toBeLessThanOrEqual(higham?.tolerance.abs ?? 0);
  });
  it("is refused unless allowed, and then says how far it went", () => {
    const broken = matrix([
      [1, 0.9, 0.2],
      [0.9, 1, 0.9],
      [0.2, 0.9, 1],
    ]);
    const refused = usableCorrelation(broken, false);
    expect(refused).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
    if (!refused.ok) expect(refused.failure.message).toContain("smallest eigenvalue is -0.");
    const allowed = unwrapped(usableCorrelation(broken, true));
    expect(allowed.repair?.distance).toBeGreaterThan(0.05);
    // the consent that is asked for names what it will cost
    const distance = Number(allowed.repair?.distance.toPrecision(6));
    if (!refused.ok) expect(refused.failure.message).toContain(`at a Frobenius distance of ${distance}`);
    expect(unwrapped(usableCorrelation(allowed.correlation, false)).repair).toBeUndefined();
  });
  it("leaves a correlation alone, lands on one otherwise, and no correlation it could have found is nearer", () => {
    fc.assert(
      fc.property(symmetric, semidefinite, (a, s) => {
        const proper = deviationsAndCorrelation(s).correlation;
        const same = unwrapped(nearestCorrelation(proper));
        expect(same.distance).toBeLessThan(1e-6);
        const found = unwrapped(nearestCorrelation(a, true));
        expect(found.smallestEigenvalue).toBeGreaterThan(0);
        for (let i = 0; i < a.size; i++) expect(found.correlation.values[i * (a.size + 1)]).toBe(1);
        const identity = a.values.reduce((total, v, at) => total + (v - (at % (a.size + 1) === 0 ? 1 : 0)) ** 2, 0);
        expect(found.distance).toBeLessThanOrEqual(Math.sqrt(identity) + 1e-4);
      }),
      { numRuns: 30 },
    );
  });
  it.each([
    [
      "a diagonal that is not 1",
      [
        [1, 0],
        [0, 0.5],
      ],
      "expected 1 on the diagonal",
    ],
    [
      "an entry beyond 1",
      [
        [1, 1.2],
        [1.2, 1],
      ],
      "expected a number from −1 to 1",
    ],
    [
      "two different entries",
      [
        [1, 0.2],
        [0.3, 1],
      ],
      "the other way round",
    ],
  ])("refuses %s", (_, rows, message) => {
    const found = usableCorrelation(matrix(rows), true);
    expect(found.ok || found.failure.message).toContain(message);
  });
  it("refuses rows of unequal length and cells that are no numbers", () => {
    expect(matrixOfRows([[1, 0], [0]])).toMatchObject({ ok: false });
    expect(matrixOfRows([[Number.NaN]])).toMatchObject({ ok: false });
  });
});

describe("blendedCorrelation", () => {
  const blend = golden.cases.find(({ id }) => id === "blend-ones");
  it("moves half the way to one factor", () => {
    const found = blendedCorrelation(matrix(blend?.input.C ?? []), blend?.input.theta ?? 0, { kind: "one-factor" });
    expect(largestDifference(found, matrix(blend?.expected.matrix ?? []))).toBeLessThanOrEqual(1e-12);
    expect(symmetricEigen(found).values[2]).toBeCloseTo(blend?.expected.min_eig ?? 0, 12);
  });
  it("stays positive semidefinite on the way to either target, and with signs", () => {
    fc.assert(
      fc.property(semidefinite, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (s, share, bits) => {
        const { correlation } = deviationsAndCorrelation(s);
        const signs = Array.from({ length: s.size }, (_, i) => (((bits >> i) & 1) === 1 ? 1 : -1));
        for (const target of [{ kind: "one-factor", signs }, { kind: "independent" }] as const) {
          expect(usableCorrelation(blendedCorrelation(correlation, share, target), false).ok).toBe(true);
        }
      }),
    );
  });
  it("leaves pairs of different groups alone", () => {
    const found = blendedCorrelation(matrix(blend?.input.C ?? []), 1, { kind: "one-factor" }, ["a", "a", "b"]);
    expect(rowsOfMatrix(found)).toEqual([
      [1, 1, 0.2],
      [1, 1, 0.3],
      [0.2, 0.3, 1],
    ]);
  });
  it("refuses a share beyond 1", () => {
    expect(() => blendedCorrelation(matrix([[1]]), 1.1, { kind: "independent" })).toThrow(DomainError);
  });
});

describe("factorCovariance", () => {
  const crypto = goldenMeasures<{
    readonly series: { readonly btc_close: readonly number[]; readonly eth_close: readonly number[] };
    readonly cases: readonly { readonly id: string; readonly expected: { readonly cov?: Rows } }[];
  }>("measures-crypto-historical.json");
  const returns = (closes: readonly number[]): number[] =>
    closes.slice(1).map((close, i) => close / (closes[i] as number) - 1);
  const [btc, eth] = [returns(crypto.series.btc_close), returns(crypto.series.eth_close)];
  const changes = {
    factors: ["price:BTC", "price:ETH"],
    values: Float64Array.from(btc.flatMap((change, i) => [change, eth[i] as number])),
  };

  it("of BTC and ETH by EWMA 0.94 equals the reference to 1e-8", () => {
    const expected = crypto.cases.find(({ id }) => id === "crypto-delta_normal_ewma")?.expected.cov ?? [];
    const found = unwrapped(factorCovariance(changes, { kind: "ewma", lambda: 0.94 }));
    found.values.forEach((entry, at) => {
      expect(Math.abs(entry / (expected[Math.floor(at / 2)]?.[at % 2] ?? 0) - 1)).toBeLessThanOrEqual(1e-8);
    });
  });
  it("about the mean is the textbook sample covariance", () => {
    const rows = { factors: ["x", "y"], values: Float64Array.from([1, 2, 2, 4, 3, 9]) };
    const found = unwrapped(factorCovariance(rows, { kind: "equal", mean: "sample" }));
    expect(rowsOfMatrix(found)).toEqual([
      [1, 3.5],
      [3.5, 13],
    ]);
  });
  it("comes back from its deviations and correlation", () => {
    const covariance = unwrapped(factorCovariance(changes, { kind: "equal", mean: "zero" }));
    const { deviations, correlation } = deviationsAndCorrelation(covariance);
    expect(largestDifference(covarianceOf(deviations, correlation), covariance)).toBeLessThan(1e-18);
  });
  it("names what is missing or wrong", () => {
    const short = factorCovariance(
      { factors: ["x"], values: new Float64Array([1]) },
      { kind: "equal", mean: "sample" },
    );
    expect(short).toMatchObject({ ok: false, failure: { reason: "missing-data" } });
    const bad = { factors: ["x", "y"], values: new Float64Array([1, 2, 3, Number.NaN]) };
    const found = factorCovariance(bad, { kind: "ewma", lambda: 0.94 });
    expect(found.ok || found.failure.message).toBe("change 2 of y is NaN; expected a finite number");
  });
});
