/**
 * Elements of the XML layout that hold others, and their texts: those that are read, and those that mean nothing for a
 * requirement and are passed over (after the bar). Everything else is counted as not understood.
 *
 * @source resources/docs/methodology/span-array.md, section 10
 */
const lists: Readonly<Record<string, string>> = {
  spanFile: "fileFormat created",
  definitions: "",
  currencyDef: "| currency symbol name decimalPos",
  acctTypeDef: "isCust acctType name isNetMargin | priority",
  acctSubTypeDef: "| acctSubTypeCode dataType description",
  groupTypeDef: "| id name",
  groupDef: "| id aval description",
  pointInTime: "date isSetl setlQualifier run | time",
  clearingOrg: "ec name oopDeltaMeth capAnov | isContractScale isNetMargin finalizeMeth",
  curConv: "fromCur toCur factor",
  pbRateDef: "r isCust acctType isM pbc",
  pointDef: "r",
  scanPointDef: "point weight pairedPoint",
  deltaPointDef: "weight | point",
  priceScanDef: "mult numerator denominator | defScan",
  volScanDef: "mult numerator denominator | defScan",
  exchange: "exch | name",
  phyPf: "pfId pfCode name currency cvf valueMeth | priceDl priceFmt priceMeth setlMeth",
  futPf: "pfId pfCode name currency cvf valueMeth | priceDl priceFmt priceMeth setlMeth",
  cmbPf: "pfId pfCode name currency cvf valueMeth | priceDl priceFmt priceMeth setlMeth",
  oofPf:
    "pfId pfCode name exercise currency cvf valueMeth priceModel | priceDl priceFmt strikeDl strikeFmt cab priceMeth setlMeth",
  oopPf:
    "pfId pfCode name exercise currency cvf valueMeth priceModel | priceDl priceFmt strikeDl strikeFmt cab priceMeth setlMeth",
  oocPf:
    "pfId pfCode name exercise currency cvf valueMeth priceModel | priceDl priceFmt strikeDl strikeFmt cab priceMeth setlMeth",
  undPf: "exch pfId pfCode pfType | s i",
  undC: "exch pfId cId | s i",
  phy: "cId pe p d v cvf val sc",
  fut: "cId pe p d v cvf val sc setlDate t",
  cmb: "cId pe p d v cvf val sc setlDate t",
  series: "pe v setlDate t cvf sc | volSrc svf",
  opt: "cId o k p v d | pq val",
  intrRate: "val | rl cpm exm",
  divRate: "val | rl cpm exm dtm",
  scanRate: "r priceScan priceScanPct volScan volScanPct",
  ra: "r d",
  ccDef: "cc name currency capAnov wfprMeth somMeth | riskExponent procMeth spotMeth cmbMeth",
  pfLink: "exch pfId pfCode pfType oopDeltaMeth | sc cmbMeth applyBasisRisk arrayPrecision",
  adjRate: "r baseR val",
  intraTiers: "",
  interTiers: "",
  scanTiers: "",
  somTiers: "",
  tier: "tn sPe ePe",
  rate: "r val",
  dSpread: "spread chargeMeth",
  tLeg: "cc tn rs i",
  pLeg: "cc pe rs i",
  spotRate: "r pe sprd outr",
  interSpreads: "",
};

/** Element that holds others -> its texts, true where they are used. */
export const containers: ReadonlyMap<string, ReadonlyMap<string, boolean>> = new Map(
  Object.entries(lists).map(([name, list]) => {
    const [used = "", passed = ""] = list.split("|");
    const words = (text: string) => text.split(" ").filter((word) => word !== "");
    return [
      name,
      new Map([
        ...words(used).map((word) => [word, true] as const),
        ...words(passed).map((word) => [word, false] as const),
      ]),
    ];
  }),
);
