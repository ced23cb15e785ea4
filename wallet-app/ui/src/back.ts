// The phone's own Back key takes the way back that stands on the screen, where it would else leave the wallet.
import type { View } from "./types";

/** Steps in the browser's history at most: how often Back may be pressed without touching the screen in between. */
const MOST = 8;
/** A code that is shown to a counter stays, also in other hands. */
const CODES = ["qr", "quick-code"];

/** Whether Back must not leave: there is a way back, or something is under way in an open wallet. */
function stays(view: View): boolean {
  return view.back || CODES.includes(view.screen.id) || (view.open && view.screen.id !== "cards");
}

/** How many of our steps lie in the history up to here. */
function depth(): number {
  return typeof history.state === "number" ? history.state : 0;
}

export class BackKey {
  #view: View | null = null;
  /** Our steps are being left, since nothing needs them any more. */
  #leaving = false;
  /** The next screen is one that Back led to: its step is in the history already. */
  #pressed = false;

  constructor(back: () => void) {
    addEventListener("popstate", () => {
      // A link that was followed, not Back.
      if (location.hash !== "") return;
      const pressed = !this.#leaving;
      this.#leaving = false;
      if (!this.#view || !stays(this.#view)) return;
      if (depth() === 0) this.#deeper();
      if (!pressed || !this.#view.back) return;
      this.#pressed = true;
      back();
    });
  }

  /** What is shown now. */
  take(view: View): void {
    const isOther = view.screen.id !== this.#view?.screen.id;
    const isNext = isOther && !this.#pressed;
    this.#view = view;
    this.#pressed = false;
    if (this.#leaving) return;
    if (!stays(view)) {
      this.#leaving = depth() > 0;
      if (this.#leaving) history.go(-depth());
    } else if (isNext && depth() < MOST) {
      this.#deeper();
    }
  }

  #deeper(): void {
    history.pushState(depth() + 1, "");
  }
}
