const token = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|\(|\)|,\s*(?=[}\])])/g;

const replacements: Readonly<Record<string, string>> = {
  None: "null",
  True: "true",
  False: "false",
  nan: "null",
  "(": "[",
  ")": "]",
};

/**
 * Reads the text of a Python dictionary or list of plain values: single quotes, `None`, `True`, `False`, `nan`, tuples.
 *
 * @returns the value; `undefined` when the text is something else
 */
export function parsePythonLiteral(text: string): unknown {
  const json = text.replace(token, (found) => {
    if (found.startsWith("'") || found.startsWith('"'))
      return JSON.stringify(found.slice(1, -1).replace(/\\(.)/g, "$1"));
    return found.startsWith(",") ? "" : (replacements[found] ?? found);
  });
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
