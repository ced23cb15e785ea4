-- The random id of each person who ever got a card, under HMAC(K_lookup, NIK): without that key these rows
-- belong to nobody. Kept for ever: the numbers of the sectors are made from it.
CREATE TABLE person (
    lookup BLOB PRIMARY KEY,
    cid BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
