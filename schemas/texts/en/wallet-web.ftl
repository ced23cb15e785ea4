
err-browser-no-storage = This browser keeps nothing for this page: a private window, or storage is switched off.
rec-browser-no-storage = Open this page in an ordinary window, or allow storage for it, then try again.

err-browser-full = There is no room left on this phone.
rec-browser-full = Delete photos or apps you do not use, then try again. What was in the wallet before is still there.

err-browser-storage = The browser could not read or keep what is in the wallet.
rec-browser-storage = Close this page, open it again and try again. If it happens again, update the browser.

err-browser-other-tab = The wallet is open in another tab.
rec-browser-other-tab = Close or lock the wallet in the other tab, then try again here.

err-browser-evicted = What was in the wallet in this browser has been deleted: by the browser for want of room, or because site data was cleared.
rec-browser-evicted = Begin a new wallet or restore a backup, then ask for your cards again. Install the wallet on the home screen so that the browser does not delete it.

err-browser-key-gone = The wallet's keys in this browser have been deleted. Without them the cards that are kept can be neither opened nor shown.
rec-browser-key-gone = Begin a new wallet or restore a backup, then ask for your cards again.

err-browser-unreadable = This browser answers in a way that the wallet does not know.
rec-browser-unreadable = Update the browser, then open this page again.

err-browser-no-code = No QR code could be read in that picture.
rec-browser-no-code = Take the picture closer and in better light, or choose another.

err-browser-list-absent = The official list could not be fetched whole.
rec-browser-list-absent = Check the network, then try again.

err-page-not-built = The wallet's page is not in this program.
rec-page-not-built = Run "bash tests/setup web-page", then build this program again.

err-page-listen = The address for the wallet's page cannot be used.
rec-page-listen = Choose another address or port with --listen.

err-page-needs-tls = Without a certificate the wallet's page is served to this machine only.
rec-page-needs-tls = Give --tls-cert and --tls-key, or choose the address 127.0.0.1.

err-page-certificate = The certificate or its key cannot be used: not PEM, or they do not belong together.
rec-page-certificate = Give a certificate and the key that belongs to it as PEM files.

err-page-already-served = Another program already serves the wallet's page from this data folder.
rec-page-already-served = Use the address in run.json, stop that program first, or choose another --data-dir.
