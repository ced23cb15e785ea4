-- A record of nobody gets no card, whatever the program does; one that an extract brings is somebody's from then on.
CREATE TRIGGER lure_without_offer BEFORE INSERT ON offer
WHEN EXISTS (SELECT 1 FROM honeytoken WHERE nik = NEW.nik) BEGIN SELECT RAISE(ABORT, 'record of nobody'); END;
CREATE TRIGGER lure_without_card BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM honeytoken WHERE nik = NEW.nik) BEGIN SELECT RAISE(ABORT, 'record of nobody'); END;
CREATE TRIGGER lure_is_somebody BEFORE INSERT ON resident
WHEN EXISTS (SELECT 1 FROM honeytoken WHERE nik = NEW.nik) BEGIN DELETE FROM honeytoken WHERE nik = NEW.nik; END;
