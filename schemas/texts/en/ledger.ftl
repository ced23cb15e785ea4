# The ledger: notes, checkpoints, proofs, witnesses, audit.

err-note-too-large = This signed note is too large.
rec-note-too-large = Ask the sender for new data. If it happens again, tell the officer.

err-note-malformed = This signed note is damaged.
rec-note-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-note-key-malformed = This key of a log or witness cannot be read.
rec-note-key-malformed = Check the key of the witness or log, then try again.

err-note-unsigned = This note is not signed by the expected key.
rec-note-unsigned = Do not trust this data. Tell the civil registry and the inspectorate.

err-note-signature = The signature of this note does not hold.
rec-note-signature = Do not trust this data. Tell the civil registry and the inspectorate.

err-checkpoint-malformed = This checkpoint of the ledger is damaged.
rec-checkpoint-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-checkpoint-origin = This checkpoint belongs to another log.
rec-checkpoint-origin = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-proof-malformed = This proof of the ledger is incomplete.
rec-ledger-proof-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-ledger-proof-mismatch = This proof does not lead to the signed ledger.
rec-ledger-proof-mismatch = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-tile-missing = A file of the ledger is missing.
rec-ledger-tile-missing = Run it again. If it happens again, restore the data folder from the backup and tell the makers.

err-ledger-tile-length = A file of the ledger has a wrong length.
rec-ledger-tile-length = Run it again. If it happens again, restore the data folder from the backup and tell the makers.

err-ledger-leaf-malformed = This entry of the ledger is not understood.
rec-ledger-leaf-malformed = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-policy-malformed = The list of logs and witnesses cannot be used.
rec-ledger-policy-malformed = Check the key of the witness or log, then try again.

err-ledger-log-unknown = There is no log of that name.
rec-ledger-log-unknown = Use the name audit or registry.

err-tlog-proof-malformed = This proof file is damaged.
rec-tlog-proof-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-witness-request-malformed = This request to the witness is damaged.
rec-witness-request-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-witness-log-unknown = This witness does not watch that log.
rec-witness-log-unknown = Register the log's key with the witness (trust-log).

err-witness-signature = The log did not sign this checkpoint.
rec-witness-signature = Do not trust this data. Tell the civil registry and the inspectorate.

err-witness-conflict = The witness has seen another size or content of this log.
rec-witness-conflict = Send again beginning from the size the witness names.

err-witness-inconsistent = The history of this log was changed.
rec-witness-inconsistent = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-too-large = This log is too large to be audited at once.
rec-ledger-too-large = Ask the sender for new data. If it happens again, tell the officer.

err-ledger-file-missing = A file of the ledger cannot be fetched.
rec-ledger-file-missing = Check the address and the network, then try again.

err-ledger-tile-altered = A file of the ledger's tree was altered.
rec-ledger-tile-altered = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-entries-altered = A file of the ledger's entries was altered.
rec-ledger-entries-altered = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-root-mismatch = The ledger's content does not fit its signed checkpoint.
rec-ledger-root-mismatch = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-entry-malformed = An entry of the ledger has a wrong form.
rec-ledger-entry-malformed = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-event-repeated = One event stands in the ledger twice.
rec-ledger-event-repeated = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-rollback = The ledger is shorter than it was before.
rec-ledger-rollback = Do not trust this data. Tell the civil registry and the inspectorate.

err-ledger-forked = The ledger has another history than before.
rec-ledger-forked = Do not trust this data. Tell the civil registry and the inspectorate.

err-quorum-missing = Too few witnesses have co-signed. This is not final yet.
rec-quorum-missing = Wait a moment and check again. If it stays, call the agencies that witness.

err-witness-cosignature-broken = The signature of a witness does not hold.
rec-witness-cosignature-broken = Do not trust this data. Tell the civil registry and the inspectorate.

err-checkpoint-stale = The witnesses have not vouched for this ledger for too long. Newer entries may be hidden.
rec-checkpoint-stale = Try again when connected, and check this device's clock. If it stays so, tell the inspectorate.

err-witness-cosignature-ahead = A witness's signature is of a time to come and does not count.
rec-witness-cosignature-ahead = Check the clock of this device and that of the witness.
err-ledger-stale = The witnesses have not vouched for this ledger for too long. Newer entries may be hidden.
err-checkpoint-uncosigned = Too few witnesses have co-signed. This is not final yet.
rec-ledger-stale = Try again when connected, and check this device's clock. If it stays so, tell the inspectorate.
rec-checkpoint-uncosigned = Wait a moment and check again. If it stays, call the agencies that witness.

err-ledger-policy-changed = The site now names other log keys, other witnesses, or needs fewer of them than before.
rec-ledger-policy-changed = Ask the civil registry and the inspectorate. If it is right, run it again with --accept-policy-change.

err-ledger-unwitnessed = No witnesses: no other agency vouches for this ledger, and nothing in it is final.
rec-ledger-unwitnessed = Ask the civil registry to name witnesses (ledger witness add), then audit again.
