import { createSpotlight } from "@mantine/spotlight";

export const [paletteStore, palette] = createSpotlight();
export const [findStore, find] = createSpotlight();

export const openSpotlight = (): void => palette.open();
export const openFind = (): void => find.open();
