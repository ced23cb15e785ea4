// The module as `absah-wasm-bind` writes it (wallet-app/web/src/wasm.rs).
declare module "#wasm/wallet.js" {
  export default function init(input: { module_or_path: string }): Promise<unknown>;
  export class Wallet {
    constructor(
      lang: string,
      loopback: boolean,
      exists: boolean,
      preferences: string | undefined,
      tries: Uint8Array | undefined,
      trouble: string,
      list: Uint8Array | undefined,
    );
    view(now: number): string;
    speak(lang: string, now: number): string;
    texts(): string;
    bytes(name: string): Uint8Array;
    forget(): void;
    load(name: string, bytes: Uint8Array): void;
    press(pressed: string, now: number): string | undefined;
    tick(awake: boolean, now: number): string | undefined;
    link(link: string, now: number): string;
    pictures(texts: string[], now: number): string;
    camera(texts: string[], now: number): string;
    restore(file: Uint8Array, code: string, now: number): string;
    came(came: string, now: number): string | undefined;
    answered(turn: number, status: number, type: string, nonce: string | undefined, body: Uint8Array, now: number): string;
    unanswered(turn: number, why: string, now: number): string;
  }
}
declare module "#wasm/wallet_bg.wasm?url" {
  const address: string;
  export default address;
}
