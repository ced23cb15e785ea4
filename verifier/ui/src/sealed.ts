// What the phone and the counter say to each other is sealed under keys made of the secret in the code: see
// `verifier/server/src/phone/seal.rs`. TLS comes on top; its certificate is the counter's own, and few compare it.

const SALT = 16;
const encoder = new TextEncoder();

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(content: ArrayBuffer | Uint8Array): string {
  let plain = "";
  for (const byte of new Uint8Array(content)) plain += String.fromCharCode(byte);
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Calls are numbered, and the counter takes no number twice. */
function eight(number: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(8);
  new DataView(made.buffer).setBigUint64(0, BigInt(number));
  return made;
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function prf(secret: string, what: string, ...parts: Uint8Array[]): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", key, joined(encoder.encode(`absah-phone-v1 ${what}`), ...parts));
}

/** The phone's side before it is paired. */
export class Hello {
  private constructor(
    private readonly secret: string,
    private readonly salt: Uint8Array<ArrayBuffer>,
    /** What is sent: that this phone has read the code, and not what it says. */
    readonly body: { salt: string; proof: string },
  ) {}

  static async of(secret: string): Promise<Hello> {
    const salt = crypto.getRandomValues(new Uint8Array(SALT));
    return new Hello(secret, salt, { salt: text(salt), proof: text(await prf(secret, "hello", salt)) });
  }

  /** The keys, and what the counter says with its own number; fails where it is not the counter that shows the code. */
  async paired(answer: { salt: string; sealed: string }): Promise<{ keys: Sealing; content: string }> {
    const theirs = bytes(answer.salt);
    const [up, down] = await Promise.all([prf(this.secret, "up", this.salt, theirs), prf(this.secret, "down", this.salt, theirs)]);
    const keys = new Sealing(text(up), text(down), 0);
    return { keys, content: await keys.open(0, answer.sealed) };
  }
}

/** The keys of a pairing, and the number of the last call. */
export class Sealing {
  constructor(
    private readonly up: string,
    private readonly down: string,
    private number: number,
  ) {}

  static kept(place: string): Sealing | null {
    try {
      const { up, down, number } = JSON.parse(sessionStorage.getItem(place) ?? "") as { up: string; down: string; number: number };
      return new Sealing(up, down, number);
    } catch {
      return null;
    }
  }

  keep(place: string): void {
    sessionStorage.setItem(place, JSON.stringify({ up: this.up, down: this.down, number: this.number }));
  }

  /** Seals the next call; its number is kept first, so that a reload goes on after it. */
  async next(place: string, content: unknown): Promise<{ number: number; sealed: string }> {
    const number = ++this.number;
    this.keep(place);
    const key = await crypto.subtle.importKey("raw", bytes(this.up), "AES-GCM", false, ["encrypt"]);
    // Random: a tab that was doubled goes on with the same numbers.
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const way = { name: "AES-GCM", iv, additionalData: joined(encoder.encode("absah-phone-v1 up"), eight(number)) };
    const sealed = new Uint8Array(await crypto.subtle.encrypt(way, key, encoder.encode(JSON.stringify(content))));
    return { number, sealed: text(joined(iv, sealed)) };
  }

  /** Opens the counter's answer to a call. */
  async open(number: number, sealed: string): Promise<string> {
    const key = await crypto.subtle.importKey("raw", bytes(this.down), "AES-GCM", false, ["decrypt"]);
    const way = { name: "AES-GCM", iv: joined(new Uint8Array(4), eight(number)), additionalData: encoder.encode("absah-phone-v1 down") };
    return new TextDecoder().decode(await crypto.subtle.decrypt(way, key, bytes(sealed)));
  }
}
