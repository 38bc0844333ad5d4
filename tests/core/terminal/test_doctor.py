"""`beseda doctor` as a process."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.keyed_server import KeyedServer, keyed_server
from helpers.loopback_server import unused_port
from helpers.loopback_tls import LoopbackCertificate, PrivateAuthority
from helpers.pseudo_terminal import CTRL_C, PseudoTerminal
from helpers.running_program import RunningProgram

from core.net.trust import fingerprint_of

if TYPE_CHECKING:
    from helpers.served_site import ServedSite

Start = Callable[..., RunningProgram]

KEY = "sk-planted-0123456789abcdef"


@contextmanager
def served(known: KeyedServer, *, own: LoopbackCertificate | None = None) -> Iterator[KeyedServer]:
    """Run a server on a loop of its own."""
    ready, done = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with keyed_server(known, tls=own.server if own else None):
            ready.set()
            await done.wait()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.close()

    thread = threading.Thread(target=run, name="server")
    thread.start()
    ready.wait()
    try:
        yield known
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """Write the settings; return the variables that make the program read them."""

    def write(text: str) -> dict[str, str]:
        folder = tmp_path / "data"
        folder.mkdir(exist_ok=True)
        (folder / "settings.toml").write_text(text, encoding="utf-8")
        return {"BESEDA_DATA_DIR": str(folder)}

    return write


Settings = Callable[[str], dict[str, str]]


def test_a_service_that_answers_has_no_failed_step(start: Start, site: ServedSite) -> None:
    program = start("doctor", "--provider", site.url)
    assert program.wait() == 0
    head, *lines = program.stdout.text.splitlines()
    assert head.startswith("Beseda ")
    assert len(lines) == 10
    assert not [line for line in lines if line.startswith("[Failed")]
    assert program.complaints == ""


def test_the_demo_is_diagnosed_where_nobody_chose(start: Start) -> None:
    program = start("doctor")
    assert program.wait() == 0
    assert "built-in demo" in program.complaints


def test_a_profile_of_the_settings_is_diagnosed_with_its_key(
    start: Start, settings: Settings
) -> None:
    with served(KeyedServer(key=KEY)) as server:
        variables = settings(
            f'[profiles.mine]\nname = "My own"\nprovider = "openai"\naddress = "{server.url}"\n'
            'model = "small"\nneeds_key = true\n'
        )
        program = start("doctor", "My own", "--json", **variables, BESEDA_KEY_MINE=KEY)
        assert program.wait() == 0
    steps = [json.loads(line) for line in program.stdout.text.splitlines()]
    assert [step["step"] for step in steps if step["outcome"] == "ok"] == [
        "address", "tcp", "http", "service", "key", "model", "first_word",
    ]  # fmt: skip
    assert KEY not in program.stdout.text + program.complaints
    assert any(KEY in request.headers.get("authorization", "") for request in server.requests)


def test_a_missing_key_and_a_service_that_is_not_there_are_both_told(
    start: Start, settings: Settings
) -> None:
    variables = settings(
        f'[profiles.mine]\nname = "Mine"\nprovider = "openai"\nneeds_key = true\n'
        f'address = "http://127.0.0.1:{unused_port()}/v1"\n[privacy]\nkeys = "session"\n'
    )
    program = start("doctor", "mine", **variables)
    assert program.wait() == 1
    failed = [line for line in program.stdout.text.splitlines() if line.startswith("[Failed")]
    assert len(failed) == 2
    assert "needs a key" in failed[1]


def test_a_refused_key_is_told_and_not_shown(start: Start, settings: Settings) -> None:
    wrong = "sk-wrong-9876543210fedcba"
    with served(KeyedServer(key=KEY)) as server:
        variables = settings(
            f'[profiles.mine]\nname = "Mine"\nprovider = "openai"\naddress = "{server.url}"\n'
        )
        for more in ((), ("--json",)):
            program = start("doctor", "mine", *more, **variables, BESEDA_KEY_MINE=wrong)
            assert program.wait() == 1
            assert "did not accept your key" in program.stdout.text
            assert wrong not in program.stdout.text + program.complaints


def test_what_the_doctor_shows_of_a_certificate_makes_it_trusted(
    start: Start, settings: Settings
) -> None:
    own = PrivateAuthority(name="Firma").certificate("127.0.0.1")
    with served(KeyedServer(), own=own) as server:
        profile = f'[profiles.mine]\nname = "Mine"\nprovider = "openai"\naddress = "{server.url}"\n'
        program = start("doctor", "mine", **settings(profile))
        assert program.wait() == 1
        assert "whom this computer does not know" in program.stdout.text
        _, _, rest = program.stdout.text.partition("SHA-256: ")
        fingerprint = rest.split()[0]
        assert fingerprint == fingerprint_of(own.der)
        trusting = f'{profile}[profiles.mine.trust]\nfingerprint = "{fingerprint}"\n'
        assert start("doctor", "mine", **settings(trusting)).wait() == 0
        program = start("ask", "hi", "--profile", "mine", **settings(trusting))
        assert program.wait() == 0
        assert program.stdout.text == "Well, OK.\n"


def test_a_private_authority_of_the_settings_is_believed(
    start: Start, settings: Settings, tmp_path: Path
) -> None:
    authority = PrivateAuthority()
    (tmp_path / "ca.pem").write_bytes(authority.pem)
    with served(KeyedServer(), own=authority.certificate("127.0.0.1")) as server:
        variables = settings(
            f'[profiles.mine]\nname = "Mine"\nprovider = "openai"\naddress = "{server.url}"\n'
            f"[profiles.mine.trust]\nca_file = {json.dumps(str(tmp_path / 'ca.pem'))}\n"
        )
        for command in (("ask", "hi", "--profile"), ("doctor",)):
            assert start(*command, "mine", **variables).wait() == 0


def test_an_unknown_profile_is_wrong_usage(start: Start) -> None:
    program = start("doctor", "nobody")
    assert program.wait() == 2
    assert program.stdout.text == ""
    assert "There is no profile “nobody”" in program.complaints


def test_a_profile_beside_another_service_is_wrong_usage(start: Start) -> None:
    assert start("doctor", "one", "--provider", "demo").wait() == 2


def test_it_can_be_interrupted(start_on_terminal: Callable[..., PseudoTerminal]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        program = start_on_terminal("doctor", "--address", address)
        program.wait_for("Connection:")
        program.type(CTRL_C)
        assert program.wait() == 130
