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
