# Making and reading QR codes.

err-pack-empty = The code is empty.
rec-pack-empty = Ask for a new code.

err-pack-version-unknown = The code was made by another version of the app.
rec-pack-version-unknown = Update the app on both sides and try again.

err-pack-dictionary-unknown = The code uses a word list that is not known here.
rec-pack-dictionary-unknown = Update the trust data and try again.

err-pack-too-large = What the code holds is too long.
rec-pack-too-large = Do not accept this code. Ask for a new one.

err-pack-truncated = The code is cut off.
rec-pack-truncated = Scan it again until it is complete.

err-pack-trailing = Something follows after the end of the code.
rec-pack-trailing = Do not accept this code. Ask for a new one.

err-pack-inflate = What the code holds is damaged.
rec-pack-inflate = Scan it again. If that fails, ask for a new code.

err-pack-malformed = What the code holds cannot be read.
rec-pack-malformed = Scan it again. If that fails, ask for a new code.

err-pack-too-deep = The code is built in an unusual way.
rec-pack-too-deep = Do not accept this code. Ask for a new one.

err-pack-bad-reference = Parts of the code do not fit together.
rec-pack-bad-reference = Do not accept this code. Ask for a new one.

err-pack-binding-unknown = The code answers a request that is not known here.
rec-pack-binding-unknown = Show a new request and scan its answer.

err-pack-certificate-unknown = The issuer of the card is not known here.
rec-pack-certificate-unknown = Update the trust data and try again.

err-pack-not-text = What the code holds is not text.
rec-pack-not-text = Do not accept this code. Ask for a new one.

err-frame-not-ours = This is not an Absah code.
rec-frame-not-ours = Scan the code on the counter's screen or on the citizen's phone.

err-frame-version-unknown = This Absah code is of a newer version.
rec-frame-version-unknown = Update this app and try again.

err-frame-kind-unknown = This kind of code is not known.
rec-frame-kind-unknown = Update this app and try again.

err-frame-too-long = The text is too long for one code.
rec-frame-too-long = Enter one code on each line.

err-frame-base45 = The code holds wrong characters.
rec-frame-base45 = Scan again. With a hand scanner, choose the English keyboard.

err-frame-too-short = The code is too short.
rec-frame-too-short = Scan it again until it is complete.

err-frame-checksum = The code was read wrongly.
rec-frame-checksum = Scan it again from a good distance and in good light.

err-frame-header = The code holds impossible numbers.
rec-frame-header = Do not accept this code. Ask for a new one.

err-frame-message-too-large = The code announces too much content.
rec-frame-message-too-large = Do not accept this code. Ask for a new one.

err-frame-conflict = Two scanned codes contradict each other.
rec-frame-conflict = Scan again from the start, from one screen only.

err-frame-message-check = The codes are complete, but what they hold does not fit.
rec-frame-message-check = Scan again from the start.

err-frames-none = No code has been scanned yet.
rec-frames-none = Point the camera at the code.

err-frames-missing = The codes are not complete.
rec-frames-missing = Scan the codes that are missing.

err-split-too-large = There is too much for QR codes.
rec-split-too-large = Choose fewer facts or send them over the network.

err-split-version = There is no QR code of that size.
rec-split-version = Report this fault to whoever runs the app.

err-qr-too-long = The text is too long for one QR code.
rec-qr-too-long = Report this fault to whoever runs the app.

err-qr-scale = A picture of that size is impossible.
rec-qr-scale = Choose another size.

err-qr-picture = The picture of the QR code could not be made.
rec-qr-picture = Report this fault to whoever runs the app.

err-picture-too-many-bytes = The picture file is too large.
rec-picture-too-many-bytes = Use a smaller photograph.

err-picture-format = The file is neither PNG nor JPEG.
rec-picture-format = Save the picture as PNG or JPEG and try again.

err-picture-damaged = The picture is damaged.
rec-picture-damaged = Take the picture again.

err-picture-too-many-pixels = The picture has too many pixels.
rec-picture-too-many-pixels = Use a smaller photograph.

err-picture-no-code = No QR code could be read in the picture.
rec-picture-no-code = Take it again: the whole code, straight, sharp, without glare.
err-picture-pdf-no-code = No QR code was found in this PDF.
rec-picture-pdf-no-code = The counter reads Absah's paper cards, and scans that are photographs (JPEG) inside a PDF. Any other PDF: save its page as a picture (PNG or JPEG), or hold the screen before the camera.

err-picture-reader = The QR reader stopped on this picture.
rec-picture-reader = Take the picture again in another way.

err-picture-too-much-work = Too much is drawn in this file to look for its code.
rec-picture-too-much-work = Scan or photograph one page only, the one with the QR code.

err-parcel-version-unknown = These codes come from a newer version.
rec-parcel-version-unknown = Update this program, then scan again.

err-parcel-too-large = The content of these codes is too large.
rec-parcel-too-large = Do not use it. Ask Dukcapil for new codes.

err-parcel-malformed = The content of these codes is damaged.
rec-parcel-malformed = Scan all codes once more from the sender's screen.

err-parcel-unwritable = The official list cannot be made into codes.
rec-parcel-unwritable = Use a folder by USB, and tell the makers.
