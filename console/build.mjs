// Builds the console into a folder: node build.mjs FOLDER. Each file is written as it is, and compressed once, here, so that no host compresses it at run time.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));

const run = (script, ...args) => execFileSync(process.execPath, [join(here, "node_modules", script), ...args], { cwd: here, stdio: "inherit" });

// The licences of what is in the bundles, which are passed on with them.
function licences(metafile) {
  const packages = new Set(Object.keys(metafile.inputs).map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean));
  return [...packages].sort().map((name) => {
    const { version, license } = JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${readFileSync(join(here, "node_modules", name, "LICENSE"), "utf8").trim()}\n`;
  }).join("\n");
}

function write(name, content) {
  const bytes = Buffer.from(content);
  writeFileSync(join(out, name), bytes);
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}

try {
  run("openapi-typescript/bin/cli.js", "../BulkSms/Api/openapi.json", "--default-non-nullable", "false", "--output", "src/schema.d.ts");
  run("typescript/bin/tsc", "--noEmit");
} catch {
  process.exit(1); // they have said why
}

const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { app: "src/main.tsx", reader: "src/list/worker.ts", style: "style.css" },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  metafile: true,
  write: false,
  outdir: "/",
});
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const file of result.outputFiles) {
  write(file.path.replace(/^.*[/\\]/, ""), file.contents);
}

for (const name of ["index.html", "icon.svg"]) {
  write(name, readFileSync(join(here, name)));
}

write("licences.txt", licences(result.metafile));
