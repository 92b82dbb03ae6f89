import { describe, expect, it } from "vitest";
import { genericFields } from "../../../core/import/generic-field.ts";
import { fieldLabel } from "../../../renderer/app/import/field-labels.ts";

describe("fields of a table in the import dialog", () => {
  it("have words in place of column names, each its own", () => {
    expect(fieldLabel("settlement_currency")).toBe("Settlement currency");
    expect(fieldLabel("iv")).toBe("Implied volatility");
    for (const fields of Object.values(genericFields)) {
      const labels = fields.map(({ name }) => fieldLabel(name));
      expect(labels.filter((label) => !/^[A-Z][A-Za-z ]+$/.test(label))).toEqual([]);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});
