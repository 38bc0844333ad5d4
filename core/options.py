"""Every option of the program, declared once: for the file, the window, and the terminal."""

from __future__ import annotations

from typing import Any

from core.option import Choice, Kind, Option, Scope

_EVERYWHERE = (Scope.APP, Scope.PROFILE, Scope.CONVERSATION)
_OF_PROFILES = (Scope.APP, Scope.PROFILE)

LANGUAGE = Option(
    "general.language",
    Kind.CHOICE,
    "system",
    label="Language",
    hint="Takes effect when the program is started again.",
    choices=(
        Choice("system", "As the system"),
        Choice("en", "English"),
        Choice("ru", "Русский"),
    ),
)
PROFILE = Option(
    "general.profile",
    Kind.PROFILE,
    "",
    label="Who is asked at first",
    hint="Left open, it is whoever was asked last.",
)
SEND_KEY = Option(
    "general.send_key",
    Kind.CHOICE,
    "enter",
    label="Send with",
    choices=(
        Choice("enter", "Enter (Shift+Enter begins a new line)"),
        Choice("ctrl_enter", "Ctrl+Enter (Enter begins a new line)"),
    ),
)
AFTER_QUESTION = Option(
    "general.after_question",
    Kind.CHOICE,
    "follow",
    label="While an answer comes",
    choices=(
        Choice("follow", "Show its end"),
        Choice("question", "Stop when the question is at the top"),
        Choice("stay", "Stay where I am"),
    ),
)

THEME = Option(
    "appearance.theme",
    Kind.CHOICE,
    "system",
    label="Colours",
    choices=(
        Choice("system", "As the system"),
        Choice("light", "Light"),
        Choice("dark", "Dark"),
    ),
)
ZOOM = Option(
    "appearance.zoom",
    Kind.NUMBER,
    100,
    label="Size of the text",
    smallest=50,
    largest=300,
    unit="%",
)

SYSTEM_PROMPT = Option(
    "model.system_prompt",
    Kind.LONG_TEXT,
    "",
    label="Instructions for the model",
    hint="They come before every conversation.",
    scopes=_EVERYWHERE,
)
TEMPERATURE: Option[float | None] = Option(
    "model.temperature",
    Kind.DECIMAL,
    None,
    label="Temperature",
    hint="0 gives the likeliest words, 2 the most surprising ones. Left open, the service decides.",
    smallest=0,
    largest=2,
    scopes=_EVERYWHERE,
)
TOP_P: Option[float | None] = Option(
    "model.top_p",
    Kind.DECIMAL,
    None,
    label="Top P",
    hint="From 0 to 1: only the likeliest words that together are this likely.",
    smallest=0,
    largest=1,
    scopes=_EVERYWHERE,
)
MAX_TOKENS: Option[int | None] = Option(
    "model.max_tokens",
    Kind.NUMBER,
    None,
    label="Longest answer",
    hint="An answer ends there, and can be continued.",
    smallest=1,
    largest=10_000_000,
    unit="tokens",
    scopes=_EVERYWHERE,
)
STOP: Option[tuple[str, ...]] = Option(
    "model.stop",
    Kind.LIST,
    (),
    label="Stop before",
    hint="An answer ends before any of these texts, one in each line.",
    scopes=_EVERYWHERE,
)
SEED: Option[int | None] = Option(
    "model.seed",
    Kind.NUMBER,
    None,
    label="Seed",
    hint="With the same number, some services give the same answer again.",
    smallest=-(2**63),
    largest=2**63 - 1,
    scopes=_EVERYWHERE,
)
WHEN_TOO_LONG = Option(
    "model.when_too_long",
    Kind.CHOICE,
    "oldest",
    label="When a conversation is too long",
    choices=(
        Choice("oldest", "Leave out the oldest messages"),
        Choice("middle", "Leave out messages in the middle"),
        Choice("nothing", "Send everything"),
    ),
    scopes=_EVERYWHERE,
)

KEY_PLACE = Option(
    "privacy.keys",
    Kind.CHOICE,
    "keyring",
    label="Where keys are kept",
    choices=(
        Choice("keyring", "In the system's password store"),
        Choice("session", "Nowhere: until the program ends"),
        Choice("file", "In a file that only you can read"),
    ),
)
KEEP_CONVERSATIONS = Option(
    "privacy.keep_conversations",
    Kind.SWITCH,
    default=True,
    label="Keep conversations",
    hint="Without it, they are gone when the program ends.",
)
IMAGES = Option(
    "privacy.images",
    Kind.CHOICE,
    "ask",
    label="Pictures in answers",
    hint="Whoever keeps a picture on the web learns that it is looked at.",
    choices=(
        Choice("ask", "Load them when I ask for it"),
        Choice("never", "Never load them"),
    ),
)

PROXY = Option(
    "advanced.proxy",
    Kind.PROXY,
    "system",
    label="Proxy",
    hint="http://, https://, socks4://, socks5:// or socks5h://",
    scopes=_OF_PROFILES,
)
CONNECT_SECONDS = Option(
    "advanced.connect_seconds",
    Kind.DECIMAL,
    15.0,
    label="Longest wait for a connection",
    smallest=0.1,
    largest=600,
    unit="s",
    scopes=_OF_PROFILES,
)
SILENCE_SECONDS = Option(
    "advanced.silence_seconds",
    Kind.DECIMAL,
    120.0,
    label="Longest silence of a service",
    smallest=0.1,
    largest=86_400,
    unit="s",
    scopes=_OF_PROFILES,
)
LOCAL_SILENCE_SECONDS = Option(
    "advanced.local_silence_seconds",
    Kind.DECIMAL,
    600.0,
    label="Longest silence of a service on this computer",
    hint="A model may have to be loaded first.",
    smallest=0.1,
    largest=86_400,
    unit="s",
)
RETRIES = Option(
    "advanced.retries",
    Kind.NUMBER,
    2,
    label="Try again by itself",
    hint="When a service cannot be reached; never once the answer has begun.",
    smallest=0,
    largest=5,
    unit="times",
)
LONGEST_WAIT = Option(
    "advanced.longest_wait",
    Kind.DECIMAL,
    60.0,
    label="Longest wait before that",
    hint="When a service asks to wait longer than this, the question is not asked again.",
    smallest=0,
    largest=3600,
    unit="s",
)
LOG_LEVEL = Option(
    "advanced.log_level",
    Kind.CHOICE,
    "warning",
    label="What the log tells",
    hint="It never holds a message or a key.",
    choices=(
        Choice("warning", "What went wrong"),
        Choice("info", "What happens"),
        Choice("debug", "Everything"),
    ),
)

HOTKEY_ON = Option(
    "quick.hotkey_on",
    Kind.SWITCH,
    default=True,
    label="Open the quick prompt with keys",
    hint="They work in every program.",
)
HOTKEY = Option("quick.hotkey", Kind.KEYS, "Ctrl+Alt+Space", label="Keys for the quick prompt")
QUICK_PRIVATE = Option(
    "quick.private",
    Kind.SWITCH,
    default=False,
    label="Keep no quick questions",
    hint="Nothing of them is written to the disk.",
)
TEMPLATES: Option[tuple[str, ...]] = Option(
    "quick.templates",
    Kind.LIST,
    (),
    label="Commands of your own",
    hint=(
        "One in each line, such as: /short Say it in one sentence: {selection}. They may hold"
        " {selection}, {clipboard} and {input}, and take the place of a command of the same name."
    ),
)
TRAY = Option(
    "quick.tray",
    Kind.SWITCH,
    default=True,
    label="Icon in the tray",
    hint="Where the system has a tray.",
)
TRAY_CLICK = Option(
    "quick.tray_click",
    Kind.CHOICE,
    "quick",
    label="A click on the icon opens",
    choices=(
        Choice("quick", "The quick prompt"),
        Choice("window", "The window"),
    ),
)
CLOSE_TO_TRAY = Option(
    "quick.close_to_tray",
    Kind.SWITCH,
    default=True,
    label="Stay in the tray when the window is closed",
)
NOTIFY = Option(
    "quick.notify",
    Kind.SWITCH,
    default=True,
    label="Tell when an answer is complete",
    hint="While none of our windows is in use, and nothing fills the whole screen.",
)
AUTOSTART = Option(
    "quick.autostart",
    Kind.SWITCH,
    default=False,
    label="Start with the system",
    hint="Without a window, one key away.",
)
QUICK: tuple[Option[Any], ...] = (
    HOTKEY_ON,
    HOTKEY,
    QUICK_PRIVATE,
    TEMPLATES,
    TRAY,
    TRAY_CLICK,
    CLOSE_TO_TRAY,
    NOTIFY,
    AUTOSTART,
)


def _shortcut(name: str, keys: str, label: str) -> Option[str]:
    return Option(f"shortcuts.{name}", Kind.KEYS, keys, label=label)


SHORTCUTS: tuple[Option[str], ...] = (
    _shortcut("new_conversation", "Ctrl+N", "New conversation"),
    _shortcut("copy_answer", "Ctrl+Shift+C", "Copy last answer"),
    _shortcut("stop", "Esc", "Stop the answer"),
    _shortcut("focus_composer", "Ctrl+L", "Write a message"),
    _shortcut("search", "Ctrl+K", "Search all conversations"),
    _shortcut("search_again", "Ctrl+Shift+F", "Search all conversations (other keys)"),
    _shortcut("next_conversation", "Ctrl+PgDown", "Next conversation"),
    _shortcut("previous_conversation", "Ctrl+PgUp", "Previous conversation"),
    _shortcut("toggle_sidebar", "Ctrl+B", "Show or hide the conversations"),
    _shortcut("suggest_title", "", "Ask the model for a title"),
    _shortcut("export", "Ctrl+Shift+E", "Export"),
    _shortcut("import", "Ctrl+Shift+I", "Import"),
    _shortcut("mirror", "", "Markdown mirror"),
    _shortcut("settings", "Ctrl+,", "Settings"),
    _shortcut("find_services", "", "Find services"),
    _shortcut("diagnose", "", "Diagnose the service"),
    _shortcut("about", "F1", "About Beseda"),
    _shortcut("close", "Ctrl+W", "Close the window"),
    _shortcut("quit", "Ctrl+Q", "Quit"),
)

OPTIONS: tuple[Option[Any], ...] = (
    LANGUAGE,
    PROFILE,
    SEND_KEY,
    AFTER_QUESTION,
    THEME,
    ZOOM,
    SYSTEM_PROMPT,
    TEMPERATURE,
    TOP_P,
    MAX_TOKENS,
    STOP,
    SEED,
    WHEN_TOO_LONG,
    *QUICK,
    *SHORTCUTS,
    KEY_PLACE,
    KEEP_CONVERSATIONS,
    IMAGES,
    PROXY,
    CONNECT_SECONDS,
    SILENCE_SECONDS,
    LOCAL_SILENCE_SECONDS,
    RETRIES,
    LONGEST_WAIT,
    LOG_LEVEL,
)
"""In the order in which they are shown."""

PAGES: tuple[Choice, ...] = (
    Choice("general", "General"),
    Choice("appearance", "Appearance"),
    Choice("providers", "Providers"),
    Choice("quick", "Quick prompt"),
    Choice("shortcuts", "Shortcuts"),
    Choice("privacy", "Privacy"),
    Choice("advanced", "Advanced"),
)
"""Of a settings window, in order, by their English names. The options whose page is `model` stand
on the page `providers`, together with the profiles."""

_BY_KEY = {option.key: option for option in OPTIONS}


def option_by_key(key: str) -> Option[Any] | None:
    """Return the option that has this key."""
    return _BY_KEY.get(key)
