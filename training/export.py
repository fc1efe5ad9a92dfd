"""Writes a trained student as the model file that the program holds.

    python export.py --model work/student.pt --out ../models/parser.bin

The file (read by crates/tidings-language/src/network/weights.rs, also for `reader.py`): the eight bytes "TIDINGS1"; the
number of tensors (u32) and four zero bytes; for each tensor a name (24 bytes, zero padded), the type
(u32: 0 f32, 1 i8, 2 u64, 3 text), rows, columns (u32), the offset of its bytes (u32) and their number
(u32), four zero bytes; then the tensors, each aligned to 64 bytes. Little-endian throughout. Embedding
rows are i8 with one f32 scale per row; everything else is f32, laid out as it is used.
"""

import argparse
import struct

import numpy as np
import torch

from student import fnv

KINDS = {"float32": 0, "int8": 1, "uint64": 2}


def quantised(table):
    """Rows as i8 and one scale for each."""
    scale = np.maximum(np.abs(table).max(1), 1e-8) / 127
    return np.rint(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def word_slots(words):
    """An open-addressed hash table: 48 bits of the word's hash, 16 of its row; 0 is empty."""
    size = 1 << (len(words) * 3 // 2).bit_length()
    slots = np.zeros(size, dtype=np.uint64)
    for row, word in enumerate(words, start=1):
        h = fnv(word, 0)
        at = (h >> 16) % size
        while slots[at]:
            at = (at + 1) % size
        slots[at] = (h & ~0xFFFF) | row
    return slots


def write(path, tensors, texts):
    """Writes tensors and lists of labels as a model file."""
    texts = {k: "\n".join(v) for k, v in texts.items()}
    entries, blob = [], bytearray()
    start = 16 + 48 * (len(tensors) + len(texts))
    for name, value in {**tensors, **texts}.items():
        blob.extend(bytes(-(start + len(blob)) % 64))
        if isinstance(value, str):
            kind, rows, columns, data = 3, value.count("\n") + 1, 1, value.encode("utf-8")
        else:
            value = np.ascontiguousarray(value if value.ndim == 2 else value[None])
            kind, (rows, columns), data = KINDS[value.dtype.name], value.shape, value.tobytes()
        entries.append(struct.pack("<24s6I", name.encode(), kind, rows, columns, start + len(blob), len(data), 0))
        blob.extend(data)
    with open(path, "wb") as out:
        out.write(b"TIDINGS1" + struct.pack("<2I", len(entries), 0))
        out.write(b"".join(entries))
        out.write(blob)
    print(f"{path}: {start + len(blob):,} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    saved = torch.load(args.model, weights_only=False)
    weights = {k: v.numpy() for k, v in saved["model"].items()}
    assert len(saved["words"]) < 65535
    tensors = {"words": word_slots(saved["words"])[None]}
    for k, name in enumerate(("word", "prefix3", "suffix2", "suffix3", "suffix4", "shape")):
        tensors[name], tensors[f"{name}.scale"] = quantised(weights[f"tables.{k}.weight"])
    renamed = {
        "norm": "norm", "conv": "conv", "final": "final", "heads.tags": "tags",
        "heads.project": "project", "heads.bilinear": "bilinear", "heads.relation": "relation",
    }
    for layer in range(saved["config"]["layers"]):
        renamed[f"layers.{layer}.norm"] = f"layer{layer}.norm"
        renamed[f"layers.{layer}.linear"] = f"layer{layer}"
    for old, new in renamed.items():
        tensors[new] = weights[f"{old}.weight"]
        tensors[f"{new}.bias"] = weights[f"{old}.bias"]
    tensors["head_bias"] = weights["heads.head_bias.weight"]
    for name in ("root_arc", "root_rel", "distance"):
        tensors[name] = weights[f"heads.{name}"]
    write(args.out, tensors, saved["tags"])


if __name__ == "__main__":
    main()
