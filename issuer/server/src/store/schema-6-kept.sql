-- Rows that nothing changes once they stand, and rows that only an act makes: counted like those of schema-5-acts, whoever
-- changes them. What a REPLACE throws away no trigger sees: where that would hide something, it is seen before.
INSERT INTO changed_row (class, count) VALUES ('certificate', 0), ('bundle', 0);

-- Nothing of these is ever deleted: counted as a change, too, since what a deletion takes away would pay for a row put in
-- past the program.
DROP TRIGGER counts_ticket_gone;
CREATE TRIGGER counts_ticket_gone AFTER DELETE ON ticket
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
DROP TRIGGER counts_bundle_gone;
CREATE TRIGGER counts_bundle_gone AFTER DELETE ON bundle
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
DROP TRIGGER counts_proposal_gone;
CREATE TRIGGER counts_proposal_gone AFTER DELETE ON proposal
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
DROP TRIGGER counts_four_eyes_gone;
CREATE TRIGGER counts_four_eyes_gone AFTER DELETE ON four_eyes_act
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
DROP TRIGGER counts_counter_gone;
CREATE TRIGGER counts_counter_gone AFTER DELETE ON counter
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;

-- What was issued, to whom and when: an act of issuing makes one batch and says how many copies. A batch that is gone is
-- missed by its event.
CREATE TRIGGER counts_batch AFTER INSERT ON batch
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE TRIGGER counts_copy BEFORE INSERT ON copy
WHEN NOT EXISTS (SELECT 1 FROM copy WHERE list = NEW.list AND idx = NEW.idx)
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE TRIGGER counts_batch_altered AFTER UPDATE ON batch
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE TRIGGER counts_batch_replaced BEFORE INSERT ON batch WHEN EXISTS (SELECT 1 FROM batch WHERE id = NEW.id)
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE TRIGGER counts_ticket_altered AFTER UPDATE OF id, nik, kind, text, made_at ON ticket
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'issuance'; END;
CREATE TRIGGER counts_list_altered AFTER UPDATE OF number, uri ON status_list
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'status-change'; END;

-- Who may act.
CREATE TRIGGER counts_operator AFTER INSERT ON operator
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_operator_gone AFTER DELETE ON operator
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_operator_altered AFTER UPDATE OF id, handle, login, name, role, made_at, password ON operator
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_passkey AFTER INSERT ON operator_passkey
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_passkey_gone AFTER DELETE ON operator_passkey
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_passkey_altered AFTER UPDATE OF credential, operator, added_at ON operator_passkey
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_four_eyes_altered AFTER UPDATE OF act, digest, kind, proposed_by, made_at, reason ON four_eyes_act
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;
CREATE TRIGGER counts_bundle_altered AFTER UPDATE ON bundle
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'operator'; END;

-- Whom to trust.
CREATE TRIGGER counts_counter_altered
AFTER UPDATE OF registration_id, counter_id, jwt, certificate, registered_at, expires_at ON counter
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_identity_altered AFTER UPDATE OF url, first_used ON identity
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_identity_gone AFTER DELETE ON identity
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
DROP TRIGGER counts_witness_anew;
CREATE TRIGGER counts_witness_anew AFTER UPDATE OF name, vkey, url ON ledger_witness
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_quorum AFTER UPDATE ON number WHEN OLD.name = 'witness_quorum' OR NEW.name = 'witness_quorum'
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_quorum_gone AFTER DELETE ON number WHEN OLD.name = 'witness_quorum'
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_quorum_replaced BEFORE INSERT ON number WHEN NEW.name = 'witness_quorum'
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_signer AFTER INSERT ON signer
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_signer_gone AFTER DELETE ON signer
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_signer_altered
AFTER UPDATE OF role, generation, key_id, spki, published_at, active_from, ends_at ON signer
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;

-- Whose number of a sector is whose.
CREATE TRIGGER counts_person_altered AFTER UPDATE ON person
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;
CREATE TRIGGER counts_person_gone AFTER DELETE ON person
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'policy'; END;

-- The chain. Each certificate has its entry in the registry log.
CREATE TRIGGER counts_ca AFTER INSERT ON ca_certificate
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'certificate'; END;
CREATE TRIGGER counts_ca_altered AFTER UPDATE ON ca_certificate
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'certificate'; END;
CREATE TRIGGER counts_ca_gone AFTER DELETE ON ca_certificate
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'certificate'; END;
CREATE TRIGGER counts_leaf AFTER INSERT ON signer_certificate
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'certificate'; END;
CREATE TRIGGER counts_leaf_altered AFTER UPDATE ON signer_certificate
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'certificate'; END;
CREATE TRIGGER counts_leaf_gone AFTER DELETE ON signer_certificate
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'certificate'; END;
CREATE TRIGGER counts_authority_altered AFTER UPDATE ON authority
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'certificate'; END;
CREATE TRIGGER counts_root AFTER INSERT ON root_document
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'bundle'; END;
CREATE TRIGGER counts_root_altered AFTER UPDATE ON root_document
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'bundle'; END;
CREATE TRIGGER counts_root_gone AFTER DELETE ON root_document
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'bundle'; END;

-- What an event keeps, its leaf aside, which is held against the tree. An erasure is counted by schema-5-acts.
CREATE TRIGGER counts_event_altered
AFTER UPDATE OF id, log, subject, stored, for_citizen, for_auditors, epoch ON ledger_event
WHEN NOT (OLD.stored IS NOT NULL AND NEW.stored IS NULL)
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'erasure'; END;
CREATE TRIGGER counts_event_replaced BEFORE INSERT ON ledger_event
WHEN EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.id OR seq = NEW.seq)
BEGIN UPDATE changed_row SET count = count + 1 WHERE class = 'erasure'; END;
