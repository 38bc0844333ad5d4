"""What a value of an option may be, and the sentence for one that may not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from core.errors import SettingsError
from core.text import UNREADABLE, without_surrogates

PROXY_SCHEMES = ("http", "https", "socks4", "socks5", "socks5h")
SYSTEM_PROXY, NO_PROXY = "system", "none"

CHECKS: Mapping[str, str] = {
    "switch": "true or false is needed",
    "number": "a whole number is needed",
    "decimal": "a number is needed",
    "range": "a number from {smallest} to {largest} is needed",
    "at_least": "a number of at least {smallest} is needed",
    "text": "a text is needed",
    "line": "a text of one line is needed",
    "needed": "something has to stand here",
    "choice": "one of these is needed: {choices}",
    "list": "a list of texts is needed",
    "proxy": "system, none or an address such as http://proxy.example:8080 is needed",
    "proxy_password": "a password must not stand here; the program keeps it elsewhere",
    "address": "an address such as https://example.com is needed",
    "address_password": "neither a name nor a password may stand in the address",
    "keys": "keys such as Ctrl+Shift+N are needed",
    "id": "letters, digits, - and _ are needed",
    "variable": "the name of an environment variable is needed",
    "fingerprint": "64 digits from 0 to 9 and a to f are needed",
    "table": "a table with options is needed",
}
"""English, with placeholders; what the window translates, and `check_sentence` fills."""

_LONGEST_LINE = 2000
_LONGEST_TEXT = 100_000
_NAMED_KEYS = (
    "Backspace|Backtab|Del|Down|End|Enter|Esc|Home|Ins|Left|Menu|Pause|PgDown|PgUp|Print|Return"
    "|Right|Space|Tab|Up"
)
_KEYS = re.compile(
    rf"(?:(?:Ctrl|Alt|Meta)\+(?:(?:Ctrl|Alt|Meta|Shift)\+)*(?:[^\s+a-z]|\+|{_NAMED_KEYS}|F\d\d?)"
    rf"|(?:Shift\+)?(?:{_NAMED_KEYS}|F\d\d?))"
)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def refusal(check: str, option: str, **data: str | float) -> SettingsError:
    """Return the error for a value of `option` that one of `CHECKS` does not let through."""
    error = SettingsError(CHECKS[check].format_map(data), option=option, check=check)
    error.data.update(data)
    return error


def check_sentence(error: SettingsError, *, translate: Callable[[str], str] = str) -> str:
    """Return what a person reads beside the field; `translate` is given one of `CHECKS`."""
    template = CHECKS.get(str(error.data.get("check")))
    return error.message if template is None else translate(template).format_map(error.data)


def a_switch(value: object, option: str) -> bool:
    """Return a truth value.

    Raises:
        SettingsError: it is none; as for all functions here.
    """
    if not isinstance(value, bool):
        raise refusal("switch", option)
    return value


def a_number(
    value: object, option: str, *, smallest: float | None = None, largest: float | None = None
) -> int:
    """Return a whole number between the limits, which count as inside."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise refusal("number", option)
    _check_range(value, option, smallest, largest)
    return value


def a_decimal(
    value: object, option: str, *, smallest: float | None = None, largest: float | None = None
) -> float:
    """Return a finite number between the limits, which count as inside."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise refusal("decimal", option)
    if isinstance(value, float) and math.isnan(value):
        raise refusal("decimal", option)
    _check_range(value, option, smallest, largest)
    try:
        number = float(value)
    except OverflowError:
        raise refusal("decimal", option) from None
    if not math.isfinite(number):
        raise refusal("decimal", option)
    return number


def a_line(value: object, option: str) -> str:
    """Return a text of one line without white space around it."""
    text = a_text(value, option).strip()
    if not text.isprintable() or len(text) > _LONGEST_LINE:
        raise refusal("line", option)
    return text


def a_text(value: object, option: str) -> str:
    """Return a text of at most 100,000 characters, made fit to be written to a file."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise refusal("text", option)
    return without_surrogates(value.replace("\0", UNREADABLE))


def a_choice(value: object, option: str, choices: tuple[str, ...]) -> str:
    """Return one of `choices`."""
    if value not in choices or not isinstance(value, str):
        raise refusal("choice", option, choices=", ".join(choices))
    return value


def a_list(value: object, option: str) -> tuple[str, ...]:
    """Return texts without those that are empty; there are at most 100."""
    if isinstance(value, str) or not isinstance(value, (list, tuple)) or len(value) > 100:
        raise refusal("list", option)
    if not all(isinstance(text, str) for text in value):
        raise refusal("list", option)
    return tuple(text for text in (a_text(text, option) for text in value) if text)


def a_proxy(value: object, option: str) -> str:
    """Return `system`, `none`, or the address of a proxy, in which no password may stand."""
    text = a_line(value, option)
    if text in {SYSTEM_PROXY, NO_PROXY}:
        return text
    try:
        parts = urlsplit(text)
        is_known = parts.scheme in PROXY_SCHEMES and bool(parts.hostname)
        has_password = parts.password is not None
        _ = parts.port
    except ValueError:
        raise refusal("proxy", option) from None
    if not is_known:
        raise refusal("proxy", option)
    if has_password:
        raise refusal("proxy_password", option)
    return text


def an_address(value: object, option: str) -> str:
    """Return the address of a service, or an empty text."""
    text = a_line(value, option)
    if not text:
        return ""
    if not is_web_address(text):
        raise refusal("address", option)
    if "@" in urlsplit(text).netloc:
        raise refusal("address_password", option)
    return text


def keys(value: object, option: str) -> str:
    """Return keys in Qt's portable form, such as `Ctrl+Shift+N`, or an empty text for none."""
    text = a_line(value, option)
    if text and not _KEYS.fullmatch(text):
        raise refusal("keys", option)
    return text


def an_id(value: object, option: str) -> str:
    """Return what can stand as a bare key of a TOML file, and in the name of a variable."""
    return _matching(_ID, value, option, check="id")


def a_variable(value: object, option: str) -> str:
    """Return the name of an environment variable, or an empty text."""
    return "" if value == "" else _matching(_VARIABLE, value, option, check="variable")


def a_fingerprint(value: object, option: str) -> str:
    """Return a SHA-256 in lower case without colons, or an empty text."""
    text = a_line(value, option).replace(":", "").lower()
    return _matching(_FINGERPRINT, text, option, check="fingerprint") if text else ""


def is_web_address(text: str) -> bool:
    """Tell whether `text` is `http://` or `https://` with a host."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and text.isprintable()


def _matching(pattern: re.Pattern[str], value: object, option: str, *, check: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise refusal(check, option)
    return value


def _check_range(value: float, option: str, smallest: float | None, largest: float | None) -> None:
    if smallest is not None and largest is not None and not smallest <= value <= largest:
        raise refusal("range", option, smallest=_short(smallest), largest=_short(largest))
    if smallest is not None and value < smallest:
        raise refusal("at_least", option, smallest=_short(smallest))
    # TOML's numbers, and SQLite's, have 64 bits.
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise refusal("number", option)


def _short(number: float) -> str:
    return f"{number:g}" if abs(number) < 100_000 else str(int(number))
