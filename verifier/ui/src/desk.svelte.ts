// The one place that talks to the counter's program, and the state of the stage.
import type { Desk, FacingView, Filed, Locked, Picture, Request, Result, Seen, Told } from "./types";

const KEY = "absah-key";
const LANG = "absah-lang";
/** A request on the screen is renewed before a phone's clock could call it old. */
const RENEW_MS = 60_000;
const POLL_MS = 10_000;

export type Stage =
  | { id: "services" }
  | { id: "request"; request: Request }
  | { id: "result"; result: Result; service: string }
  | { id: "filed"; filed: Filed; verdict: "matched" | "mismatched"; service: string };

export const facing = new BroadcastChannel("absah-warga");

class Counter {
  desk = $state<Desk | Locked | null>(null);
  texts = $state<Record<string, string>>({});
  lang = $state(localStorage.getItem(LANG) ?? "id");
  stage = $state<Stage>({ id: "services" });
  /** Something to say that is no result. */
  told = $state<Told | null>(null);
  /** The program does not answer. */
  stopped = $state(false);
  /** The program does not know this page. */
  unknown = $state(false);
  online = $state(navigator.onLine);
  busy = $state(false);
  progress = $state<{ have: number; needed: number } | null>(null);

  #key = "";
  #shown: FacingView = { show: "wait" };
  #texts = new Set<string>();
  #reading = false;
  #long = false;
  #renew: ReturnType<typeof setTimeout> | undefined;

  async begin(): Promise<void> {
    const given = location.hash.slice(1);
    if (given) {
      sessionStorage.setItem(KEY, given);
      // The key must not stay in the address bar.
      history.replaceState(null, "", "/");
    }
    this.#key = sessionStorage.getItem(KEY) ?? "";
    facing.onmessage = (event: MessageEvent<unknown>) => {
      if (event.data === "hello") facing.postMessage(this.#shown);
    };
    addEventListener("online", () => (this.online = true));
    addEventListener("offline", () => (this.online = false));
    await this.speak(this.lang);
    setInterval(() => void this.look(), POLL_MS);
  }

  /** The texts alone: all that the citizen's screen needs. */
  async words(): Promise<void> {
    this.#key ||= sessionStorage.getItem(KEY) ?? "";
    document.documentElement.lang = this.lang;
    const texts = await this.#call<Record<string, string>>("GET", "texts");
    if (texts) this.texts = texts;
  }

  async speak(lang: string): Promise<void> {
    this.lang = lang;
    localStorage.setItem(LANG, lang);
    await this.words();
    await this.look();
    const stage = this.stage;
    if (stage.id === "request") await this.#renewed();
    if (stage.id !== "result") return;
    if (stage.result.tag) await this.open(stage.result.tag);
    else await this.#retell(stage.result, stage.service);
  }

  /** A refusal in another language, without judging it again. */
  async #retell(result: Result, service: string): Promise<void> {
    const names: Record<string, string> = { yellow: "superseded", grey: "undetermined" };
    const name = names[result.colour] ?? "refused";
    const told = await this.#call<Told>("GET", `told/${result.code}`);
    if (!told) return;
    const own = (id: string) => this.texts[`desk-${id}`];
    const what = own(`what-${name}`) ?? told.what;
    const todo = own(`todo-${name}`) ?? told.todo;
    this.stage = { id: "result", result: { ...result, word: own(`word-${name}`) ?? result.word, what, todo, age: null }, service };
  }

  async look(): Promise<void> {
    const desk = await this.#call<Desk | Locked>("GET", "desk");
    if (!desk) return;
    this.desk = desk;
    // Nothing of a citizen stays on a locked screen; what waits for a word waits in the program.
    if (!desk.signed_in && this.stage.id !== "services") {
      clearTimeout(this.#renew);
      this.#forget();
      this.stage = { id: "services" };
      this.show({ show: "wait" });
    }
  }

  /** Shows a fresh request, and again every minute while it is on the screen. */
  async ask(service: string, long = false): Promise<void> {
    this.#forget();
    this.told = null;
    this.#long = long;
    await this.#request(service);
  }

  /** Earlier ones stay valid for a while: who has just scanned one loses nothing. */
  async #renewed(itself = false): Promise<void> {
    if (this.stage.id === "request") await this.#request(this.stage.request.service, itself);
  }

  async #request(service: string, itself = false): Promise<void> {
    clearTimeout(this.#renew);
    const request = await this.#call<Request>("POST", "ask", { service, long: this.#long }, itself);
    if (!request) return;
    this.stage = { id: "request", request };
    this.show({ show: "code", frames: request.frames, title: request.title, agency: this.#agency() });
    this.#renew = setTimeout(() => void this.#renewed(true), RENEW_MS);
  }

  home(): void {
    clearTimeout(this.#renew);
    this.#forget();
    this.told = null;
    this.stage = { id: "services" };
    this.show({ show: "wait" });
    void this.look();
  }

  /** Texts from a camera, a scanner, a file or a person; `sure` when they are meant to be the answer. */
  async read(texts: string[], sure: boolean): Promise<void> {
    const before = this.#texts.size;
    for (const text of texts) this.#texts.add(text);
    if ((this.#texts.size === before && !sure) || this.#reading || this.#texts.size === 0) return;
    this.#reading = true;
    try {
      const asked = "request" in this.stage ? this.stage.request.service : null;
      const seen = await this.#call<Seen>("POST", "read", { texts: [...this.#texts], service: asked }, !sure);
      if (!seen) return;
      if (seen.state === "part") {
        this.progress = { have: seen.have, needed: seen.needed };
        this.told = null;
      } else if (seen.state === "other") {
        this.told = seen.told;
        this.#texts.clear();
      } else {
        const service = "request" in this.stage ? this.stage.request.service : "";
        this.#result(seen, service);
      }
    } finally {
      this.#reading = false;
    }
  }

  async files(files: Iterable<File>): Promise<void> {
    const texts: string[] = [];
    let told: Told | null = null;
    this.busy = true;
    try {
      for (const file of files) {
        if (file.type.startsWith("text/")) {
          texts.push(...lines(await file.text()));
          continue;
        }
        const picture = await this.#call<Picture>("POST", "picture", file);
        if (!picture) return;
        if ("told" in picture) told ??= picture.told;
        else texts.push(...picture.texts);
      }
    } finally {
      this.busy = false;
    }
    if (texts.length > 0) await this.read(texts, true);
    else if (told) this.told = told;
  }

  async open(tag: string): Promise<void> {
    const result = await this.#call<Result>("GET", `waiting/${tag}`);
    if (result) this.#result(result, result.service ?? "");
  }

  async word(verdict: "matched" | "mismatched", reason: string): Promise<void> {
    if (this.stage.id !== "result" || !this.stage.result.tag || this.busy) return;
    const service = this.stage.service;
    this.busy = true;
    try {
      const filed = await this.#call<Filed>("POST", "word", { tag: this.stage.result.tag, verdict, reason });
      if (!filed) return;
      this.told = null;
      this.stage = { id: "filed", filed, verdict, service };
      this.show({ show: "done" });
      await this.look();
    } finally {
      this.busy = false;
    }
  }

  async sheet(id: string): Promise<void> {
    const answer = await this.#fetch("GET", `sheet/${id}`);
    if (!answer?.ok) return;
    const url = URL.createObjectURL(await answer.blob());
    window.open(url, "_blank");
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  async signIn(name: string, pin: string): Promise<void> {
    this.busy = true;
    try {
      if (await this.#call("POST", "sign-in", { name, pin })) this.told = null;
    } finally {
      this.busy = false;
    }
    await this.look();
  }

  async lock(): Promise<void> {
    await this.#call("POST", "sign-out", {});
    this.told = null;
    await this.look();
  }

  async eraseDue(): Promise<void> {
    await this.#call("POST", "erase-due", {});
    await this.look();
  }

  show(view: FacingView): void {
    this.#shown = view;
    facing.postMessage(view);
  }

  #agency(): string {
    const desk = this.desk?.signed_in ? this.desk : null;
    return [desk?.agency, desk?.place].filter(Boolean).join(", ");
  }

  #result(result: Result, service: string): void {
    clearTimeout(this.#renew);
    this.#forget();
    this.told = null;
    this.stage = { id: "result", result, service };
    this.show({ show: "answer" });
    void this.look();
  }

  #forget(): void {
    this.#texts.clear();
    this.progress = null;
  }

  /** `itself`: the page does it, not the officer; it keeps no screen from locking. */
  async #call<T>(method: string, path: string, body?: unknown, itself = false): Promise<T | null> {
    const answer = await this.#fetch(method, path, body, itself);
    if (!answer) return null;
    if (answer.ok) return (await answer.json()) as T;
    try {
      const { code } = (await answer.json()) as { code: string };
      const explained = await this.#fetch("GET", `told/${code}`);
      if (explained?.ok) this.told = (await explained.json()) as Told;
    } catch {
      this.stopped = true;
    }
    return null;
  }

  async #fetch(method: string, path: string, body?: unknown, itself = false): Promise<Response | null> {
    const headers: Record<string, string> = { Authorization: `Bearer ${this.#key}` };
    if (itself) headers["Absah-By-Itself"] = "1";
    const init: RequestInit = { method, headers };
    if (body instanceof Blob) init.body = body;
    else if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    try {
      const answer = await fetch(`/api/${path}?lang=${this.lang}`, init);
      this.stopped = false;
      this.unknown = answer.status === 401;
      return this.unknown ? null : answer;
    } catch {
      this.stopped = true;
      return null;
    }
  }
}

export function lines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
}

export const counter = new Counter();

/** A text in the page's language; `{$name}` is filled from `values`. */
export function t(id: string, values: Record<string, string | number> = {}): string {
  const text = counter.texts[`desk-${id}`] ?? "";
  return text.replace(/\{ ?\$([a-z]+) ?\}/g, (_, name: string) => String(values[name] ?? ""));
}
