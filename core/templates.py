"""Prompts that are typed as a command, such as `/translate`, and what else goes with a question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from resources import FOLDER

SIGN = "/"
"""What a command begins with."""
DEFAULT_LANGUAGE = "en"

_PLACEHOLDER = re.compile(r"\{(input|selection|clipboard)\}")
_NAME = re.compile(r"[^\W_][\w-]*")
_QUOTE = '"""'


class Source(StrEnum):
    """Where a text comes from that goes with a question."""

    SELECTION = "selection"
    CLIPBOARD = "clipboard"


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt under a name, with places for what it is about."""

    name: str
    """Without the sign."""
    text: str
    is_foreign: bool = False
    """Whether its name is of another language than the program's: then it works, unasked for."""

    def takes(self, placeholder: str) -> bool:
        """Whether there is a place for `input`, `selection` or `clipboard`."""
        return f"{{{placeholder}}}" in self.text


@dataclass(frozen=True, slots=True)
class Command:
    """A line that begins with the name of a template."""

    template: Template
    input: str
    """What is typed after the name."""


def parse_template(line: str) -> Template | None:
    r"""Return the template of a line of the settings, `/name text`; None when it is none.

    `\n` in the text begins a new line. Without a text, the template is taken away.
    """
    name, _, text = line.strip().removeprefix(SIGN).partition(" ")
    if not _NAME.fullmatch(name):
        return None
    return Template(name.casefold(), text.strip().replace("\\n", "\n"))


def all_templates(lines: Iterable[str], *, language: str) -> tuple[Template, ...]:
    """Return the templates of the settings and those that are shipped, by name.

    One of the settings takes the place of a shipped one of its name. Those whose names are in
    another language stand behind the others.
    """
    own = [template for line in lines if (template := parse_template(line)) is not None]
    found = {template.name: template for template in (*_shipped(language), *own)}
    return tuple(template for template in found.values() if template.text)


def find_command(text: str, templates: Sequence[Template]) -> Command | None:
    """Return the command that a text begins with; None when it begins with none."""
    if not text.startswith(SIGN):
        return None
    name, typed = split_command(text)
    found = next((template for template in templates if template.name == name), None)
    return None if found is None else Command(found, typed)


def split_command(text: str) -> tuple[str, str]:
    """Return the name that stands after the sign, in small letters, and what is typed after it."""
    parts = text.removeprefix(SIGN).split(maxsplit=1)
    starts_with_name = bool(parts) and not text.removeprefix(SIGN)[:1].isspace()
    if not starts_with_name:
        return "", text.removeprefix(SIGN).strip()
    return parts[0].casefold(), parts[1].strip() if len(parts) > 1 else ""


def wanted_sources(command: Command, added: Iterable[Source]) -> tuple[tuple[Source, ...], ...]:
    """Return what a command needs beyond what was added: of each group, the first that there is."""
    have = set(added)
    template = command.template
    groups = []
    for source in Source:
        group = _stand_ins(template, source)
        if template.takes(source) and not have.intersection(group):
            groups.append(group)
    is_about_more = groups or have or command.input or not template.takes("input")
    return tuple(groups) if is_about_more else ((Source.SELECTION, Source.CLIPBOARD),)


def prompt_of(
    text: str, templates: Sequence[Template], *, context: Mapping[Source, str] | None = None
) -> str:
    """Return what is sent for a typed text, together with the texts that were added.

    A command is replaced by its template; what that has no place for is quoted at the end.
    """
    rest = dict(context or {})
    command = find_command(text, templates)
    if command is None:
        return _with_quotes(text, rest)
    values = {"input": command.input}
    for source in Source:
        if command.template.takes(source):
            group = _stand_ins(command.template, source)
            found = next((one for one in group if one in rest), source)
            values[source.value] = rest.pop(found, "")
    if not command.input and rest and command.template.takes("input"):
        values["input"] = rest.pop(next(iter(rest)))
    filled = _filled(command.template.text, values)
    if command.input and not command.template.takes("input"):
        filled = f"{filled}\n\n{command.input}"
    return _with_quotes(filled, rest)


def _stand_ins(template: Template, source: Source) -> tuple[Source, ...]:
    """Return what may fill the place of a source: few systems know of a selection elsewhere."""
    if source is Source.SELECTION and not template.takes(Source.CLIPBOARD):
        return Source.SELECTION, Source.CLIPBOARD
    return (source,)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fill the places; a line with nothing but empty ones goes."""
    lines = []
    for line in text.splitlines():
        filled = _PLACEHOLDER.sub(lambda match: values.get(match[1], ""), line)
        if filled.strip() or not _PLACEHOLDER.search(line):
            lines.append(filled)
    return "\n".join(lines).strip()


def _with_quotes(text: str, context: Mapping[Source, str]) -> str:
    quotes = (f"{_QUOTE}\n{quoted.strip()}\n{_QUOTE}" for quoted in context.values())
    return "\n\n".join(part for part in (text, *quotes) if part)


@cache
def _shipped(language: str) -> tuple[Template, ...]:
    entries = tomllib.loads((FOLDER / "templates.toml").read_text(encoding="utf-8"))["template"]
    known = language if language in entries[0]["names"] else DEFAULT_LANGUAGE
    languages = sorted(entries[0]["names"], key=lambda one: one != known)
    return tuple(
        Template(entry["names"][one], entry[known].strip(), is_foreign=one != known)
        for one in languages
        for entry in entries
    )
