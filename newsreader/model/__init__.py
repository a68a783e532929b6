"""The values of newsreader: frozen, one shape a stage.

bytes -> ParsedFeed(ParsedArticle…) -> ArticleWrite… -> the library -> ArticleHead, Article. Moments are whole Unix
seconds in UTC; `None` means "not given". Every text here has passed `clean_text`; every `…_html` of a Parsed shape is
as it came and passes `pages.clean` before it is stored.

They are named tuples where they need not be more: making the class takes a fifth of what a frozen dataclass does, and
the first paint waits for all of them.
"""

from __future__ import annotations

from newsreader.model.articles import (
    Article,
    ArticleFace,
    ArticleHead,
    ArticleWrite,
    Former,
    FullText,
    Highlight,
    Keepsake,
    Length,
    Place,
    SavedPage,
    Tag,
)
from newsreader.model.feeds import (
    NO_IDENTITY,
    Bundle,
    Enclosure,
    FeedCandidate,
    KeptQuery,
    ParsedArticle,
    ParsedFeed,
    SourceEdits,
    Subscription,
)
from newsreader.model.keeping import Going, Keep, RetentionPreview, read_keep, size_words
from newsreader.model.library import (
    KEPT_SCOPES,
    NEWEST,
    Action,
    Change,
    Counts,
    LibraryFacts,
    Listing,
    Query,
    Restored,
    Scope,
    Undone,
)
from newsreader.model.rules import Deed, Notice, Reason, Rehearsal, Rule
from newsreader.model.smart import SavedSearch, SmartSource, figure
from newsreader.model.sources import (
    AddedSources,
    FetchState,
    FullTextMode,
    Source,
    SourceHealth,
    SourceKind,
    SourceSettings,
)
from newsreader.model.stories import Gap, Holders, Lead, Origin, Placed, StoryArticle, Teller

__all__ = [
    "KEPT_SCOPES",
    "NEWEST",
    "NO_IDENTITY",
    "Action",
    "AddedSources",
    "Article",
    "ArticleFace",
    "ArticleHead",
    "ArticleWrite",
    "Bundle",
    "Change",
    "Counts",
    "Deed",
    "Enclosure",
    "FeedCandidate",
    "FetchState",
    "Former",
    "FullText",
    "FullTextMode",
    "Gap",
    "Going",
    "Highlight",
    "Holders",
    "Keep",
    "Keepsake",
    "KeptQuery",
    "Lead",
    "Length",
    "LibraryFacts",
    "Listing",
    "Notice",
    "Origin",
    "ParsedArticle",
    "ParsedFeed",
    "Place",
    "Placed",
    "Query",
    "Reason",
    "Rehearsal",
    "Restored",
    "RetentionPreview",
    "Rule",
    "SavedPage",
    "SavedSearch",
    "Scope",
    "SmartSource",
    "Source",
    "SourceEdits",
    "SourceHealth",
    "SourceKind",
    "SourceSettings",
    "StoryArticle",
    "Subscription",
    "Tag",
    "Teller",
    "Undone",
    "figure",
    "read_keep",
    "size_words",
]
