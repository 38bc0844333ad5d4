"""How bytes come in: the session made for streaming, and decoders without I/O."""
