"""What the person wants to keep: the one condition by which retention, removal and full texts go (DESIGN rule 6)."""

from __future__ import annotations

from typing import Final

KEPT: Final = """(
    st.bookmarked_at IS NOT NULL OR st.later_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM tagged WHERE tagged.article_id = st.id)
    OR EXISTS (SELECT 1 FROM note WHERE note.id = st.id AND note.text <> '')
    OR EXISTS (SELECT 1 FROM highlight WHERE highlight.article_id = st.id AND highlight.removed_at IS NULL)
)"""
"""Whether an article, a row `st` of `status`, is kept for ever with its full text: bookmarked, waiting in Later,
tagged, with a note or with a highlighted passage."""

ALL_KEPT: Final = """(
    SELECT id FROM status INDEXED BY status_bookmarked WHERE here = 1 AND bookmarked_at IS NOT NULL
    UNION SELECT id FROM status INDEXED BY status_later WHERE here = 1 AND later_at IS NOT NULL
    UNION SELECT article_id FROM tagged
    UNION SELECT id FROM note WHERE text <> ''
    UNION SELECT article_id FROM highlight WHERE removed_at IS NULL
)"""
"""The ids of all of these, read from where they are few and not from all articles."""
