// Unpacks the Chromium of the npm package beside it, once, and prints where it is. The package unpacks into the folder for temporary files: this is made a folder of ours.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const done = join(here, "node_modules", ".chromium");
if (!existsSync(done)) {
  const unpacking = `${done}-unpacking`;
  rmSync(unpacking, { recursive: true, force: true });
  mkdirSync(unpacking);
  process.env.TMPDIR = unpacking;
  const { inflate } = await import("@sparticuz/chromium");
  const packed = join(here, "node_modules", "@sparticuz", "chromium", "bin");
  await Promise.all(["chromium.br", "fonts.tar.br", "al2023.tar.br"].map((name) => inflate(join(packed, name))));
  // The package's own list of fonts names the folders of a cloud function.
  const fonts = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(done, "fonts", "fonts")}</dir><cachedir>${join(done, "cache")}</cachedir></fontconfig>`;
  writeFileSync(join(unpacking, "fonts", "fonts.conf"), fonts);
  renameSync(unpacking, done);
}

console.log(done);
