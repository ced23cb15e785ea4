-- Who may make one part of an invitation's code, once: two people agreed to it, and neither of them gets both parts.
CREATE TABLE invitation_right (
    operator INTEGER NOT NULL REFERENCES operator (id),
    -- 1: of who proposed. 2: of who agreed.
    part INTEGER NOT NULL,
    -- Nobody in particular: proposed at the machine, any admin.
    who INTEGER REFERENCES operator (id),
    PRIMARY KEY (operator, part)
) STRICT, WITHOUT ROWID;
-- Parts that were made. An invitation is open while both are.
CREATE TABLE invitation_part (
    operator INTEGER NOT NULL REFERENCES operator (id),
    part INTEGER NOT NULL,
    key BLOB NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (operator, part)
) STRICT, WITHOUT ROWID;
-- Agreed to under the old rule, where one person got the whole code: to be proposed again.
UPDATE operator SET invitable = 0;
-- Extracts that were taken in at the console and wait for a second person.
CREATE TABLE import_waiting (
    report INTEGER PRIMARY KEY REFERENCES import_report (id),
    bytes BLOB NOT NULL
) STRICT;
-- Portraits that wait for a second person.
CREATE TABLE portrait_waiting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    nik TEXT NOT NULL,
    source BLOB NOT NULL,
    webp BLOB NOT NULL
) STRICT;
-- Sign-ins, for finding what is unusual for this operator.
CREATE TABLE operator_sign_in (
    operator INTEGER NOT NULL REFERENCES operator (id),
    at INTEGER NOT NULL,
    device TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX operator_sign_in_of ON operator_sign_in (operator, at);
-- What of a record was looked at, and whether the person was in the queue of work: a ticket, a proposal, a renewal.
ALTER TABLE operator_look ADD COLUMN what TEXT NOT NULL DEFAULT '';
ALTER TABLE operator_look ADD COLUMN family BLOB;
-- Records of nobody: whoever opens one was not asked to by any citizen.
CREATE TABLE honeytoken (nik TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
-- Alerts that are told outside, one row each, written with the alert.
CREATE TABLE alert_outbox (
    alert INTEGER PRIMARY KEY REFERENCES alert (id),
    sent_at INTEGER
) STRICT;
CREATE INDEX alert_outbox_waiting ON alert_outbox (alert) WHERE sent_at IS NULL;
CREATE INDEX batch_expires ON batch (expires_at);
