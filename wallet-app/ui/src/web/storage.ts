// What the browser keeps for this origin: the sealed vault, the keys of the cards, and the key that the PIN is mixed
// with. Private keys are non-extractable: no script, not even this one, can read them.
import type { BrowserError } from "./wire";

const LOCK = "absah-wallet";
const ECDSA = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGN = { name: "ECDSA", hash: "SHA-256" } as const;
const HMAC = { name: "HMAC", hash: "SHA-256", length: 256 } as const;

/** The browser did not do what the wallet needs. */
export class Refused extends Error {
  constructor(readonly why: BrowserError) {
    super(why);
  }
}

export class Storage {
  #db: IDBDatabase;
  #gone = false;
  #leave: (() => void) | null = null;

  private constructor(db: IDBDatabase) {
    this.#db = db;
    // Closed by the browser: its data was deleted while the wallet was open.
    db.onclose = () => (this.#gone = true);
    db.onversionchange = () => {
      this.#gone = true;
      db.close();
    };
  }

  static open(): Promise<Storage> {
    return new Promise((done, refuse) => {
      const refused = (): void => refuse(new Refused("no-storage"));
      try {
        const asked = indexedDB.open("absah", 1);
        asked.onupgradeneeded = () => {
          for (const name of ["blobs", "keys", "origin"]) asked.result.createObjectStore(name);
        };
        asked.onsuccess = () => done(new Storage(asked.result));
        asked.onerror = asked.onblocked = refused;
      } catch {
        refused();
      }
    });
  }

  async exists(): Promise<boolean> {
    return (await this.#all<string>("blobs", (store) => [store.getKey("vault")])).some((name) => name !== undefined);
  }

  async blob(name: string): Promise<Uint8Array | undefined> {
    return (await this.#all<Uint8Array | undefined>("blobs", (store) => [store.get(name)]))[0];
  }

  /** Keeps other tabs out until [`leave`]. */
  enter(): Promise<void> {
    if (this.#leave) return Promise.resolve();
    return new Promise((done, refuse) => {
      const held = (lock: Lock | null): Promise<void> | undefined => {
        if (!lock) {
          refuse(new Refused("other-tab"));
          return undefined;
        }
        done();
        return new Promise((leave) => (this.#leave = leave));
      };
      navigator.locks.request(LOCK, { ifAvailable: true }, held).catch(() => refuse(new Refused("other-tab")));
    });
  }

  leave(): void {
    this.#leave?.();
    this.#leave = null;
  }

  async blobs(): Promise<[string, Uint8Array][]> {
    const [names, values] = await this.#all<unknown>("blobs", (store) => [store.getAllKeys(), store.getAll()]);
    return (names as string[]).map((name, at) => [name, (values as Uint8Array[])[at] ?? new Uint8Array()]);
  }

  /** Everything in one transaction: after an error nothing has changed. */
  async keep(put: [string, Uint8Array][], remove: string[], keys: string[] | null): Promise<void> {
    await this.#write(["blobs", "keys"], (store) => {
      for (const [name, bytes] of put) store("blobs").put(bytes, name);
      for (const name of remove) store("blobs").delete(name);
      if (keys === null) return;
      const needed = new Set(keys);
      const all = store("keys").getAllKeys();
      all.onsuccess = () => {
        for (const id of all.result) if (!needed.has(String(id))) store("keys").delete(id);
      };
    });
  }

  async makeKeys(n: number): Promise<{ id: string; public: string }[]> {
    const made = await Promise.all(
      Array.from({ length: n }, async () => {
        const pair = await crypto.subtle.generateKey(ECDSA, false, ["sign", "verify"]);
        const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
        return { id: crypto.randomUUID(), public: base64url(raw), key: pair.privateKey };
      }),
    );
    await this.#write(["keys"], (store) => made.forEach(({ id, key }) => store("keys").put(key, id)));
    return made.map(({ id, public: half }) => ({ id, public: half }));
  }

  async sign(ids: string[], bytes: Uint8Array<ArrayBuffer>[]): Promise<string[]> {
    const keys = await this.#all<CryptoKey | undefined>("keys", (store) => ids.map((id) => store.get(id)));
    return Promise.all(
      keys.map(async (key, at) => {
        const message = bytes[at];
        if (!key || !message) throw new Refused("key-gone");
        return base64url(new Uint8Array(await crypto.subtle.sign(SIGN, key, message)));
      }),
    );
  }

  async drop(ids: string[]): Promise<void> {
    await this.#write(["keys"], (store) => ids.forEach((id) => store("keys").delete(id)));
  }

  /** The PIN mixed with the origin's key: what opens the vault is neither of them alone. */
  async mix(pin: string, fresh: boolean): Promise<string> {
    let [key] = await this.#all<CryptoKey | undefined>("origin", (store) => [store.get("mix")]);
    if (!key) {
      if (!fresh) throw new Refused("key-gone");
      const made = (await crypto.subtle.generateKey(HMAC, false, ["sign"])) as CryptoKey;
      await this.#write(["origin"], (store) => store("origin").put(made, "mix"));
      key = made;
    }
    const mixed = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`absah-pin-v1 ${pin}`)));
    return Array.from(mixed, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  #all<T>(name: string, ask: (store: IDBObjectStore) => IDBRequest[]): Promise<T[]> {
    return new Promise((done, refuse) => {
      try {
        const transaction = this.#db.transaction(name, "readonly");
        const asked = ask(transaction.objectStore(name));
        transaction.oncomplete = () => done(asked.map((one) => one.result as T));
        transaction.onabort = () => refuse(this.#refused(transaction.error));
      } catch (error) {
        refuse(this.#refused(error));
      }
    });
  }

  #write(names: string[], change: (store: (name: string) => IDBObjectStore) => void): Promise<void> {
    return new Promise((done, refuse) => {
      try {
        const transaction = this.#db.transaction(names, "readwrite", { durability: "strict" });
        transaction.oncomplete = () => done();
        transaction.onabort = () => refuse(this.#refused(transaction.error));
        change((name) => transaction.objectStore(name));
      } catch (error) {
        refuse(this.#refused(error));
      }
    });
  }

  #refused(error: unknown): Refused {
    if (this.#gone) return new Refused("evicted");
    const name = error instanceof DOMException ? error.name : "";
    return new Refused(name === "QuotaExceededError" ? "full" : "storage");
  }
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function unbase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}
