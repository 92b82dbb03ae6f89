import { varEsMethodology } from "../parts/var-es/methodology.ts";

export default varEsMethodology({
  id: "irm2-style",
  title: "IRM 2-style filtered historical VaR with correlation stress",
  venue: "ice",
  note: "IRM 2-style: the exact model is not public",
});
