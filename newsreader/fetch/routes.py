"""Whether this computer has a way out at all, learnt without sending anything."""

from __future__ import annotations

import errno
import socket
from typing import Final

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
