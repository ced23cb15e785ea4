-- Every act that has an event, written by what does the act: acts and events are counted against each other.
CREATE TABLE act (
    event BLOB PRIMARY KEY,
    act TEXT NOT NULL,
    -- How many of the rows that the triggers below count it changed.
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO act (event, act, changed) SELECT id, act, 0 FROM ledger_event;

-- How many rows were changed that nothing but an act of this class changes, whoever changed them.
CREATE TABLE changed_row (class TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO changed_row (class, count)
    VALUES ('issuance', 0), ('status-change', 0), ('operator', 0), ('policy', 0), ('erasure', 0);

CREATE TRIGGER counts_ticket AFTER INSERT ON ticket
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE TRIGGER counts_ticket_close AFTER UPDATE OF decided_at ON ticket
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE TRIGGER counts_ticket_gone AFTER DELETE ON ticket
BEGIN UPDATE changed_row SET count = count - 1 WHERE class = 'issuance'; END;

CREATE TRIGGER counts_status AFTER UPDATE OF status ON copy WHEN OLD.status <> NEW.status
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'status-change'; END;
-- A place that was given out stays given: without its row, or with another in its place, what is revoked would be valid.
CREATE TRIGGER counts_copy_gone AFTER DELETE ON copy
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'status-change'; END;
CREATE TRIGGER counts_copy_moved AFTER UPDATE OF list, idx, batch ON copy
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'status-change'; END;
-- REPLACE deletes without telling the trigger above.
CREATE TRIGGER counts_copy_replaced BEFORE INSERT ON copy
WHEN EXISTS (SELECT 1 FROM copy WHERE list = NEW.list AND idx = NEW.idx)
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'status-change'; END;

CREATE TRIGGER counts_bundle AFTER INSERT ON bundle
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_bundle_gone AFTER DELETE ON bundle
BEGIN UPDATE changed_row SET count = count - 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_proposal AFTER INSERT ON proposal
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_proposal_decided AFTER UPDATE OF approved ON proposal WHEN NEW.approved IS NOT OLD.approved
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_proposal_gone AFTER DELETE ON proposal
BEGIN UPDATE changed_row SET count = count - 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_four_eyes AFTER INSERT ON four_eyes_act
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_four_eyes_decided AFTER UPDATE OF decided_at ON four_eyes_act
WHEN NEW.decided_at IS NOT OLD.decided_at
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_four_eyes_gone AFTER DELETE ON four_eyes_act
BEGIN UPDATE changed_row SET count = count - 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_operator_end AFTER UPDATE OF disabled_at ON operator
WHEN NEW.disabled_at IS NOT OLD.disabled_at
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;

CREATE TRIGGER counts_counter AFTER INSERT ON counter
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_counter_end AFTER UPDATE OF withdrawn_at ON counter
WHEN NEW.withdrawn_at IS NOT OLD.withdrawn_at
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_counter_gone AFTER DELETE ON counter
BEGIN UPDATE changed_row SET count = count - 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_identity AFTER INSERT ON identity
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_identity_anew AFTER UPDATE OF certificate ON identity
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_witness AFTER INSERT ON ledger_witness
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_witness_anew AFTER UPDATE OF vkey ON ledger_witness
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_witness_gone AFTER DELETE ON ledger_witness
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_distrust AFTER UPDATE OF distrusted_after ON signer
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;

CREATE TRIGGER counts_erasure AFTER UPDATE OF stored ON ledger_event
WHEN OLD.stored IS NOT NULL AND NEW.stored IS NULL
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'erasure'; END;
