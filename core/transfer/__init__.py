"""Export and import: one file per format, each of them from or to a `ConversationTree`.

The formats know nothing of the store; `library` joins them with it, and `mirror` keeps a folder of
Markdown files up to date.
"""
