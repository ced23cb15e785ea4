// The decoder: zxing-wasm, from this very page. Loaded when a camera or a picture is first looked at.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";
import decoder from "zxing-wasm/reader/zxing_reader.wasm?url";

const OPTIONS: ReaderOptions = { formats: ["QRCode"], tryHarder: true, tryInvert: true, maxNumberOfSymbols: 4 };

let loaded: Promise<unknown> | null = null;

/** The decoder's machine. What did not come is asked for again the next time: another function is another try. */
function machine(): Promise<unknown> {
  loaded ??= Promise.resolve(prepareZXingModule({ overrides: { locateFile: () => decoder }, fireImmediately: true })).catch(
    (error: unknown) => {
      loaded = null;
      throw error;
    },
  );
  return loaded;
}

/** The texts of the codes in a picture; none where it is no picture. Refused where the decoder itself did not come. */
export async function textsIn(picture: ImageData | Blob): Promise<string[]> {
  await machine();
  try {
    const found = await readBarcodes(picture, OPTIONS);
    return found.filter((one) => one.isValid && one.text !== "").map((one) => one.text);
  } catch {
    return [];
  }
}
