"""The one sentence of each check, and the report that a person can hand on.

The window translates these texts (context `Sentence`) before it fills them; the terminal prints
them as they stand.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator

from core import __version__
from core.diagnosis.checks import Check, Finding, Outcome, Step
from core.redaction import redacted
from core.sentences import filled, sentence

STEPS: dict[Step, str] = {
    Step.ADDRESS: "Address",
    Step.DNS: "Name",
    Step.TCP: "Connection",
    Step.PROXY: "Proxy",
    Step.TLS: "Encryption",
    Step.HTTP: "Web server",
    Step.SERVICE: "Service",
    Step.KEY: "Key",
    Step.MODEL: "Model",
    Step.FIRST_WORD: "First word",
}
OUTCOMES: dict[Outcome, str] = {
    Outcome.OK: "OK",
    Outcome.WARNING: "Note",
    Outcome.FAILED: "Failed",
    Outcome.SKIPPED: "Skipped",
}
FINDINGS: dict[Finding, str] = {
    Finding.NOT_TRIED: "Not looked at, because another step failed.",
    Finding.ASKED_DIRECTLY: "{host} is asked without a proxy.",
    Finding.ASKED_BY_PROXY: "{host} is asked through the proxy {proxy}.",
    Finding.ASKED_BY_SYSTEM_PROXY: (
        "{host} is asked through the proxy {proxy}, which the settings of this computer name."
    ),
    Finding.NAME_FOUND: "The name {name} stands for {addresses}.",
    Finding.NAME_IS_ADDRESS: "{name} is a numeric address, so there is no name to look up.",
    Finding.NAME_LEFT_TO_PROXY: "The proxy {proxy} looks the name {name} up itself.",
    Finding.NAME_SLOW: (
        "Nobody said within {seconds} s what the name {name} stands for; check your connection."
    ),
    Finding.PROXY_NAME_UNKNOWN: (
        "The name of the proxy {proxy} was not found; check it, and whether you are on its network."
    ),
    Finding.CONNECTED: "{host} takes connections.",
    Finding.PROXY_CONNECTED: "The proxy {proxy} takes connections.",
    Finding.NOBODY_LISTENS: (
        "No program listens at {host} on this computer; start it, or correct the port."
    ),
    Finding.UNREACHABLE: "No way leads to {host} from here; check your network.",
    Finding.PROXY_UNREACHABLE: (
        "The proxy {proxy} takes no connections; check its address, and whether you are on its"
        " network."
    ),
    Finding.NO_PROXY: "There is no proxy on the way.",
    Finding.PROXY_LETS_THROUGH: "The proxy {proxy} lets this program through to {host}.",
    Finding.PROXY_SLOW: "The proxy {proxy} did not get through to {host} within {seconds} s.",
    Finding.SIGNED: "{version}, with a certificate signed by {issuer} that holds until {until}.",
    Finding.TRUSTED_ALONE: (
        "{version}, with the certificate that you trust for this profile; it holds until {until}."
    ),
    Finding.ENDS_SOON: (
        "{version}, with a certificate signed by {issuer} that ends soon, on {until}; {host} has to"
        " renew it."
    ),
    Finding.HAS_ENDED: (
        "The certificate of {host} ended on {until}; check the date of this computer, or ask {host}"
        " to renew it."
    ),
    Finding.NOT_YET_VALID: (
        "The certificate of {host} begins only on {since}; check the date of this computer."
    ),
    Finding.SIGNED_BY_UNKNOWN: (
        "The certificate of {host} is signed by {issuer}, whom this computer does not know; on a"
        " company's network, add its authority's file, or trust this one certificate."
    ),
    Finding.SIGNED_BY_ITSELF: (
        "The certificate of {host} is signed by nobody but itself; if the server is yours, trust"
        " this one certificate."
    ),
    Finding.FOR_ANOTHER_NAME: (
        "The certificate that {host} shows is for {names}; check the address, or trust this one"
        " certificate if the server is yours."
    ),
    Finding.NO_TLS_HERE: "Nothing is encrypted, and nothing leaves this computer or its network.",
    Finding.NO_TLS: (
        "Nothing is encrypted: whoever is on the way to {host} can read along; use https:// if"
        " the service has it."
    ),
    Finding.ANSWERS: "{host} answers (status {status}).",
    Finding.PAGE_KNOWN: "The page has an AI Power chat (protocol {version}).",
    Finding.API_KNOWN: "{host} speaks the protocol; number of its models: {count}.",
    Finding.API_WANTS_KEY: "{host} speaks the protocol, and wants to know who is asking.",
    Finding.NO_LIST: "{host} gave no list of its models, which not every service has: {message}",
    Finding.NO_KEY_NEEDED: "No key is set, and none was asked for.",
    Finding.KEY_SENT: "Your key is sent along, and {host} has not refused it.",
    Finding.MODEL_LISTED: "{host} has the model “{model}”.",
    Finding.MODEL_NOT_LISTED: (
        "The list of {host} has no model “{model}”; choose another one, such as {models}."
    ),
    Finding.MODEL_UNSURE: "Whether {host} has the model “{model}” shows when it is asked.",
    Finding.MODEL_FIRST: "No model is chosen, so the first of the list is asked: “{model}”.",
    Finding.MODEL_OPEN: "{host} chooses the model itself.",
    Finding.FIRST_WORD: "The first word came after {seconds} s.",
}
"""English, with placeholders for the data of a check."""


def check_sentence(check: Check, *, translate: Callable[[str], str] = str) -> str:
    """Return what a person reads of `check`, on one line and without secrets.

    `translate` is given the template, before it is filled.
    """
    if check.error is not None:
        return redacted(sentence(check.error, translate=translate))
    template = FINDINGS[check.finding or Finding.NOT_TRIED]
    return redacted(filled(translate(template), check.data))


def report(checks: Iterable[Check], *, translate: Callable[[str], str] = str) -> str:
    """Return all checks as text that can be handed to somebody else."""
    lines = [line for check in checks for line in report_lines(check, translate=translate)]
    return "\n".join([report_head(), *lines, ""])


def report_head() -> str:
    """Return the first line of a report: which program, and where it runs."""
    return f"Beseda {__version__}, {platform.system()}, Python {platform.python_version()}"


def report_lines(check: Check, *, translate: Callable[[str], str] = str) -> Iterator[str]:
    """Yield the line of a check, and a second one for a certificate that is not believed."""
    name, outcome = translate(STEPS[check.step]), translate(OUTCOMES[check.outcome])
    time = f", {check.seconds:.2f} s" if check.seconds else ""
    yield f"[{outcome}{time}] {name}: {check_sentence(check, translate=translate)}"
    if check.outcome is Outcome.FAILED and check.certificate is not None:
        yield f"    SHA-256: {check.certificate.fingerprint}"
