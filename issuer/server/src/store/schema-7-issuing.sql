-- A card that waited is here with its batch: done within the statement that every issuance makes anyway.
CREATE TRIGGER deferred_is_here AFTER INSERT ON batch
BEGIN DELETE FROM deferred WHERE token = NEW.token AND format = NEW.format; END;
