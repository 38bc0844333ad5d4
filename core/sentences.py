"""The one sentence that a person reads of each fault: what happened, and what to do.

The window translates these templates (context `Sentence`) before it fills them; the terminal
prints them as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from core.errors import ChatError, Fault

SENTENCES: dict[Fault, str] = {
    Fault.REFUSED_REQUEST: "{host} refused the request: {message}",
    Fault.SERVER_ERROR: "{host} has a problem of its own (error {status}); try again later.",
    Fault.UPSTREAM_ERROR: "{host} passed on an error of its model: {message}",
    Fault.UPSTREAM_UNREACHABLE: "{host} cannot reach its own model; try again later.",
    Fault.PAYMENT_REQUIRED: "{host} asks to be paid before it answers; check your account there.",
    Fault.ENDPOINT_GONE: "{host} no longer takes questions this way; choose another service.",
    Fault.NONCE_REFUSED: "{host} keeps refusing the key on its own page; try again later.",
    Fault.CONSENT_REQUIRED: "{host} wants its terms accepted first; open it once in a browser.",
    Fault.FOREIGN_ORIGIN: "{host} answers only on its own pages; choose another service.",
    Fault.ADDRESS_BLOCKED: "{host} has blocked your network address; choose another service.",
    Fault.WORDS_BLOCKED: "{host} does not allow some words of your message; change them.",
    Fault.FLAGGED: "{host} took your message for harmful and did not answer it; rephrase it.",
    Fault.KEY_MISSING: "{host} needs a key; enter one in the settings.",
    Fault.KEY_REFUSED: "{host} did not accept your key; check it.",
    Fault.SITE_KEY_REFUSED: "{host} has no working key for its model; choose another service.",
    Fault.FORBIDDEN: "{host} does not let this program in (error {status}).",
    Fault.RATE_LIMIT: "{host} asks to wait before the next question; try again in a while.",
    Fault.QUOTA: "Your free quota at {host} is used up; wait, or choose another service.",
    Fault.SITE_QUOTA: "{host} has used up what it pays for; choose another service.",
    Fault.CONTEXT_LENGTH: "The conversation is too long for {host}; shorten it or start a new one.",
    Fault.MODEL_GONE: "{host} has no model “{model}”; choose another one.",
    Fault.NO_IMAGES: "This model of {host} takes no pictures; remove them, or choose another one.",
    Fault.NO_MODELS: "{host} has no model to offer; load one there first.",
    Fault.NO_SERVICE_HERE: (
        "There is no chat service at {address}; check the address, which often ends in /v1."
    ),
    Fault.COUNTRY_BLOCKED: (
        "{host} does not serve the country that you seem to be in; choose another service or a"
        " proxy."
    ),
    Fault.DNS: "The name {host} was not found; check the address and your connection.",
    Fault.CONNECTION_REFUSED: "{host} does not take connections; check the address and the port.",
    Fault.CONNECT_TIMEOUT: "{host} did not answer the call within {seconds} s; try again later.",
    Fault.TLS: "The secure connection to {host} failed: {message}",
    Fault.OTHER_CERTIFICATE: (
        "{host} shows another certificate than the one that you trust; look at it in the settings"
        " before you go on."
    ),
    Fault.CA_FILE: "The certificates in {file} cannot be read: {message}",
    Fault.PROXY: "The proxy {proxy} did not connect to {host}; check the proxy.",
    Fault.PROXY_PASSWORD: "The proxy {proxy} did not accept its user name and password.",
    Fault.PROXY_ADDRESS: (
        "The proxy's address is not of the form http://, https://, socks4://, socks5:// or"
        " socks5h:// with a host and a port."
    ),
    Fault.RESET: "{host} broke off the connection; try again.",
    Fault.SILENCE: "{host} sent nothing for {seconds} s; try again, or allow it more time.",
    Fault.REDIRECT: "{host} sends visitors on to {target}; enter that address if you trust it.",
    Fault.BAD_ADDRESS: "“{address}” is not a web address; it should begin with https://.",
    Fault.NO_CHAT: "There is no AI Power chat on the page {host}; check the address.",
    Fault.NO_NONCE: "The chat on {host} has no key (nonce), so it cannot be asked.",
    Fault.NO_POST_ID: "The chat on {host} does not name its page (post id), so it cannot be asked.",
    Fault.PAGE_TOO_LARGE: "The page {host} is larger than {megabytes} MB; that is no chat page.",
    Fault.NOT_A_PAGE: "{host} did not show its page (error {status}); check the address.",
    Fault.BROWSER_CHECK: "{host} first checks for a browser, which this program cannot pass.",
    Fault.EMPTY_ANSWER: "{host} answered with nothing; try again or rephrase.",
    Fault.HTML_ANSWER: "{host} answered with a web page instead of text; try again later.",
    Fault.UNREADABLE_ANSWER: "The answer of {host} could not be read; try again.",
    Fault.ANSWER_TOO_LARGE: "The answer of {host} is larger than {megabytes} MB and was stopped.",
    Fault.COMPRESSION: "{host} sent data that cannot be unpacked safely; it was stopped.",
    Fault.EMPTY_PROMPT: "There is nothing to send; type a question first.",
    Fault.UNKNOWN_MODEL: "The model “{model}” is not offered here; choose one of: {models}.",
    Fault.STORAGE: "This could not be saved on the computer: {message}",
    Fault.STORE_LOCKED: (
        "Another program holds the file with your conversations, {file}; close that program and"
        " try again."
    ),
    Fault.STORE_FULL: (
        "The disk is full, so nothing can be saved; free some space and try again. The file is"
        " {file}."
    ),
    Fault.STORE_READ_ONLY: (
        "Your conversations cannot be saved, because {file} or its folder may not be written to;"
        " allow it, or choose another folder."
    ),
    Fault.STORE_DAMAGED: (
        "The file with your conversations, {file}, is damaged or of another kind. It was left as"
        " it is; put the newest copy from {backups} in its place."
    ),
    Fault.STORE_NEWER: (
        "A newer version of this program wrote your conversations, {file}; install that version."
        " The file was left as it is."
    ),
    Fault.SETTING: "The option {option} cannot have that value: {message}",
    Fault.SETTINGS_BROKEN: "The settings file {file} cannot be understood: {message}",
    Fault.SETTINGS_UNREADABLE: "The settings file {file} cannot be read: {message}",
    Fault.SETTINGS_NOT_WRITTEN: "The settings were not written to {file}: {message}",
    Fault.UNKNOWN_PROFILE: "There is no profile “{profile}”; choose another one.",
    Fault.KEY_STORE: "The password store of this computer cannot be used: {message}",
    Fault.KEY_STORE_LOCKED: "The password store of this computer is locked; unlock it.",
    Fault.KEY_STORE_MISSING: (
        "This computer has no password store that can be used; choose another place for keys in"
        " the settings."
    ),
    Fault.KEY_STORE_SILENT: (
        "The password store of this computer did not answer within {seconds} s; try again."
    ),
    Fault.KEY_FILE: "The file with your keys, {file}, cannot be used: {message}",
    Fault.ATTACHMENT_KIND: "“{file}” is neither a picture nor a text; it was not added.",
    Fault.ATTACHMENT_BROKEN: "The picture “{file}” cannot be read; it was not added.",
    Fault.ATTACHMENT_TOO_LARGE: "“{file}” is larger than {megabytes} MB; it was not added.",
    Fault.TOO_MANY_ATTACHMENTS: "A question takes {count} files; “{file}” was not added.",
    Fault.UNKNOWN_EXPORT: "“{target}” holds no conversations in a form that can be imported.",
    Fault.BROKEN_EXPORT: "“{target}” is damaged and was not imported: {message}",
    Fault.NEWER_EXPORT: "“{target}” was made by a newer version; update this program first.",
    Fault.EXPORT_TOO_LARGE: "“{target}” holds more than {megabytes} MB and was not imported.",
    Fault.FILE_UNREADABLE: "“{target}” cannot be read: {message}",
    Fault.FILE_NOT_WRITTEN: "“{target}” cannot be written: {message}",
    Fault.NEEDS_A_FOLDER: "Several conversations need a folder or a .zip, not “{target}”.",
}
"""English, with placeholders for the error's data, its `message`, and `host`."""


_LONGEST_QUOTE = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


class _Values(dict[str, str | float]):
    """The data of an error; what is missing leaves a gap rather than an error about an error."""

    def __missing__(self, key: str) -> str:
        return ""


def sentence(error: ChatError, *, translate: Callable[[str], str] = str) -> str:
    """Return what a person reads of `error`, on one line.

    `translate` is given the template, before it is filled. Words of the service are cut at 500
    characters and cannot hold control characters.
    """
    known = {"host": translate("The service"), **error.data, "message": error.message}
    return filled(translate(SENTENCES[error.fault]), known)


def filled(template: str, data: Mapping[str, str | float]) -> str:
    """Return a template with its placeholders filled, on one line and without control characters.

    What is missing leaves a gap; each text is cut at 500 characters.
    """
    values = _Values(data)
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = " ".join(_CONTROL.sub(" ", value).split())[:_LONGEST_QUOTE]
    return template.format_map(values).rstrip(" :")
