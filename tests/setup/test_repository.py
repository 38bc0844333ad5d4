from __future__ import annotations

import os
import re
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from helpers.fake_checkout import ROOT

from packaging.requirements import Requirement

REQUIREMENTS = ROOT / "packaging" / "requirements"
# Written so that this file does not name them itself.
REGISTRIES = re.compile("|".join(("py" + r"pi\.org", "python" + "hosted", r"deb\." + "debian")))
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = ("linux", "win32", "darwin")


def _tracked() -> list[Path]:
    """Return the files of the repository, or of the folder where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in found.split("\0") if name and (path := ROOT / name).is_file()]


def _pins(name: str) -> list[Requirement]:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and line[0] not in " #"]
    return [Requirement(line.removesuffix("\\").strip()) for line in lines]


def _project() -> dict[str, list[Requirement]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    run = [Requirement(line) for line in project["project"]["dependencies"]]
    test = [Requirement(line) for line in project["dependency-groups"]["test"]]
    return {"run": run, "test": run + test}


def _name(requirement: Requirement) -> str:
    return re.sub(r"[-_.]+", "-", requirement.name).lower()


def _applies(requirement: Requirement, python: str, system: str) -> bool:
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system,
    }
    return requirement.marker is None or requirement.marker.evaluate(environment)


def test_the_library_packaging_is_not_hidden() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_no_file_names_a_registry() -> None:
    named = [
        path.relative_to(ROOT).as_posix()
        for path in _tracked()
        if REGISTRIES.search(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert named == []


@pytest.mark.parametrize("name", ["run", "test", "uv"])
def test_locked_requirements_hold_versions_and_hashes_and_nothing_else(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    pin = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    comment = re.compile(r"(# Made by .*)|( +# .*)")
    lines = text.splitlines()
    allowed = (pin, digest, comment)
    assert [line for line in lines if not any(form.fullmatch(line) for form in allowed)] == []
    below = [after for line, after in pairwise(lines) if pin.fullmatch(line)]
    assert below
    assert all(digest.fullmatch(line) for line in below)


@pytest.mark.parametrize("role", ["run", "test"])
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_is_in_step_with_the_project(role: str, python: str, system: str) -> None:
    pins = {_name(pin): pin for pin in _pins(role) if _applies(pin, python, system)}
    for wanted in _project()[role]:
        if _applies(wanted, python, system):
            (version,) = (clause.version for clause in pins[_name(wanted)].specifier)
            assert wanted.specifier.contains(version), f"run packaging/lock.py: {wanted}"


@pytest.mark.parametrize("python", PYTHONS)
def test_tests_run_on_what_the_program_runs_on(python: str) -> None:
    run, test = (
        {f"{_name(pin)}{pin.specifier}" for pin in _pins(role) if _applies(pin, python, "linux")}
        for role in ("run", "test")
    )
    assert run <= test


@pytest.mark.parametrize("python", PYTHONS)
def test_pyside_is_older_than_6_12_where_that_loses_references(python: str) -> None:
    (pin,) = (
        pin
        for pin in _pins("run")
        if _name(pin) == "pyside6-essentials" and _applies(pin, python, "linux")
    )
    assert pin.specifier.contains("6.12.0") == (python != "3.11")


@pytest.mark.skipif(os.name == "nt", reason="modes and shells of POSIX")
@pytest.mark.parametrize("name", ["run", "test", ".ci/run", "packaging/bootstrap.sh"])
def test_the_commands_are_shell_scripts_that_parse(name: str) -> None:
    subprocess.run(["sh", "-n", ROOT / name], check=True)
    assert os.access(ROOT / name, os.X_OK) or name.startswith("packaging/")
