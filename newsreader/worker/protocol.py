"""The pipe between the reader and its worker: one JSON object a line, each shorter than MAX_LINE.

- The worker begins with `hello`: `{"event": "hello", "program": VERSION, "schema": N, "protocol": PROTOCOL}`.
- Events: `refresh` (done, total), `source` (id, title, added, error), `import` (done, total: articles; title of their
  feed), `readable` and `indexed` (wall and cpu, seconds of all processes), `notice` (text; `offline` when there is no
  network), `told` (text: of new articles for which rules of the person ask, once a refresh at most).
- A request has an `id` that its answers repeat: `{"id": 1, "request": "full_text", "article": 12}`. Answers: `done`
  with the result, `failed` with a phrase and the kind of error. `cancel` ends another request.
- `full_text`, `document` (anew, after a change of the builder) and `former` (the same of former versions) of an
  `article` come through the library.
- `comments` of an `article` come through the library, too (`Store.discussion`); those that are here and were fetched
  within COMMENTS_FRESH are left, unless they are wanted `afresh`. The answer is `found`; false where the article leads
  to no discussion. Then `search` names a host that knows of discussions and was not asked: with `search` (true) in the
  request the article's address is told to it. The event `comments` (article, host) says who is being asked now.
  What cannot be read is no failure of the request: the discussion says it, and has the link.
- `find` (address) gives `page`, `candidates`, the best first and each fetched and read (`url`, `title`, `latest_title`,
  `latest_at`, `weekly`, `full_text` or null, `articles`, `here`: the id of the source that it is, or null), `problem`,
  a phrase where there is none, or where they are not what the address names, and `status`, the HTTP status behind it.
  With `settings`, texts by the names of a source's settings, the address is asked so, and what is added stays so.
  With `source`, an id, they are to be its new address, and have `like`: "articles" it shares, its "title", its "site".
  `add` (address, folder) subscribes to the best, unless there is such a problem: `source`, `title`, `url`, `new`,
  `added`, and of what was found `taken` and `others`, which are like candidates; else `source` is null.
- `import` (path) takes OPML, a list, newsboat's `urls`, `cache.db` or folder, a backup: numbers `added` and `known`
  (sources), `queries`, `smart`, `rules`, `articles`, `read`, `bookmarked`, and `problems` in sentences. `newsboat`
  gives what that one left on this machine: `urls`, `cache` and `config` (paths or null), numbers of `sources`, `tags`,
  `queries`.
- `ask` has a language model answer (only where `[ai]` is set): `ask` (summary, points, explain, translate, headline,
  question; see `model.answers.Ask`) about an `article` (id), a `story` (the id of one of its articles) or `articles`
  (ids, as the list has them), with the `question` for that one; `afresh` does without what was kept.
  `progress` with `stage` "sent" (`host`, `model`, `characters`, `note`: in words what was left out, or ""), then
  "thinking" (once, where the model thinks before it answers) and "begun" (`seconds` to the first word); `chunk`
  (`text`): the answer as it comes, Markdown that is not cleaned as such yet, but free of control characters;
  `done` with `reply`, the id of the kept answer (`Store.reply`), `cached` (whether it was here already: then there were
  no chunks), `host`, `model`, `seconds`, `first`, `note` (what the reader has to know of it, or ""), `broken` (a phrase
  where the answer broke off: what came is kept all the same, else ""), `sentences` and `unsupported` (how many of them
  have no receipt); `failed` where nothing came. Kinds to tell apart: "ModelError" and "AiOff" (nothing is set).
  Where the person has not yet agreed that text goes to this host, nothing is sent, and `done` has `consent`, an object
  with `host`, `model`, `characters` (what would be sent), `articles` (of how many) and `here` (whether the host is this
  machine) instead of all that. `agree` (host) writes down that it may; `agree` with `host` null takes all back.
- `models` gives `host`, `model`, and `models`, the names that the server tells.
- Bodies do not go this way but through the library. The end of the worker's input ends the worker.

This module loads nothing beyond the standard library and `bounds`: both ends use it.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, Final, TypeAlias

from newsreader import bounds

PROTOCOL: Final = 2
"""Of the pipe; the two ends must have the same."""

Message: TypeAlias = dict[str, Any]


class Answer(StrEnum):
    """What an answer says of its request."""

    PROGRESS = "progress"
    CHUNK = "chunk"
    DONE = "done"
    FAILED = "failed"


def encode(message: Message) -> bytes:
    """Write a message as one line. One that would be too long is replaced by what is essential of it."""
    line = json.dumps(message, separators=(",", ":")).encode() + b"\n"
    if len(line) <= bounds.MAX_LINE:
        return line
    short: Message = {key: message[key] for key in ("event", "id", "answer", "request") if key in message}
    if message.get("answer") == Answer.FAILED:
        short["phrase"] = str(message.get("phrase", ""))[:400]
    return json.dumps({**short, "cut": True}, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> Message | None:
    """Read a line; None for anything that is no JSON object."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
