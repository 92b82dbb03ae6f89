import { homedir } from "node:os";
import { join } from "node:path";

/** Where the library of this user is when nobody says otherwise; every door uses the same one. */
export function defaultLibraryPath(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  return join(dataFolder(platform, environment), "marginscope", "library.sqlite");
}

function dataFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  const home = homedir();
  if (platform === "win32") return environment.APPDATA ?? join(home, "AppData", "Roaming");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  // The XDG specification wants relative paths ignored.
  const xdg = environment.XDG_DATA_HOME;
  return xdg?.startsWith("/") === true ? xdg : join(home, ".local", "share");
}
