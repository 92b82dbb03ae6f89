import { describe, expect, it } from "vitest";
import { type Inputs, requestOf, session } from "../../../renderer/state/session.ts";

const inputs: Inputs = {
  ...{ portfolio: { id: "p", name: "Book" }, market: undefined, methodology: "span-array", rules: undefined },
  ...{ overrides: [], edits: {}, components: [], balances: [], history: undefined, parameterFile: undefined },
};

describe("a parameter file in the session", () => {
  it("stands for the market in a request, where none is chosen", () => {
    expect(requestOf(inputs)).toBeUndefined();
    const request = requestOf({ ...inputs, parameterFile: { id: "f", name: "File" } });
    expect(request).toMatchObject({ portfolio: { id: "p" }, parameterFile: { id: "f" } });
    expect(request).not.toHaveProperty("market");
  });

  it("gives the sample back as market when it is taken away", () => {
    session.setState({ automatic: false });
    session.getState().chooseParameterFile({ id: "f", name: "File" });
    session.getState().chooseMarket(undefined);
    expect(session.getState().market).toBeUndefined();
    session.getState().chooseParameterFile(undefined);
    expect(session.getState().market).toEqual({ sample: true });
  });
});
