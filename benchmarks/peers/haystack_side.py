"""Haystack's side: in-memory BM25 and embeddings, joined by reciprocal ranks, then a reader.

Runs in Haystack's environment. Components and their settings are as its documentation shows them,
but for two: the reader's passages come without their titles, as pullquote's do, and on demand it is
told the segments that it leaves out (see ``reread``).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from haystack_integrations.components.readers.transformers import TransformersExtractiveReader

from benchmarks.peers.wire import passages, searched, serve

READ = 10


class Haystack:
    """``model`` is the folder of the embedding model, ``reader`` that of the checkpoint."""

    def __init__(self, model: str, reader: str) -> None:
        self._model = model
        self._reader = TransformersExtractiveReader(reader, top_k=1, no_answer=False)
        self._bodies: dict[str, str] = {}
        self._read: list[Document] = []
        self._search: Any = None

    def load(self, archive: str) -> int:
        """Take up an archive with its vectors; how many passages it has."""
        folder = Path(archive)
        rows = np.load(folder / "vectors.npy", mmap_mode="r")
        store = InMemoryDocumentStore()
        self._bodies = {str(key): text for key, _, text in passages(folder)}
        documents = [
            Document(id=str(key), content=searched(title, text), embedding=rows[key].tolist())
            for key, title, text in passages(folder)
        ]
        store.write_documents(documents)
        self._search = self._pipeline(store)
        return len(documents)

    def _pipeline(self, store: InMemoryDocumentStore) -> Pipeline:
        made = Pipeline()
        made.add_component("embedder", SentenceTransformersTextEmbedder(model=self._model))
        made.add_component("near", InMemoryEmbeddingRetriever(store))
        made.add_component("worded", InMemoryBM25Retriever(store))
        made.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=READ))
        made.connect("embedder.embedding", "near.query_embedding")
        made.connect("near", "joiner")
        made.connect("worded", "joiner")
        return made

    def _found(self, question: str) -> list[Document]:
        asked = {"embedder": {"text": question}, "worded": {"query": question}}
        found: list[Document] = self._search.run(asked)["joiner"]["documents"]
        return found

    def find(self, question: str, threads: int) -> list[int]:
        """The keys of the ten best passages."""
        torch.set_num_threads(threads)
        return [int(document.id) for document in self._found(question)]

    def answer(self, question: str, threads: int) -> list[int] | None:
        """(key, start, end) of the best span, or None."""
        torch.set_num_threads(threads)
        self._read = [Document(id=d.id, content=self._bodies[d.id]) for d in self._found(question)]
        return self._spans(question)

    def reread(self, question: str, threads: int) -> list[int] | None:
        """The same of the passages that ``answer`` found last, with their segments told.

        The released reader does not tell the model which part is the question, which a BERT is
        trained to be told.
        """
        torch.set_num_threads(threads)
        self._reader.warm_up()
        released = self._reader.model
        try:
            self._reader.model = Segmented(released)
            return self._spans(question)
        finally:
            self._reader.model = released

    def _spans(self, question: str) -> list[int] | None:
        answers = self._reader.run(question, self._read)["answers"]
        if not answers:
            return None
        best = answers[0]
        return [int(best.document.id), best.document_offset.start, best.document_offset.end]

    def build(self, archive: str, count: int) -> int:
        """Embed the first ``count`` passages and write them to a store of their own."""
        chosen = list(passages(Path(archive)))[:count]
        made = Pipeline()
        made.add_component(
            "embedder", SentenceTransformersDocumentEmbedder(model=self._model, progress_bar=False)
        )
        made.add_component("writer", DocumentWriter(InMemoryDocumentStore()))
        made.connect("embedder", "writer")
        documents = [
            Document(id=str(k), content=searched(title, text)) for k, title, text in chosen
        ]
        written: int = made.run({"embedder": {"documents": documents}})["writer"][
            "documents_written"
        ]
        return written


class Segmented:
    """A model that works out the segments: 1 from behind the first [SEP] to the second."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def __call__(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        ends = (input_ids == self._model.config.sep_token_id).int()
        kinds = ((ends.cumsum(1) - ends) >= 1).int() * attention_mask
        return self._model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=kinds.long()
        )


if __name__ == "__main__":
    side = Haystack(*sys.argv[1:3])
    serve({"load": side.load, "find": side.find, "answer": side.answer, "reread": side.reread,
           "build": side.build})  # fmt: skip
