import fc from "fast-check";
import { expect, it } from "vitest";
import { DomainError, sum } from "../../../../core/base/index.ts";
import { columnSums } from "../../../../core/methodology/parts/column-sums.ts";

const numbers = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 6, maxLength: 6 });

it("adds rows column by column as the compensated sum of their values, bit for bit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(numbers, fc.double({ min: -50, max: 50, noNaN: true })), { maxLength: 40 }),
      (rows) => {
        const [moves, factors] = [Float64Array.of(-0.5, 0, 0.25), Float64Array.of(0.5, 1, 1.25)];
        const [plain, shifted, single] = [columnSums(3), columnSums(3), columnSums(3)];
        const all = Float64Array.from(rows.flatMap(([values]) => values));
        rows.forEach(([values, weight], at) => {
          plain.addRow(weight, all, 6 * at + 2, factors);
          shifted.addShiftedRow(weight, all, 6 * at + 2, factors, 3.7, moves);
          values.slice(0, 3).forEach((value, column) => {
            single.add(column, value);
          });
        });
        for (let column = 0; column < 3; column++) {
          const [factor, move] = [factors[column] ?? 0, moves[column] ?? 0];
          const unit = (values: readonly number[]) => values[2 + column] ?? 0;
          expect(single.total(column)).toBe(sum(rows.map(([values]) => values[column] ?? 0)));
          expect(plain.total(column)).toBe(sum(rows.map(([values, weight]) => weight * unit(values) * factor)));
          expect(shifted.total(column)).toBe(
            sum(rows.map(([values, weight]) => weight * (factor * unit(values) + 3.7 * move))),
          );
        }
      },
    ),
    { seed: 20261123 },
  );
});

it("refuses a row that is not within the values", () => {
  const [values, ones] = [new Float64Array(6), Float64Array.of(1, 1, 1)];
  for (const start of [Number.NaN, -1, 4])
    for (const add of [
      () => columnSums(3).addRow(1, values, start, ones),
      () => columnSums(3).addShiftedRow(1, values, start, ones, 0, ones),
    ])
      expect(add).toThrow(DomainError);
});
