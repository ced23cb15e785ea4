// The one place that talks to the Rust side. The page holds no state of its own but what is being typed.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { Going, Pressed, Told, View } from "./types";

type Seen = { have: number; needed: number; whole: boolean };

class Wallet {
  view = $state<View | null>(null);
  texts = $state<Record<string, string>>({});
  /** A step takes so long that it must be said. */
  busy = $state(false);
  /** A file that was no picture of ours. */
  told = $state<Told | null>(null);

  #steps = 0;

  async begin(): Promise<void> {
    const page = new Channel<View>();
    page.onmessage = (view) => void this.#take(view);
    await invoke("watch", { page });
    await this.#take(await invoke<View>("view"));
  }

  async press(pressed: Pressed): Promise<void> {
    await this.#step(() => invoke<View>("press", { pressed }));
  }

  go(to: Going): Promise<void> {
    return this.press({ press: "go", to });
  }

  back(): Promise<void> {
    return this.press({ press: "back" });
  }

  async files(files: Iterable<File>): Promise<void> {
    const parts: Uint8Array[] = [];
    for (const file of files) parts.push(new Uint8Array(await file.arrayBuffer()));
    if (parts.length > 0) await this.#step(() => invoke<View>("pictures", framed(parts)));
  }

  async restore(code: string, file: File): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    await this.#step(() => invoke<View>("restore", framed([encode(code), bytes])));
  }

  camera(width: number, height: number, grey: Uint8Array): Promise<Seen> {
    return invoke<Seen>("camera", framed([encode(String(width)), encode(String(height)), grey]));
  }

  async #step(step: () => Promise<View>): Promise<void> {
    this.told = null;
    const mine = ++this.#steps;
    const slow = setTimeout(() => (this.busy = true), 1000);
    try {
      const view = await step();
      if (mine === this.#steps) await this.#take(view);
    } catch (error) {
      if (isTold(error)) this.told = error;
      else throw error;
    } finally {
      clearTimeout(slow);
      this.busy = false;
    }
  }

  async #take(view: View): Promise<void> {
    if (view.lang !== this.view?.lang) {
      this.texts = await invoke<Record<string, string>>("texts");
      document.documentElement.lang = view.lang;
    }
    document.documentElement.dataset["theme"] = view.theme;
    document.documentElement.dataset["size"] = view.size;
    this.view = view;
  }
}

export const wallet = new Wallet();

/** A fixed text with its variables filled in; its id where there is none, so that a gap is seen. */
export function t(id: string, values: Record<string, string | number> = {}): string {
  const text = wallet.texts[`win-${id}`] ?? id;
  return text.replace(/\{ ?\$([a-z]+) ?\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function isTold(error: unknown): error is Told {
  return typeof error === "object" && error !== null && "what" in error && "todo" in error;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Each part behind its length (u32, big-endian). */
function framed(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const lengths = new DataView(whole.buffer);
  let at = 0;
  for (const part of parts) {
    lengths.setUint32(at, part.length);
    whole.set(part, at + 4);
    at += 4 + part.length;
  }
  return whole;
}
