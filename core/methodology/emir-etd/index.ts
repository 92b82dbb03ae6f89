import { varEsMethodology } from "../parts/var-es/methodology.ts";

export default varEsMethodology({
  id: "emir-etd",
  title: "EMIR listed derivatives: historical VaR margin under articles 24 to 28",
  venue: "any",
  note: "a reading of EU 153/2013: the articles are minimum standards, and the exact model of a clearing house is not public",
});
