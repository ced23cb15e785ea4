-- Tickets that came from counters, by the id under which the counter signed them: each is taken once.
CREATE TABLE counter_ticket (
    id TEXT PRIMARY KEY,
    ticket INTEGER NOT NULL UNIQUE REFERENCES ticket (id),
    counter_id TEXT NOT NULL,
    place TEXT NOT NULL
) STRICT, WITHOUT ROWID;
