-- Nonces that opened an access history, until they end by themselves: none opens another.
CREATE TABLE used_nonce (digest BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX used_nonce_until ON used_nonce (until);
