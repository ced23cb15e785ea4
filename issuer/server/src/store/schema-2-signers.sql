-- The chain of certificates: the offline root, and the issuing authority under it in its generations.
CREATE TABLE ca_certificate (
    -- root or issuing.
    kind TEXT NOT NULL,
    generation INTEGER NOT NULL,
    certificate BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (kind, generation)
) STRICT, WITHOUT ROWID;
-- Whose signatures count, for what and when.
CREATE TABLE signer (
    role TEXT NOT NULL,
    generation INTEGER NOT NULL,
    -- Fragment of the key's did:web URL.
    key_id TEXT NOT NULL UNIQUE,
    spki BLOB NOT NULL,
    published_at INTEGER NOT NULL,
    active_from INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    distrusted_after INTEGER,
    reason TEXT,
    PRIMARY KEY (role, generation)
) STRICT, WITHOUT ROWID;
-- The leaf of each signer under each name of the issuer.
CREATE TABLE signer_certificate (
    role TEXT NOT NULL,
    generation INTEGER NOT NULL,
    url TEXT NOT NULL,
    certificate BLOB NOT NULL,
    -- Which generation of the issuing authority signed it; 0: the self-signed authority of layout 1.
    ca INTEGER NOT NULL,
    PRIMARY KEY (role, generation, url)
) STRICT, WITHOUT ROWID;
INSERT INTO signer_certificate (role, generation, url, certificate, ca)
    SELECT 'credential', 1, url, certificate, 0 FROM identity;
