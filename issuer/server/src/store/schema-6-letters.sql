-- Letters that people ask for: each is a ticket too. Without a number it is not approved.
CREATE TABLE letter (
    ticket INTEGER PRIMARY KEY REFERENCES ticket (id),
    nik TEXT NOT NULL,
    title TEXT NOT NULL,
    statement TEXT NOT NULL,
    purpose TEXT NOT NULL,
    class TEXT NOT NULL,
    valid_days INTEGER NOT NULL,
    number TEXT,
    approved_at INTEGER,
    valid_until INTEGER,
    issued INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX letter_of ON letter (nik);
