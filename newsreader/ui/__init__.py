"""The reader in the terminal: the only part of the program that uses textual."""
