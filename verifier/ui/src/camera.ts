// The decoder: zxing-wasm, from this very program. Nothing is kept of any picture.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";
import decoder from "zxing-wasm/reader/zxing_reader.wasm?url";

prepareZXingModule({ overrides: { locateFile: () => decoder } });

const OPTIONS: ReaderOptions = { formats: ["QRCode"], tryHarder: true, tryInvert: true, maxNumberOfSymbols: 4 };

/** One code in a picture: its text and the length of its upper edge in pixels. */
export type Sighting = { text: string; side: number };

/** The codes in one picture. */
export async function codesIn(picture: ImageData): Promise<Sighting[]> {
  const found = await readBarcodes(picture, OPTIONS);
  return found
    .filter((one) => one.isValid && one.text !== "")
    .map(({ text, position: { topLeft, topRight } }) => ({ text, side: Math.hypot(topRight.x - topLeft.x, topRight.y - topLeft.y) }));
}

/** Whether a picture is too dark to find anything in: every 97th pixel is looked at. */
export function isDark(picture: ImageData): boolean {
  let sum = 0;
  let count = 0;
  for (let at = 0; at + 2 < picture.data.length; at += 4 * 97) {
    sum += Math.max(picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0);
    count += 1;
  }
  return count > 0 && sum / count < 16;
}
