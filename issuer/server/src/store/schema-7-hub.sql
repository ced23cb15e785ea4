-- Whether the hub's own host may have an address of a private network: only where two people said so.
ALTER TABLE webhook ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
