# Requests of the counter and answers of citizens.

err-services-file-widens = services.toml asks for more than is registered.
rec-services-file-widens = Remove what is not registered from the file.

err-services-file-malformed = services.toml names a service twice or leaves it empty.
rec-services-file-malformed = Correct the file: each service once, with at least one fact.

err-pending-malformed = The stored request is damaged.
rec-pending-malformed = Make a new request.

err-request-without-bundle = This counter has no trust data yet.
rec-request-without-bundle = Import the trust data from Dukcapil first.

err-request-too-large = The request does not fit into QR codes.
rec-request-too-large = Ask for less, or tell the makers of the program.

err-answer-nothing = There is no code to read.
rec-answer-nothing = Scan the code on the citizen's phone.

err-answer-too-many-lines = The file is too long for an answer.
rec-answer-too-many-lines = Choose the right file.

err-answer-other-kind = This code is not a citizen's answer.
rec-answer-other-kind = Scan the answer on the citizen's phone, not another code.

err-replayed = This answer was used before.
rec-replayed = Show a new request and ask for a new answer.

err-request-expired = The time of the request is over.
rec-request-expired = Show a new request and ask for a new answer.

err-answer-state = The answer belongs to another session.
rec-answer-state = Start a new request.

err-evidence-malformed = This file is no evidence.
rec-evidence-malformed = Choose a file made by evidence export.

err-evidence-erased = This evidence was erased; only the receipt of its erasure is left.
rec-evidence-erased = Keep the receipt. Nobody can open the content any more.

err-evidence-key-absent = The key of this evidence is not at this counter.
rec-evidence-key-absent = Check it at the counter that made it, or ask for its key (--key).

err-evidence-sealed = The evidence does not open with this key.
rec-evidence-sealed = Use the key that belongs to it.

err-evidence-altered = The content is not the one that the counter signed.
rec-evidence-altered = Do not use this file. Take a new copy from the counter.

err-evidence-mixed = The parts of this evidence come from different acts.
rec-evidence-mixed = Do not use this file. Take a new copy from the counter.

err-evidence-signature = The counter that asked did not sign this evidence.
rec-evidence-signature = Do not trust it. Tell the inspectorate.

err-evidence-other-counter = This sheet is of another counter; it cannot be checked here.
rec-evidence-other-counter = Check it at the counter that is printed on it, or ask there for the file of the evidence and its key (evidence export --key) and check that here.

err-evidence-chain = The chain of evidence at this counter is broken.
rec-evidence-chain = Erase nothing. Restore the data folder from its backup and tell the inspectorate.

err-evidence-unasked = What was shown in this evidence is not what was asked.
rec-evidence-unasked = Do not trust it. Tell the inspectorate.

err-evidence-status-absent = The status data that was used then is not in the file.
rec-evidence-status-absent = Export it again from the counter that keeps the archive.

err-evidence-status = The status data of that time does not say that the card held.
rec-evidence-status = Do not trust it. Tell the inspectorate.

err-answer-printed-document = This is the code of an official printed document (KK or certificate): not checked.
rec-answer-printed-document = Check it on the ministry's own site when there is internet. The code alone proves nothing.

err-evidence-status-time = The status data in this evidence is not of the time of the check.
rec-evidence-status-time = Do not trust this evidence. Tell the inspectorate.

err-evidence-reason = Old data was used without a reason in this evidence.
rec-evidence-reason = Do not trust this evidence. Tell the inspectorate.

err-evidence-supervisor = An undetermined card was accepted without another supervisor.
rec-evidence-supervisor = Do not trust this evidence. Tell the inspectorate.

err-one-scan-service-needed = A quick-show code is checked for one service.
rec-one-scan-service-needed = Choose the service first, or name it with --service.

err-one-scan-not-here = This service does not take quick-show codes.
rec-one-scan-not-here = Show the counter's request and ask the citizen to answer it.

err-one-scan-other-facts = This code was made for services that ask other facts.
rec-one-scan-other-facts = Ask the citizen to choose the facts of this service on the phone.

err-one-scan-clock-behind = By this counter's clock the code was made more than three minutes ago.
rec-one-scan-clock-behind = Ask for a new code. If it stays so, compare the clocks of phone and counter: it need not be the citizen's fault.

err-one-scan-clock-ahead = By this counter's clock the code comes from the future.
rec-one-scan-clock-ahead = Compare the clocks of phone and counter, then ask for a new code.

err-one-scan-wrong-card = This code shows another card, not the identity card.
rec-one-scan-wrong-card = Ask the citizen to show the electronic identity card.

err-one-scan-protected = This code reveals an identity number. That is never shown quickly.
rec-one-scan-protected = Do not write the number down. Show the counter's request.

err-one-scan-over-broad = This code reveals more than it may.
rec-one-scan-over-broad = Do not write the facts down. Show the counter's request.

err-paper-service-needed = A paper card is checked for one service.
rec-paper-service-needed = Choose the service first, or name it with --service.

err-paper-not-here = This service does not take paper cards.
rec-paper-not-here = Ask the citizen to answer the counter's request by phone, or look at the identity card.

err-paper-wrong-card = This code holds another card passed off as a paper card.
rec-paper-wrong-card = Do not accept it. Ask the citizen to answer the counter's request.
