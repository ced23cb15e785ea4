// The one place that talks to the Rust side. The page holds no state of its own but what is being typed.
import { bridge } from "#bridge";
import { BackKey } from "./back";
import type { Seen } from "./bridge";
import type { Going, Pressed, Told, View } from "./types";

class Wallet {
  view = $state<View | null>(null);
  texts = $state<Record<string, string>>({});
  /** A step takes so long that it must be said. */
  busy = $state(false);
  /** A file that was no picture of ours. */
  told = $state<Told | null>(null);

  #steps = 0;
  #backKey = bridge.backKey ? new BackKey(() => void this.back()) : null;

  async begin(): Promise<void> {
    await bridge.watch((view) => void this.#take(view));
    await this.#take(await bridge.view());
  }

  async press(pressed: Pressed): Promise<void> {
    await this.#step(() => bridge.press(pressed));
  }

  before(): Promise<string[]> {
    return bridge.before?.() ?? Promise.resolve([]);
  }

  awake(): Promise<void> {
    return bridge.awake();
  }

  go(to: Going): Promise<void> {
    return this.press({ press: "go", to });
  }

  back(): Promise<void> {
    return this.press({ press: "back" });
  }

  /** Whether files go to this folder now; a browser has its own. */
  async into(path: string): Promise<boolean> {
    const folder = this.view?.folder;
    if (folder && (folder.problem !== null || folder.path !== path)) await this.press({ press: "folder", path });
    return !this.view?.folder?.problem;
  }

  async files(files: Iterable<File>): Promise<void> {
    const all = [...files];
    if (all.length > 0) await this.#step(() => bridge.pictures(all));
  }

  async restore(code: string, file: File): Promise<void> {
    await this.#step(() => bridge.restore(code, file));
  }

  camera(picture: ImageData): Promise<Seen> {
    return bridge.camera(picture);
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
      this.texts = await bridge.texts();
      document.documentElement.lang = view.lang;
    }
    document.documentElement.dataset["theme"] = view.theme;
    document.documentElement.dataset["size"] = view.size;
    this.view = view;
    this.#backKey?.take(view);
  }
}

export const wallet = new Wallet();

/** A fixed text with its variables filled in; its id where there is none, so that a gap is seen. */
export function t(id: string, values: Record<string, string | number> = {}): string {
  const text = wallet.texts[`win-${id}`] ?? id;
  return text.replace(/\{ ?\$([a-z]+) ?\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function isTold(error: unknown): error is Told {
  return typeof error === "object" && error !== null && "what" in error && "todo" in error;
}
