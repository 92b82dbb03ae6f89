import { describe, expect, it } from "vitest";
import type { BreakLine } from "../../../renderer/client/reports.ts";
import {
  breakTree,
  causeWords,
  countWords,
  shownDecimals,
  totalRow,
  verdictText,
  worstVerdict,
} from "../../../renderer/screens/break-report/break-rows.ts";

const line = (statedId: string, depth: number, more: Partial<BreakLine> = {}): BreakLine => ({
  statedId,
  lineId: statedId,
  label: statedId,
  account: "cross",
  component: "total",
  unit: "USD",
  depth,
  own: 1,
  charged: 1,
  difference: 0,
  digit: 0.01,
  verdict: "matched",
  explainedBy: [],
  ...more,
});

describe("breakTree", () => {
  it("nests lines by their depth under their account", () => {
    const [account] = breakTree({ lines: [line("im", 0), line("mm", 1), line("mr1", 2), line("equity", 0)] });
    expect(account?.label).toBe("cross account");
    expect(account?.children.map(({ id }) => id)).toEqual(["im", "equity"]);
    expect(account?.children[0]?.children[0]?.children.map(({ id }) => id)).toEqual(["mr1"]);
  });

  it("gives every account a node, with the worst verdict below it", () => {
    const nodes = breakTree({
      lines: [line("a", 0), line("b", 0, { account: "BTC", verdict: "unexplained" }), line("c", 0, { account: "BTC" })],
    });
    expect(nodes.map(({ value }) => [value.count, value.verdict])).toEqual([
      [1, "matched"],
      [2, "unexplained"],
    ]);
  });
});

describe("words of a break report", () => {
  it("tells a verdict by mark and word", () => expect(verdictText("within-rounding")).toBe("≈ within rounding"));

  it("counts every verdict, zeros too", () =>
    expect(countWords({ matched: 3, "within-rounding": 1, explained: 0, unexplained: 0 })).toBe(
      "3 matched, 1 within rounding, 0 explained, 0 unexplained",
    ));

  it("takes the worst verdict for all", () =>
    expect(worstVerdict([line("a", 0), line("b", 0, { verdict: "explained" })])).toBe("explained"));

  it("names the cause and the swap", () =>
    expect(
      causeWords(line("a", 0, { explainedBy: [{ cause: "price-basis", swap: "marks", label: "marks of the reply" }] })),
    ).toBe("price basis: marks of the reply"));

  it("says what the nearest swap of an unexplained line leaves", () =>
    expect(causeWords(line("a", 0, { nearest: { swap: "time", label: "time of the reply", gap: 0.5 } }))).toBe(
      "nearest: time of the reply leaves 0.5000 USD",
    ));

  it("says that our statement has no such line", () => {
    const { lineId: _lineId, ...without } = line("a", 0);
    expect(causeWords(without)).toBe("our statement has no such line");
  });

  it.each([
    [1, 2],
    [0.01, 4],
    [1e-8, 8],
    [1e-16, 8],
  ])("shows a last digit of %d with %d decimals", (digit, decimals) => expect(shownDecimals(digit)).toBe(decimals));

  it("counts the lines in the row below them", () =>
    expect(totalRow({ lines: [line("a", 0)] }, "all").label).toBe("1 line"));
});
