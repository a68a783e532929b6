"""Everything that can go wrong in words.

NewsreaderError
├── UsageError        the person asked for something that does not exist or makes no sense
├── ConfigError       config.toml cannot be used as it stands
├── LibraryError      the library cannot be opened, read or written
│   ├── LibraryNewer      written by a newer program: it is read, never written
│   ├── LibraryDamaged    the file is not a library, or no longer one
│   └── LibraryFull       the disk has no room, or the folder takes no writes
├── FetchError        an address gave no document (kept on the source as its error)
│   ├── Offline           no network at all: nobody's fault, no back-off
│   ├── Unreachable       nothing was heard of the host: if of no other either, it is the network
│   │   ├── UnknownHost       its name does not exist, or nobody is there to say so
│   │   └── Untrusted         somebody answered who cannot show that he is the host
│   └── HeldBack          not asked at all: its host wants to be left alone for now
├── ModelError        a language model gave no answer, or not all of it
│   └── AiOff             none is set
├── ParseError        bytes that are not what they should be
│   └── NotAFeed          a document, but no feed
├── ChildError        a child was killed at its deadline or memory cap, or died
└── WorkerError       the worker does not answer or speaks another protocol

Each has a phrase for the person (what, where, what to do) and, where there is one, a cause for the log. The phrase
is cleaned when it is made, because parts of it may come from a server (RELIABILITY: reason phrases, addresses); both
lose the name and password of every address.
"""

from __future__ import annotations

from newsreader.text import one_line, without_userinfo


class NewsreaderError(Exception):
    """The root: `phrase` is a whole sentence for the person, `cause` is what the log keeps.

    `told` is set where the person was told already: nobody says a thing twice.
    """

    told = False

    def __init__(self, phrase: str, cause: str = "") -> None:
        self.phrase = one_line(without_userinfo(phrase), 400)
        self.cause = one_line(without_userinfo(cause), 1000)
        super().__init__(self.phrase)


class UsageError(NewsreaderError):
    """The person asked for something that does not exist or makes no sense."""


class ConfigError(NewsreaderError):
    """config.toml cannot be used as it stands; the phrase names file, line and nearest key."""


class LibraryError(NewsreaderError):
    """The library cannot be opened, read or written."""


class LibraryNewer(LibraryError):
    """The library was written by a newer program: it is read, never written."""


class LibraryDamaged(LibraryError):
    """The file is not a library, or no longer one."""


class LibraryFull(LibraryError):
    """The disk has no room, or the folder takes no writes."""


class FetchError(NewsreaderError):
    """An address gave no document.

    `status` is the HTTP status where there was an answer (RFC 9110), `retry_after` the seconds a server asked for,
    `gone` is true for 410: the source is to be retired.
    """

    def __init__(
        self, phrase: str, cause: str = "", *, status: int | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(phrase, cause)
        self.status = status
        self.retry_after = retry_after

    @property
    def gone(self) -> bool:
        """Whether the server said that this address will not come back (410)."""
        return self.status == 410


class Offline(FetchError):
    """No network at all: nobody's fault, said once, and no back-off."""


class Unreachable(FetchError):
    """Nothing was heard of the host; where nobody else answers either, this computer has lost its network."""


class UnknownHost(Unreachable):
    """The host's name does not exist, says the resolver; some resolvers say so of every name without a network."""


class Untrusted(Unreachable):
    """Somebody answered who is not the host: where all are so, a network wants a login, or the clock is wrong."""


class HeldBack(FetchError):
    """Not asked at all: the host wants to be left alone until `until` (Unix seconds), `retry_after` from now."""

    def __init__(self, phrase: str, cause: str = "", *, until: int = 0, retry_after: int | None = None) -> None:
        super().__init__(phrase, cause, retry_after=retry_after)
        self.until = until


class ModelError(NewsreaderError):
    """A language model gave no answer, or not all of it.

    `key_refused` and `model_missing` say what the person has to set right.
    """

    def __init__(self, phrase: str, cause: str = "", *, key_refused: bool = False, model_missing: bool = False) -> None:
        super().__init__(phrase, cause)
        self.key_refused = key_refused
        self.model_missing = model_missing


class AiOff(ModelError):
    """No language model is set: nothing is sent anywhere."""


class ParseError(NewsreaderError):
    """Bytes that are not what they should be."""


class NotAFeed(ParseError):
    """A document, but no feed; the phrase says what it is instead.

    `page` is true for a web page that is there to be read: no login page, and no question whether a person is there.
    """

    def __init__(self, phrase: str, cause: str = "", *, page: bool = False) -> None:
        super().__init__(phrase, cause)
        self.page = page


class ChildError(NewsreaderError):
    """A child was killed at its deadline or memory cap, or died."""


class WorkerError(NewsreaderError):
    """The worker does not answer or speaks another protocol."""
