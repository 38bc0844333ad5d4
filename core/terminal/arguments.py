"""The options that commands and the window have in common, and what their values may be."""

from __future__ import annotations

import argparse
import math
from urllib.parse import urlsplit

from core.checks import PROXY_SCHEMES, is_web_address
from core.profiles import chosen_profile, presets
from core.terminal.data_option import add_data_option


def provider(value: str) -> str:
    """Return what `core.profiles.chosen_profile` knows without saved profiles; for argparse."""
    choice = value if "://" in value else value.lower()
    if chosen_profile(choice, ()) is not None:
        return choice
    known = ", ".join(one.id for one in presets() if chosen_profile(one.id, ()) is not None)
    raise argparse.ArgumentTypeError(
        f"“{value}” is neither one of {known} nor an address that begins with https://"
    )


def web_address(value: str) -> str:
    """Return the address of a service; for argparse."""
    if not is_web_address(value):
        raise argparse.ArgumentTypeError(f"“{value}” is no address that begins with https://")
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


def add_service_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose a service and the way to it."""
    group = parser.add_argument_group("service")
    group.add_argument(
        "--provider",
        type=provider,
        metavar="NAME",
        help="a service, such as openai, ollama or demo, or the address of an AI Power chat",
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
        help="seconds of silence after which the service is given up (default: as it is set)",
    )
    add_data_option(group)
