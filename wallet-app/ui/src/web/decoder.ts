// The decoder: zxing-wasm, from this very page. Loaded when a camera or a picture is first looked at.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";
import decoder from "zxing-wasm/reader/zxing_reader.wasm?url";

prepareZXingModule({ overrides: { locateFile: () => decoder } });

const OPTIONS: ReaderOptions = { formats: ["QRCode"], tryHarder: true, tryInvert: true, maxNumberOfSymbols: 4 };

/** The texts of the codes in a picture; none where it is no picture. */
export async function textsIn(picture: ImageData | Blob): Promise<string[]> {
  try {
    const found = await readBarcodes(picture, OPTIONS);
    return found.filter((one) => one.isValid && one.text !== "").map((one) => one.text);
  } catch {
    return [];
  }
}
