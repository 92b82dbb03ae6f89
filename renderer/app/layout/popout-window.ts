import type { DockviewApi } from "dockview-react";
import { addWindow } from "./windows.ts";

/** The one page a second window may load. */
export const popoutUrl = "./popout.html";

/** The style nonce of a page's own load; every window has its own. */
export function nonceOf(page: Document): string {
  return page.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

/** Makes every window that the docking library opens one of ours, until it closes. */
export function followPopouts(api: DockviewApi): void {
  const leaving = new Map<Window, () => void>();
  api.onDidAddPopoutGroup(({ group, window: popout }) => {
    leaving.set(popout, adoptWindow(popout));
    const title = (): void => {
      popout.document.title = `${group.activePanel?.title ?? "Panel"} · Marginscope`;
    };
    title();
    group.api.onDidActivePanelChange(title);
  });
  api.onWillClosePopoutWindow(({ window: popout }) => {
    leaving.get(popout)?.();
    leaving.delete(popout);
  });
}

/**
 * Makes a window that the docking library opened one of ours: theme and styles follow the main window, and what libraries
 * listen for at the main document reaches them from here too.
 *
 * @returns what the window needs to be told when it closes
 */
function adoptWindow(popout: Window): () => void {
  const root = document.documentElement;
  const mirror = (): void => {
    for (const { name, value } of [...root.attributes]) popout.document.documentElement.setAttribute(name, value);
  };
  mirror();
  const attributes = new MutationObserver(mirror);
  attributes.observe(root, { attributes: true });
  const styles = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) copyStyle(node, popout.document);
  });
  styles.observe(document.head, { childList: true });
  // Menus look for what can have the focus up to the body of the main document; here they come to the document itself, which has no style.
  Object.assign(popout.document, { style: { display: "" } });
  const listening = forwardMouse(popout);
  const left = addWindow(popout);
  // The docking library takes its panels back at `beforeunload`, which a window that is closed from outside never has. Listeners
  // of what still stands in a page when it is torn down are gone, so the panels have to leave before.
  popout.addEventListener("pagehide", () => popout.dispatchEvent(new Event("beforeunload")), {
    signal: listening.signal,
  });
  return () => {
    // A menu that is open there closes at a click elsewhere: it is told of one.
    for (const type of ["mousedown", "mouseup"])
      document.documentElement.dispatchEvent(new MouseEvent(type, { bubbles: true }));
    attributes.disconnect();
    styles.disconnect();
    listening.abort();
    left();
  };
}

/** Styles that come later, of a panel or a grid that is opened there for the first time. */
function copyStyle(node: Node, page: Document): void {
  if (node.nodeName === "LINK" && node instanceof HTMLLinkElement && node.rel === "stylesheet") {
    const link = page.createElement("link");
    link.rel = "stylesheet";
    link.href = node.href;
    page.head.append(link);
  } else if (node.nodeName === "STYLE") {
    const style = page.createElement("style");
    style.setAttribute("nonce", nonceOf(page));
    style.textContent = node.textContent;
    page.head.append(style);
  }
}

/**
 * Charts follow a drag, and menus notice a click elsewhere, by listening to the main document. Positions are those of the
 * window the mouse is in, as are the elements they are compared with.
 */
function forwardMouse(popout: Window): AbortController {
  const controller = new AbortController();
  const { signal } = controller;
  let dragging = false;
  const send = (event: MouseEvent): void => {
    const { type, clientX, clientY, button, buttons, shiftKey, ctrlKey, altKey, metaKey } = event;
    document.documentElement.dispatchEvent(
      new MouseEvent(type, {
        ...{ clientX, clientY, button, buttons, shiftKey, ctrlKey, altKey, metaKey },
        bubbles: true,
      }),
    );
  };
  popout.addEventListener(
    "mousedown",
    (event) => {
      dragging = true;
      const target = event.target as Element | null;
      // A click inside a menu, or on what opened it, is none elsewhere.
      if (target?.closest?.('[data-portal], [aria-expanded="true"], [role="dialog"]')) return;
      send(event);
    },
    { signal, capture: true },
  );
  popout.addEventListener("mousemove", (event) => dragging && send(event), { signal });
  popout.addEventListener(
    "mouseup",
    (event) => {
      dragging = false;
      send(event);
    },
    { signal },
  );
  return controller;
}
