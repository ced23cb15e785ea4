// The same machine as the window's, inside the browser: steps one after another, what they want done in between.
import init, { Wallet } from "#wasm/wallet.js";
import module from "#wasm/wallet_bg.wasm?url";
import type { Bridge, Seen } from "../bridge";
import type { Told, View } from "../types";
import { exchange } from "./network";
import { Refused, Storage, unbase64url } from "./storage";
import type { Came, Job, Look, Out, Want } from "./wire";

const PREFERENCES = "absah.window";
const MARK = "absah.exists";
const MAX_FILE = 64 << 20;
/** How often the clock is looked at for a wallet that was left alone; the machine decides what follows from it. */
const LOOK_MS = 5000;

let wallet: Wallet;
let storage: Storage | null = null;
let told: (view: View) => void = () => {};
/** One step at a time, in the order asked for. */
let last: Promise<unknown> = Promise.resolve();

function inTurn<T>(step: () => Promise<T>): Promise<T> {
  const mine = last.then(step, step);
  last = mine.catch(() => {});
  return mine;
}

const parsed = (text: string | undefined): Out => JSON.parse(text ?? "null") as Out;

/** Does what a step wants, until it waits for a person or the network. */
async function settled(first: Out): Promise<View> {
  let out = first;
  for (;;) {
    if (out.remember !== null) remember(PREFERENCES, out.remember);
    if (out.exists !== null) remember(MARK, out.exists ? "1" : null);
    if (out.browse !== null) window.open(out.browse, "_blank", "noopener");
    if (out.leave) storage?.leave();
    if (!out.want) break;
    out = parsed(wallet.came(JSON.stringify(await did(out.want)), Date.now()));
  }
  if (out.job) void ask(out.job);
  return out.view;
}

async function did(want: Want): Promise<Came> {
  try {
    if (!storage) throw new Refused("no-storage");
    switch (want.want) {
      case "enter":
        await storage.enter();
        try {
          wallet.forget();
          for (const [name, bytes] of await storage.blobs()) wallet.load(name, bytes);
          if (want.fresh) await navigator.storage?.persist?.().catch(() => false);
          return { came: "mixed", pin: await storage.mix(want.pin, want.fresh) };
        } catch (error) {
          storage.leave();
          throw error;
        }
      case "mix":
        return { came: "mixed", pin: await storage.mix(want.pin, false) };
      case "keep":
        await storage.keep(want.put.map((name) => [name, wallet.bytes(name)]), want.remove, want.keys);
        return { came: "done" };
      case "make":
        return { came: "made", keys: await storage.makeKeys(want.n) };
      case "sign":
        return { came: "signed", signatures: await storage.sign(want.keys, want.bytes.map(unbase64url)) };
      case "drop":
        await storage.drop(want.keys);
        return { came: "done" };
      case "download":
        download(want.name, wallet.bytes(want.name));
        return { came: "done" };
    }
  } catch (error) {
    return { came: "failed", why: error instanceof Refused ? error.why : "storage" };
  }
}

async function ask(job: Job): Promise<void> {
  const answer = await exchange(job);
  await inTurn(async () => {
    const now = Date.now();
    const out =
      typeof answer === "string"
        ? wallet.unanswered(job.turn, answer, now)
        : wallet.answered(job.turn, answer.status, answer.type, answer.nonce, answer.body, now);
    told(await settled(parsed(out)));
  });
}

/** Time has passed, or somebody types. */
function tick(awake: boolean): Promise<void> {
  return inTurn(async () => {
    const out = wallet.tick(awake, Date.now());
    if (out !== undefined) told(await settled(parsed(out)));
  });
}

function download(name: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type: "application/octet-stream" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** What the window remembers beside the vault: nothing personal, so nothing is lost where the browser refuses. */
function remember(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // Nothing to do.
  }
}

function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

async function provided(): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch("list.json", { credentials: "omit" });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

/** The texts of the codes in a picture; refused with a `Told` where the decoder did not come, as no picture is at fault then. */
async function read(picture: ImageData | Blob): Promise<string[]> {
  try {
    return await (await import("./decoder")).textsIn(picture);
  } catch {
    const texts = JSON.parse(wallet.texts()) as Record<string, string>;
    throw { code: "browser-decoder", what: texts["win-decoder-none"] ?? "", todo: texts["win-decoder-todo"] ?? "" } satisfies Told;
  }
}

async function begin(): Promise<void> {
  // Said on the page by `old.js` already.
  if (document.documentElement.dataset["missing"]) return new Promise(() => {});
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  let trouble = "";
  let exists = false;
  let tries: Uint8Array | undefined;
  try {
    storage = await Storage.open();
    exists = await storage.exists();
    // Wrong PINs are counted beside the vault: the wait is said before anything is typed.
    tries = await storage.blob("tries");
    // Deleted by the browser, or by whoever cleaned it: what is remembered elsewhere tells.
    if (!exists && remembered(MARK) !== undefined) [exists, trouble] = [true, "evicted"];
  } catch {
    [exists, trouble] = [remembered(MARK) !== undefined, "no-storage"];
  }
  const [list] = await Promise.all([provided(), init({ module_or_path: module })]);
  wallet = new Wallet(navigator.language, loopback, exists, remembered(PREFERENCES), tries, trouble, list);
}

/** An offer or a request that the page was opened with, behind `#`: never sent to any server. */
function followed(): void {
  let link = location.hash.slice(1);
  if (link === "") return;
  history.replaceState(null, "", location.pathname);
  try {
    link = decodeURIComponent(link);
  } catch {
    // Cut off within a character: the wallet says that it is no link it knows.
  }
  void inTurn(async () => told(await settled(parsed(wallet.link(link, Date.now())))));
}

export const bridge: Bridge = {
  backKey: true,
  async watch(page) {
    told = page;
    await inTurn(begin);
    document.getElementById("boot")?.remove();
    addEventListener("hashchange", followed);
    // The phone speaks another language now: so does the wallet, where the person has chosen none for it.
    addEventListener("languagechange", () => {
      void inTurn(async () => told(JSON.parse(wallet.speak(navigator.language, Date.now())) as View));
    });
    followed();
    setInterval(() => void tick(false), LOOK_MS);
    // Left or thrown away by the browser: another tab may open the wallet.
    addEventListener("pagehide", () => storage?.leave());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    // Complete from here on without a network. A browser that refuses has the wallet only while it is online.
    try {
      void navigator.serviceWorker?.register("sw.js").catch(() => {});
    } catch {
      // As above.
    }
  },
  view: () => inTurn(async () => JSON.parse(wallet.view(Date.now())) as View),
  texts: () => Promise.resolve(JSON.parse(wallet.texts()) as Record<string, string>),
  press: (pressed) =>
    inTurn(async () => {
      // Without storage there is nothing to try again but the page itself.
      if (pressed.press === "refuse" && !storage) location.reload();
      return settled(parsed(wallet.press(JSON.stringify(pressed), Date.now())));
    }),
  awake: () => tick(true),
  // No browser says that its window is private, and nothing here guesses it. What it does say: whether it has promised to keep
  // this page's storage (StorageManager.persisted), and whether a page may work without a network (ServiceWorkerContainer).
  async before() {
    const kept = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
    return [...(kept ? [] : ["web-private", "web-gone"]), ...("serviceWorker" in navigator ? [] : ["web-no-worker"])];
  },
  pictures: (files) =>
    inTurn(async () => {
      const texts: string[] = [];
      for (const file of files.filter((one) => one.size <= MAX_FILE)) {
        if (file.type.startsWith("text/")) texts.push(...(await file.text()).split("\n"));
        else texts.push(...(await read(file)));
      }
      const out = JSON.parse(wallet.pictures(texts, Date.now())) as Out;
      if (!("view" in out)) throw out;
      return settled(out);
    }),
  restore: (code, file) =>
    inTurn(async () => settled(parsed(wallet.restore(new Uint8Array(await file.arrayBuffer()), code, Date.now())))),
  async camera(picture): Promise<Seen> {
    const texts = await read(picture);
    return inTurn(async () => {
      const { have, needed, whole, out } = JSON.parse(wallet.camera(texts, Date.now())) as Look;
      if (out) told(await settled(out));
      return { have, needed, whole };
    });
  },
};
