import { type Failure, failure } from "../../base/index.ts";

/** What a scanner tells of the text it is given. */
export interface XmlHandler {
  /** @param tag the start tag without its brackets, as written; `attributesOf` reads it */
  readonly open: (name: string, tag: string) => void;
  /** @param text character data directly before the end tag, entities resolved; all of it for an element without children */
  readonly close: (name: string, text: string) => void;
}

/** Takes a document in pieces of any size; nothing but the open elements and the last incomplete piece is kept. */
export interface XmlScanner {
  readonly push: (piece: string) => Failure | undefined;
  /** After the last piece. */
  readonly end: () => Failure | undefined;
}

/** Deeper nesting and longer single tags or texts than these are no parameter file. */
const deepest = 64;
const longestToken = 1 << 20;

/**
 * Reads the XML that clearing houses write, piece by piece: elements, character data, the five named entities and numeric
 * ones, CDATA, comments and processing instructions. Attributes are left in their tag; a document type declaration is refused, so that
 * nothing can expand.
 *
 * @returns a scanner; its failures name the place as a count of characters
 */
export function xmlScanner(handler: XmlHandler): XmlScanner {
  const open: string[] = [];
  let rest = "";
  let kept = "";
  let before = 0;
  let seen = false;
  const broken = (message: string, at: number): Failure =>
    failure("parse-error", message, `character ${(before + at).toLocaleString("en-US")}`);

  const push = (piece: string): Failure | undefined => {
    const text = rest === "" ? piece : rest + piece;
    let at = 0;
    for (;;) {
      const start = text.indexOf("<", at);
      if (start < 0) break;
      const end = endOfTag(text, start);
      if (end < 0) break;
      const mark = text.charCodeAt(start + 1);
      if (mark === slash) {
        const name = text.slice(start + 2, end).trimEnd();
        const expected = open.pop();
        if (name !== expected) return broken(`</${name}> ends <${expected ?? "nothing"}>; the file is damaged`, start);
        const own = text.slice(at, start);
        handler.close(name, resolved(kept === "" ? own : kept + own));
        kept = "";
      } else if (mark === bang || mark === question) {
        if (text.startsWith("<!DOCTYPE", start)) return broken("a document type declaration is not read", start);
        kept += text.slice(at, start);
        if (text.startsWith("<![CDATA[", start)) kept += escaped(text.slice(start + 9, end - 2));
      } else {
        const whole = text.slice(start + 1, end);
        const empty = whole.endsWith("/");
        const name = nameOf(empty ? whole.slice(0, -1) : whole);
        if (name === "") return broken("a tag without a name; the file is damaged", start);
        seen = true;
        kept = "";
        handler.open(name, whole);
        if (empty) handler.close(name, "");
        else if (open.push(name) > deepest) return broken(`more than ${deepest} elements inside each other`, start);
      }
      at = end + 1;
    }
    before += at;
    rest = text.slice(at);
    return rest.length > longestToken ? broken("a tag or text of more than a million characters", 0) : undefined;
  };

  return {
    push,
    end: () => {
      const innermost = open.at(-1);
      if (innermost !== undefined) return broken(`the file ends inside <${innermost}>; it is truncated`, rest.length);
      if (!seen) return broken("the file holds no element", 0);
      return rest.trim() === "" ? undefined : broken("text after the last element", 0);
    },
  };
}

const [slash, bang, question] = [47, 33, 63];

/** Place of the `>` that ends the tag at `start`; −1 when it has not arrived yet. */
function endOfTag(text: string, start: number): number {
  const mark = text.charCodeAt(start + 1);
  if (mark === bang || mark === question) {
    // A tag cut at its first letters may still become a comment or CDATA.
    if (text.length < start + 9) return -1;
    const ending = text.startsWith("<!--", start) ? "-->" : text.startsWith("<![CDATA[", start) ? "]]>" : undefined;
    const last = ending ?? (mark === question ? "?>" : ">");
    const found = text.indexOf(last, start + (ending === "-->" ? 4 : 2));
    return found < 0 ? -1 : found + last.length - 1;
  }
  let end = text.indexOf(">", start + 1);
  // A `>` inside a quoted attribute does not end the tag.
  while (end >= 0 && quotesAreOpen(text, start, end)) end = text.indexOf(">", end + 1);
  return end;
}

function quotesAreOpen(text: string, start: number, end: number): boolean {
  let quote = 0;
  for (let i = start + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (quote !== 0) quote = code === quote ? 0 : quote;
    else if (code === 34 || code === 39) quote = code;
  }
  return quote !== 0;
}

function nameOf(tag: string): string {
  for (let i = 0; i < tag.length; i++) if (tag.charCodeAt(i) <= 32) return tag.slice(0, i);
  return tag;
}

/**
 * Attributes of a start tag, entities resolved; of a name given twice the first counts.
 *
 * @param tag without its brackets
 */
export function attributesOf(tag: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const [, name = "", double, single] of tag.matchAll(/\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    found[name] ??= resolved(double ?? single ?? "");
  return found;
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function resolved(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, entity: string) => {
    if (!entity.startsWith("#")) return named[entity] ?? whole;
    const code = entity[1] === "x" ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** CDATA joins the text before entities are resolved. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;");
}
