"""The shape of the library, as numbered migrations. A released one is never edited; a change is a further one.

- `status` has a row for every article ever seen and outlives the article, so that one that comes back has its old id
  and status. It carries whatever lists select and sort by; `here` says that the article is in the library.
- `article` has what a row of a list shows and what goes with an article; `feed_body` and `full_text` show the bodies,
  which are kept apart, so that lists never read over them, and packed (`store.bodies`). All share the id of `status`.
- `wording` has the words that the bodies are packed by, and `wording_copy` the same again: without them no body can be
  read (`store.wording`). `feed_before` and `full_before` hold what schema 5 packed, until it is packed anew.
- `status.identity` is the article's identity where that is short, else a hash of it (`text.short_identity`), and
  `status.content_hash` tells an edit from a repetition: there are as many as articles ever seen.
- `twin` holds further identities that lead to one article; `no_identity` guids and addresses that stood on several
  articles of a source, and so lead to none of them. `former` keeps what an edit replaced.
- `source.unread` and `source.total` are kept by triggers on `status`, but for articles that come in: whoever inserts
  rows that are `here` counts them in one statement, as a trigger would cost as much as the rows.
- `search` is a contentless FTS5 index: a row is taken out with exactly the words it was put in with, which is what
  `indexing` is for. What goes in was written for it by `query.folding`. `index_queue` holds the ids that wait for it.
- `place` says where the reader was in an article, and how many percent of it that is; 95 are as good as all.
- `source.full_text_log` has a sign for each of the last full texts of a source: `+` gained, `=` as good as the feed's
  text, `-` failed (`store.learning`).
- `hold` has the hosts that asked to be left alone, `kept_query` searches of another reader that ours cannot say.
- New settings (but for how long articles are kept), and a new address, make a source due: it shows whether they work.
- A status that is not here and has the hash of its content went by retention: what the feed still says of it is passed
  over. Without the hash it comes back when it is given again.
- `status.here` is 1 for what is in the library, 2 for what a rule hides (`hidden_by` says which one) and 0 for what is
  gone: lists and counts look at 1 only, so that what is hidden costs them nothing. One that is shown while its rule
  pauses keeps `hidden_by` (see `store.rules`).
- `tag`, `tagged`, `note` and `highlight` hold what the person wrote to an article and hang on `status`, as it outlives
  the article. `smart_source` has the saved searches, `tally` and `tallied` their counts (`store.tallies`), `rule` what
  is done to articles as they come in, and `rule_hit` what was done to which, and so why.
- `site_block` has, for the last articles of each site, marks of the blocks at their ends (`pages.repeated`).
- `told` has the articles of each story of several and which of them are copies, `story` how many sources it has and
  when it was told of last (`store.stories`); a story has the id of its first article.
- `discussion` has the comments of an article and `answer` what a model said, both for a while (`store.talk_tables`).
- `action` and `journal` are what undo works from: `journal.targets` lists the things (JSON) where one row stands for
  several; `action.redo` numbers what a window took back (`undone_by`) and can do again.
- `changes` is what other processes read; `memory` is small UI state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.bounds import MIGRATION_PATIENCE
from newsreader.errors import LibraryError
from newsreader.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    from newsreader.store.connection import Connection

APPLICATION_ID: Final = 0x4E575244
"""Marks the file as ours (SQLite's application_id): "NWRD"."""

SCHEMA: Final = len(MIGRATIONS)
"""The schema that this program writes (SQLite's user_version)."""


def migrate(connection: Connection, target: int = SCHEMA) -> bool:
    """Bring a file to a schema, this program's, in one transaction. Says whether the library was begun by this.

    Two processes may come here at once: the second waits and finds the work done. A file that dies half-way stays as it
    was.
    """
    if connection.value("PRAGMA user_version") == target:
        return False
    watched, patience = (connection.value(f"PRAGMA {name}") for name in ("foreign_keys", "busy_timeout"))
    connection.value(f"PRAGMA busy_timeout = {MIGRATION_PATIENCE * 1_000}")
    connection.run("PRAGMA foreign_keys = OFF")  # a table that another takes the place of takes no rows with it
    try:
        with connection.transaction():
            version = int(connection.value("PRAGMA user_version"))
            if version > target:
                raise LibraryError("The library was taken over by a newer newsreader: start this one again.")
            for number in range(version, target):
                for statement in MIGRATIONS[number]:
                    connection.run(statement)
            if version:
                connection.run("PRAGMA analysis_limit = 400")
                connection.run("ANALYZE")  # a table that was made anew has lost what the planner goes by
            connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.run(f"PRAGMA user_version = {target}")
    finally:
        connection.run(f"PRAGMA foreign_keys = {watched}")
        connection.value(f"PRAGMA busy_timeout = {patience}")
    return version == 0
