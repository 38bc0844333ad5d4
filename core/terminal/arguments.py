"""The options that commands and the window have in common, and what their values may be."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from urllib.parse import urlsplit

PROXY_SCHEMES = ("http", "https", "socks4", "socks5", "socks5h")


def provider(value: str) -> str:
    """Return `demo`, `chatgptfree`, or the address of a site; for argparse."""
    if value.lower() in {"demo", "chatgptfree"}:
        return value.lower()
    if not _is_web_address(value):
        raise argparse.ArgumentTypeError(
            f"“{value}” is neither demo, chatgptfree nor an address that begins with https://"
        )
    return value


def proxy(value: str) -> str:
    """Return a proxy's address that has a known scheme and a host; for argparse.

    The value stays out of the message, for it may hold a password.
    """
    try:
        parts = urlsplit(value)
        is_known = parts.scheme in PROXY_SCHEMES and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        is_known = False
    if not is_known:
        schemes = ", ".join(f"{scheme}://" for scheme in PROXY_SCHEMES)
        raise argparse.ArgumentTypeError(f"a proxy begins with one of {schemes} and has a host")
    return value


def number_above_zero(value: str, unit: str) -> float:
    """Return a finite number above 0.

    Raises:
        argparse.ArgumentTypeError: it is none; `unit` says of what.
    """
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"“{value}” is not a number of {unit} above 0")
    return number


def seconds(value: str) -> float:
    """Return a positive number of seconds; for argparse."""
    return number_above_zero(value, "seconds")


def port(value: str) -> int:
    """Return a TCP port, 0 for any that is free; for argparse."""
    if not (value.isascii() and value.isdigit()) or int(value) > 65535:
        raise argparse.ArgumentTypeError(f"“{value}” is not a port from 0 to 65535")
    return int(value)


def count(value: str) -> int:
    """Return a whole number above 0; for argparse."""
    if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value)):
        raise argparse.ArgumentTypeError(f"“{value}” is not a whole number above 0")
    return int(value)


def add_data_option(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add the option that chooses where the data is."""
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="FOLDER",
        help="where the program keeps its data (default: BESEDA_DATA_DIR, or the system's place)",
    )


def add_service_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose a service and the way to it."""
    group = parser.add_argument_group("service")
    group.add_argument(
        "--provider",
        type=provider,
        metavar="NAME",
        help="demo, chatgptfree, or the address of a site with an AI Power chat",
    )
    group.add_argument("--model", default="", help="one of the models that the service offers")
    group.add_argument("--system", default="", metavar="TEXT", help="instructions for the model")
    group.add_argument(
        "--proxy",
        type=proxy,
        metavar="URL",
        help="http, https, socks4, socks5 or socks5h, with user:password@ if it wants them",
    )
    group.add_argument(
        "--timeout",
        type=seconds,
        metavar="S",
        help="seconds of silence after which the service is given up (default: 120)",
    )
    add_data_option(group)


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and value.isprintable()
