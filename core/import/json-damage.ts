const words: ReadonlySet<string> = new Set(["true", "false", "null"]);

/**
 * What is wrong with text that `JSON.parse` refused, in words: cut in the middle, text after the end, or a word such as NaN that
 * JSON does not have, with line and column.
 */
export function jsonDamage(text: string): string {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (inText) {
      if (character === "\\") at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) {
        const after = text.slice(at + 1).search(/\S/);
        return after === -1
          ? unknownDamage
          : `the JSON ends and other text follows it at ${placeOf(text, at + 1 + after)}`;
      }
    } else if (/[A-Za-z]/.test(character)) {
      const word = /^-?[A-Za-z]\w*/.exec(text.slice(at, at + 40))?.[0] ?? character;
      const inNumber = /[\d.]/.test(text[at - 1] ?? "");
      if (!inNumber && !words.has(word) && at + word.length < text.length)
        return `the JSON holds ${word} at ${placeOf(text, at)}, which JSON does not have; null says that there is no value`;
      at += word.length - 1;
    }
  }
  return depth > 0 || inText ? "the JSON is cut in the middle; save or download it again" : unknownDamage;
}

const unknownDamage = "the file is neither valid JSON nor a CSV table";

/** `line 3, column 17`. */
function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
