import { varEsMethodology } from "../parts/var-es/methodology.ts";

/** VaR or expected-shortfall margin with every convention a parameter. */
export default varEsMethodology({
  id: "var-es-margin",
  title: "VaR and expected-shortfall margin",
  venue: "any",
});
