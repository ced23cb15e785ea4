-- Layout 1. Numbers of people and families are text: they are names, nobody counts with them.
CREATE TABLE resident (
    nik TEXT PRIMARY KEY,
    no_kk TEXT NOT NULL,
    nama TEXT NOT NULL,
    tempat_lahir TEXT NOT NULL,
    tanggal_lahir TEXT NOT NULL,
    jenis_kelamin INTEGER NOT NULL,
    golongan_darah INTEGER NOT NULL,
    agama INTEGER NOT NULL,
    status_kawin INTEGER NOT NULL,
    hubungan INTEGER NOT NULL,
    pendidikan INTEGER NOT NULL,
    pekerjaan INTEGER NOT NULL,
    kewarganegaraan INTEGER NOT NULL,
    nik_ibu TEXT,
    nama_ibu TEXT,
    nik_ayah TEXT,
    nama_ayah TEXT,
    alamat TEXT NOT NULL,
    rt_rw TEXT NOT NULL,
    wilayah TEXT NOT NULL,
    akta_lahir TEXT,
    status_dasar INTEGER NOT NULL,
    diubah INTEGER,
    -- Digest of all the above: an import writes only what differs.
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX resident_no_kk ON resident (no_kk);

-- Families of which a record was refused at the last import, or that have no head.
CREATE TABLE family_incomplete (no_kk TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Whose record was refused at the last import that had it, and of which family.
CREATE TABLE record_refused (nik TEXT PRIMARY KEY, no_kk TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE portrait (
    nik TEXT PRIMARY KEY,
    -- SHA-256 of the photograph it was made from.
    source BLOB NOT NULL,
    webp BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE offer (
    key BLOB PRIMARY KEY,
    nik TEXT NOT NULL,
    kind TEXT NOT NULL,
    tx_code BLOB,
    expires_at INTEGER NOT NULL,
    wrong_tries INTEGER NOT NULL,
    -- Redeemed, or taken back.
    redeemed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_of ON offer (nik, kind) WHERE redeemed = 0;

CREATE TABLE access_token (
    key BLOB PRIMARY KEY,
    offer BLOB NOT NULL REFERENCES offer (key),
    nik TEXT NOT NULL,
    kind TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_token_of ON access_token (nik, kind);

CREATE TABLE status_list (
    number INTEGER PRIMARY KEY,
    uri TEXT NOT NULL UNIQUE,
    -- How many places of its order were given out.
    used INTEGER NOT NULL
) STRICT;

CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    token BLOB NOT NULL REFERENCES access_token (key),
    format TEXT NOT NULL,
    nik TEXT NOT NULL,
    kind TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    UNIQUE (token, format)
) STRICT;
CREATE INDEX batch_of ON batch (nik, kind);

CREATE TABLE copy (
    list INTEGER NOT NULL REFERENCES status_list (number),
    idx INTEGER NOT NULL,
    batch INTEGER NOT NULL REFERENCES batch (id),
    status INTEGER NOT NULL,
    PRIMARY KEY (list, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_of_batch ON copy (batch);
CREATE INDEX copy_not_valid ON copy (list, idx, status) WHERE status <> 0;

-- Every name the issuer ever had, with the certificate of its key under that name.
CREATE TABLE identity (
    url TEXT PRIMARY KEY,
    certificate BLOB NOT NULL,
    first_used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE authority (certificate BLOB NOT NULL) STRICT;

CREATE TABLE counter (
    registration_id TEXT PRIMARY KEY,
    counter_id TEXT NOT NULL,
    jwt TEXT NOT NULL,
    certificate BLOB NOT NULL,
    registered_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE root_document (version INTEGER PRIMARY KEY, json BLOB NOT NULL) STRICT;

CREATE TABLE bundle (version INTEGER PRIMARY KEY, published_at INTEGER NOT NULL) STRICT;

CREATE TABLE number (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO number (name, value) VALUES ('status_changes', 0);

-- The audit log: written in the transaction of the row it speaks of.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    class TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT,
    object TEXT NOT NULL
) STRICT;
