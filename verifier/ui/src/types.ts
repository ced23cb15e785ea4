// What the program says: see `verifier/server/src/desk/views.rs`.

export type Shape = "ok" | "warn" | "bad" | "unknown";
export type Told = { code: string; what: string; todo: string };
export type Marked = { shape: Shape; text: string };
export type Tile = { id: string; title: string; purpose: string; legal_basis: string; facts: string[]; today: number };
export type Line = { hour: string; service: string; shape: Shape; word: string };
export type Waiting = { tag: string; hour: string; service: string };

/** While nobody is signed in, only what concerns the machine is told. */
export type Locked = { signed_in: false; officers: string[]; knowledge: Marked; clock: Marked };

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
  waiting: Waiting[];
  due: number;
  next_due: string | null;
};

export type Request = {
  tag: string;
  service: string;
  title: string;
  purpose: string;
  legal_basis: string;
  facts: string[];
  /** One SVG for each frame. */
  frames: string[];
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
  portrait: string | null;
  reason: boolean;
  service: string | null;
};

export type Seen = { state: "part"; have: number; needed: number } | { state: "other"; told: Told } | Result;
export type Filed = { id: string; number: number; retain_until: string };
export type Picture = { texts: string[] } | { told: Told };

/** What the citizen's screen shows. */
export type FacingView =
  | { show: "wait" }
  | { show: "code"; frames: string[]; title: string; agency: string }
  | { show: "answer" }
  | { show: "done" };
