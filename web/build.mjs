// Bundles scripts and styles into the design system's static folder. `--watch` keeps bundling.
import { context, build } from "esbuild";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";

const here = dirname(fileURLToPath(import.meta.url));
const look = join(here, "..", "src", "onewindow", "look", "static");
const options = {
  entryPoints: { look: join(look, "look", "look.css"), app: join(here, "src", "app.ts") },
  outdir: join(look, "built"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome90", "firefox90", "safari15"],
  legalComments: "none",
  logLevel: "info",
};

if (process.argv.includes("--watch")) {
  const watching = await context(options);
  await watching.watch();
} else {
  await build(options);
}
