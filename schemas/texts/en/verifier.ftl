# The counter's program.

err-counter-not-initialised = This counter is not set up.
rec-counter-not-initialised = Run the command init first.

err-counter-key-file = The counter's key does not open.
rec-counter-key-file = Check the key passphrase. If the file is damaged, set the counter up and register it again.

err-services-file-unreadable = services.toml cannot be read.
rec-services-file-unreadable = Check how it is written. Only id, title and claims are accepted.

err-session-unknown = There is no such request here.
rec-session-unknown = Check its number, or make a new one.

err-session-open = The request was not answered yet.
rec-session-open = Wait for the citizen's answer.

err-counter-public-url-unknown = Where wallets reach this counter is not known.
rec-counter-public-url-unknown = Run serve, or give --public-url.

err-counter-listen = That address cannot be served on.
rec-counter-listen = Choose another address or port.

err-counter-store = The counter's store does not answer.
rec-counter-store = Check space and permissions of the data folder, then try again.

err-counter-store-damaged = The counter's store is damaged.
rec-counter-store-damaged = Tell the technician. Do not serve with this counter.

counter-accepted = ACCEPTED
counter-refused = REFUSED
counter-undetermined = CANNOT BE TOLD HERE
counter-status-since = Status known as of
counter-init-next = Send this key to Dukcapil to be registered.

counter-yes = yes
counter-no = no
err-request-taken = This request was handed to another phone.
rec-request-taken = Make a new request for this citizen.
