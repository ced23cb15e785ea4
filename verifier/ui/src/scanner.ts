// A USB scanner types like a keyboard. Gaps between its keys reach 138 ms on a busy machine, so a text is told from a
// person's typing by how it begins, ends with Enter or a long pause, and is checked by its own checksum.

const PREFIX = "ABSAH1";
const PAUSE_MS = 1000;

export class Typed {
  #text = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    /** So many characters so far; 0 at the end. */
    private readonly progress: (count: number) => void,
    private readonly done: (text: string) => void,
    private readonly broken: () => void,
    /** What a key of this scanner stands for, where it was calibrated. */
    private readonly meant: (key: string) => string,
  ) {}

  down(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || editable(event.target)) return;
    if (event.key === "Enter") {
      if (this.#text.length === 0) return;
      event.preventDefault();
      this.#finish();
      return;
    }
    if (event.key.length !== 1) return;
    const next = this.#text + this.meant(event.key);
    const begins = next.length <= PREFIX.length ? PREFIX.startsWith(next) : true;
    if (!begins) {
      this.#drop();
      return;
    }
    event.preventDefault();
    this.#text = next;
    if (next.length > PREFIX.length) this.progress(next.length);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#finish(), PAUSE_MS);
  }

  /** A blank in the text must not press the button that has the focus. */
  up(event: KeyboardEvent): void {
    if (this.#text.length > 0 && event.key === " ") event.preventDefault();
  }

  #finish(): void {
    const text = this.#text;
    this.#drop();
    if (text.length <= PREFIX.length) return;
    if (text.length < 20) this.broken();
    else this.done(text);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#text = "";
    this.progress(0);
  }
}

/** What a key of a scanner stands for. With Caps Lock on, letters come in the other case than at the calibration. */
export function meantBy(map: Record<string, string> | null | undefined, key: string): string {
  const other = key === key.toUpperCase() ? key.toLowerCase() : key.toUpperCase();
  return map?.[key] ?? map?.[other] ?? key.toUpperCase();
}

function editable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}
