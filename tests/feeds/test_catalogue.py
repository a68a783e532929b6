from __future__ import annotations

import subprocess
import sys

from newsreader.feeds.catalogue import bundles

TOPICS = ["World", "Technology", "Science", "Business", "Programming", "Design", "Culture"]


def test_every_bundle_can_be_offered() -> None:
    offered = bundles()
    assert [bundle.name for bundle in offered][: len(TOPICS)] == TOPICS
    assert len(offered) >= 10
    assert sum(len(bundle.sources) for bundle in offered) >= 60
    for bundle in offered:
        assert 3 <= len(bundle.sources) <= 10
        assert 10 < len(bundle.about) <= 60
        for source in bundle.sources:
            assert source.title
            assert source.url.startswith(("https://", "http://"))
            assert source.link is not None
            assert source.link.startswith("https://")
            assert source.folder == bundle.name


def test_no_source_is_offered_twice() -> None:
    urls = [source.url for bundle in bundles() for source in bundle.sources]
    assert len(urls) == len(set(urls))


def test_bundles_of_a_language_stand_after_the_general_ones() -> None:
    languages = [bundle.language for bundle in bundles()]
    assert languages[: len(TOPICS)] == [None] * len(TOPICS)
    assert all(languages[len(TOPICS) :])
    assert "de" in languages


def test_the_catalogue_needs_no_parser() -> None:
    code = "import sys; from newsreader.feeds.catalogue import bundles; bundles(); print('lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
