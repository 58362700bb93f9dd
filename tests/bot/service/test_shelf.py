"""The newest articles, each of another story."""

import json
from pathlib import Path

from bot.service.shelf import Shelf, latest
from index.build import build
from index.folder.folder_store import FolderStore
from retrieval.pipeline import Answerer
from retrieval.reading.sentence_reader import SentenceReader
from tests.word_encoder import WordEncoder

FIRE = (
    "A fire in the harbour of Brakkum destroyed {boats} boats on Monday. The harbour master, Jorun "
    "Aas, said that 14 people were treated for smoke. The harbour was built in 1880 and has room "
    "for 90 boats. {more}"
)


def test_a_topic_is_shown_by_the_newest_telling_of_each_story(tmp_path: Path) -> None:
    told = [
        ("first", "2024-05-01", FIRE.format(boats="three", more="Smoke hung over the market.")),
        ("update", "2024-05-02", FIRE.format(boats="eleven", more="")),
        ("market", "2023-01-01", "The market of Brakkum sells fish and smoke-dried eel."),
    ]
    records = [
        {"id": name, "title": "", "published": day, "text": text} for name, day, text in told
    ]
    (tmp_path / "a.json").write_text(json.dumps(records))
    store, encoder = FolderStore(tmp_path / "ix"), WordEncoder()
    build([tmp_path / "a.json"], store, lambda: encoder)
    answerer = Answerer(store.open_current(), encoder, SentenceReader(encoder), threshold=0.05)
    shelf = Shelf(store)
    for topic, most, ids in (
        ("", 9, ["update", "market"]),
        ("smoke", 9, ["update", "market"]),
        ("market", 1, ["update"]),  # its first telling speaks of the market
    ):
        found = latest(shelf, answerer, topic, most)
        assert [reference.article_id for reference in found] == ids, topic
    shelf.close()
