import type { Page } from "playwright-core";

/** The window driven by keys alone: no mouse, nothing set from outside. */
export interface Keyboard {
  /** Presses keys one after the other, as `Control+k` or `ArrowDown`. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Writes over what a field holds. */
  readonly overwrite: (text: string) => Promise<void>;
  /** Runs the entry of the command palette that comes first for these words, which are part of its name. */
  readonly command: (words: string) => Promise<void>;
  /** Tab until the focus is on a control of this name. */
  readonly tabTo: (name: string | RegExp, most?: number) => Promise<void>;
  /** What has the focus, in words; `choice of …` for one of several. */
  readonly focused: () => Promise<string>;
}

export function keyboardOf(page: Page): Keyboard {
  const { keyboard } = page;
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      await keyboard.press(key);
      await page.waitForTimeout(60);
    }
  };
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!element) return "";
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const words = [element.getAttribute("aria-label"), ...labels.map(({ textContent }) => textContent)];
      const name = words.find((text) => text) ?? element.textContent ?? "";
      return element instanceof HTMLInputElement && element.type === "radio" ? `choice of ${name}` : name;
    });
  return {
    press,
    type: async (text) => {
      await keyboard.type(text, { delay: 10 });
      await page.waitForTimeout(150);
    },
    overwrite: async (text) => {
      await press("Control+a");
      await keyboard.type(text, { delay: 10 });
      await page.waitForTimeout(150);
    },
    command: async (words) => {
      const search = page.getByRole("textbox", { name: "Find a command" });
      await press("Control+k");
      await search.waitFor();
      await keyboard.type(words, { delay: 10 });
      await page.locator("[data-action][data-selected]").filter({ hasText: words }).waitFor();
      await press("Enter");
      await search.waitFor({ state: "detached" });
      // The palette gives the focus back, then the panel takes it.
      await page.waitForTimeout(400);
    },
    tabTo: async (name, most = 60) => {
      const passed: string[] = [];
      for (let step = 0; step < most; step++) {
        await press("Tab");
        const words = (await focused()).trim();
        if (typeof name === "string" ? words === name : name.test(words)) return;
        passed.push(words.slice(0, 40));
      }
      throw new Error(`Tab does not come to ${name}; it passes ${passed.join(" | ")}`);
    },
    focused,
  };
}
