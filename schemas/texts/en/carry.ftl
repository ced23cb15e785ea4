carry-root-question = Compare the fingerprint above with the one Dukcapil announced, then type its last 16 characters:
carry-bundle-taken-over = Official list updated: version
carry-bundle-in-use = Official list in use: version
carry-tier-green = Fresh.
carry-tier-amber = Getting old: update today.
carry-tier-red = Too old: update before serving anyone.
carry-tier-none = No card status known: update before serving anyone.

err-bundle-frames-other-kind = These codes are not an official list.
rec-bundle-frames-other-kind = Scan the codes of the official list, not those of a request or an answer.

err-bundle-one-folder = A folder must be named alone.
rec-bundle-one-folder = Name one folder only, or several pictures and texts without a folder.

err-bundle-folder-foreign = The folder to write to holds something else.
rec-bundle-folder-foreign = Choose a new or empty folder, or an older folder of the official list.

err-bundle-file-absent = That address has no complete official list.
rec-bundle-file-absent = Check the address (it usually ends in /bundle), or use a folder from USB.

err-bundle-source-too-large = The official list from that address is too large.
rec-bundle-source-too-large = Do not use it. Get the list from Dukcapil by USB and tell the officer.

err-bundle-folder-without-root = This source does not hold the root of the official list.
rec-bundle-folder-without-root = For the first time use a complete folder (with metadata/1.root.json) or codes from export --whole.

err-bundle-root-unconfirmed = The first official list has not been confirmed by you.
rec-bundle-root-unconfirmed = Compare its fingerprint with the one Dukcapil announced, then repeat with --root-sha256.

err-bundle-root-hash-malformed = The root fingerprint is not written correctly.
rec-bundle-root-hash-malformed = Write its 64 hexadecimal digits as announced by Dukcapil.

err-bundle-none = There is no official list here yet.
rec-bundle-none = Get it first: bundle import FOLDER, or bundle pull URL.
carry-age = Card status information is { $age } old.
