/** Key combinations as text: `Mod+Shift+Enter`, `?`, `F6`. Mod is Ctrl, on macOS Cmd. */

export const isMac = typeof navigator !== "undefined" && /mac/i.test(navigator.platform);

/** The combination of a key event, in the order Mod, Alt, Shift, key. */
export function comboOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  // Shift is part of a printed sign such as "?", so it is named only beside letters and named keys.
  const named = /^[A-Z]$/.test(key) || event.key.length > 1;
  return [mod && "Mod", event.altKey && "Alt", event.shiftKey && named && "Shift", key].filter(Boolean).join("+");
}

/** As printed on keys: `Ctrl K`, `⌘ K`. */
export function keyCaps(combo: string): string[] {
  return combo.split("+").map((part) => {
    if (part === "Mod") return isMac ? "⌘" : "Ctrl";
    if (part === "Escape") return "Esc";
    return part;
  });
}

/** Combinations that belong to the window, the browser or the system. */
export const reservedCombos: ReadonlySet<string> = new Set([
  "Mod+W",
  "Mod+Q",
  "Mod+R",
  "F11",
  "F12",
  "Alt+F4",
  "Mod+H",
]);

/** Whether keys go into text: then single letters are not commands. */
export function isTyping(target: EventTarget | null): boolean {
  // Elements of a second window are of another realm, so their class says nothing.
  if (target === null || !("tagName" in target)) return false;
  const { isContentEditable, tagName } = target as HTMLElement;
  return isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(tagName);
}
