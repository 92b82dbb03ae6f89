import { failed, type Result, success } from "../base/index.ts";

const monthCodes = "FGHJKMNQUVXZ";
const futureSymbol = /^\/?([A-Z0-9]{1,4}?)([FGHJKMNQUVXZ])(\d{1,2})$/;

/** A futures symbol of US exchanges: product and contract month. */
export interface FutureTerms {
  readonly product: string;
  /** CCYYMM. */
  readonly month: string;
}

/**
 * Reads `ESH6`, `ESH26` or thinkorswim's `/MESH2`: product, month letter, last digits of the year. One digit repeats every ten years:
 * the nearest year that is not before the reference is meant.
 *
 * @param notBefore year of the statement, CCYY
 * @returns `parse-error` for anything else
 * @source resources/docs/formats.md, section 17.1
 */
export function parseFutureSymbol(text: string, notBefore: number): Result<FutureTerms> {
  const [, product = "", letter = "", digits = ""] = futureSymbol.exec(text.trim().toUpperCase()) ?? [];
  if (product === "") return failed("parse-error", `${JSON.stringify(text)} is no futures symbol such as ESH26`);
  const cycle = 10 ** digits.length;
  const year = notBefore + ((((Number(digits) - notBefore) % cycle) + cycle) % cycle);
  return success({ product, month: `${year}${String(monthCodes.indexOf(letter) + 1).padStart(2, "0")}` });
}

/** Money of one contract for a price change of 1, of products whose files do not state it; by product code. */
const multipliers: Readonly<Record<string, number>> = {
  ...{ ES: 50, MES: 5, NQ: 20, MNQ: 2, RTY: 50, M2K: 5, YM: 5, MYM: 0.5 },
  ...{ CL: 1000, MCL: 100, NG: 10_000, GC: 100, MGC: 10, SI: 5000, HG: 25_000 },
  ...{ ZB: 1000, UB: 1000, ZN: 1000, ZF: 1000, ZT: 2000, "6E": 125_000 },
  ...{ BTC: 5, MBT: 0.1, ETH: 50, MET: 0.1 },
};

/** Contract size of a futures product; `undefined` where it is not known. */
export function futureMultiplier(product: string): number | undefined {
  return Object.hasOwn(multipliers, product) ? multipliers[product] : undefined;
}
