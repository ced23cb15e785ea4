// The window's Rust side, through tauri.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { Bridge, Seen } from "./bridge";
import type { View } from "./types";

export const bridge: Bridge = {
  backKey: /Android/.test(navigator.userAgent),
  async watch(page) {
    const channel = new Channel<View>();
    channel.onmessage = page;
    await invoke("watch", { page: channel });
  },
  view: () => invoke<View>("view"),
  texts: () => invoke<Record<string, string>>("texts"),
  press: (pressed) => invoke<View>("press", { pressed }),
  awake: () => invoke<void>("awake"),
  async pictures(files) {
    return invoke<View>("pictures", framed(await Promise.all(files.map(bytes))));
  },
  async restore(code, file) {
    return invoke<View>("restore", framed([encode(code), await bytes(file)]));
  },
  camera({ width, height, data }) {
    const grey = new Uint8Array(width * height);
    for (let at = 0; at < grey.length; at++) {
      const [r = 0, g = 0, b = 0] = [data[at * 4], data[at * 4 + 1], data[at * 4 + 2]];
      grey[at] = (r * 77 + g * 150 + b * 29) >> 8;
    }
    return invoke<Seen>("camera", framed([encode(String(width)), encode(String(height)), grey]));
  },
};

async function bytes(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
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
