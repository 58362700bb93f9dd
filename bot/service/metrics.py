"""What an operator watches. The one door to prometheus_client."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_BUCKETS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)
_RECENT = 1000  # latencies that /stats takes its percentiles from


class Metrics:
    """Counters in a registry of their own: two bots in one process do not share them."""

    def __init__(self, queue: Callable[[], float]) -> None:
        self._registry = registry = CollectorRegistry()
        self.questions = _counter("questions", "Questions that were answered.", registry, "kind")
        self.abstentions = _counter("abstentions", "Replies that the articles don't say.", registry)
        self.fallbacks = _counter("fallbacks", "Replies by keyword search alone.", registry)
        self.refusals = _counter("refusals", "Questions sent away.", registry, "why")
        self.errors = _counter("errors", "What went wrong.", registry, "kind")
        self.retries = _counter("retries", "Calls of the Bot API made again.", registry)
        self._seconds = Histogram(
            "pullquote_answer_seconds",
            "From question to answer, sending it not counted.",
            buckets=_BUCKETS,
            registry=registry,
        )
        waiting = Gauge("pullquote_queue", "Questions that wait or are at work.", registry=registry)
        waiting.set_function(queue)
        self._recent: deque[float] = deque(maxlen=_RECENT)

    def answered(self, seconds: float) -> None:
        self._seconds.observe(seconds)
        self._recent.append(seconds)

    def percentiles(self) -> tuple[float, float] | None:
        """p50 and p95 of the last answers in seconds; None when there are too few."""
        if len(self._recent) < 2:
            return None
        cuts = statistics.quantiles(self._recent, n=20, method="inclusive")
        return cuts[9], cuts[18]

    def total(self, name: str) -> int:
        """The sum of a counter over its labels."""
        samples = (s for m in self._registry.collect() for s in m.samples)
        return int(sum(s.value for s in samples if s.name == f"pullquote_{name}_total"))

    def page(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self._registry)


def _counter(name: str, text: str, registry: CollectorRegistry, *labels: str) -> Counter:
    return Counter(f"pullquote_{name}", text, labels, registry=registry)
