"""The commands of the terminal.

It may use bot.ground, bot.render, bot.service, bot.wiring, evaluation, index.building,
index.ground, index.models, index.seam, index.sources, retrieval.ground, retrieval.pipeline and
retrieval.question.
"""
