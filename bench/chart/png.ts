import { writeFile } from "node:fs/promises";
import { Resvg } from "@resvg/resvg-js";

const WIDTH_PX = 1600;

/** Draws a picture with the fonts of this machine. */
export async function writePng(svg: string, path: string): Promise<void> {
  const picture = new Resvg(svg, {
    fitTo: { mode: "width", value: WIDTH_PX },
    font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans" },
    background: "white",
  });
  await writeFile(path, picture.render().asPng());
}
