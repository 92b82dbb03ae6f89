import { type RefObject, useEffect, useEffectEvent } from "react";

/** Controls that need their keys for themselves. */
const typing = 'input, textarea, select, [contenteditable="true"], [role="grid"], [role="treegrid"], [role="menu"]';
/** Controls that need only Enter and the space bar; those marked `data-keys="panel"` leave them to the panel too. */
const pressing = 'button:not([data-keys="panel"]), a, summary';

/**
 * Keys of a panel while it has the focus and no control inside it needs them.
 *
 * @param inside any element of the panel
 * @param act    true when it used the key
 * @param isThere whether that element is drawn already, for panels that are empty at first
 */
export function usePanelKeys(
  inside: RefObject<HTMLElement | null>,
  act: (key: string) => boolean,
  isThere: boolean = true,
): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target as Element | null;
    if (!target || target.closest(typing)) return;
    if ((event.key === "Enter" || event.key === " ") && target.closest(pressing)) return;
    if (!act(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const panel = isThere ? inside.current?.closest<HTMLElement>("[data-panel]") : undefined;
    if (!panel) return;
    panel.addEventListener("keydown", pressed);
    // A click into the content gives the panel the focus, so that its keys work.
    const focus = (event: PointerEvent) => {
      const target = event.target as Element | null;
      if (!target || target.closest(`${typing}, button, a, summary`)) return;
      panel.focus({ preventScroll: true });
    };
    panel.addEventListener("pointerdown", focus);
    return () => {
      panel.removeEventListener("keydown", pressed);
      panel.removeEventListener("pointerdown", focus);
    };
  }, [inside, isThere]);
}
