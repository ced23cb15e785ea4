# Requests to the services.

err-web-not-found = There is no such page.
rec-web-not-found = Check the address, then try again.

err-web-method = A request of this kind is not accepted.
rec-web-method = Update your app, then try again.

err-web-media-type = This kind of content is not accepted.
rec-web-media-type = Update your app, then try again.

err-web-too-large = The request is too large.
rec-web-too-large = Send something smaller.

err-web-form = The form is incomplete or cannot be read.
rec-web-form = Check the form, then send it again.

err-web-no-token = The permission to enter is missing.
rec-web-no-token = Begin again.

err-web-timeout = The request took too long.
rec-web-timeout = Wait a moment, then try again.

err-web-internal = Something is wrong on our side.
rec-web-internal = Try again. If it happens again, tell the officer.
