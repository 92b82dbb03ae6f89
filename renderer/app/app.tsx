import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { usePreferences } from "../state/preferences.ts";
import { Shell } from "./shell.tsx";
import { mantineTheme, mantineVariables } from "./theme/mantine-theme.ts";
import { styleNonce } from "./theme/nonce.ts";

const nonce = styleNonce();

export function App() {
  const themeName = usePreferences((state) => state.themeName);
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={mantineVariables}
      forceColorScheme={themeName === "light" ? "light" : "dark"}
      getStyleNonce={() => nonce ?? ""}
    >
      <Notifications position="bottom-right" limit={3} />
      <Shell />
    </MantineProvider>
  );
}
