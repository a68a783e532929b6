"""Two readers, their workers, a fetch by cron and the command line on one library."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Home
from tests.end_to_end.crowd import Crowd, at_most
from tests.hostile_server import HostileServer, Serving

pytestmark = pytest.mark.slow


@pytest.mark.timeout(120)
def test_several_at_one_library_see_what_the_others_do_within_a_second(tmp_path: Path) -> None:
    with Serving(HostileServer()) as server:
        crowd = Crowd(Home(tmp_path, frozen=False), server)
        crowd.begin()
        crowd.work(20)
    assert crowd.problems == []
    assert len(crowd.seen) >= 10
    assert at_most(crowd.seen, 0.95) < 1.0
    assert "locked" not in (tmp_path / "newsreader" / "state" / "newsreader.log").read_text(errors="replace")
