-- Changes of status that an import would make and that wait for somebody's approval.
CREATE TABLE proposal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at INTEGER NOT NULL,
    -- death, or many.
    reason TEXT NOT NULL,
    -- The last batch issued when it was made: later ones have the new facts.
    last_batch INTEGER NOT NULL,
    decided_at INTEGER,
    approved INTEGER,
    note TEXT
) STRICT;
CREATE TABLE proposal_change (
    proposal INTEGER NOT NULL REFERENCES proposal (id),
    nik TEXT NOT NULL,
    kind TEXT NOT NULL,
    change TEXT NOT NULL,
    PRIMARY KEY (proposal, nik, kind)
) STRICT, WITHOUT ROWID;
