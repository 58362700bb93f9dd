"""The versions that an article took the place of: those read now, and those known before."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from index.articles.versions import MOST, adds_nothing, oldest_first, record_of, same_article
from index.model import Article, Origin, StoredArticle
from index.spool import Line
from index.store import Before
from index.superseded import Read, Version


class History:
    """``older`` are the versions that were read besides a content, and ``clean`` gives their text.
    ``read_now`` says whether an article of the generation before was read in this build, too."""

    def __init__(
        self,
        older: Mapping[Hashable, Sequence[Version]],
        clean: Callable[[int, Line], Article | None],
        read_now: Callable[[Article], bool],
        before: Before,
    ) -> None:
        self._older, self._clean, self._read_now = older, clean, read_now
        self._before = before
        self.replaced = 0
        """How many versions gave way to a newer one in this build."""
        self.repeated = 0
        """How many only repeat the newer one."""

    def of(
        self, article: Article | StoredArticle, article_id: str, origin: Origin, content: Hashable
    ) -> tuple[Article, ...]:
        """What an article took the place of, the newest last, at most `MOST`."""
        older = self._older.get(content, ())
        known, published = self._known(article, article_id, origin)
        if not older and not known and not published:
            return ()
        whole = article if isinstance(article, Article) else self._before.article(article)
        texts = [self._article(one) for one in older]
        now = [one for one in texts if one and _says(one) != _says(whole)]
        there = {_says(whole), *map(_says, now)}
        before = [one for one in known if _says(one) not in there]
        gone = [one for one in published if _says(one) not in there]
        self.replaced += len(now) + len(gone)
        self.repeated += len(older) - len(now)
        found = [*before, *gone, *now]
        order = oldest_first([one.reference.published for one in found])
        return tuple(found[number] for number in order[-MOST:])

    def _known(
        self, article: Article | StoredArticle, article_id: str, origin: Origin
    ) -> tuple[Sequence[Article], Sequence[Article]]:
        """The replaced versions that the generation before held of an article, and the published
        one if ``article`` takes its place."""
        if isinstance(article, StoredArticle):
            return self._before.replaced(article), ()
        versions = self._before.versions(article_id, article.reference.url)
        if not versions:
            return (), ()
        *known, last = versions
        renamed = last.reference.article_id != article_id
        one = record_of(last, last.text, last.reference.article_id, "" if renamed else origin.file)
        other = record_of(article, article.text, article_id, origin.file)
        if not same_article(one, other) or (renamed and self._read_now(last)):
            return (), ()
        taken_back = _says(article) in map(_says, known)
        # Of one date, what is left of the old text is that text cleaned anew.
        cleaned = last.reference.published == article.reference.published and adds_nothing(
            article, last
        )
        if taken_back or (not renamed and (cleaned or adds_nothing(last, article))):
            return known, ()
        return known, (last,)

    def _article(self, one: Version) -> Article | None:
        return self._clean(one.at, one.line) if isinstance(one, Read) else one.article


def _says(article: Article) -> tuple[str, str]:
    return article.reference.title, article.text
