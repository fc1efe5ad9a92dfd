"""Treebanks as arrays: reads CoNLL-U, numbers the tags, batches sentences of like length."""

import random
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Sentence:
    """One sentence: forms, and one list per layer; heads are 1-based, 0 is the root."""

    forms: list
    upos: list
    xpos: list
    feats: list
    heads: list
    deprels: list
    lemmas: list = field(default_factory=list)
    weight: float = 1.0
    soft: object = None

    def __len__(self):
        return len(self.forms)


def read_conllu(path):
    """Yields the sentences of a CoNLL-U file; multi-word tokens and empty nodes are skipped."""
    rows = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield _sentence(rows)
                rows = []
            elif not line.startswith("#"):
                columns = line.split("\t")
                if "-" not in columns[0] and "." not in columns[0]:
                    rows.append(columns)
    if rows:
        yield _sentence(rows)


def _sentence(rows):
    heads = [int(r[6]) if r[6] != "_" else 0 for r in rows]
    return Sentence(
        forms=[r[1] for r in rows],
        upos=[r[3] for r in rows],
        xpos=[r[4] for r in rows],
        feats=[r[5] for r in rows],
        heads=heads,
        deprels=[r[7] for r in rows],
        lemmas=[r[2] for r in rows],
    )


def labels(sentences, layer, least=1):
    """The labels of a layer, most frequent first; those rarer than `least` are left out."""
    counts = {}
    for sentence in sentences:
        for label in getattr(sentence, layer):
            counts[label] = counts.get(label, 0) + 1
    counts.pop("_", None) if layer in ("upos", "xpos", "deprels") else None
    return [l for l, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]


def batches(sentences, words, shuffle=True, seed=0):
    """Groups sentences of like length into batches of about `words` padded words."""
    rng = random.Random(seed)
    order = sorted(
        range(len(sentences)),
        key=lambda i: len(sentences[i]) + (rng.random() * 3 if shuffle else 0),
    )
    groups, group = [], []
    for i in order:
        group.append(i)
        if len(sentences[i]) * len(group) >= words:
            groups.append(group)
            group = []
    if group:
        groups.append(group)
    if shuffle:
        rng.shuffle(groups)
    return groups


def pad(rows, width, fill):
    """A matrix of the rows, filled up to `width` columns."""
    out = np.full((len(rows), width), fill, dtype=np.int64)
    for r, row in enumerate(rows):
        out[r, : len(row)] = row
    return out


def universal(deprel):
    """The relation without its subtype."""
    return deprel.split(":")[0]
