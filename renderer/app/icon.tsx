/** Small line icons, 16 x 16, drawn in the colour of the text. Decoration only: names stand on the controls. */
const paths = {
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  close: "M4 4l8 8M12 4l-8 8",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6L14 14",
  recalculate: "M13 3v3.5H9.5M13 6.5A5.5 5.5 0 1 0 13.5 9",
  import: "M8 2v8M5 7l3 3 3-3M2.5 11v2.5h11V11",
  export: "M8 10V2M5 5l3-3 3 3M2.5 11v2.5h11V11",
  jobs: "M2.5 4h11M2.5 8h7M2.5 12h4",
  sun: "M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z",
  contrast: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12",
  system: "M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3",
  settings:
    "M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM5.5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z",
  help: "M6 6a2 2 0 1 1 2.7 1.9c-.5.2-.7.6-.7 1.1v.5M8 11.8h.01M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4z",
  layout: "M2.5 3h11v10h-11zM8 3v10M8 8h5.5",
  save: "M3 2.5h8l2.5 2.5v8.5H3zM5.5 2.5V6H10V2.5M5 13.5V9.5h6.5v4",
  library: "M3 2.5h3v11H3zM6 2.5h3v11H6zM10 3.2l2.6-.6 1.9 10.4-2.7.5z",
  maximise: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  undo: "M5 3L2.5 5.5 5 8M2.5 5.5H10a3.5 3.5 0 0 1 0 7H6",
  redo: "M11 3l2.5 2.5L11 8M13.5 5.5H6a3.5 3.5 0 0 0 0 7h4",
  check: "M3 8.5l3.2 3L13 4.5",
  warning: "M8 2.5l6 11H2zM8 7v3M8 11.8h.01",
  plus: "M8 3v10M3 8h10",
  chevron: "M4.5 6.5L8 10l3.5-3.5",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
