"""One key away: the quick prompt, the tray, the hotkeys, and one instance of the program."""
