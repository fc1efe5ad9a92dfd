"""The student: a small tagger and parser that runs in Rust (crates/tidings-language/src/network).

Embeddings of the word and of its prefix, suffixes and shape are summed; one convolution over three
words and a few bidirectional simple recurrent layers (after Lei et al. 2018, SRU: gates see the
input alone, so that all matrix products are batched) feed the heads of `heads.py`.

    python student.py --ud ../../shared/data/ud [--silver silver.conllu] --out work/student.pt
"""

import argparse
import math
import time

import numpy as np
import torch
from torch import nn

from heads import Heads, Score, decode, loss
from treebank import batches, labels, pad, read_conllu

AFFIX_ROWS = 4096
SHAPE_ROWS = 1024
DIGITS = str.maketrans("123456789", "000000000")
QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})


def fnv(text, seed):
    """FNV-1a, 64 bits, over UTF-8; the same in Rust (network/features.rs)."""
    h = (0xCBF29CE484222325 ^ seed) & 0xFFFFFFFFFFFFFFFF
    for byte in text.encode("utf-8"):
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def norm(form):
    """The form under which a word is looked up: lower case, digits as 0, straight quotes."""
    return form.translate(QUOTES).lower().translate(DIGITS)


def shape(form):
    """Xxxx shape: classes of characters, runs longer than three cut."""
    out = []
    for c in form:
        k = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c
        if len(out) < 3 or any(o != k for o in out[-3:]):
            out.append(k)
    return "".join(out)


_CACHE = {}


def features(form, vocabulary):
    """Rows of: word (0 = unknown), prefix 3, suffixes 2, 3, 4 and shape in their tables."""
    found = _CACHE.get(form)
    if found is None:
        n = norm(form)
        found = (
            vocabulary.get(n, 0),
            (fnv(n[:3], 1) >> 16) % AFFIX_ROWS,
            (fnv(n[-2:], 2) >> 16) % AFFIX_ROWS,
            (fnv(n[-3:], 3) >> 16) % AFFIX_ROWS,
            (fnv(n[-4:], 4) >> 16) % AFFIX_ROWS,
            (fnv(shape(form), 5) >> 16) % SHAPE_ROWS,
        )
        _CACHE[form] = found
    return found


class Scan(torch.autograd.Function):
    """c[t] = f[t] c[t-1] + b[t] along dimension 1, by doubling."""

    @staticmethod
    def forward(ctx, f, b):
        c = _scan(f, b)
        ctx.save_for_backward(f, c)
        return c

    @staticmethod
    def backward(ctx, grad):
        f, c = ctx.saved_tensors
        # g[t] = grad[t] + f[t+1] g[t+1]: the same scan from the right.
        ahead = torch.cat([f[:, 1:], torch.zeros_like(f[:, :1])], 1)
        g = _scan(ahead.flip(1), grad.flip(1)).flip(1)
        before = torch.cat([torch.zeros_like(c[:, :1]), c[:, :-1]], 1)
        return g * before, g


def _scan(f, b):
    f, b = f.clone(), b.clone()
    step = 1
    while step < f.shape[1]:
        b[:, step:] = b[:, step:] + f[:, step:] * b[:, :-step]
        f[:, step:] = f[:, step:] * f[:, :-step]
        step *= 2
    return b


class Recurrent(nn.Module):
    """One bidirectional simple recurrent layer with a gated residual."""

    def __init__(self, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.linear = nn.Linear(width, 3 * width)
        with torch.no_grad():
            self.linear.bias[width : 2 * width].uniform_(0.0, 2.5)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        z, f, r = self.linear(self.dropout(self.norm(x))).float().chunk(3, -1)
        f = torch.sigmoid(f)
        b = (1 - f) * z * mask
        left, right = b.chunk(2, -1)
        f_left, f_right = f.chunk(2, -1)
        forward = Scan.apply(f_left.contiguous(), left.contiguous())
        backward = Scan.apply(f_right.flip(1).contiguous(), right.flip(1).contiguous()).flip(1)
        return x + torch.sigmoid(r) * torch.cat([forward, backward], -1)


class Student(nn.Module):
    """Embeddings, convolution, recurrent layers, heads."""

    def __init__(self, words, sizes, embed=128, width=192, layers=3, dropout=0.25):
        super().__init__()
        self.config = dict(embed=embed, width=width, layers=layers, words=words, sizes=sizes)
        rows = [words, AFFIX_ROWS, AFFIX_ROWS, AFFIX_ROWS, AFFIX_ROWS, SHAPE_ROWS]
        self.tables = nn.ModuleList(nn.Embedding(r, embed) for r in rows)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.norm = nn.LayerNorm(embed)
        self.conv = nn.Linear(3 * embed, width)
        self.layers = nn.ModuleList(Recurrent(width, dropout) for _ in range(layers))
        self.final = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        self.heads = Heads(width, sizes, dropout=dropout)

    def forward(self, rows, mask):
        if self.training:
            # Unknown words must be learned too: some known ones are hidden.
            hide = torch.rand(rows.shape[:2]) < 0.08
            rows = rows.clone()
            rows[..., 0] = rows[..., 0].masked_fill(hide, 0)
        m = mask.unsqueeze(-1).float()
        x = sum(table(rows[..., k]) for k, table in enumerate(self.tables))
        x = self.dropout(self.norm(x)) * m
        edge = torch.zeros_like(x[:, :1])
        x = torch.cat([torch.cat([edge, x[:, :-1]], 1), x, torch.cat([x[:, 1:], edge], 1)], -1)
        x = nn.functional.gelu(self.conv(x), approximate="tanh")
        for layer in self.layers:
            x = layer(x, m)
        return self.heads(self.final(x), mask)


class Corpus:
    """Sentences with their layers as numbers."""

    def __init__(self, sentences, vocabulary, tags):
        self.sentences = sentences
        self.rows = [np.array([features(f, vocabulary) for f in s.forms]) for s in sentences]
        index = {k: {l: i for i, l in enumerate(v)} for k, v in tags.items()}
        self.gold = [
            {
                "heads": s.heads,
                **{k: [index[k].get(l, -1) for l in getattr(s, k)] for k in tags},
            }
            for s in sentences
        ]

    def batch(self, group):
        width = max(len(self.sentences[i]) for i in group)
        rows = np.zeros((len(group), width, 6), dtype=np.int64)
        mask = np.zeros((len(group), width), dtype=bool)
        for b, i in enumerate(group):
            rows[b, : len(self.rows[i])] = self.rows[i]
            mask[b, : len(self.rows[i])] = True
        gold = {
            k: torch.from_numpy(pad([self.gold[i][k] for i in group], width, -1))
            for k in ("upos", "xpos", "feats", "heads", "deprels")
        }
        weight = torch.tensor([self.sentences[i].weight for i in group])
        return torch.from_numpy(rows), torch.from_numpy(mask), gold, weight


def evaluate(model, corpus, tags):
    """Scores on gold tokens."""
    model.eval()
    score = Score()
    with torch.no_grad():
        for group in batches(corpus.sentences, 4000, shuffle=False):
            rows, mask, _, _ = corpus.batch(group)
            out = decode(model(rows, mask), mask)
            for b, i in enumerate(group):
                s = corpus.sentences[i]
                n = len(s)
                named = {k: [tags[k][v] for v in out[k][b, :n]] for k in tags}
                score.add(s, named["upos"], named["xpos"], named["feats"], out["heads"][b, :n], named["deprels"])
    return score


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ud", required=True)
    parser.add_argument("--silver", action="append", default=[])
    parser.add_argument("--silver-weight", type=float, default=0.5)
    parser.add_argument("--vectors", help="start values of word embeddings, from teacher.py")
    parser.add_argument("--start", help="a student to go on from, with a schedule of its own")
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop the schedule early")
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--gold-copies", type=int, default=1)
    parser.add_argument("--dropout", type=float, default=0.25)
    args = parser.parse_args()
    torch.manual_seed(7)

    gold = [s for t in ("ewt", "gum") for s in read_conllu(f"{args.ud}/{t}-train.conllu")]
    silver = [s for path in args.silver for s in read_conllu(path) if 3 <= len(s) <= 80]
    for s in silver:
        s.weight = args.silver_weight
    tags = {
        "upos": labels(gold, "upos"),
        "xpos": labels(gold, "xpos"),
        "feats": labels(gold, "feats", least=5),
        "deprels": labels(gold, "deprels", least=3),
    }
    counts = {}
    for s in gold + silver:
        for form in s.forms:
            n = norm(form)
            counts[n] = counts.get(n, 0) + 1
    known = sorted((w for w, c in counts.items() if c >= 2), key=lambda w: (-counts[w], w))[:26000]
    vectors = None
    if args.vectors:
        saved = np.load(args.vectors, allow_pickle=True)
        vectors = dict(zip(saved["words"], saved["vectors"]))
        known += [w for w in vectors if w not in counts][: max(0, 30000 - len(known))]
    vocabulary = {w: i + 1 for i, w in enumerate(known)}
    train = Corpus(gold * args.gold_copies + silver, vocabulary, tags)
    dev = {t: Corpus(list(read_conllu(f"{args.ud}/{t}-dev.conllu")), vocabulary, tags) for t in ("ewt", "gum")}
    model = Student(len(known) + 1, {k: len(v) for k, v in tags.items()}, width=args.width, layers=args.layers,
                    dropout=args.dropout)
    if vectors:
        with torch.no_grad():
            table = model.tables[0].weight
            for w, i in vocabulary.items():
                if w in vectors:
                    table[i] = torch.from_numpy(vectors[w])
    if args.start:
        saved = torch.load(args.start, weights_only=False)
        assert saved["words"] == known and saved["tags"] == tags, "trained on other data"
        model.load_state_dict(saved["model"])
    print(f"{len(train.sentences)} sentences, {len(known)} words known, "
          f"{sum(p.numel() for p in model.parameters())} weights", flush=True)
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.rate, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    steps_per_epoch = len(batches(train.sentences, 3500))
    total = steps_per_epoch * args.epochs
    began, step = time.time(), 0
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    for epoch in range(args.epochs):
        model.train()
        for group in batches(train.sentences, 3500, seed=epoch):
            step += 1
            # Whichever of steps and minutes is further along sets the learning rate.
            done = max(step / total, (time.time() - began) / 60 / args.minutes)
            if done >= 1:
                break
            warm = min(1.0, step / 200)
            for g in optimiser.param_groups:
                g["lr"] = args.rate * warm * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
            rows, mask, gold_layers, weight = train.batch(group)
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16):
                value = loss(model(rows, mask), gold_layers, mask, weight)
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            with torch.no_grad():
                decay = min(0.999, step / (step + 10))
                torch._foreach_lerp_(list(average.values()), list(model.state_dict().values()), 1 - decay)
        kept = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        shown = {t: str(evaluate(model, c, tags)) for t, c in dev.items()} if epoch % 2 or done >= 1 or epoch + 1 == args.epochs else {}
        torch.save({"model": model.state_dict(), "config": model.config, "tags": tags, "words": known}, args.out)
        model.load_state_dict(kept)
        print(f"epoch {epoch + 1} {time.time() - began:.0f}s loss {value.item():.3f}", flush=True)
        for t, line in shown.items():
            print(f"  {t}-dev  {line}", flush=True)
        if done >= 1:
            break


if __name__ == "__main__":
    main()
