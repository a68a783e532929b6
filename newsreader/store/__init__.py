"""The library: everything that is kept, in one SQLite file, and the only place that knows SQL.

`Store` is one class made of parts by subject. A Store serves one thread at a time; each process, and each of its
threads that reads at the same time as another, opens its own.
"""

from __future__ import annotations

from newsreader.store.ingest import Intake
from newsreader.store.seeking import BEGINNING
from newsreader.store.store import RECOVERY_BEGUN, Store

__all__ = ["BEGINNING", "RECOVERY_BEGUN", "Intake", "Store"]
