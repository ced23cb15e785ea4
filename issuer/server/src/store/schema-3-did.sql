-- The did:webvh log under each name of the issuer: lines of did.jsonl, added one after the other and never changed.
CREATE TABLE did_log (
    url TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- With its line feed.
    line TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (url, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER did_log_follows BEFORE INSERT ON did_log
WHEN NEW.version > 1 + (SELECT COALESCE(MAX(version), 0) FROM did_log WHERE url = NEW.url)
BEGIN SELECT RAISE(ABORT, 'did_log: a line is missing'); END;
CREATE TRIGGER did_log_stays BEFORE UPDATE ON did_log
BEGIN SELECT RAISE(ABORT, 'did_log: only added to'); END;
CREATE TRIGGER did_log_keeps BEFORE DELETE ON did_log
BEGIN SELECT RAISE(ABORT, 'did_log: only added to'); END;
