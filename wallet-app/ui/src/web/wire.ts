// Generated from the Rust side: ABSAH_WRITE_TYPES=1 cargo test -p absah-wallet-web --test types
import type { View } from "../types";

export type Out = { 
/**
 * What stands on the screen.
 */
view: View, 
/**
 * What the browser must do before anything else is pressed.
 */
want: Want | null, 
/**
 * What is to be asked of the network meanwhile.
 */
job: Job | null, 
/**
 * Preferences to remember.
 */
remember: string | null, 
/**
 * A page to open.
 */
browse: string | null, 
/**
 * Other tabs may open the wallet now.
 */
leave: boolean, 
/**
 * Whether there is a wallet here now; `None` when that has not changed.
 */
exists: boolean | null, };

export type Want = { "want": "enter", 
/**
 * The PIN.
 */
pin: string, 
/**
 * The vault is to be made: make the origin's key where there is none, and ask for storage that lasts.
 */
fresh: boolean, } | { "want": "mix", 
/**
 * The PIN.
 */
pin: string, } | { "want": "keep", 
/**
 * Names whose bytes are to be written.
 */
put: Array<string>, 
/**
 * Names to be removed.
 */
remove: Array<string>, 
/**
 * The only keys that are still needed; `None`: all.
 */
keys: Array<string> | null, } | { "want": "make", 
/**
 * How many.
 */
n: number, } | { "want": "sign", 
/**
 * Names of keys.
 */
keys: Array<string>, 
/**
 * What is signed.
 */
bytes: Array<string>, } | { "want": "drop", 
/**
 * Names of keys.
 */
keys: Array<string>, } | { "want": "download", 
/**
 * Its name.
 */
name: string, };

export type Came = { "came": "mixed", 
/**
 * Hexadecimal.
 */
pin: string, } | { "came": "made", 
/**
 * They.
 */
keys: Array<Made>, } | { "came": "signed", 
/**
 * They.
 */
signatures: Array<string>, } | { "came": "done" } | { "came": "failed", 
/**
 * Why.
 */
why: BrowserError, };

export type Made = { 
/**
 * Its name.
 */
id: string, 
/**
 * Its public half: SEC 1, uncompressed, base64url.
 */
public: string, };

export type Job = { 
/**
 * To be given back with the answer.
 */
turn: number, 
/**
 * Address.
 */
url: string, 
/**
 * `GET` or `POST`.
 */
method: string, 
/**
 * Header fields.
 */
headers: { [key in string]: string }, 
/**
 * Body.
 */
body: string | null, 
/**
 * Most bytes of an answer.
 */
limit: number, };

export type Look = { 
/**
 * Different frames seen.
 */
have: number, 
/**
 * Frames needed.
 */
needed: number, 
/**
 * All there: the screen has changed.
 */
whole: boolean, 
/**
 * What the step came to, when it is whole.
 */
out: Out | null, };

export type BrowserError = "no-storage" | "full" | "storage" | "other-tab" | "evicted" | "key-gone" | "unreadable" | "no-code" | "list-absent";
