"""What Beseda needs of the operating system, and what of it is missing. Linux only.

Libraries are looked for by loading them, so that it does not matter who installed them. They are
named by Debian package; where releases disagree on the name, the other names are in `ALSO_NAMED`.
"""

from __future__ import annotations

import ctypes
import glob
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

QT = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libx11-6": "libX11.so.6",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libgssapi-krb5-2": "libgssapi_krb5.so.2",
}
X11 = {
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
}
WAYLAND = {
    "libwayland-client0": "libwayland-client.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
    "libwayland-egl1": "libwayland-egl.so.1",
}
# What the tests drive the window with and keep keys in: programs, and files of which one must be
# there.
TEST_PROGRAMS = {
    "xvfb": "Xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "xclip": "xclip",
    "x11-utils": "xwininfo",
    "scrot": "scrot",
    "tint2": "tint2",
    "dbus-x11": "dbus-launch",
    "libglib2.0-bin": "gdbus",
    "microsocks": "microsocks",
    "gnome-keyring": "gnome-keyring-daemon",
}
TEST_FILES = {
    "at-spi2-core": (
        "/usr/libexec/at-spi-bus-launcher",
        "/usr/lib/at-spi2-core/at-spi-bus-launcher",
    ),
    "gir1.2-atspi-2.0": (
        "/usr/lib*/girepository-1.0/Atspi-*",
        "/usr/lib/*/girepository-1.0/Atspi-*",
    ),
    "python3-gi": ("/usr/lib*/python3*/*-packages/gi/__init__.py",),
}
CERTIFICATES = {
    "ca-certificates": (
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ),
}
ALSO_NAMED = {"libglib2.0-0": ("libglib2.0-0t64",)}


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether a window can be opened here, be it one that nobody sees."""
    return bool(_platforms(environ))


def missing_for_window(environ: Mapping[str, str]) -> list[str]:
    """Return the packages without which a window cannot open on this display.

    Where both X11 and Wayland are there, either will do: Qt falls back by itself.
    """
    if sys.platform != "linux":
        return []
    displays = {"x11": X11, "wayland": WAYLAND}
    wanting = [unloadable(displays.get(platform, {})) for platform in _platforms(environ)]
    return unloadable(QT) + (min(wanting, key=len) if wanting else [])


def missing_for_tests() -> list[str]:
    """Return the packages without which the tests cannot run."""
    if sys.platform != "linux":
        return []
    programs = [name for name, program in TEST_PROGRAMS.items() if not find_program(program)]
    return unloadable(QT) + unloadable(X11) + programs + absent(TEST_FILES)


def missing_for_downloads() -> list[str]:
    """Return the packages without which nothing can be fetched over TLS."""
    if sys.platform != "linux" or "SSL_CERT_FILE" in os.environ:
        return []
    return absent(CERTIFICATES)


def unloadable(libraries: Mapping[str, str]) -> list[str]:
    """Return the packages whose library the loader does not find."""
    return [package for package, library in libraries.items() if not _loads(library)]


def absent(files: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the packages of which no file is there."""
    return [
        package
        for package, patterns in files.items()
        if not any(glob.glob(pattern) for pattern in patterns)  # noqa: PTH207 - absolute patterns
    ]


def find_program(name: str, folders: Iterable[str | Path] | None = None) -> str:
    """Return the path of a program, on PATH unless folders are given; nothing if it is not there.

    (Importing `shutil` for its `which` would take as long as all the rest of a start.)
    """
    for folder in os.get_exec_path() if folders is None else folders:
        path = Path(folder, name)
        if path.is_file() and os.access(path, os.X_OK):
            return str(path)
    return ""


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _platforms(environ: Mapping[str, str]) -> list[str]:
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if sys.platform != "linux":
        return ["native"]
    if chosen and chosen != "xcb" and not chosen.startswith("wayland"):
        return [chosen]
    displays = {"x11": environ.get("DISPLAY"), "wayland": environ.get("WAYLAND_DISPLAY")}
    if chosen:
        only = "x11" if chosen == "xcb" else "wayland"
        displays = {only: displays[only]}
    return [platform for platform, address in displays.items() if address]
