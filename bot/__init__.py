"""The faces: command line, terminal chat and Telegram."""
