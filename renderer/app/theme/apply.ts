import { setNumberFormat, setTimeZone } from "../../../core/base/format.ts";
import { call } from "../../client/index.ts";
import { type Preferences, preferences, type ThemeName } from "../../state/preferences.ts";
import { session } from "../../state/session.ts";
import { paletteIds } from "./palettes.ts";

const key = "preferences";

/** Reads the stored preferences, puts them on the page, and keeps page and setting equal to the store from then on. */
export async function startPreferences(): Promise<void> {
  const media = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("(prefers-contrast: more)")];
  for (const query of media) query.addEventListener("change", () => apply(preferences.getState()));
  apply(preferences.getState());
  const answer = await call("setting.get", { key });
  if (answer.ok) preferences.getState().change(validPreferences(answer.value.value));
  apply(preferences.getState());
  preferences.subscribe((now, before) => {
    if (JSON.stringify(stored(now)) === JSON.stringify(stored(before))) return;
    apply(now);
    void call("setting.set", { key, value: { ...stored(now) } });
  });
}

/** What of a stored value can be used; everything else keeps its default. */
export function validPreferences(value: unknown): Partial<Preferences> {
  if (typeof value !== "object" || value === null) return {};
  const given = value as Readonly<Record<string, unknown>>;
  const oneOf = <T extends string>(name: keyof Preferences, allowed: readonly T[]): Record<string, T> => {
    const found = allowed.find((candidate) => candidate === given[name]);
    return found === undefined ? {} : { [name]: found };
  };
  return {
    ...oneOf("theme", ["system", "light", "dark", "contrast"]),
    ...oneOf("density", ["compact", "comfortable"]),
    ...oneOf("negative", ["minus", "parentheses"]),
    ...oneOf("palette", paletteIds),
    ...oneOf(
      "locale",
      locales.map(({ value: locale }) => locale),
    ),
    ...(typeof given.accessibleGrids === "boolean" && { accessibleGrids: given.accessibleGrids }),
    ...(isTexts(given.bindings) && { bindings: given.bindings }),
    ...(typeof given.automatic === "boolean" && { automatic: given.automatic }),
    ...oneOf("paper", ["A4", "Letter"]),
    ...oneOf("zone", ["utc", "local"]),
    ...(typeof given.maskAccounts === "boolean" && { maskAccounts: given.maskAccounts }),
  };
}

export const locales = [
  { value: "en-US", label: "1,234.56" },
  { value: "de-DE", label: "1.234,56" },
  { value: "fr-FR", label: "1 234,56" },
  { value: "de-CH", label: "1’234.56" },
  { value: "en-IN", label: "12,34,567.89" },
] as const;

function apply(chosen: Preferences): void {
  const themeName = themeNameOf(chosen);
  const { dataset } = document.documentElement;
  dataset.theme = themeName;
  dataset.density = chosen.density;
  setTimeZone(chosen.zone === "local" ? (ms) => -new Date(ms).getTimezoneOffset() : undefined);
  setNumberFormat({ locale: chosen.locale, negative: chosen.negative });
  if (session.getState().automatic !== chosen.automatic) session.getState().setAutomatic(chosen.automatic);
  if (preferences.getState().themeName !== themeName) preferences.setState({ themeName });
}

function themeNameOf({ theme }: Preferences): ThemeName {
  if (theme !== "system") return theme;
  if (matchMedia("(prefers-contrast: more)").matches) return "contrast";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function stored(state: Preferences): Preferences {
  const { theme, density, locale, negative, palette, accessibleGrids, automatic, bindings } = state;
  const { paper, zone, maskAccounts } = state;
  return {
    ...{ theme, density, locale, negative, palette, accessibleGrids, automatic, bindings },
    ...{ paper, zone, maskAccounts },
  };
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === "string")
  );
}
