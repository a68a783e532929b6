"""Which articles have a word, a link, a run of words: small, for most of these are in one article only."""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K", str, int)


class HeldBy(Generic[K]):
    """The ids of the articles that have something, in the order in which they came."""

    def __init__(self) -> None:
        self._ids: dict[K, int | list[int]] = {}  # no list for one: that halves what is held

    def __getitem__(self, key: K) -> tuple[int, ...] | list[int]:
        ids = self._ids.get(key, ())
        return (ids,) if isinstance(ids, int) else ids

    def add(self, key: K, id_: int) -> None:
        """Say that an article has something."""
        ids = self._ids.get(key)
        if ids is None:
            self._ids[key] = id_
        elif isinstance(ids, int):
            self._ids[key] = [ids, id_]
        else:
            ids.append(id_)

    def remove(self, key: K, id_: int) -> None:
        """Forget that an article has something."""
        ids = self._ids.get(key)
        if isinstance(ids, list):
            ids.remove(id_)
            if len(ids) == 1:
                self._ids[key] = ids[0]
        elif ids == id_:
            del self._ids[key]
