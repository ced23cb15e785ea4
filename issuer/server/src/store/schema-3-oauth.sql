-- Tokens that only the holder of a key can use: the key's thumbprint. Tokens of earlier layouts are bound to none.
ALTER TABLE access_token ADD COLUMN jkt BLOB;
-- The identifiers by which the token names its cards (authorization_details).
ALTER TABLE access_token ADD COLUMN details TEXT NOT NULL DEFAULT '';
-- With these the wallet renews its cards; a withdrawal deletes them.
CREATE TABLE refresh_token (
    key BLOB PRIMARY KEY,
    nik TEXT NOT NULL,
    kind TEXT NOT NULL,
    jkt BLOB NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_of ON refresh_token (nik, kind);
-- Authorization requests that were pushed and wait for their person.
CREATE TABLE pushed_request (
    key BLOB PRIMARY KEY,
    request TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Codes that an officer reads out, by which a person logs in once.
CREATE TABLE login_code (
    key BLOB PRIMARY KEY,
    nik TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE authorization_code (
    key BLOB PRIMARY KEY,
    nik TEXT NOT NULL,
    kind TEXT NOT NULL,
    details TEXT NOT NULL,
    client_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    code_challenge TEXT NOT NULL,
    jkt BLOB,
    expires_at INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What wallets said became of a batch.
CREATE TABLE notification (
    key BLOB PRIMARY KEY,
    token BLOB NOT NULL,
    event TEXT,
    at INTEGER
) STRICT, WITHOUT ROWID;
-- Offers whose cards wait until somebody has looked at the case once more.
CREATE TABLE held_offer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    offer BLOB NOT NULL UNIQUE REFERENCES offer (key),
    decided_at INTEGER,
    released INTEGER
) STRICT;
-- Requests for such cards: whose keys, until they are fetched.
CREATE TABLE deferred (
    key BLOB PRIMARY KEY,
    token BLOB NOT NULL,
    format TEXT NOT NULL,
    holders TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (token, format)
) STRICT, WITHOUT ROWID;
