"""Replies and reports as text: for a terminal, for Telegram, for programs.

It may use evaluation, index.building, index.ground and retrieval.ground.
"""
