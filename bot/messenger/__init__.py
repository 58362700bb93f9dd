"""The Telegram bot.

It may use bot.ground, bot.render, bot.service, bot.wiring, index.ground and index.sources.
"""
