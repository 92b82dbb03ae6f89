import { strFromU8 } from "fflate";

/** How the letters of a file are written, as opposed to what its prologue says. */
export type Letters = "utf-8" | "windows-1254";

/** What differs between ISO-8859-1 and Windows-1254 among letters: Turkish ones in the place of Icelandic ones. */
const turkish: Readonly<Record<string, string>> = { Ð: "Ğ", Ý: "İ", Þ: "Ş", ð: "ğ", ý: "ı", þ: "ş" };
const signs = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008d\u008e\u008f\u0090‘’“”•–—˜™š›œ\u009d\u009eŸ";

/**
 * Letters of a text whose bytes were taken one by one. A file that declares ISO-8859-1 is read as Windows-1254, which holds
 * the same letters but the six that Turkish files put in the place of Icelandic ones.
 *
 * @param text one character a byte, codes 0 to 255
 * @returns the text; bytes that are no UTF-8 stay as they are
 */
export function lettersOf(text: string, letters: Letters): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  if (letters === "windows-1254")
    return text.replace(/[\u0080-\u009fÐÝÞðýþ]/g, (c) => turkish[c] ?? signs[c.charCodeAt(0) - 0x80] ?? c);
  return strFromU8(Uint8Array.from(text, (c) => c.charCodeAt(0)));
}

/**
 * How a file that begins so writes its letters.
 *
 * @param head the beginning of the file, one character a byte
 * @returns `utf-8` unless the prologue declares a single-byte encoding
 */
export function lettersDeclared(head: string): { readonly declared: string; readonly letters: Letters } {
  const declared = /^[^<]*<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(head)?.[1] ?? "UTF-8";
  return { declared, letters: /^(iso-8859-|windows-125|latin|us-ascii)/i.test(declared) ? "windows-1254" : "utf-8" };
}
