"""Answers that take another way, in the program as a process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.loopback_server import unused_port
from helpers.running_program import RunningProgram

from core.demo import Failure

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

Start = Callable[..., RunningProgram]

SETTINGS = """\
[advanced]
retries = 0

[profiles.first]
name = "Nowhere"
provider = "ai_power"
address = "http://127.0.0.1:{port}"
proxy = "none"
fallback = "second"

[profiles.second]
name = "The other"
provider = "ai_power"
address = "{url}"
proxy = "none"
fallback = "first"
"""


def test_a_retry_is_told_in_one_line_and_the_answer_comes(start: Start, site: ServedSite) -> None:
    site.site.use(failure=Failure.HTTP_502, times=1)
    program = start("ask", "hi", "--provider", site.url)
    assert program.wait() == 0
    assert program.stdout.text.strip()
    (line,) = program.complaints.splitlines()
    assert "502" in line
    assert line.endswith("1 of 2.")


def test_the_next_profile_of_the_settings_answers(
    start: Start, site: ServedSite, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "settings.toml").write_text(SETTINGS.format(port=unused_port(), url=site.url))
    plain = start("ask", "hi", "--profile", "first", BESEDA_DATA_DIR=str(folder))
    assert plain.wait() == 0
    (line,) = plain.complaints.splitlines()
    assert line.endswith("The other answers instead.")
    assert "does not take connections" in line

    program = start("ask", "hi", "--json", "--profile", "first", BESEDA_DATA_DIR=str(folder))
    assert program.wait() == 0
    *events, end = map(json.loads, program.stdout.text.splitlines())
    assert [event["provider"] for event in events if event["event"] == "provider"] == ["The other"]
    assert (end["provider"], end["state"]) == ("The other", "complete")
