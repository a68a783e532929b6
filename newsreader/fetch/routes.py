"""Whether this computer has a way out at all, learnt without sending anything."""

from __future__ import annotations

import errno
import socket
import time
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MANY_UNREACHED, OFFLINE_PAUSE

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.errors import Unreachable

_OUTSIDE: Final = (
    (socket.AF_INET, "192.0.2.1"),
    (socket.AF_INET6, "2001:db8::1"),
)  # for documents only: RFC 5737, 3849
_DISCARD: Final = 9
_NO_ROUTE: Final = frozenset(
    {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
)


def has_route() -> bool:
    """Whether the system knows a way to the world outside, by IPv4 or IPv6; in doubt it does.

    Connecting a UDP socket only looks into the routing table: nothing leaves this computer.
    """
    return any(_leads_out(family, address) for family, address in _OUTSIDE)


def _leads_out(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, _DISCARD))
    except OSError as error:
        return error.errno not in _NO_ROUTE
    return True


class Nowhere:
    """Whether hosts look unknown or silent only because there is no network: very many in a row, and not one answer.

    It is believed for a minute from the first of them; then hosts are asked again. `clock` is monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._hosts: set[str] = set()
        self._since = 0.0
        self._last: Unreachable | None = None

    def note(self, host: str, failure: Unreachable) -> None:
        """Count a host that is unknown, silent or not to be trusted."""
        self._last = failure
        if not self._hosts or self._clock() - self._since >= OFFLINE_PAUSE:
            self._hosts.clear()
            self._since = self._clock()
        self._hosts.add(host)

    def clear(self) -> None:
        """Somebody answered."""
        self._hosts.clear()
        self._last = None

    def sure(self) -> Unreachable | None:
        """What the last host came to, if it was one too many: then the next need not be asked."""
        many = len(self._hosts) >= MANY_UNREACHED and self._clock() - self._since < OFFLINE_PAUSE
        return self._last if many else None
