-- Programs of the city's data hub that may read figures and events; of a token only its digest.
CREATE TABLE hub_client (
    name TEXT PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Where alerts are told: one place. Its secret is made from the id and stands nowhere.
CREATE TABLE webhook (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id BLOB NOT NULL,
    url TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    -- Tries in vain since the last success, and when the next may be.
    tries INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL DEFAULT 0,
    fault TEXT
) STRICT;
