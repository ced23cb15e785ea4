-- The document of the trust bundle that keys kept offline have signed last: used again as long as it says the same.
CREATE TABLE targets_document (
    version INTEGER PRIMARY KEY,
    signed_at INTEGER NOT NULL,
    json BLOB NOT NULL
) STRICT;
