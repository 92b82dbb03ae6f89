import { varEsMethodology } from "../parts/var-es/methodology.ts";

export default varEsMethodology({
  id: "stans-style",
  title: "STANS-style expected-shortfall margin by Monte Carlo",
  venue: "occ",
  note: "STANS-style: the exact model is not public",
});
