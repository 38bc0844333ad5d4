from __future__ import annotations

import ast
import os
import pty
import subprocess
import time
from pathlib import Path

import pytest
from bootstrap import complaint
from helpers.fake_checkout import ROOT, FakeCheckout
from setup_steps import commands as setup_commands
from setup_steps.commands import in_place_of_window, is_for_terminal

from core.terminal import TERMINAL_COMMANDS


def test_a_first_start_sets_up_and_hands_the_arguments_over(checkout: FakeCheckout) -> None:
    started = checkout.start("ask", "two words", "--json", "", EXIT_CODE="7")
    assert started.code == 7
    assert started.report["arguments"] == ["ask", "two words", "--json", ""]
    assert started.report["tiny"] == "1.0"


def test_the_program_keeps_the_folder_of_the_user_and_does_not_import_from_it(
    checkout: FakeCheckout,
) -> None:
    (checkout.elsewhere / "tiny.py").write_text("VERSION = 'of the user'\n", encoding="utf-8")
    report = checkout.start("--version").report
    assert report["folder"] == str(checkout.elsewhere)
    assert report["tiny"] == "1.0"
    assert report["core"] == str(checkout.root / "core" / "__init__.py")


def test_set_up_writes_nothing_to_standard_output(checkout: FakeCheckout) -> None:
    started = checkout.start("--version")
    assert started.out.count("\n") == 1
    assert "Setting up Beseda" in started.err


def test_a_second_start_does_nothing_but_start(checkout: FakeCheckout) -> None:
    checkout.start("--version")
    (stamp,) = checkout.stamps
    written = stamp.stat().st_mtime_ns
    checkout.put_program("uv", "exit 1")
    again = checkout.start("--version")
    assert (again.code, again.err) == (0, "")
    assert stamp.stat().st_mtime_ns == written


def test_a_second_start_adds_far_less_than_a_second(checkout: FakeCheckout) -> None:
    checkout.start("--version")
    added = []
    for _ in range(5):
        before = time.perf_counter()
        checkout.start("--version")
        between = time.perf_counter()
        subprocess.run(
            [checkout.python, "-P", "-m", "gui"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        added.append(between - before - (time.perf_counter() - between))
    assert min(added) < 0.5


def test_the_launcher_in_the_environment_starts_the_program(checkout: FakeCheckout) -> None:
    checkout.start("--version")
    for name in ("beseda", "beseda-cli"):
        launcher = checkout.root / ".venv" / "bin" / name
        out = subprocess.run(
            [launcher, "ask", "a b"], stdin=subprocess.DEVNULL, capture_output=True, check=True
        )
        assert b'"arguments": ["ask", "a b"]' in out.stdout


def test_a_link_to_the_command_works_from_anywhere(checkout: FakeCheckout) -> None:
    link = checkout.elsewhere / "beseda"
    link.symlink_to(checkout.root / "run")
    done = subprocess.run(
        [link, "--version"],
        env=checkout.environ(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


def test_without_a_display_and_a_terminal_a_sample_question_is_answered(
    checkout: FakeCheckout,
) -> None:
    started = checkout.start("--theme", "dark")
    assert started.code == 0
    assert "No display was found" in started.err
    assert started.report["arguments"][:-1] == ["ask", "--provider", "demo"]  # type: ignore[index]  # JSON


def test_the_sample_question_does_not_wait_for_an_open_pipe(checkout: FakeCheckout) -> None:
    reader, writer = os.pipe()
    try:
        done = subprocess.run(
            [checkout.root / "run"],
            env=checkout.environ(),
            stdin=reader,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    finally:
        os.close(reader)
        os.close(writer)
    assert '"stdin": ""' in done.stdout


def test_without_a_display_on_a_terminal_a_conversation_starts(checkout: FakeCheckout) -> None:
    checkout.start("--version")
    main_end, terminal = pty.openpty()
    done = subprocess.run(
        [checkout.root / "run", "--provider", "demo"],
        env=checkout.environ(),
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(terminal)
    shown = os.read(main_end, 65536).decode()
    os.close(main_end)
    assert done.returncode == 0
    assert b"No display was found" in done.stderr
    assert '"arguments": ["chat", "--provider", "demo"]' in shown


def test_an_offscreen_platform_counts_as_a_display(checkout: FakeCheckout) -> None:
    started = checkout.start("--demo", QT_QPA_PLATFORM="offscreen")
    assert started.report["arguments"] == ["--demo"]


def test_a_screenshot_without_a_display_is_refused(checkout: FakeCheckout) -> None:
    started = checkout.start("--screenshot=x.png")
    assert (started.code, started.out) == (2, "")
    assert "QT_QPA_PLATFORM=offscreen" in started.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["chat"]),
        (["--demo", "--theme", "dark"], ["chat", "--provider", "demo"]),
        (["--model", "m", "--size", "1x2", "--proxy=p"], ["chat", "--model", "m", "--proxy=p"]),
        (["--timeout"], ["chat", "--timeout"]),
    ],
)
def test_a_conversation_takes_the_options_that_it_shares_with_the_window(
    arguments: list[str], expected: list[str]
) -> None:
    assert in_place_of_window(arguments, on_terminal=True, russian=False) == expected


def test_the_sample_question_is_in_the_language_of_the_user() -> None:
    russian = in_place_of_window([], on_terminal=False, russian=True)[-1]
    english = in_place_of_window([], on_terminal=False, russian=False)[-1]
    assert "Привет" in russian
    assert english.isascii()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ask"], True),
        (["demo-server", "--port", "1"], True),
        (["--demo", "--help"], True),
        (["--demo"], False),
        (["--ask", "chat"], False),
        ([], False),
    ],
)
def test_only_terminal_commands_do_without_qt(arguments: list[str], *, expected: bool) -> None:
    assert is_for_terminal(arguments) is expected


def test_an_old_python_is_told_what_is_needed() -> None:
    assert complaint((3, 10, 13)) == "Beseda needs Python 3.11 or newer; this is Python 3.10.13."
    assert not complaint((3, 11, 0))
    assert not complaint((4, 0))


def test_what_speaks_to_an_old_python_parses_there() -> None:
    source = Path(ROOT, "packaging", "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 4))
    assert "from __future__" not in source
    assert 'f"' not in source


def test_an_unfit_python_is_refused_with_code_three(checkout: FakeCheckout) -> None:
    checkout.put_program("old-python", 'echo "Beseda needs something newer" >&2; exit 3')
    started = checkout.start("--version", PYTHON="old-python")
    assert started.code == 3
    assert not (checkout.root / ".venv").exists()


def test_arguments_of_test_go_to_pytest(checkout: FakeCheckout) -> None:
    started = checkout.start("tests/core", "-k", "a or b", command="test")
    assert started.out.strip() == "pytest tests/core -k a or b"


def test_test_alone_runs_every_check_and_then_pytest(checkout: FakeCheckout) -> None:
    started = checkout.start(command="test")
    assert started.code == 0
    assert [line.split()[0] for line in started.out.splitlines()] == [
        "ruff", "ruff", "mypy", "imports", "pytest",
    ]  # fmt: skip


def test_a_failed_check_does_not_keep_the_others_from_running(checkout: FakeCheckout) -> None:
    started = checkout.start(command="test", FAILING="ruff imports")
    assert started.code == 1
    assert len(started.out.splitlines()) == 5
    assert started.out.splitlines()[-1].endswith("[ruff check, ruff format, import-linter]")


def test_failing_tests_give_their_exit_code(checkout: FakeCheckout) -> None:
    assert checkout.start(command="test", FAILING="pytest").code == 1
    assert checkout.start("tests", command="test", FAILING="pytest").code == 1


def test_bench_runs_the_benchmarks(checkout: FakeCheckout) -> None:
    benchmarks = checkout.root / "tests" / "benchmarks"
    benchmarks.mkdir(parents=True)
    script = "import sys, tiny; print('bench', *sys.argv[1:])\n"
    (benchmarks / "run.py").write_text(script, encoding="utf-8")
    assert checkout.start("bench", "--quick", command="test").out == "bench --quick\n"


def test_every_command_of_the_terminal_is_known_as_one() -> None:
    assert setup_commands.TERMINAL_COMMANDS == TERMINAL_COMMANDS


@pytest.mark.parametrize(
    ("arguments", "may_open"),
    [
        ((), True),
        (("--demo",), True),
        (("quick", "text"), True),
        (("show",), True),
        (("ask", "--window", "text"), True),
        (("quit",), False),
        (("ask", "text"), False),
        (("quick", "--help"), False),
        (("--version",), False),
    ],
)
def test_what_a_window_needs_is_provided_for_what_may_open_one(
    arguments: tuple[str, ...], may_open: bool
) -> None:
    assert setup_commands.may_open_window(arguments) is may_open
