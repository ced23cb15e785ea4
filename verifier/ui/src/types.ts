// What the program says: see `verifier/server/src/desk/views.rs`.

export type Shape = "ok" | "warn" | "bad" | "unknown";
export type Told = { code: string; what: string; todo: string };
export type Marked = { shape: Shape; text: string };
/** What is asked of one card. */
export type AskedOf = { title: string; facts: string[] };
export type Tile = { id: string; title: string; purpose: string; legal_basis: string; facts: string[]; cards: AskedOf[]; today: number };
export type Line = { hour: string; service: string; shape: Shape; word: string };
export type Waiting = { tag: string; hour: string; service: string };

/** While nobody is signed in, only what concerns the machine is told. */
export type Locked = {
  signed_in: false;
  officers: string[];
  knowledge: Marked;
  clock: Marked;
  /** Who signed in today, and unlocks with the PIN alone. */
  by_pin: string[];
  /** Who chooses a password at the next sign-in. */
  without_password: string[];
};

export type Desk = {
  signed_in: true;
  officers: string[];
  counter: string;
  agency: string | null;
  place: string | null;
  officer: string;
  knowledge: Marked;
  clock: Marked;
  today: Line[];
  services: Tile[];
  trouble: Told | null;
  /** What is wrong with the counter's own list of services. */
  menu: Told | null;
  waiting: Waiting[];
  /** Under which names answers wait for the officer's word, weaker proofs too. */
  held: string[];
  /** Who may answer for an undetermined card. */
  supervisors: string[];
  /** Whether wallets reach this counter over the network. */
  network: boolean;
  /** Whether the officer sees the counts. */
  supervises: boolean;
  /** Printed documents that wait for a look. */
  printed: number;
  /** What each key of the USB scanner stands for, where it was calibrated. */
  scanner: Record<string, string> | null;
  go_live: boolean;
  bundle_url: boolean;
  due: number;
  /** Due by the computer's clock alone. */
  due_unvouched: number;
  next_due: string | null;
};

export type Request = {
  tag: string;
  service: string;
  title: string;
  purpose: string;
  legal_basis: string;
  facts: string[];
  cards: AskedOf[];
  /** One SVG for each frame. */
  frames: string[];
  /** Only over the network. */
  session?: string;
  link?: string;
  /** Only for a wallet on this computer: what the page proves itself with when the wallet has led back to it. */
  page?: string;
};

export type Row = { label: string; value: string | null; parts: Row[] };

export type Result = {
  state: "result";
  tag: string | null;
  colour: string;
  shape: Shape;
  word: string;
  what: string;
  todo: string;
  code: string;
  age: string | null;
  facts: Row[];
  /** The same, card by card, where there are several. */
  cards: { title: string; whose: string; facts: Row[] }[];
  /** Who carries the card for its holder. */
  carried: string | null;
  relations: { shape: Shape; sentence: string; proof: string }[];
  portrait: string | null;
  reason: boolean;
  service: string | null;
  /** Whether a supervisor may take it upon himself. */
  vouchable: boolean;
  /** Who did. */
  supervisor: string | null;
};

export type Answered = { state: "open"; fetched_again: boolean } | { state: "over" } | Result;
export type Taken = { state: "bundle"; version: number };
export type Part = { what: string; title: string; shape: Shape; word: string; note: string | null; told: Told | null };
export type Measured = { version: number; distance_cm: number; pixels_per_module: number };
export type Doctor = {
  go_live: boolean;
  qr_version: number;
  camera: Measured | null;
  scanner: { map: Record<string, string> } | null;
  parts: Part[];
  chart_prefix: string;
  scanner_code: string;
  scanner_keys: number;
};
export type Count = { day: string; hour: number; service: string; outcome: string; shape: Shape; code: string; count: number; median_s: number };
/** Why an officer took a weaker proof with old data. */
export type Reason = { day: string; hour: string; service: string; outcome: string; officer: string; reason: string };
/** Who was let in or out as officer, by whom, and what else stands in the counter's signed list. */
export type Change = { day: string; hour: string; what: string; name: string; by: string; reason: string };
export type Tally = { rows: Count[]; reasons: Reason[]; changes: Change[] };
/** A printed document: `until` it is forgotten, looked up or not. */
export type Printed = { tag: string; day: string; hour: string; service: string; link: string | null; checked: string | null; until: string | null; genuine: boolean | null };
/** `told` beside a part: what came by meanwhile. `spent`: texts that are of no use any more; without it all of them are not. */
export type Seen =
  | { state: "part"; have: number; needed: number; told?: Told | null; spent?: string[] }
  | { state: "other"; told: Told | null; spent?: string[] }
  | Taken
  | Result;
export type PhoneCode = { frames: string[]; link: string; words: string; fingerprint: string; address: string };
export type PhoneState = { state: "none" | "waiting" | "paired"; words?: string; texts: string[] };
export type Passkey = { id: string; label: string; added: string; used: string | null };
/** Of a weaker proof nothing is filed: no id. */
export type Filed = { id: string | null; number?: number; retain_until?: string };
export type Picture = { texts: string[] } | { told: Told };

/** What the citizen's screen shows. */
export type FacingView =
  | { show: "wait" }
  | { show: "code"; frames: string[]; title: string; agency: string }
  | { show: "answer" }
  | { show: "done" };
