from __future__ import annotations

import json
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import ModelError
from newsreader.fetch.deltas import Deltas, Thoughts
from newsreader.fetch.events import Answer, Events, TooLongError
from tests.ai_server import delta, event

LONGEST = 10_000
LINE = st.text(alphabet=st.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"]), max_size=20)


def read(data: bytes, cuts: list[int] | None = None, longest: int = LONGEST) -> list[str]:
    """The events of these bytes, which come in pieces cut at these places."""
    events = Events(longest)
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts or [])})
    found: list[str] = []
    for start, end in pairwise(places):
        found += events.add(data[start:end])
    return [*found, *events.end()]


@given(
    st.lists(st.lists(LINE, min_size=1, max_size=3), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.lists(st.integers(0, 10_000), max_size=8),
    st.booleans(),
    st.booleans(),
)
def test_events_are_the_same_however_their_bytes_are_split(
    said: list[list[str]], end: str, cuts: list[int], spaced: bool, marked: bool
) -> None:
    space = " " if spaced else ""
    # Without the space the first one of the data would be taken for it.
    said = [[line.lstrip(" ") for line in lines] for lines in said]
    body = "".join("".join(f"data:{space}{line}{end}" for line in lines) + end for lines in said)
    data = (b"\xef\xbb\xbf" if marked else b"") + body.encode()
    assert read(data, cuts) == ["\n".join(lines) for lines in said]


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_any_bytes_are_read_and_their_pieces_do_not_matter(data: bytes, cuts: list[int]) -> None:
    assert read(data, cuts) == read(data)


def test_comments_names_ids_and_lines_without_a_colon_say_nothing() -> None:
    data = b": OPENROUTER PROCESSING\n\nevent: message\nid: 7\nretry: 10\nnonsense\ndata\ndata: one\n\n:\n\n"
    assert read(data) == ["\none"]


def test_the_last_event_counts_without_an_empty_line() -> None:
    assert read(b"data: one\n\ndata: two") == ["one", "two"]


@pytest.mark.parametrize("data", [b"data: " + b"x" * 200, b"data: " + b"x" * 60 + b"\ndata: " + b"y" * 60])
def test_an_event_without_end_is_refused(data: bytes) -> None:
    with pytest.raises(TooLongError):
        read(data, longest=100)


@pytest.mark.parametrize("start", [b"\n {", b'{"a"', b"[1]", b"\xef\xbb\xbf{"])
def test_an_answer_that_is_one_object_is_one_event(start: bytes) -> None:
    answer = Answer(LONGEST)
    found = [data for part in (start[:1], start[1:], b"\n\nmore") for data in answer.add(part)]
    assert not found
    (whole,) = answer.end()
    assert whole.strip("\ufeff") == (start + b"\n\nmore").decode("utf-8-sig")


def shown(*texts: str) -> str:
    thoughts = Thoughts()
    return "".join(map(thoughts.add, texts)) + thoughts.end()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["<think>Hm.</think>Yes."], "Yes."),
        (["\n<thi", "nk>Hm", ".</th", "ink>\n\nYes", "."], "Yes."),
        (["<thought>a</thought><reasoning>b</reasoning>Yes."], "Yes."),
        (["<think></think>", "", "Yes."], "Yes."),
        (["<", "b", ">Yes."], "<b>Yes."),
        (["Yes, <think> is a tag."], "Yes, <think> is a tag."),
        (["<think>It never ends"], ""),
        (["<thi"], "<thi"),
        ([], ""),
    ],
)
def test_thoughts_at_the_beginning_are_not_shown(texts: list[str], expected: str) -> None:
    assert shown(*texts) == expected


@given(st.text(max_size=30), st.text(alphabet="ab .", max_size=20), st.lists(st.integers(0, 80), max_size=6))
def test_thoughts_are_found_however_they_are_split(thought: str, said: str, cuts: list[int]) -> None:
    text = f"<think>{thought.replace('<', '')}</think>\n{said}"
    places = sorted({0, len(text), *(cut % len(text) for cut in cuts)})
    assert shown(*(text[a:b] for a, b in pairwise(places))) == shown(text) == said.lstrip()


def take(deltas: Deltas, *values: object) -> str:
    return "".join(deltas.take(value if isinstance(value, str) else json.dumps(value))[0] for value in values)


def test_what_is_none_of_the_text_is_passed_over_and_noted() -> None:
    deltas = Deltas("host")
    text = take(
        deltas,
        delta(role="assistant"),
        {"choices": [{"delta": {"content": None, "reasoning_content": "Hm."}}]},
        delta("One. "),
        {"choices": []},
        {"choices": [{"delta": None}]},
        {"choices": [], "usage": {"total_tokens": 7}},
        {"choices": [{"delta": {"tool_calls": [{"function": {"name": "shell"}}]}}]},
        {"choices": [{"delta": {"content": [{"type": "text", "text": "Two."}, {"type": "image"}]}}]},
        "no json at all",
        "7",
        delta(finish="length"),
    )
    assert text == deltas.text == "One. Two."
    assert (deltas.finish, deltas.done, deltas.tools, deltas.thought) == ("length", True, True, True)


def test_events_without_empty_lines_between_them_are_told_apart() -> None:
    both = f"{json.dumps(delta('One '))}\n{json.dumps(delta('two.'))}"
    assert take(Deltas("host"), both) == "One two."


@pytest.mark.parametrize(
    "failure", [{"message": "The kettle broke."}, "The kettle broke.", {"code": 500, "detail": "The kettle broke."}]
)
def test_a_failure_in_the_middle_is_told_in_the_words_of_the_server(failure: object) -> None:
    deltas = Deltas("host")
    take(deltas, delta("One."))
    with pytest.raises(ModelError, match="kettle broke"):
        take(deltas, {"error": failure})
    assert deltas.text == "One."


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("choices delta message content error finish_reason text tool_calls code".split()),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_object_breaks_the_reading(value: object) -> None:
    deltas = Deltas("host")
    text = ""
    with suppress(ModelError):
        text, _ = deltas.take(json.dumps(value))
    assert text == deltas.text


def test_the_server_of_the_tests_writes_events_as_they_are_read() -> None:
    assert read(event({"a": 1}).encode()) == ['{"a": 1}']
