"""What the commands take that ask a service: which profile, and how it should answer."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from core.checks import a_variable, check_sentence
from core.errors import SettingsError
from core.profiles import BY_ADDRESS
from core.settings import MAX_TOKENS, RETRIES, SEED, STOP, TEMPERATURE, TOP_P, Option
from core.terminal.arguments import add_service_options, web_address

_NUMBERS: tuple[Option[Any], ...] = (TEMPERATURE, TOP_P, MAX_TOKENS, SEED, RETRIES)


def add_question_options(parser: argparse.ArgumentParser) -> None:
    """Add what says who is asked, and how they should answer."""
    add_profile_options(parser)
    group = parser.add_argument_group("answer")
    for option in _NUMBERS:
        group.add_argument(
            flag(option),
            type=partial(_value, option),
            metavar="N",
            help=_help(option),
        )
    group.add_argument(
        flag(STOP),
        action="append",
        metavar="TEXT",
        help="the answer ends before this text; may be given several times",
    )


def add_image_option(parser: argparse.ArgumentParser) -> None:
    """Add the files that go with a question."""
    parser.add_argument(
        "--image",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a picture, or a text, that goes with the question; may be given several times",
    )


def add_profile_options(parser: argparse.ArgumentParser) -> None:
    """Add what says who is asked."""
    add_service_options(parser)
    group = parser.add_argument_group("saved and other services")
    group.add_argument(
        "--profile", metavar="NAME", help="a profile of the settings, by its name or its id"
    )
    group.add_argument(
        "--address",
        type=web_address,
        metavar="URL",
        help="where a server is that speaks as OpenAI does, or as --provider says",
    )
    group.add_argument(
        "--key-variable",
        type=_variable,
        default="",
        metavar="NAME",
        help="the environment variable that holds the key, for --address and --provider",
    )


def check_profile(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse what does not go together, and make one choice of a provider and its address."""
    if options.profile is not None and (options.provider or options.address):
        parser.error("--profile says who is asked; give neither --provider nor --address with it")
    if options.profile is not None and options.key_variable:
        parser.error("--key-variable is for --provider and --address; a profile has its own")
    if options.address is not None:
        provider = options.provider or BY_ADDRESS[0]
        if provider not in BY_ADDRESS:
            parser.error(f"--address goes with --provider {' or '.join(BY_ADDRESS)}")
        options.provider = f"{provider}+{options.address}"


def check_question(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """As `check_profile`, and put what was given several times into its own form."""
    check_profile(parser, options)
    if options.stop is not None:
        options.stop = STOP.checked(options.stop)


def flag(option: Option[Any]) -> str:
    """Return how an option is called on the command line."""
    return "--" + option.name.replace("_", "-")


def _value(option: Option[Any], text: str) -> object:
    try:
        return option.parsed(text)
    except SettingsError as exc:
        raise argparse.ArgumentTypeError(f"“{text}”: {check_sentence(exc)}") from None


def _variable(text: str) -> str:
    try:
        return a_variable(text, "key_variable")
    except SettingsError as exc:
        raise argparse.ArgumentTypeError(f"“{text}”: {check_sentence(exc)}") from None


def _help(option: Option[Any]) -> str:
    limits = [f"{value:g}" for value in (option.smallest, option.largest) if value is not None]
    is_short = len(limits) == 2 and all(len(limit) < 4 for limit in limits)
    bounds = f", {limits[0]} to {limits[1]}" if is_short else ""
    unit = f", in {option.unit}" if option.unit and not bounds else ""
    text = f"{option.label.lower()}{bounds}{unit}: {option.hint[:1].lower()}{option.hint[1:]}"
    return text.replace("%", "%%").rstrip(".")
