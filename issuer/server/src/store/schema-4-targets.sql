-- The files that the targets document of a version names, byte for byte: status is published around them while what is
-- new waits for keys kept offline. Of the newest version only; none of one that an earlier layout signed.
CREATE TABLE targets_file (
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (version, name)
) STRICT;
