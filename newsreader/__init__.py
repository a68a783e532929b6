"""newsreader: a news reader for the terminal.

Importing this package loads nothing but its version; every program part is imported where it is needed.
"""

__version__ = "0.1.0"
