import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { PaletteId } from "../app/theme/palettes.ts";

export type ThemeChoice = "system" | "light" | "dark" | "contrast";
export type ThemeName = Exclude<ThemeChoice, "system">;
export type Paper = "A4" | "Letter";
export type Density = "compact" | "comfortable";

/** How the user wants to see things; stored as one setting. */
export interface Preferences {
  readonly theme: ThemeChoice;
  readonly density: Density;
  readonly locale: string;
  readonly negative: "minus" | "parentheses";
  readonly palette: PaletteId;
  /** Grids keep document order and draw every column, for screen readers. */
  readonly accessibleGrids: boolean;
  readonly automatic: boolean;
  readonly paper: Paper;
  /** Zone of times on screen; files always say UTC or the offset. */
  readonly zone: "utc" | "local";
  /** Names of accounts are shown and exported by their last two characters. */
  readonly maskAccounts: boolean;
  /** Command id -> key combination that replaces the default one; empty: none. */
  readonly bindings: Readonly<Record<string, string>>;
}

interface PreferencesState extends Preferences {
  /** The theme in use: `theme`, or what the system asks for. */
  readonly themeName: ThemeName;
  readonly change: (change: Partial<Preferences>) => void;
}

export const defaultPreferences: Preferences = {
  theme: "system",
  density: "compact",
  locale: "en-US",
  negative: "minus",
  palette: "puor",
  accessibleGrids: false,
  automatic: true,
  paper: "A4",
  zone: "utc",
  maskAccounts: false,
  bindings: {},
};

export const preferences = createStore<PreferencesState>()((set) => ({
  ...defaultPreferences,
  themeName: "light",
  change: (change) => set(change),
}));

export const usePreferences = <T>(select: (state: PreferencesState) => T): T => useStore(preferences, select);

/** Changes whenever colours change: a dependency for everything that reads tokens by itself, such as charts. */
export const useThemeName = (): ThemeName => usePreferences((state) => state.themeName);
