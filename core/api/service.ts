import type { Ports } from "./ports.ts";
import { attribution } from "./service/attribution.ts";
import { backtest } from "./service/backtest.ts";
import { breakReports } from "./service/break-report.ts";
import { change } from "./service/change.ts";
import { contract } from "./service/contract.ts";
import { document } from "./service/document.ts";
import { hedge } from "./service/hedge.ts";
import { history } from "./service/history.ts";
import { importing } from "./service/import.ts";
import { kink } from "./service/kink.ts";
import { library } from "./service/library.ts";
import { mapping } from "./service/mapping.ts";
import { margin } from "./service/margin.ts";
import { market } from "./service/market.ts";
import { methodology } from "./service/methodology.ts";
import { overrides } from "./service/overrides.ts";
import { panel } from "./service/panel.ts";
import { parameterFile } from "./service/parameter-file.ts";
import type { Service } from "./service/part.ts";
import { portfolio } from "./service/portfolio.ts";
import { price } from "./service/price.ts";
import { program } from "./service/program.ts";
import { recent } from "./service/recent.ts";
import { reply } from "./service/reply.ts";
import { report } from "./service/report.ts";
import { rulebook } from "./service/rulebook.ts";
import { run } from "./service/run.ts";
import { scenario } from "./service/scenario.ts";
import { scenarioSet } from "./service/scenario-set.ts";
import { setting } from "./service/setting.ts";
import { createSources } from "./service/source.ts";
import { stress } from "./service/stress.ts";
import { stressSet } from "./service/stress-set.ts";
import { surface } from "./service/surface.ts";
import { validation } from "./service/validation.ts";
import { whatIf } from "./service/what-if.ts";

/** The implementation of the contract: one part for each noun. */
export function createService(ports: Ports): Service {
  const sources = createSources(ports);
  return {
    ...attribution(ports, sources),
    ...backtest(ports, sources),
    ...breakReports(ports, sources),
    ...change(ports, sources),
    ...contract(),
    ...document(ports),
    ...hedge(ports, sources),
    ...history(ports, sources),
    ...importing(ports),
    ...library(ports),
    ...mapping(ports),
    ...margin(ports, sources),
    ...market(ports),
    ...methodology(ports),
    ...overrides(ports),
    ...panel(ports),
    ...parameterFile(ports),
    ...portfolio(ports),
    ...price(),
    ...program(ports),
    ...recent(ports),
    ...reply(ports),
    ...report(),
    ...rulebook(ports, sources),
    ...run(ports, sources),
    ...scenario(),
    ...scenarioSet(ports),
    ...setting(ports),
    ...kink(ports, sources),
    ...stress(ports, sources),
    ...stressSet(ports, sources),
    ...surface(ports, sources),
    ...validation(ports, sources),
    ...whatIf(ports, sources),
  };
}
