-- Registered helpers: who may carry somebody's card for half an hour. One who was struck off stays named by past sessions.
CREATE TABLE pendamping (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TRIGGER counts_pendamping AFTER INSERT ON pendamping
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_pendamping_altered AFTER UPDATE ON pendamping
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_pendamping_gone AFTER DELETE ON pendamping
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;

-- One session: one helper, one person, one offer, whose card ends with it.
CREATE TABLE pendamping_session (
    id INTEGER PRIMARY KEY,
    offer BLOB NOT NULL UNIQUE,
    nik TEXT NOT NULL,
    helper TEXT NOT NULL REFERENCES pendamping (id),
    -- Of the age that the pilot counts as elderly, when it began.
    elderly INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    -- Ended before its time.
    ended_at INTEGER
) STRICT;
CREATE INDEX pendamping_session_of ON pendamping_session (helper, ends_at);
CREATE INDEX pendamping_session_for ON pendamping_session (nik, ends_at);
CREATE TRIGGER counts_pendamping_session AFTER INSERT ON pendamping_session
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE TRIGGER counts_pendamping_session_gone AFTER DELETE ON pendamping_session
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE INDEX access_token_from ON access_token (offer);
-- The tokens of sessions that were ended before their time: what they gave stays suspended.
CREATE VIEW pendamping_ended AS
SELECT access_token.key AS token FROM pendamping_session
JOIN access_token ON access_token.offer = pendamping_session.offer WHERE pendamping_session.ended_at IS NOT NULL;
