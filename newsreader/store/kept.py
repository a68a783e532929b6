"""What the person wants to keep: the one condition by which retention, removal and full texts go (DESIGN rule 6)."""

from __future__ import annotations

from typing import Final

HIDDEN_BY_HAND: Final = 0
"""What stands in `hidden_by` where no rule hides an article but the person."""

_MOMENTS: Final = "st.bookmarked_at IS NOT NULL OR st.later_at IS NOT NULL"
_WRITTEN: Final = """
    EXISTS (SELECT 1 FROM note WHERE note.id = st.id AND note.text <> '')
    OR EXISTS (SELECT 1 FROM highlight WHERE highlight.article_id = st.id AND highlight.removed_at IS NULL)
"""
# Put on by a rule, as far as that can be told: the tags of one of its hits stand in the rule's argument.
_TAGGED_BY_RULE: Final = """EXISTS (
    SELECT 1 FROM rule_hit h JOIN rule r ON r.id = h.rule_id JOIN tag ON tag.id = tagged.tag_id
    WHERE h.article_id = tagged.article_id AND r.deed = 'tag'
        AND instr(' ' || lower(r.argument) || ' ', ' ' || lower(tag.name) || ' ') > 0
)"""

KEPT: Final = f"({_MOMENTS} OR EXISTS (SELECT 1 FROM tagged WHERE tagged.article_id = st.id) OR {_WRITTEN})"
"""Whether an article, a row `st` of `status`, is kept for ever with its full text: bookmarked, waiting in Later,
tagged, with a note or with a highlighted passage."""

NOT_REMOVED: Final = "st.source_id NOT IN (SELECT id FROM source WHERE removed_at IS NOT NULL)"
"""Whether its source was not removed: what was kept is found all the same."""

KEPT_BY_PERSON: Final = (
    f"({_MOMENTS} OR EXISTS (SELECT 1 FROM tagged WHERE tagged.article_id = st.id AND NOT {_TAGGED_BY_RULE}) "
    f"OR {_WRITTEN})"
)
"""The same without what only a rule tagged: a tag of a rule sorts, and is no wish of the person's to see an article
that another rule hides. What a rule bookmarks is kept by the person, whose rule says so."""

ALL_KEPT: Final = """(
    SELECT id FROM status INDEXED BY status_bookmarked WHERE here = 1 AND bookmarked_at IS NOT NULL
    UNION SELECT id FROM status INDEXED BY status_later WHERE here = 1 AND later_at IS NOT NULL
    UNION SELECT article_id FROM tagged
    UNION SELECT id FROM note WHERE text <> ''
    UNION SELECT article_id FROM highlight WHERE removed_at IS NULL
)"""
"""The ids of all of these, read from where they are few and not from all articles."""
