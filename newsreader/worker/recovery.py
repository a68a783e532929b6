"""What comes back when a library was begun because there was none, or because the one there was is damaged.

First what can be read of the damaged one, then the sources of the OPML mirror, then the newest sound backup. Each only
adds to what came before. It is in the journal, but in no window's undo. Where it is broken off, be it by kill -9,
whoever opens the library next does it again: of a large library it takes minutes.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsreader import log
from newsreader.bounds import SALVAGE_WHOLE
from newsreader.errors import NewsreaderError
from newsreader.store import RECOVERY_BEGUN
from newsreader.store.rotation import trusted_backups
from newsreader.store.salvage import salvage
from newsreader.store.unpacking import unpacked
from newsreader.text import count_of, iso_utc
from newsreader.worker.lock import FileLock
from newsreader.worker.mirror import restore

if TYPE_CHECKING:
    from newsreader.config import Paths
    from newsreader.store import Store

WINDOW: Final = "recovery"
"""Who does it, for the journal."""

_log = log.get("recovery")


def may_bring_back(store: Store, paths: Paths) -> bool:
    """Whether there is anything from which something could come back."""
    return not store.created or store.aside is not None or paths.mirror.exists() or paths.backups.exists()


def bring_back(store: Store, paths: Paths) -> None:
    """Fill a library that has just been begun; what came back is added to what `store.recovered` says."""
    lock = FileLock(paths.library.with_name("recovery.lock"))
    if not store.lacks_former or not may_bring_back(store, paths) or not lock.acquire():  # who has it is about it
        return
    try:
        if store.created:
            store.remember(RECOVERY_BEGUN, "" if store.aside is None else store.aside.name)
        elif (name := store.recall(RECOVERY_BEGUN)) is None:
            return  # another process has finished it
        elif name and (aside := paths.library.with_name(name)).exists():
            store.aside = aside
        _bring_back(store, paths)
        store.forget(RECOVERY_BEGUN)
    finally:
        lock.release()


def _bring_back(store: Store, paths: Paths) -> None:
    with store.acting_for(WINDOW):
        came = [] if store.aside is None else _salvage(store, store.aside)
        sources = restore(store, paths.mirror)
        came += _from_backup(store, paths)
    # What came back stands first: the foot of the screen may not have room for more.
    if store.aside is not None:
        store.recovered = " ".join(["The library was damaged.", *came, f"It was kept as {store.aside.name}."])
    elif came and sources:
        store.recovered = " ".join(["There was no library any more.", *came])


def _salvage(store: Store, damaged: Path) -> list[str]:
    """Take over what can be read of a damaged library: all of a small one, of a large one what cannot be fetched."""
    try:
        whole = damaged.stat().st_size <= SALVAGE_WHOLE
        with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
            plain = Path(folder) / "library.db"
            salvage(damaged, plain, whole=whole)
            came = store.take_in(plain).words
    except (NewsreaderError, OSError) as error:
        _log.error("nothing more can be had of %s: %s", damaged.name, error)
        return []
    return [f"Of it came back: {came}."] if came else []


def _from_backup(store: Store, paths: Paths) -> list[str]:
    """Take over the newest backup that is sound."""
    for backup in trusted_backups(paths.backups, time.time()):
        try:
            with unpacked(backup) as plain:
                restored = store.take_in(plain)
        except NewsreaderError as error:
            _log.error("%s is passed over: %s", backup.name, error.phrase)
            continue
        day = iso_utc(restored.made_at)[:10]
        return [f"From the backup of {day} came back: {restored.words}."] if restored.words else []
    return []


def mend_texts(store: Store, folder: Path) -> str | None:
    """Mend what is damaged of the texts that are kept, before the next backup is made of them; what came, in words.

    What no backup has stays as it is: its page may still have it.
    """
    if store.read_only:
        return None
    sound = store.mend_wordings()
    damaged = left = store.damaged_texts()
    for backup in trusted_backups(folder, time.time()) if left or not sound else ():
        try:
            with unpacked(backup) as plain:
                store.mend_from(plain)
        except NewsreaderError as error:
            _log.error("%s is passed over: %s", backup.name, error.phrase)
            continue
        left = store.damaged_texts()
        if not left and store.mend_wordings():
            break
    mended = len(damaged - left)
    return (
        f"{count_of(mended, 'text')} that you keep had been damaged, and came back from a backup." if mended else None
    )
