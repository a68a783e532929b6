"""Read marks packed: identities of articles with their times, as backups hold them."""

from __future__ import annotations

import json
import zlib
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from newsreader.text import short_identity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.store.connection import Row

_LEVEL: Final = 6  # of deflate: further ones take twice the time for a hundredth of the size


def pack_marks(rows: Sequence[Row]) -> bytes:
    """Identities with their times, in the order of these: the times as steps from one to the next."""
    times = [sort_at for _, sort_at in rows]
    steps = [after - before for before, after in zip([0, *times], times, strict=False)]
    packed = json.dumps([[identity for identity, _ in rows], steps], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(packed.encode("utf-8", "replace"), _LEVEL)


def unpack_marks(packed: bytes) -> list[tuple[str, int]]:
    """The same again; older ones have identities in full. Raises ValueError for anything else."""
    identities, steps = json.loads(zlib.decompress(packed))
    return list(zip(map(short_identity, map(str, identities)), accumulate(steps), strict=True))
