"""What holds for every test: no visible window, no network but loopback, no stray log record.

Nothing here may import Qt: the tests of `core` pass where there is none.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).parent))

# The same examples at every run: whoever changes one thing must not trip over another.
# To go looking for new ones: `HYPOTHESIS_PROFILE=explore ./test PATH`.
settings.register_profile("repeatable", derandomize=True, database=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

QT_OPTIONS = ("qt_api", "qt_log_level_fail")

_strays: list[str] = []


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Accept the settings of pytest-qt where it is switched off, for want of Qt."""
    if not pluginmanager.hasplugin("pytest-qt"):
        for name in QT_OPTIONS:
            parser.addini(name, "read by pytest-qt")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the checks that `./test` saw fail, where the reader looks: at the end."""
    failed = os.environ.get("BESEDA_FAILED_CHECKS")
    if failed:
        terminalreporter.section("failed checks", red=True)
        terminalreporter.line(f"Failed before the tests: {failed}")


def _is_loopback(host: object) -> bool:
    """Whether a host stays on this machine. Names under `.invalid` exist nowhere, by RFC 6761."""
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    if not isinstance(name, str) or name.endswith(".invalid"):
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guard_network(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse, by Python's audit events, whatever would leave this machine."""
    if event in {"socket.connect", "socket.sendto"}:
        target = arguments[1]
        host = target[0] if isinstance(target, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_loopback(host):
        _strays.append(f"{event}: {host}")
        raise RuntimeError(f"A test tried to leave this machine: {event} {host}")


sys.addaudithook(_guard_network)


@pytest.fixture(autouse=True)
def stays_on_this_machine() -> Iterator[None]:
    """Fail a test that tried to reach another machine, even if it swallowed the refusal."""
    _strays.clear()
    yield
    if _strays:
        pytest.fail(f"left this machine: {'; '.join(_strays)}", pytrace=False)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_stray_log_record(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse; one that uses `caplog` answers for its own."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    if collector.lines and "caplog" not in request.fixturenames:
        pytest.fail("stray log records:\n" + "\n".join(collector.lines), pytrace=False)
