-- The facts for which whoever approved a letter answers, as a digest: it is given with these and no others. None of what was
-- approved before.
ALTER TABLE letter ADD COLUMN facts TEXT;
