"""What a language model answered: kept for a while, and found again by what was asked of which text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import AI_DAYS, AI_KEPT
from newsreader.store.part import Part

if TYPE_CHECKING:
    from newsreader.model.answers import NewReply, Reply
    from newsreader.store.connection import Row

_DAY: Final = 86_400
_COLUMNS: Final = "id, deed, model, asked_at, version, answer"


class Replies(Part):
    """The part of the Store that keeps answers."""

    def keep_reply(self, reply: NewReply) -> int:
        """Keep an answer, in place of an earlier one to the same, and give its id."""
        packed = {
            "host": reply.host,
            "question": reply.question,
            "document": reply.document.decode(),
            "receipts": reply.receipts,
            "spots": reply.spots,
            "note": reply.note,
        }
        with self._db.transaction():
            return int(
                self._db.value(
                    """
                    INSERT INTO answer (key, article_id, deed, model, asked_at, version, answer)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (key) DO UPDATE SET
                        article_id = excluded.article_id, asked_at = excluded.asked_at, version = excluded.version,
                        answer = excluded.answer
                    RETURNING id
                    """,
                    (
                        reply.key,
                        reply.article,
                        str(reply.ask),
                        reply.model,
                        self._now(),
                        reply.document_version,
                        json.dumps(packed, ensure_ascii=False).encode(),
                    ),
                )
            )

    def reply(self, reply_id: int) -> Reply | None:
        """An answer, if it is kept still."""
        row = self._db.one(f"SELECT {_COLUMNS} FROM answer WHERE id = ?", (reply_id,))
        return None if row is None else _read(row)

    def reply_for(self, key: str, version: int) -> int | None:
        """The id of the answer that was given to this, of this version of documents."""
        found = self._db.value("SELECT id FROM answer WHERE key = ? AND version = ?", (key, version))
        return None if found is None else int(found)

    def replies_about(self, article_id: int, version: int) -> tuple[Reply, ...]:
        """The answers about an article, or the story that was asked about by it, the last one first."""
        rows = self._db.all(
            f"SELECT {_COLUMNS} FROM answer WHERE article_id = ? AND version = ? ORDER BY asked_at DESC, id DESC",
            (article_id, version),
        )
        return tuple(found for row in rows if (found := _read(row)) is not None)

    def drop_replies(self) -> int:
        """Take all answers away, and say how many there were."""
        with self._db.transaction():
            return self._db.run("DELETE FROM answer")

    def forget_replies(self) -> bool:
        """Forget answers of long ago and those beyond AI_KEPT, within a transaction; say whether there were any."""
        old = self._db.run("DELETE FROM answer WHERE asked_at < ?", (self._now() - AI_DAYS * _DAY,))
        many = self._db.run(
            "DELETE FROM answer WHERE id IN (SELECT id FROM answer ORDER BY asked_at DESC, id DESC LIMIT -1 OFFSET ?)",
            (AI_KEPT,),
        )
        return old + many > 0


def _read(row: Row) -> Reply | None:
    """An answer as it was kept; None for one that makes no sense, as of a newer program."""
    from newsreader.model.answers import Ask, Receipt, Reply, Spot

    id_, deed, model, asked_at, version, packed = row
    try:
        kept: dict[str, Any] = json.loads(packed)
        return Reply(
            id_,
            Ask(deed),
            kept["question"],
            model,
            kept["host"],
            asked_at,
            kept["document"].encode(),
            version,
            tuple(Receipt(sentence, tuple(numbers), bool(good)) for sentence, numbers, good in kept["receipts"]),
            tuple(Spot(*spot) for spot in kept["spots"]),
            kept["note"],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
