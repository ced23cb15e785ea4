-- The events of both logs, in the order they happened. A row without a position waits to be put into its log: it is the
-- outbox, written in the transaction of the row it speaks of.
CREATE TABLE ledger_event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    -- 1 audit, 2 registry.
    log INTEGER NOT NULL,
    act TEXT NOT NULL,
    leaf BLOB NOT NULL,
    -- Keyed tag of the person it concerns: never a number or a name.
    subject BLOB,
    -- Audit: r and the event, sealed under a key of their own. Registry: r and the event, open. Null once erased.
    stored BLOB,
    -- The key, wrapped for the citizen and for the auditors.
    for_citizen BLOB,
    for_auditors BLOB,
    epoch BLOB,
    position INTEGER
) STRICT;
CREATE UNIQUE INDEX ledger_event_position ON ledger_event (log, position) WHERE position IS NOT NULL;
CREATE INDEX ledger_event_waiting ON ledger_event (log, seq) WHERE position IS NULL;
CREATE INDEX ledger_event_subject ON ledger_event (subject) WHERE subject IS NOT NULL;

-- The key under which event keys are wrapped for the auditors, itself sealed to their public key.
CREATE TABLE ledger_epoch (id BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Hash tiles; the last one of a level grows until it is full.
CREATE TABLE ledger_tile (
    log INTEGER NOT NULL,
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (log, level, number)
) STRICT, WITHOUT ROWID;

-- Signed checkpoints: kept before anybody sees them.
CREATE TABLE ledger_checkpoint (
    log INTEGER NOT NULL,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    PRIMARY KEY (log, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_cosignature (
    log INTEGER NOT NULL,
    size INTEGER NOT NULL,
    witness TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (log, size, witness)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_witness (
    name TEXT PRIMARY KEY,
    vkey TEXT NOT NULL,
    url TEXT NOT NULL,
    -- What its last wrong answer was, and when.
    fault TEXT,
    fault_at INTEGER
) STRICT, WITHOUT ROWID;

-- Which event says that a batch was issued. Batches of layout 1 have none.
ALTER TABLE batch ADD COLUMN event BLOB;
INSERT INTO number (name, value) VALUES ('witness_quorum', 0);
INSERT INTO number SELECT 'batches_before_ledger', COALESCE(MAX(id), 0) FROM batch;
