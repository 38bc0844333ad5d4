"""What an option is: a key, a kind, a default, and words for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Generic, TypeVar, cast

from core import checks

T = TypeVar("T")

_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


class Scope(StrEnum):
    """Who can say something; the nearest that does wins."""

    APP = "app"
    PROFILE = "profile"
    CONVERSATION = "conversation"


class Kind(StrEnum):
    """What the values of an option are, and so what shows them."""

    SWITCH = "switch"
    """bool"""
    NUMBER = "number"
    """int"""
    DECIMAL = "decimal"
    """float"""
    TEXT = "text"
    """str of one line"""
    LONG_TEXT = "long_text"
    """str"""
    CHOICE = "choice"
    """str, one of the option's `choices`"""
    PROXY = "proxy"
    """str: `system`, `none` or an address without a password"""
    PROFILE = "profile"
    """str, the id of a profile, or empty"""
    KEYS = "keys"
    """str in Qt's portable form, or empty"""
    LIST = "list"
    """tuple of str"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an option that has a few."""

    value: str
    label: str
    """English; what the window translates."""


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """An option. One that can be left open has None for its default."""

    key: str
    """Such as `appearance.theme`; the part before the dot names the page."""
    kind: Kind
    default: T
    _: KW_ONLY
    label: str
    """English; what the window translates, as the hint."""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    smallest: float | None = None
    largest: float | None = None
    unit: str = ""
    scopes: tuple[Scope, ...] = (Scope.APP,)

    @property
    def page(self) -> str:
        """The page that it stands on, one of `PAGES`."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The part of the key after the dot."""
        return self.key.partition(".")[2]

    def checked(self, value: object) -> T:
        """Return `value` in the option's own form.

        Raises:
            SettingsError: the option cannot have it; the message is for a person.
        """
        if value is None and self.default is None:
            return cast("T", None)
        return cast("T", self._checked(value))

    def parsed(self, text: str) -> T:
        """Return the value that `text` stands for, as a person types it.

        The texts of a list stand in lines of their own. An empty text leaves the option open,
        where it can be.

        Raises:
            SettingsError: it stands for none.
        """
        if not text.strip() and self.default is None:
            return cast("T", None)
        value: object = text
        if self.kind is Kind.SWITCH:
            word = text.strip().lower()
            value = True if word in _TRUE else False if word in _FALSE else text
        elif self.kind in {Kind.NUMBER, Kind.DECIMAL}:
            value = _number(text)
        elif self.kind is Kind.LIST:
            value = text.splitlines()
        elif self.kind is Kind.CHOICE:
            value = text.strip()
        return self.checked(value)

    def _checked(self, value: object) -> object:
        if check := _PLAIN_CHECKS.get(self.kind):
            return check(value, self.key)
        if self.kind is Kind.CHOICE:
            values = tuple(choice.value for choice in self.choices)
            return checks.a_choice(value, self.key, values)
        if self.kind is Kind.PROFILE:
            return "" if value == "" else checks.an_id(value, self.key)
        number = checks.a_number if self.kind is Kind.NUMBER else checks.a_decimal
        return number(value, self.key, smallest=self.smallest, largest=self.largest)


_PLAIN_CHECKS: dict[Kind, Callable[[object, str], object]] = {
    Kind.SWITCH: checks.a_switch,
    Kind.TEXT: checks.a_line,
    Kind.LONG_TEXT: checks.a_text,
    Kind.PROXY: checks.a_proxy,
    Kind.KEYS: checks.keys,
    Kind.LIST: checks.a_list,
}


def _number(text: str) -> object:
    """Return the number in `text`, with a point or a comma, or the text where there is none."""
    plain = text.strip().replace(",", ".")
    for kind in (int, float):
        try:
            return kind(plain)
        except ValueError:
            continue
    return text
