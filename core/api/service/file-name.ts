/** A name of the user as the base of a file name: ASCII only, because files travel between systems. */
export function fileNameOf(name: string, otherwise: string): string {
  return name.replace(/[^A-Za-z0-9-]+/g, "-").replace(/^-+|-+$/g, "") || otherwise;
}
