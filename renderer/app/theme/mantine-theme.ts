import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from "@mantine/core";

/** Shades that Mantine wants; the variables that components read are set to tokens below. */
const accent: MantineColorsTuple = [
  ...["#eef3fd", "#dbe5fa", "#b9ccf5", "#94b0ef", "#7497ea", "#5c85e6", "#2858c5"],
  ...["#2350b5", "#1f49a8", "#173a8a"],
] as unknown as MantineColorsTuple;

export const mantineTheme = createTheme({
  primaryColor: "accent",
  colors: { accent },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "15px", xl: "17px" },
  defaultRadius: "var(--radius)",
  // Filled controls are light in the dark themes, so their words follow a token and are not always white.
  variantColorResolver: (input) => ({
    ...defaultVariantColorsResolver(input),
    ...(input.variant === "filled" && { color: "var(--on-accent)" }),
  }),
  // The page itself never scrolls, and the lock would insert a style without our nonce.
  components: {
    Modal: { defaultProps: { lockScroll: false } },
    Drawer: { defaultProps: { lockScroll: false } },
    Spotlight: { defaultProps: { lockScroll: false } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
  },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "18px" }, h2: { fontSize: "15px" }, h3: { fontSize: "14px" } },
  },
});

/** Mantine's variables as tokens, the same in every colour scheme: the tokens themselves change. */
export const mantineVariables: CSSVariablesResolver = () => {
  const scheme = {
    "--mantine-color-body": "var(--panel)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--muted)",
    "--mantine-color-placeholder": "var(--muted)",
    "--mantine-color-default": "var(--panel)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--border)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--danger)",
    "--mantine-primary-color-filled": "var(--accent)",
    "--mantine-primary-color-contrast": "var(--on-accent)",
    "--mantine-color-accent-filled": "var(--accent)",
    "--mantine-color-accent-filled-hover": "var(--accent-hover)",
    "--mantine-color-accent-light": "var(--accent-soft)",
    "--mantine-color-accent-light-hover": "var(--selected)",
    "--mantine-color-accent-light-color": "var(--accent)",
    "--mantine-color-accent-outline": "var(--accent)",
    "--mantine-color-red-light": "var(--danger-soft)",
    "--mantine-color-red-light-color": "var(--danger)",
    "--mantine-color-red-filled": "var(--danger)",
    "--mantine-color-gray-light-color": "var(--text)",
    "--mantine-color-gray-subtle-hover": "var(--hover)",
    "--mantine-color-yellow-light": "var(--warning-soft)",
    "--mantine-color-yellow-light-color": "var(--warning)",
    "--mantine-color-disabled": "var(--raised)",
    "--mantine-color-disabled-color": "var(--muted)",
    "--mantine-color-disabled-border": "var(--border)",
  };
  const light = {
    ...scheme,
    "--mantine-color-gray-0": "var(--raised)",
    "--mantine-color-gray-1": "var(--hover)",
    "--mantine-color-gray-2": "var(--hover)",
    "--mantine-color-gray-3": "var(--border)",
    "--mantine-color-gray-4": "var(--border)",
  };
  const dark = {
    ...scheme,
    "--mantine-color-dark-3": "var(--control-border)",
    "--mantine-color-dark-4": "var(--border)",
    "--mantine-color-dark-5": "var(--hover)",
    "--mantine-color-dark-6": "var(--raised)",
    "--mantine-color-dark-7": "var(--panel)",
    "--mantine-color-dark-8": "var(--canvas)",
  };
  return { variables: {}, light, dark };
};
