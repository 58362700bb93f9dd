"""What a chat bot does, whatever the messenger: answers, limits, memory, rebuilding.

It may use bot.ground, bot.render, bot.wiring, index.building, index.ground, index.language,
index.seam, index.sources, retrieval.finding, retrieval.ground, retrieval.pipeline and
retrieval.question.
"""
