-- Codes by which people suspend all their cards from any phone; one each.
CREATE TABLE phone_code (key BLOB PRIMARY KEY, nik TEXT NOT NULL UNIQUE) STRICT, WITHOUT ROWID;
-- Corrections and deletions that people ask for.
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    nik TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    decided_at INTEGER,
    done INTEGER,
    note TEXT
) STRICT;
CREATE INDEX ticket_of ON ticket (nik);
