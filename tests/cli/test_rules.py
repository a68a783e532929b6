from __future__ import annotations

from tests.cli.conftest import Shell, written


def come(shell: Shell, *titles: str) -> None:
    """Let articles of these titles come in."""
    with shell.store() as store:
        source = store.find_sources("Gazette")[0]
        state = store.fetch_states([source.id])[0]
        store.ingest(state, None, [written(n, title, "Words.", hours=n - 9) for n, title in enumerate(titles, 10)])


def hidden(shell: Shell) -> list[int]:
    return [article["id"] for article in shell.json("list", "is:hidden")]


def test_a_rule_from_its_beginning_to_its_end(furnished: Shell) -> None:
    assert furnished("rules") == ""
    added = furnished("rules", "add", "cricket", "OR", "rugby", "--hide", "--name", "Sport")
    assert "Rule 1 acts on what comes in from now on: Sport · cricket OR rugby · hide" in added
    come(furnished, "Cricket tonight", "A quiet day", "Rugby at last")
    first, second = hidden(furnished)
    assert "Cricket" not in furnished("list")
    assert "hides 2 now" in furnished("rules")
    why = furnished("rules", "why", str(first))
    assert "is hidden by the rule “Sport” (cricket OR rugby)" in why
    assert "no rule did anything" in furnished("rules", "why", str(second - 1))
    assert "1 article shown again" in furnished("rules", "unhide", str(first))
    assert "shown again; once hidden by the rule “Sport”" in furnished("rules", "why", str(first))
    assert "Cricket tonight" in furnished("list")
    assert "1 rule paused; 1 article changed" in furnished("rules", "pause", "sport")
    assert hidden(furnished) == []
    assert "· paused" in furnished("rules", "list")
    furnished("rules", "resume", "1")
    assert hidden(furnished) == [second]
    assert "1 rule removed; 1 article changed" in furnished("rules", "remove", "1")
    assert hidden(furnished) == []
    assert furnished.json("rules", "list") == []


def test_a_dry_run_adds_nothing_and_shows_what_would_have_been(furnished: Shell) -> None:
    come(furnished, "Cricket tonight", "A quiet day", "More cricket")
    with furnished.store() as store:
        store.bookmark([article["id"] for article in furnished.json("list", "tonight")], True)
    printed = furnished("rules", "add", "cricket", "--hide", "--dry-run")
    assert "Would have hidden 1 of the 6 articles of the last 30 days." in printed
    assert "1 other you opened or kept" in printed
    assert "More cricket" in printed
    assert "Cricket tonight" not in printed
    assert "Would have tagged 2 of" in furnished("rules", "add", "cricket", "--tag", "sport", "--dry-run")
    assert furnished.json("rules", "list") == []


def test_a_query_may_begin_with_what_it_leaves_out(furnished: Shell) -> None:
    added = furnished("rules", "add", "-cricket", "ferry", "--hide")
    assert "-cricket ferry · hide" in added
    (rule,) = furnished.json("rules", "list")
    assert rule["query"] == "-cricket ferry"


def test_every_deed_has_its_option(furnished: Shell) -> None:
    for option in ("--hide", "--read", "--bookmark", "--full-text", "--notify"):
        furnished("rules", "add", "ferry", option)
    furnished("rules", "add", "ferry", "--tag", "boats")
    rules = furnished.json("rules", "list")
    assert furnished.json("rules") == rules
    assert [rule["deed"] for rule in rules] == ["hide", "read", "bookmark", "full text", "notify", "tag"]
    assert rules[-1] | {"id": 0} == {
        "id": 0,
        "title": "ferry",
        "query": "ferry",
        "deed": "tag",
        "argument": "boats",
        "paused": False,
        "added": "2026-11-23T18:00:00Z",
        "hits": 0,
        "hidden": 0,
    }


def test_a_rule_acts_on_what_is_here_when_it_is_told_to(furnished: Shell) -> None:
    furnished("rules", "add", "ferry", "--tag", "boats")
    assert "ferry · tag boats · 1 article." in furnished("rules", "apply", "ferry")
    assert [article["tags"] for article in furnished.json("list", "ferry")] == [["boats"]]
    assert "ferry · tag boats · 0 articles." in furnished("rules", "apply", "ferry")


def test_mistakes_are_said(furnished: Shell) -> None:
    assert "no number" in furnished("rules", "add", "words:many", "--hide", status=2)
    for query in ("()", "-", "AND", "*", "sort:title", ""):
        assert "A rule needs a query" in furnished("rules", "add", query, "--hide", status=2)
    assert "There is no rule “9”" in furnished("rules", "remove", "9", status=2)
    assert "There is no article 999" in furnished("rules", "why", "999", status=2)
    furnished("rules", "add", "ferry", "--hide")
    furnished("rules", "add", "ferry", "--read")
    assert "There are 2 rules “ferry”" in furnished("rules", "pause", "ferry", status=2)


def test_a_rule_is_there_once_and_rules_are_put_in_order(furnished: Shell) -> None:
    furnished("rules", "add", "cricket", "OR", "rugby", "--hide", "--name", "Sport")
    refused = furnished("rules", "add", "cricket  OR  rugby", "--hide", "--name", "Again", status=2)
    assert "There is such a rule already: “Sport”, number 1." in refused
    furnished("rules", "pause", "Sport")
    assert "It pauses now." in furnished("rules", "add", "cricket", "OR", "rugby", "--hide", status=2)
    furnished("rules", "resume", "Sport")
    furnished("rules", "add", "cricket", "OR", "rugby", "--read")
    furnished("rules", "add", "cricket", "--hide")
    come(furnished, "Cricket tonight")
    (article,) = hidden(furnished)
    assert "is hidden by the rule “Sport”" in furnished("rules", "why", str(article))
    printed = furnished("rules", "up", "cricket")
    assert [line.split()[0] for line in printed.splitlines()] == ["1", "3", "2"]
    furnished("rules", "up", "cricket")
    assert [rule["id"] for rule in furnished.json("rules")] == [3, 1, 2]
    assert "is hidden by the rule “cricket”" in furnished("rules", "why", str(article))
    furnished("rules", "down", "3", "1")
    assert [rule["id"] for rule in furnished.json("rules")] == [2, 3, 1]
