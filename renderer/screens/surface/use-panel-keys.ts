import { type RefObject, useEffect, useEffectEvent } from "react";

const ownKeys =
  'input, textarea, select, button, a, [contenteditable="true"], [role="grid"], [role="treegrid"], [role="menu"]';

/**
 * Keys of a panel while it, and no control inside it, has the focus.
 *
 * @param inside any element of the panel
 * @param act    true when it used the key
 */
export function usePanelKeys(inside: RefObject<HTMLElement | null>, act: (key: string) => boolean): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest(ownKeys)) return;
    if (act(event.key)) event.preventDefault();
  });
  useEffect(() => {
    const panel = inside.current?.closest<HTMLElement>("[data-panel]");
    if (!panel) return;
    panel.addEventListener("keydown", pressed);
    // A click into the chart gives the panel the focus, so that its keys work.
    const focus = (event: PointerEvent) => {
      if (event.target instanceof Element && !event.target.closest(ownKeys)) panel.focus({ preventScroll: true });
    };
    panel.addEventListener("pointerdown", focus);
    return () => {
      panel.removeEventListener("keydown", pressed);
      panel.removeEventListener("pointerdown", focus);
    };
  }, [inside]);
}
