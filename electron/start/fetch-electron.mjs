// Run as a child by electron-binary.mjs: fills Electron's cache, reporting progress, then has Electron's own script unpack it.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { downloadArtifact } from "@electron/get";
import { root } from "../../core/host/bin/built.mjs";

const require = createRequire(import.meta.url);
const folder = join(root, "node_modules/electron");
const { version } = require(join(folder, "package.json"));
let lastPercent = -1;

try {
  process.send({ step: "fetching", percent: 0 });
  await downloadArtifact({
    version,
    artifactName: "electron",
    checksums: require(join(folder, "checksums.json")),
    platform: process.platform,
    arch: process.arch,
    downloadOptions: {
      quiet: true,
      getProgressCallback: async ({ percent }) => {
        const whole = Math.floor(100 * percent);
        if (whole === lastPercent) return;
        lastPercent = whole;
        process.send({ step: "fetching", percent: whole });
      },
    },
  });
  process.send({ step: "unpacking", percent: 100 });
  const { status, stderr } = spawnSync(process.execPath, [join(folder, "install.js")], { encoding: "utf8" });
  if (status !== 0) throw new Error(`unpacking failed: ${stderr.trim().split("\n")[0]}`);
  process.disconnect();
} catch (error) {
  const cause = error.cause?.code ?? error.cause?.message;
  process.send({ failure: `${error.message}${cause === undefined ? "" : ` (${cause})`}` }, () => process.exit(1));
}
