import { describe, expect, it } from "vitest";
import { createDispatch } from "../../../core/api/dispatch.ts";
import { createService } from "../../../core/api/service.ts";
import { memoryPorts } from "./memory-ports.ts";

describe("the sample of listed products", () => {
  it("is saved once, says that it is synthetic, and is margined", async () => {
    const ports = memoryPorts();
    const dispatch = createDispatch(createService(ports), ports);
    const first = await dispatch({ operation: "import.listed-sample", input: {} });
    expect(first).toMatchObject({ ok: true, value: { report: { problems: [] } } });
    const again = await dispatch({ operation: "import.listed-sample", input: {} });
    const [portfolio, ...others] = ports.store.portfolios.list();
    const [market] = ports.store.markets.list();
    expect(others).toEqual([]);
    expect(again).toMatchObject({ ok: true, value: { portfolio: { id: portfolio?.id }, market: { id: market?.id } } });
    expect(ports.store.portfolios.get(portfolio?.id ?? "")?.content.synthetic).toBe(true);
    expect(ports.store.markets.get(market?.id ?? "")?.content.synthetic).toBe(true);
    const input = { portfolio: { id: portfolio?.id }, market: { id: market?.id } };
    const netting = await dispatch({ operation: "margin.netting-benefit", input });
    expect(netting).toMatchObject({ ok: true, value: { synthetic: true, portfolioName: "Synthetic listed book" } });
  });
});
