"""What the journal can put back: for each column name of its entries, which value is meant and how it is set.

A new kind of change that shall be undoable is one line in `KINDS`. An entry's column name is a key of it, or, where a
kind takes an argument, the key, a colon and the argument: `tagged:linux`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(NamedTuple):
    """One kind of value. In its SQL `:ids` are the things, as a JSON list, `:value` is what they get.

    - `thing` is the table whose rows are the targets of the entries.
    - `current` is an expression over such a row: the value that it has now.
    - `put` are statements that give `:value` to all of `:ids`; `:argument` follows the colon, `:now` is the moment.
    - `stamp` is for moments that hide a thing: a thing that is hidden anew is hidden from now on.
    - `free` is a further condition on the row for which `:value` is possible.
    """

    thing: str
    current: str
    put: tuple[str, ...]
    stamp: bool = False
    free: str = "TRUE"


_AMONG: Final = "IN (SELECT value FROM json_each(:ids))"
# An address belongs to one source that is not removed: what would break that is left as it is.
_TAKEN: Final = "SELECT 1 FROM source other WHERE other.removed_at IS NULL AND other.id <> source.id AND other.url"


def _field(table: str, column: str, *, free: str = "TRUE") -> Kind:
    """A column of the thing itself; `removed_at` hides it."""
    put = f"UPDATE {table} SET {column} = :value WHERE id {_AMONG}"
    return Kind(table, f"{table}.{column}", (put,), stamp=column == "removed_at", free=free)


def _fields(table: str, *columns: str, prefix: str = "") -> Mapping[str, Kind]:
    return {prefix + column: _field(table, column) for column in columns}


KINDS: Final[Mapping[str, Kind]] = {
    **_fields("status", "read", "bookmarked_at", "opened_at", "later_at", "here", "hidden_by"),
    **_fields("source", "given_title", "folder", "position", "full_text_mode", "settings", "tags"),
    "url": _field("source", "url", free=f"(source.removed_at IS NOT NULL OR NOT EXISTS ({_TAKEN} = :value))"),
    "removed_at": _field(
        "source", "removed_at", free=f"(:value IS NOT NULL OR NOT EXISTS ({_TAKEN} = source.url))"
    ),
    "tagged": Kind(
        "status",
        "EXISTS (SELECT 1 FROM tagged JOIN tag ON tag.id = tag_id WHERE article_id = status.id AND name = :argument)",
        (
            "INSERT OR IGNORE INTO tag (name) SELECT :argument WHERE :value",
            f"""
            INSERT OR IGNORE INTO tagged (tag_id, article_id) SELECT tag.id, status.id FROM tag, status
            WHERE :value AND tag.name = :argument AND status.id {_AMONG}
            """,
            f"""
            DELETE FROM tagged
            WHERE NOT :value AND tag_id = (SELECT id FROM tag WHERE name = :argument) AND article_id {_AMONG}
            """,
        ),
    ),
    "note": Kind(
        "status",
        "(SELECT text FROM note WHERE note.id = status.id)",
        (
            f"DELETE FROM note WHERE :value IS NULL AND id {_AMONG}",
            f"""
            INSERT INTO note (id, text, written_at) SELECT id, :value, :now FROM status
            WHERE :value IS NOT NULL AND id {_AMONG}
            ON CONFLICT (id) DO UPDATE SET text = excluded.text, written_at = excluded.written_at
            """,
        ),
    ),
    "tag.name": _field(
        "tag", "name", free="NOT EXISTS (SELECT 1 FROM tag other WHERE other.name = :value AND other.id <> tag.id)"
    ),
    **_fields("highlight", "removed_at", prefix="highlight."),
    **_fields("smart_source", "title", "query", "folder", "position", "removed_at", prefix="smart_source."),
    **_fields("rule", "title", "query", "deed", "argument", "position", "paused", "removed_at", prefix="rule."),
}  # fmt: skip
"""Every kind by the column name of its entries. Names of the first schemas stand bare, later ones name their table."""


def tagged(name: str) -> str:
    """The column name of an entry that says whether an article (its target) has this tag: 0 or 1."""
    return f"tagged:{name}"


def kind_of(column_name: str) -> tuple[Kind | None, str]:
    """The kind of an entry and its argument; no kind for a name that is not known (any more)."""
    name, _, argument = column_name.partition(":")
    return KINDS.get(name), argument
