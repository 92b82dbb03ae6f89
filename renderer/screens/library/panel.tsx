import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const LibraryScreen = lazy(() => import("./library-screen.tsx"));

export default definePanel({
  id: "library",
  title: "Library",
  description:
    "Stored portfolios, markets, histories, panels, runs and overrides: open, rename, delete, replay; the whole library as one file",
  component: LibraryScreen,
  group: "Library",
});
