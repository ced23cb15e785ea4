// The one place that talks to the counter's program, and the state of the stage.
import { create, prove } from "./passkey";
import type { Answered, Desk, Doctor, FacingView, Filed, Locked, Measured, Passkey, PhoneCode, PhoneState, Picture, Printed, Request, Result, Seen, Taken, Tally, Told } from "./types";

const KEY = "absah-key";
const LANG = "absah-lang";
/** A request on the screen is renewed before a phone's clock could call it old. */
const RENEW_MS = 60_000;
const POLL_MS = 10_000;
/** The same while somebody's answer is on the screen: it stays no longer than the program keeps it. */
const WATCH_MS = 2_000;
/** So many such looks in vain, and the answer leaves the screen: nobody could lock it any more. */
const MISSED = 3;
/** How the program says that nobody is signed in (any more). */
const SIGNED_OUT = "officer-signed-out";
/** How it says that an answer does not wait for a word any more. */
const GONE = ["verdict-nothing", "verdict-late"];
/** How often the program is asked whether an answer came over the network. */
const ANSWER_MS = 1_000;
/** How often the paired phone's texts are fetched. */
const PHONE_MS = 400;

/** How long a word about what came by stays. */
const PASSING_MS = 10_000;

/** Largest picture that the program takes. */
const PICTURE_BYTES = 24 * 1024 * 1024;
/** Where the files of a bundle lie in its folder. */
const BUNDLE = /\/(metadata|targets)\//;

/** How a request reaches the wallet: as a code, over the network, or to a wallet on this computer. */
export type Way = "code" | "network" | "here";

export type Stage =
  | { id: "services" | "doctor" | "report" | "printed" | "refresh" | "passkeys" | "phone" }
  | { id: "request"; request: Request }
  | { id: "result"; result: Result; service: string; session?: string | undefined }
  | { id: "filed"; filed: Filed; verdict: "matched" | "mismatched"; service: string };

export const facing = new BroadcastChannel("absah-warga");
/** By which the tab that a wallet opened hands its code to the tab that asked. */
export const returning = new BroadcastChannel("absah-kembali");

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
  /** A second phone came for the request that is on the screen. */
  fetchedAgain = $state(false);
  /** The version of the data that was just taken over. */
  refreshed = $state<number | null>(null);
  /** The phone that scans for this counter. */
  phone = $state<PhoneState["state"]>("none");
  phoneWords = $state("");
  progress = $state<{ have: number; needed: number } | null>(null);

  #key = "";
  #shown: FacingView = { show: "wait" };
  #texts = new Set<string>();
  #reading = false;
  /** Something was handed in meanwhile. */
  #again = false;
  #long = false;
  /** What was read came from the scanner that types. */
  #typed = false;
  /** Looks in vain while an answer is on the screen. */
  #missed = 0;
  #online: Way = "code";
  #phone: ReturnType<typeof setInterval> | undefined;
  #ask: ReturnType<typeof setInterval> | undefined;
  /** What an undetermined answer was read from, until it is clear who answers for it. */
  #doubtful: string[] = [];
  /** The session whose undetermined answer waits for a supervisor. */
  #session: string | null = null;
  #renew: ReturnType<typeof setTimeout> | undefined;
  #passing: ReturnType<typeof setTimeout> | undefined;

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
    returning.onmessage = (event: MessageEvent<{ code?: unknown }>) => {
      if (typeof event.data.code === "string") void this.#returned(event.data.code);
    };
    addEventListener("online", () => (this.online = true));
    addEventListener("offline", () => (this.online = false));
    await this.speak(this.lang);
    setInterval(() => void this.look(), POLL_MS);
    setInterval(() => void (this.#waits() && this.look()), WATCH_MS);
  }

  /** The texts alone: all that the citizen's screen needs. */
  async words(): Promise<void> {
    this.#key ||= sessionStorage.getItem(KEY) ?? "";
    document.documentElement.lang = this.lang;
    const texts = await this.#call<Record<string, string>>("GET", "texts");
    if (texts) this.texts = texts;
  }

  /** The same on a phone that scans for the counter: it has no key. */
  async phoneTexts(): Promise<void> {
    document.documentElement.lang = this.lang;
    const answer = await fetch(`/api/texts?lang=${this.lang}`).catch(() => null);
    if (answer?.ok) this.texts = (await answer.json()) as Record<string, string>;
  }

  async speak(lang: string): Promise<void> {
    this.lang = lang;
    localStorage.setItem(LANG, lang);
    await this.words();
    await this.look();
    const stage = this.stage;
    if (stage.id === "request") await this.#renewed();
    if (stage.id !== "result") return;
    // For which service it was read stays what it was, or an answer to another one could be taken.
    if (stage.result.tag) await this.open(stage.result.tag, stage.service);
    else await this.#retell(stage.result, stage.service);
  }

  /** A refusal in another language, without judging it again. */
  async #retell(result: Result, service: string): Promise<void> {
    const names: Record<string, string> = { yellow: "superseded", grey: "undetermined" };
    const name = names[result.colour] ?? "refused";
    const told = await this.#call<Told>("GET", `told/${result.code}`);
    if (!told || this.stage.id !== "result") return;
    const own = (id: string) => this.texts[`desk-${id}`];
    const what = own(`what-${name}`) ?? told.what;
    const todo = own(`todo-${name}`) ?? told.todo;
    this.stage = { id: "result", result: { ...result, word: own(`word-${name}`) ?? result.word, what, todo, age: null }, service, session: this.stage.session };
  }

  async look(): Promise<void> {
    const before = this.#waits();
    const desk = await this.#call<Desk | Locked>("GET", "desk");
    const waits = this.#waits();
    if (!desk) {
      this.#missed = waits ? this.#missed + 1 : 0;
      if (this.#missed >= MISSED) this.#clear();
      return;
    }
    this.#missed = 0;
    this.desk = desk;
    // Nothing of a citizen stays on a locked screen; what waits for a word waits in the program.
    if (!desk.signed_in) {
      if (this.stage.id !== "services") this.#clear();
    } else if (waits && waits === before && !this.busy && !desk.held.includes(waits)) {
      // Filed as abandoned, or decided elsewhere.
      this.#clear();
      this.told = await this.#told("verdict-late");
    }
  }

  /** Under which name the answer on the screen waits for the officer's word. */
  #waits(): string | null {
    return this.stage.id === "result" ? this.stage.result.tag : null;
  }

  /** Back to the services, with nothing of anybody left. */
  #clear(): void {
    this.#quiet();
    this.#forget();
    this.stage = { id: "services" };
    this.show({ show: "wait" });
  }

  /** Shows a fresh request, and again every minute while it is on the screen. */
  async ask(service: string, long = false, online: Way = "code"): Promise<void> {
    this.#forget();
    this.told = null;
    this.refreshed = null;
    this.#long = long;
    this.#online = online;
    await this.#request(service);
  }

  /** Earlier ones stay valid for a while: who has just scanned one loses nothing. */
  async #renewed(itself = false): Promise<void> {
    if (this.stage.id === "request") await this.#request(this.stage.request.service, itself);
  }

  async #request(service: string, itself = false): Promise<void> {
    this.#quiet();
    const online = this.#online;
    const request = online !== "code"
      ? await this.#call<Request>("POST", "online", { service, same_device: online === "here" }, itself)
      : await this.#call<Request>("POST", "ask", { service, long: this.#long }, itself);
    if (!request) return;
    this.fetchedAgain = false;
    this.stage = { id: "request", request };
    if (request.session) this.#await(request.session, service);
    this.show({ show: "code", frames: request.frames, title: request.title, agency: this.#agency() });
    // A phone may be at it: what it was sent to over the network stays.
    if (online === "code") this.#renew = setTimeout(() => void this.#renewed(true), RENEW_MS);
  }

  /** Shows the answer of a session as soon as it came. */
  #await(session: string, service: string, refused: string | null = null): void {
    const mine = setInterval(() => {
      void (async () => {
        const seen = await this.#call<Answered>("GET", `online/${session}`, undefined, true);
        if (this.#ask !== mine) return;
        const waits = this.stage.id === "request" && this.stage.request.session === session;
        // A refusal ends nothing: whoever saw the code can send one, and the citizen's own answer may come after it.
        const stands = this.stage.id === "result" && this.stage.session === session && this.stage.result.tag === null;
        if (waits && seen?.state === "open") this.fetchedAgain = seen.fetched_again;
        // Nobody can answer it any more: a code that leads nowhere is not left on the screen.
        if (waits && seen?.state === "over") await this.#renewed(true);
        if (!(waits || stands) || seen?.state !== "result") return;
        if (stands && seen.tag === null && seen.code === refused) return;
        this.#result(seen, service);
        if (seen.vouchable) this.#session = session;
        if (seen.tag !== null) return;
        this.stage = { id: "result", result: seen, service, session };
        this.#await(session, service, seen.code);
      })();
    }, ANSWER_MS);
    this.#ask = mine;
  }

  /** A wallet on this computer led back here: only the tab that asked can say what its code is for. */
  async #returned(code: string): Promise<void> {
    const request = this.stage.id === "request" ? this.stage.request : null;
    if (!request?.session || !request.page) return;
    const body = { page: request.page, response_code: code };
    const done = await this.#call("POST", `online/${request.session}/code`, body);
    if (done) returning.postMessage({ told: t("returned") });
  }

  #quiet(): void {
    clearTimeout(this.#renew);
    clearInterval(this.#ask);
    this.#ask = undefined;
  }

  /** One of the screens beside the work. */
  go(id: "doctor" | "report" | "printed" | "refresh" | "passkeys" | "phone"): void {
    this.#quiet();
    this.#forget();
    this.told = null;
    this.refreshed = null;
    this.stage = { id };
    this.show({ show: "wait" });
  }

  examine(): Promise<Doctor | null> {
    return this.#call<Doctor>("GET", "doctor");
  }

  async measured(camera: Measured): Promise<boolean> {
    this.told = null;
    return (await this.#call("POST", "doctor/camera", camera)) !== null;
  }

  async calibrated(keys: string[]): Promise<boolean> {
    this.told = null;
    const done = (await this.#call("POST", "doctor/scanner", { keys })) !== null;
    await this.look();
    return done;
  }

  async counts(days: number): Promise<Tally> {
    return (await this.#call<Tally>("GET", "tally", undefined, false, `&days=${days}`)) ?? { rows: [], reasons: [], changes: [] };
  }

  async printed(): Promise<Printed[]> {
    return (await this.#call<{ printed: Printed[] }>("GET", "printed"))?.printed ?? [];
  }

  async looked(tag: string, genuine: boolean): Promise<void> {
    await this.#call("POST", `printed/${tag}`, { genuine });
    await this.look();
  }

  /** The facts of the answer on the screen that can be said to be wrong. */
  async wrongFacts(tag: string): Promise<{ path: string; label: string }[]> {
    return (await this.#call<{ facts: { path: string; label: string }[] }>("GET", `ticket/${tag}`, undefined, true))?.facts ?? [];
  }

  async fileTicket(tag: string, fact: string, note: string): Promise<boolean> {
    this.told = null;
    this.busy = true;
    try {
      return (await this.#call("POST", "ticket", { tag, fact, note })) !== null;
    } finally {
      this.busy = false;
    }
  }

  async photocopy(service: string): Promise<boolean> {
    return (await this.#call("POST", "photocopy", { service })) !== null;
  }

  /** The data in use as the pictures of an animated code. */
  async frames(): Promise<string[]> {
    return (await this.#call<{ frames: string[] }>("GET", "bundle/frames"))?.frames ?? [];
  }

  async pull(): Promise<void> {
    await this.#fresh("bundle/pull", {});
  }

  /** The files of a folder that was chosen. */
  async folder(chosen: File[]): Promise<void> {
    const files: [string, string][] = [];
    // Whoever chose the whole stick has more on it.
    for (const file of chosen.filter((one) => BUNDLE.test(`/${one.webkitRelativePath || one.name}`))) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      let text = "";
      for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
      files.push([file.webkitRelativePath || file.name, btoa(text)]);
    }
    await this.#fresh("bundle/folder", { files });
  }

  async #fresh(path: string, body: unknown): Promise<void> {
    this.told = null;
    this.busy = true;
    try {
      const taken = await this.#call<Taken>("POST", path, body);
      if (taken) this.refreshed = taken.version;
    } finally {
      this.busy = false;
    }
    await this.look();
  }

  home(): void {
    this.refreshed = null;
    this.told = null;
    this.#clear();
    void this.look();
  }

  /** Texts from a camera, a scanner, a file or a person; `sure` when they are meant to be the answer. */
  async read(texts: string[], sure: boolean, typed = false): Promise<void> {
    const before = this.#texts.size;
    this.#typed ||= typed;
    for (const text of texts) this.#texts.add(text.trim());
    if ((this.#texts.size === before && !sure) || this.#texts.size === 0) return;
    if (this.#reading) {
      this.#again ||= sure;
      return;
    }
    this.#reading = true;
    try {
      const service = "request" in this.stage ? this.stage.request.service : null;
      const asked = { texts: [...this.#texts], bundle: this.stage.id === "refresh", service, typed: this.#typed };
      this.#typed = false;
      const seen = await this.#call<Seen>("POST", "read", asked, !sure);
      if (!seen) return;
      if (seen.state === "part") {
        this.progress = { have: seen.have, needed: seen.needed };
        this.#spend(seen.spent ?? []);
        if (seen.told) this.#pass(seen.told);
        else if (!this.#passing) this.told = null;
      } else if (seen.state === "bundle") {
        this.#forget();
        this.told = null;
        this.refreshed = seen.version;
        await this.look();
      } else if (seen.state === "other") {
        // What a camera catches beside the answer is said in passing; what a person handed in, until something else is said.
        if (seen.told && this.stage.id === "request" && !sure) this.#pass(seen.told);
        else if (seen.told) this.told = seen.told;
        if (seen.spent) this.#spend(seen.spent);
        else this.#texts.clear();
      } else {
        const service = "request" in this.stage ? this.stage.request.service : "";
        const texts = seen.vouchable ? [...this.#texts] : [];
        this.#result(seen, service);
        this.#doubtful = texts;
      }
    } finally {
      this.#reading = false;
    }
    // What a person handed in while the camera's texts were being read is not left lying.
    if (this.#again) {
      this.#again = false;
      if (this.stage.id !== "result") await this.read([], true);
    }
  }

  /** Says something that ends nothing, and takes it back after a while. */
  #pass(told: Told): void {
    clearTimeout(this.#passing);
    this.told = told;
    this.#passing = setTimeout(() => {
      this.#passing = undefined;
      if (this.told?.code === told.code) this.told = null;
    }, PASSING_MS);
  }

  #spend(texts: string[]): void {
    for (const text of texts) this.#texts.delete(text);
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
        if (file.size > PICTURE_BYTES) {
          told ??= await this.#told("picture-too-many-bytes");
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

  async open(tag: string, service?: string): Promise<void> {
    const result = await this.#call<Result>("GET", `waiting/${tag}`);
    if (result) this.#result(result, service ?? result.service ?? "");
  }

  async word(verdict: "matched" | "mismatched", reason: string): Promise<void> {
    if (this.stage.id !== "result" || !this.stage.result.tag || this.busy) return;
    // What came with nothing asked on the screen names its service itself.
    const service = this.stage.service || this.stage.result.service || "";
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

  /** A supervisor takes the undetermined answer on the screen upon himself. */
  async vouch(supervisor: string, pin: string, reason: string): Promise<void> {
    if (this.stage.id !== "result" || this.busy) return;
    const service = this.stage.service;
    this.busy = true;
    try {
      const word = { supervisor, pin, reason };
      const result = this.#session
        ? await this.#call<Result>("POST", `online/${this.#session}/vouch`, word)
        : await this.#call<Result>("POST", "vouch", { texts: this.#doubtful, ...word });
      if (result) this.#result(result, service);
    } finally {
      this.busy = false;
    }
  }

  async sheet(id: string): Promise<void> {
    const url = await this.#file(`sheet/${id}`);
    if (url) window.open(url, "_blank");
  }

  async chart(): Promise<void> {
    const url = await this.#file("doctor/chart");
    if (url) window.open(url, "_blank");
  }

  async csv(days: number): Promise<void> {
    const url = await this.#file("tally.csv", `&days=${days}`);
    if (!url) return;
    const link = document.createElement("a");
    link.href = url;
    link.download = "loket.csv";
    link.click();
  }

  async #file(path: string, more = ""): Promise<string | null> {
    const answer = await this.#fetch("GET", path, undefined, false, more);
    // Whoever is signed out meanwhile sees the sign-in now.
    if (answer?.status === 403) await this.look();
    if (!answer?.ok) return null;
    const url = URL.createObjectURL(await answer.blob());
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return url;
  }

  async signIn(name: string, pin: string, password: string): Promise<void> {
    this.busy = true;
    try {
      if (await this.#call("POST", "sign-in", { name, pin, password })) this.told = null;
    } finally {
      this.busy = false;
    }
    await this.look();
  }

  /** A code by which a phone becomes this counter's scanner. */
  async pairPhone(): Promise<PhoneCode | null> {
    this.told = null;
    const code = await this.#call<PhoneCode>("POST", "phone/pair", {});
    if (!code) return null;
    this.phone = "waiting";
    clearInterval(this.#phone);
    this.#phone = setInterval(() => void this.#fromPhone(), PHONE_MS);
    return code;
  }

  async unpairPhone(): Promise<void> {
    await this.#call("POST", "phone/unpair", {});
    this.#letGo();
  }

  #letGo(): void {
    clearInterval(this.#phone);
    this.phone = "none";
    this.phoneWords = "";
  }

  async #fromPhone(): Promise<void> {
    const answer = await this.#fetch("GET", "phone", undefined, true);
    if (!answer) return;
    const seen = answer.ok ? ((await answer.json()) as PhoneState) : { state: "none" as const, texts: [] };
    if (seen.state === "none") return this.#letGo();
    this.phone = seen.state;
    this.phoneWords = "words" in seen ? (seen.words ?? "") : "";
    // As with the counter's own camera: only where an answer is waited for.
    if (this.stage.id === "request" && seen.texts.length > 0) await this.read(seen.texts, false);
  }

  /** Who can sign in with a passkey here. */
  async passkeyOfficers(): Promise<string[]> {
    return (await this.#call<{ officers: string[] }>("GET", "passkey/officers"))?.officers ?? [];
  }

  passkeys(): Promise<{ passkeys: Passkey[]; possible: boolean } | null> {
    return this.#call("GET", "passkey");
  }

  /** What the program asks goes to the authenticator, and its answer back; silent when the person says no. */
  async #ceremony(path: string, body: unknown, turn: typeof create, more: object = {}): Promise<boolean> {
    this.busy = true;
    this.told = null;
    try {
      const asked = await this.#call<{ ceremony: string; options: { publicKey: Record<string, unknown> } }>("POST", path, body);
      if (!asked) return false;
      const answer = await turn(asked.options);
      return (await this.#call("POST", `${path}/finish`, { ceremony: asked.ceremony, answer, ...more })) !== null;
    } catch {
      this.told = { code: "", what: t("passkey-silent"), todo: "" };
      return false;
    } finally {
      this.busy = false;
    }
  }

  addPasskey(pin: string, label: string): Promise<boolean> {
    return this.#ceremony("passkey/new", { pin }, create, { label });
  }

  async removePasskey(id: string, pin: string): Promise<void> {
    this.told = null;
    await this.#call("POST", "passkey/remove", { id, pin });
  }

  async signInByPasskey(name: string): Promise<void> {
    await this.#ceremony("passkey/sign-in", { name }, prove);
    await this.look();
  }

  async lock(): Promise<void> {
    // At once, whatever the program says.
    if (this.stage.id !== "services") this.#clear();
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
    this.#quiet();
    this.#forget();
    this.told = null;
    this.stage = { id: "result", result, service };
    this.show({ show: "answer" });
    void this.look();
  }

  #forget(): void {
    this.#doubtful = [];
    this.#session = null;
    this.#texts.clear();
    this.#typed = false;
    this.progress = null;
  }

  /** `itself`: the page does it, not the officer; it keeps no screen from locking. */
  async #call<T>(method: string, path: string, body?: unknown, itself = false, more = ""): Promise<T | null> {
    const answer = await this.#fetch(method, path, body, itself, more);
    if (!answer) return null;
    if (answer.ok) return (await answer.json()) as T;
    try {
      const { code } = (await answer.json()) as { code: string };
      const out = code === SIGNED_OUT;
      if ((out && this.stage.id !== "services") || (GONE.includes(code) && this.#waits())) this.#clear();
      if (out) void this.look();
      this.told = (await this.#told(code)) ?? this.told;
    } catch {
      // Without a word of its own: only what is the program's doing means that it does not answer.
      if (answer.status >= 500) this.stopped = true;
      else this.told = (await this.#told("web-too-large")) ?? this.told;
    }
    return null;
  }

  /** What happened and what to do, by its code. */
  async #told(code: string): Promise<Told | null> {
    const explained = await this.#fetch("GET", `told/${code}`);
    return explained?.ok ? ((await explained.json()) as Told) : null;
  }

  async #fetch(method: string, path: string, body?: unknown, itself = false, more = ""): Promise<Response | null> {
    const headers: Record<string, string> = { Authorization: `Bearer ${this.#key}` };
    if (itself) headers["Absah-By-Itself"] = "1";
    const init: RequestInit = { method, headers };
    if (body instanceof Blob) init.body = body;
    else if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    try {
      const answer = await fetch(`/api/${path}?lang=${this.lang}${more}`, init);
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
