import { varEsMethodology } from "../parts/var-es/methodology.ts";

export default varEsMethodology({
  id: "prisma-style",
  title: "Prisma-style filtered historical VaR with a stress-period floor",
  venue: "eurex",
  note: "Prisma-style: the exact model is not public",
});
