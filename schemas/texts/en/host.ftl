# The machine a program runs on.

err-random-unavailable = The system gives no random numbers.
rec-random-unavailable = Restart the computer and try again.

err-file-missing = The file was not found.
rec-file-missing = Check its name and place.

err-file-too-large = The file is too large.
rec-file-too-large = Make sure that it is the right file.

err-file-not-text = The file is not a text file.
rec-file-not-text = Make sure that it is the right file.

err-file-unreadable = The file cannot be opened.
rec-file-unreadable = Check its permissions and the disk.

err-file-unwritable = The file cannot be saved.
rec-file-unwritable = Check the permissions of the folder and the space on the disk.

err-folder-too-large = The folder holds too much.
rec-folder-too-large = Make sure that it is the right folder.

err-folder-not-plain = The folder holds a link or a special file.
rec-folder-not-plain = Copy the folder again from where it came.

err-folder-name = A file name is not allowed.
rec-folder-name = Ask for a new delivery.

err-data-dir-no-home = Nothing says where the data is kept.
rec-data-dir-no-home = Run it again with --data-dir FOLDER.

err-data-dir-foreign = The data folder belongs to something else.
rec-data-dir-foreign = Choose an empty folder with --data-dir FOLDER.

err-data-dir-newer = The data was written by a later version.
rec-data-dir-newer = Install the latest version.

err-data-dir-busy = Another process is writing this data.
rec-data-dir-busy = Wait a moment and try again.

err-settings-not-toml = config.toml cannot be read.
rec-settings-not-toml = Correct it; the format is TOML.

err-settings-unknown-key = config.toml has a setting that is not known.
rec-settings-unknown-key = Check its spelling or remove the line.

err-settings-value = The value of a setting cannot be used.
rec-settings-value = Check config.toml and the ABSAH_ variables.

err-settings-missing = A required setting is missing.
rec-settings-missing = Set it in config.toml or on the command line.

err-dev-in-production = Development mode is not allowed in production.
rec-dev-in-production = Remove --dev-loopback and ABSAH_DEV, or change the profile.

err-key-passphrase-required = No key passphrase is provided.
rec-key-passphrase-required = Point ABSAH_KEY_PASSPHRASE_FILE to the file with the passphrase.

err-key-passphrase-empty = The key passphrase file is empty.
rec-key-passphrase-empty = Write the passphrase on its first line.

err-pin-format = A PIN has six digits.
rec-pin-format = Type the six digits of your PIN.

err-pin-weak = This PIN is too easy to guess.
rec-pin-weak = Choose six other digits, not in a row and not repeated.

err-pin-differs = The two PINs differ.
rec-pin-differs = Type the same PIN twice.

err-pin-no-terminal = The PIN cannot be asked for here.
rec-pin-no-terminal = Set ABSAH_PIN, or run it in a terminal.

host-dev-loopback = development mode: http and addresses of this machine are allowed
host-development-key-protection = the key passphrase lies in the data folder; not for real use
host-pin-prompt = Your PIN (6 digits):
host-pin-prompt-new = Choose a new PIN (6 digits):
host-pin-prompt-again = Type the PIN again:

err-password-weak = The password is too easy.
rec-password-weak = Use at least 12 characters, such as three words that have nothing to do with each other.

err-password-differs = The two passwords differ.
rec-password-differs = Type the same password twice.

host-password-prompt-new = New password, at least 12 characters (leave empty where the officer chooses it at the first sign-in):
host-password-prompt-again = Type the password again:

err-data-dir-open-to-others = Anybody on this computer can change what is in this data folder.
rec-data-dir-open-to-others = Close the folder first with chmod 700, check what is in it, then try again.
