err-vault-missing = There is no wallet on this device yet.
rec-vault-missing = Create one by choosing a 6-digit PIN.
err-vault-none-aside = No wallet is kept aside.
rec-vault-none-aside = There is nothing to bring back: open your wallet with its PIN.
err-vault-exists = There is already a wallet on this device.
rec-vault-exists = Open it with your PIN.
err-vault-wrong-pin = The PIN does not match.
rec-vault-wrong-pin = Check it and enter your 6-digit PIN again.
err-vault-not-a-vault = The stored file is not an Absah wallet.
rec-vault-not-a-vault = Check which data folder is used. Delete nothing before asking for help.
err-vault-newer = This wallet was saved by a newer version of the app.
rec-vault-newer = Update the app, then open it again.
err-vault-truncated = The wallet file is cut short.
rec-vault-truncated = Restore a backup, or have your cards issued again at Dukcapil.
err-vault-corrupted = The wallet file is damaged or was changed.
rec-vault-corrupted = Restore a backup, or have your cards issued again at Dukcapil.
err-vault-rolled-back = The lock and the content of the wallet are from different times.
rec-vault-rolled-back = Restore the whole wallet file from one and the same backup.
err-vault-storage = The device could not read or save the wallet.
rec-vault-storage = Check free space and permissions, then try again. Your earlier data is still there.
err-vault-full = There is no room left on this device. What is new was not kept; what was in the wallet before is still there.
rec-vault-full = Delete files or photos you do not use, then try again.
err-vault-denied = The device does not allow the wallet to be saved or read.
rec-vault-denied = Check the storage permissions, then try again. Your earlier data is still there.
err-vault-memory = The device does not have enough memory to open the wallet.
rec-vault-memory = Close other apps and try again.
err-vault-key-missing = The key of this card is not in the wallet.
rec-vault-key-missing = Have the card issued again, and tell an officer about this problem.

err-vault-no-recovery = This wallet has no recovery code.
rec-vault-no-recovery = Without PIN and code, the wallet cannot be opened. Begin a new wallet, restore a backup if there is one, and ask for your cards again at the counter.
err-vault-wrong-recovery = This recovery code is not for this wallet, or was replaced by a newer one.
rec-vault-wrong-recovery = Look for the paper with the newest code.
err-recovery-code-length = A recovery code has 28 letters and digits; fewer or more were typed.
rec-recovery-code-length = Type it again exactly as on the paper: seven groups of four letters or digits.
err-recovery-code-character = There is a character that no recovery code has.
rec-recovery-code-character = Type it again exactly as on the paper: seven groups of four letters or digits.
err-recovery-code-checksum = The recovery code is mistyped: a letter or digit is another.
rec-recovery-code-checksum = Type it again exactly as on the paper: seven groups of four letters or digits.
err-recovery-wait = Too many wrong codes.
rec-recovery-wait = Wait a while (at most 15 minutes), then try again.

err-device-keys-absent = This wallet is tied to the device's key store, and there is none here.
rec-device-keys-absent = Open it from the desktop where it was made, or use the recovery code.

err-device-keys-silent = The device's key store does not answer.
rec-device-keys-silent = Log in to the desktop again and try once more, or use the recovery code.

err-device-keys-denied = The device's key store is locked or refuses.
rec-device-keys-denied = Unlock the key store with the device's password and try again, or use the recovery code.

err-device-keys-missing = This device's key store does not hold the key of this wallet. The file may be a copy from another device, or the key store was emptied.
rec-device-keys-missing = Use the recovery code on your paper, then choose a new PIN.
