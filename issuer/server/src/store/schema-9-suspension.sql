-- What is suspended: in whose wallet it is, the newest batch that there was, and since when. What the same person's wallet got
-- afterwards went to another phone.
CREATE TABLE suspension (
    batch INTEGER PRIMARY KEY REFERENCES batch (id),
    holder TEXT NOT NULL,
    newest INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
-- What is in whose wallet, without paper; `is_new` where it was neither renewed on the same phone nor carried by a helper.
CREATE VIEW in_wallet AS
SELECT batch.id AS batch, batch.nik AS holder,
    offer.key <> access_token.key AND offer.key NOT IN (SELECT offer FROM pendamping_session) AS is_new
FROM batch JOIN access_token ON access_token.key = batch.token JOIN offer ON offer.key = access_token.offer
WHERE batch.format <> 'kertas' AND offer.guardian IS NULL
UNION ALL
SELECT batch.id AS batch, offer.guardian AS holder, offer.key <> access_token.key AS is_new
FROM offer JOIN access_token ON access_token.offer = offer.key JOIN batch ON batch.token = access_token.key
WHERE batch.format <> 'kertas' AND offer.guardian IS NOT NULL;
-- Of what was suspended before, nobody knows when: before whatever came after the last of it.
INSERT INTO suspension (batch, holder, newest, at)
SELECT batch.id, batch.nik, (SELECT MAX(other.id) FROM batch AS other JOIN copy AS one ON one.batch = other.id
    WHERE other.nik = batch.nik AND one.status = 2), batch.issued_at
FROM batch WHERE batch.format <> 'kertas'
AND EXISTS (SELECT 1 FROM copy WHERE copy.batch = batch.id AND copy.status = 2)
AND batch.id IN (SELECT batch FROM in_wallet WHERE holder = batch.nik);
