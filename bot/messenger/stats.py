"""What /stats tells an admin, as Telegram HTML."""

from __future__ import annotations

from bot.service.service import Service


def stats(service: Service) -> str:
    """Counters since the start, feedback of all time, and what answers."""
    metrics = service.metrics
    votes = [vote["vote"] for vote in service.state.feedback()]
    manifest = service.desk.answerer().generation.manifest
    asked, abstained = metrics.total("questions"), metrics.total("abstentions")
    times = metrics.percentiles()
    speed = f"\nAnswered in {_ms(times[0])} (p50), {_ms(times[1])} (p95)" if times else ""
    return (
        "<b>Since the start</b>\n"
        f"Questions: {asked:,}, of which not answerable: {abstained:,}\n"
        f"Keyword search only: {metrics.total('fallbacks'):,}\n"
        f"Sent away: {metrics.total('refusals'):,}, errors: {metrics.total('errors'):,}, "
        f"calls tried again: {metrics.total('retries'):,}{speed}\n\n"
        f"<b>Votes</b>: 👍 {votes.count(1):,} 👎 {votes.count(-1):,}\n"
        f"<b>Index</b>: {manifest.generation}, {manifest.articles:,} articles, "
        f"{manifest.passages:,} passages"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"
