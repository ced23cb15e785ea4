// What the screens need of whatever is under them: the window's Rust side, or the same machine inside the browser.
import type { Pressed, View } from "./types";

/** How far a camera has come. */
export type Seen = { have: number; needed: number; whole: boolean };

export interface Bridge {
  /** Whether a Back key of the phone or browser would leave the wallet. */
  backKey: boolean;
  /** Tells of changes that no press has made. */
  watch(page: (view: View) => void): Promise<void>;
  view(): Promise<View>;
  texts(): Promise<Record<string, string>>;
  press(pressed: Pressed): Promise<View>;
  /** Somebody is there and types. Left alone, the wallet locks itself, and the page is told. */
  awake(): Promise<void>;
  /** Pictures or texts chosen by the person; refused with a `Told`. */
  pictures(files: File[]): Promise<View>;
  restore(code: string, file: File): Promise<View>;
  camera(picture: ImageData): Promise<Seen>;
  /** What must be known before a wallet is begun here, by the ids of its texts: a browser may keep it less well than a phone. */
  before?(): Promise<string[]>;
}
