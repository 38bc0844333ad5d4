"""`beseda settings`: every option, with what it is set to."""

from __future__ import annotations

import argparse
import json
from typing import Any

from core.models import Profile
from core.profile_fields import FIELDS
from core.settings import OPTIONS, Kind, Option, Settings
from core.settings_file import settings_path
from core.terminal.answer import ANSWERED, WRONG_USAGE
from core.terminal.loop import interruptible_loop
from core.terminal.output import Output, note, one_line
from core.terminal.saved_settings import saved_settings

_PROFILES = "profiles."


def show_settings(options: argparse.Namespace) -> int:
    """Print the options and the profiles, or those under a key; return the exit code.

    Raises:
        KeyboardInterrupt: Ctrl+C.
    """
    with interruptible_loop() as runner:
        return runner.run(_show(options))


async def _show(options: argparse.Namespace) -> int:
    path = settings_path(options.data_dir)
    settings = saved_settings(options.data_dir)
    output = Output()
    lines = [*_option_lines(settings, options), *_profile_lines(settings, options)]
    if not lines:
        note(f"There is no option “{options.key}”; beseda settings lists all.")
        return WRONG_USAGE
    for line in lines:
        output.write(line)
    output.flush()
    if output.is_terminal:
        note(f"They are kept in {path}", dim=True)
    return ANSWERED if output.failure is None else output.failure_code()


def _option_lines(settings: Settings, options: argparse.Namespace) -> list[str]:
    return [
        _json_line(option, settings) if options.json else _line(option, settings)
        for option in OPTIONS
        if _is_wanted(option.key, options.key)
    ]


def _profile_lines(settings: Settings, options: argparse.Namespace) -> list[str]:
    wanted = [one for one in settings.profiles if _is_wanted(_PROFILES + one.id, options.key)]
    return [_profile_json(one) if options.json else _profile_line(one) for one in wanted]


def _is_wanted(key: str, wanted: str) -> bool:
    return not wanted or key == wanted or key.startswith(f"{wanted}.")


def _line(option: Option[Any], settings: Settings) -> str:
    cells = (option.key, _type(option), _shown(option.default), _shown(settings.value(option)))
    return "\t".join(cells) + "\n"


def _json_line(option: Option[Any], settings: Settings) -> str:
    value = {
        "key": option.key,
        "type": str(option.kind),
        "choices": [choice.value for choice in option.choices],
        "smallest": option.smallest,
        "largest": option.largest,
        "unit": option.unit,
        "scopes": [str(scope) for scope in option.scopes],
        "default": option.default,
        "value": settings.value(option),
        "label": option.label,
        "hint": option.hint,
    }
    return json.dumps(value, ensure_ascii=False) + "\n"


def _profile_line(profile: Profile) -> str:
    value = " ".join(filter(None, (profile.name, profile.provider, profile.address, profile.model)))
    return f"{_PROFILES}{profile.id}\tprofile\t\t{one_line(value)}\n"


def _profile_json(profile: Profile) -> str:
    value = {".".join(field.place): field.of(profile) for field in FIELDS}
    line = {"key": _PROFILES + profile.id, "type": "profile", "value": value}
    return json.dumps(line, ensure_ascii=False) + "\n"


def _type(option: Option[Any]) -> str:
    if option.kind is Kind.CHOICE:
        return "|".join(choice.value for choice in option.choices)
    if option.smallest is not None and option.largest is not None:
        return f"{option.kind} {_number(option.smallest)} to {_number(option.largest)}"
    return str(option.kind)


def _number(value: float) -> str:
    return f"{value:.15g}"


def _shown(value: object) -> str:
    """Return a value as the file has it, on one line; empty where it is left open."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return one_line(value if isinstance(value, str) else _number_text(value))


def _number_text(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
