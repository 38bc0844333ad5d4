"""What a person can tell the demo service to do: `/long 50000`, `/cut` and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Language = Literal["en", "ru"]

LONG_DEFAULT = 5000
LONG_MOST = 5_000_000
ERROR_DEFAULT = 429


class Command(Enum):
    """One command; its values are its names, in English and in Russian."""

    HELP = ("help", "помощь", "справка")
    CODE = ("code", "код")
    TABLE = ("table", "таблица")
    LONG = ("long", "длинно")
    SLOW = ("slow", "медленно")
    ERROR = ("error", "ошибка")
    CUT = ("cut", "обрыв")
    RESET = ("reset", "сброс")
    SILENT = ("silent", "молчание")
    STALL = ("stall", "пауза")


_BY_NAME = {name: command for command in Command for name in command.value}
_LINE = re.compile(r"/(\w+)(?:\s+(\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Order:
    """A command with its number, in the language of its name (None for an English one)."""

    command: Command
    number: int | None = None
    language: Language | None = None


def order_in(text: str) -> Order | None:
    """Return the command of the last line of `text`; help for an unknown one, None for none."""
    lines = text.strip().splitlines()
    found = _LINE.match(lines[-1].strip()) if lines else None
    if found is None:
        return None
    name = found[1].casefold()
    number = int(found[2]) if found[2] else None
    return Order(_BY_NAME.get(name, Command.HELP), number, None if name.isascii() else "ru")
