-- A child's card goes to the wallet of somebody who keeps it; a letter's card is about one letter.
ALTER TABLE offer ADD COLUMN guardian TEXT;
ALTER TABLE offer ADD COLUMN letter INTEGER;
CREATE INDEX offer_guardian ON offer (guardian) WHERE guardian IS NOT NULL;
ALTER TABLE refresh_token ADD COLUMN guardian TEXT;
ALTER TABLE refresh_token ADD COLUMN letter INTEGER;
