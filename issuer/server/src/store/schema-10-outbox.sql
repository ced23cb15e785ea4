-- Each alert is told outside for itself: how often in vain, how often the hub itself refused it, when the next try may be, why
-- the last one was in vain and since when, and when it was given up.
ALTER TABLE alert_outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE alert_outbox ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE alert_outbox ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE alert_outbox ADD COLUMN fault TEXT;
ALTER TABLE alert_outbox ADD COLUMN since INTEGER;
ALTER TABLE alert_outbox ADD COLUMN given_up_at INTEGER;
-- What kept all of them waiting was written down beside the hub's address.
UPDATE webhook SET tries = 0, next_at = 0, fault = NULL;
