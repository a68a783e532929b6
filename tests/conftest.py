"""Fixtures and rules of the whole suite."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The same examples in every run, and no limit on the time of one: speed is not what these tests are about.
settings.register_profile("newsreader", derandomize=True, deadline=None)
settings.load_profile("newsreader")

# Nothing of the person who runs the tests may leak in: folders, colours, proxies, a frozen clock.
for _name in list(os.environ):
    if _name.startswith("NEWSREADER_") or _name.lower().endswith("_proxy") or _name in {"NO_COLOR", "COLORTERM"}:
        del os.environ[_name]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skipped test is a test that nobody ran: it fails the run."""
    if terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("skipped tests are not allowed", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
