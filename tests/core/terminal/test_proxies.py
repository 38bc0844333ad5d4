"""`beseda ask` and `beseda doctor` through proxies that nobody here wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from helpers.real_proxies import KINDS, PASSWORD, RealProxy, real_proxy
from helpers.running_program import RunningProgram

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

Start = Callable[..., RunningProgram]


@pytest.fixture(scope="module", params=KINDS)
def proxy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealProxy]:
    with real_proxy(request.param, tmp_path_factory.mktemp("proxy")) as proxy:
        yield proxy


def test_a_question_is_answered_through_it(
    start: Start, site: ServedSite, proxy: RealProxy
) -> None:
    program = start("ask", "hi", "--provider", site.url, "--proxy", proxy.address())
    assert program.wait() == 0
    assert program.stdout.text.strip()
    assert program.complaints == ""
    proxy.wait_for(site.url.rpartition(":")[2])


def test_a_wrong_password_is_told(start: Start, site: ServedSite, proxy: RealProxy) -> None:
    program = start("ask", "hi", "--provider", site.url, "--proxy", proxy.address("wr0ng-w0rd"))
    assert program.wait() == 1
    expected = f"The proxy {proxy.bare_address} did not accept its user name and password.\n"
    assert program.complaints == expected
    assert not site.questions


def test_the_doctor_finds_the_way_through_it(
    start: Start, site: ServedSite, proxy: RealProxy
) -> None:
    program = start("doctor", "--provider", site.url, "--proxy", proxy.address())
    assert program.wait() == 0
    assert f"] Proxy: The proxy {proxy.bare_address} lets this program through" in (
        program.stdout.text
    )
    assert PASSWORD not in program.stdout.text
    assert len(site.questions) == 1


def test_the_doctor_tells_that_it_does_not_let_one_through(
    start: Start, site: ServedSite, proxy: RealProxy
) -> None:
    address = proxy.address("wr0ng-w0rd")
    program = start("doctor", "--provider", site.url, "--proxy", address, "--json")
    assert program.wait() == 1
    steps = [json.loads(line) for line in program.stdout.text.splitlines()]
    failed = [step for step in steps if step["outcome"] == "failed"]
    assert [(step["step"], step["finding"]) for step in failed] == [("proxy", "proxy_password")]
    assert "wr0ng" not in program.stdout.text + program.complaints
