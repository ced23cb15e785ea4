-- From when on an issuing authority signs; nothing: since it was made. A new key is made known before it signs.
ALTER TABLE ca_certificate ADD COLUMN active_from INTEGER;
