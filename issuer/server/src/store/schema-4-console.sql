-- Operators of the console. Rows are never deleted: acts name them.
CREATE TABLE operator (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- What authenticators know the account by: random, says nothing.
    handle BLOB NOT NULL UNIQUE,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    -- When the first authenticator was added.
    enrolled_at INTEGER,
    disabled_at INTEGER,
    -- Two people agreed that an invitation may be made.
    invitable INTEGER NOT NULL DEFAULT 0,
    -- Argon2id parameters and tag as JSON; the secret of one-time codes, sealed; both or neither.
    password TEXT,
    totp BLOB,
    -- The last time step whose code was used: none is taken twice.
    totp_step INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Single-use codes by which somebody begins. Used ones are deleted.
CREATE TABLE operator_invitation (
    key BLOB PRIMARY KEY,
    operator INTEGER NOT NULL REFERENCES operator (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE operator_passkey (
    credential BLOB PRIMARY KEY,
    operator INTEGER NOT NULL REFERENCES operator (id),
    passkey TEXT NOT NULL,
    label TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX operator_passkey_of ON operator_passkey (operator);
-- Sessions that go on, by the digest of their cookie.
CREATE TABLE operator_session (
    key BLOB PRIMARY KEY,
    operator INTEGER NOT NULL REFERENCES operator (id),
    assurance TEXT NOT NULL,
    signed_in_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    -- What the browser says it is.
    device TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX operator_session_of ON operator_session (operator);
-- What an authenticator was asked for and has not answered: used once.
CREATE TABLE operator_ceremony (
    key BLOB PRIMARY KEY,
    -- register, sign-in, decide.
    kind TEXT NOT NULL,
    operator INTEGER NOT NULL REFERENCES operator (id),
    -- The session that asked; none for a sign-in.
    session BLOB,
    state TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Wrong tries by what they tried: a name, an address, an invitation.
CREATE TABLE slow_down (
    what BLOB PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Acts of two people.
CREATE TABLE four_eyes_act (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Canonical JSON of the whole act, and its hash.
    act TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    -- Nobody: filed at the machine itself.
    proposed_by INTEGER REFERENCES operator (id),
    made_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    -- waiting, approved, refused; a command that was approved and has run is used.
    state TEXT NOT NULL,
    decided_by INTEGER REFERENCES operator (id),
    decided_at INTEGER,
    note TEXT,
    -- What the authenticator signed, with all that is needed to check it again.
    assertion TEXT
) STRICT;
CREATE INDEX four_eyes_act_waiting ON four_eyes_act (id) WHERE state = 'waiting';
-- The people an operator has opened in this session, each with what for.
CREATE TABLE person_case (
    id TEXT PRIMARY KEY,
    session BLOB NOT NULL,
    nik TEXT NOT NULL,
    purpose TEXT NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Looks at people's records, for finding what is unusual. Who was looked at stands in the ledger only.
CREATE TABLE operator_look (
    operator INTEGER NOT NULL REFERENCES operator (id),
    at INTEGER NOT NULL,
    subject BLOB NOT NULL
) STRICT;
CREATE INDEX operator_look_of ON operator_look (operator, at);
-- What looked unusual: the rule that says so and its values.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    operator INTEGER REFERENCES operator (id),
    rule TEXT NOT NULL,
    detail TEXT NOT NULL,
    closed_at INTEGER,
    closed_by INTEGER REFERENCES operator (id),
    note TEXT
) STRICT;
CREATE INDEX alert_open ON alert (id) WHERE closed_at IS NULL;
-- Extracts that were taken in at the console, with what was found in them.
CREATE TABLE import_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    operator INTEGER NOT NULL REFERENCES operator (id),
    file TEXT NOT NULL,
    report TEXT NOT NULL
) STRICT;
CREATE INDEX resident_tanggal_lahir ON resident (tanggal_lahir);
