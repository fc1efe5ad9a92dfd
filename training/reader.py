"""The reader: what word tells an act of which PLOVER type, and which words name who did it to whom.

A small network over the vectors that the parser gives each word, what the word means by itself (`words.bin`), its lemma, who
the lexicon says it names and what act the frames propose. It learns from marked sentences (`acts.tsv`, `written.jsonl`) and from
what a teacher tells of others (`reader_teacher.py`), and how far an event is to be trusted from judged ones
(`judged.tsv`); crates/tidings-coding/src/events/reader.rs runs it.

    python reader.py learn --sentences work/news work/written --marks acts.tsv --written written.jsonl --part 1 --out work/reader.pt
    python reader.py judge --model work/reader.pt --part 1 --sentences work/news --marks acts.tsv --judged judged.tsv --out work/trust.pt
    python reader.py export --model work/reader.pt --trust work/trust.pt --out ../models/reader.bin
"""

import argparse
import hashlib
import math
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import written
from acts import CODED, MEANING, KINDS, LEMMAS, PATHS, TYPES, WIDTH, batches, coded, mark, marks, may_be_party, path, read, vectors, wide, Words
from student import Recurrent

HIDDEN = 128
SEEN = 0.5  # a word that tells an act at least so probably does so where the frames say nothing
BATCH = 1500  # words
WORDS = "../models/words.bin"


class Judge(nn.Module):
    """Types of every word, and the two sides of given acts."""

    def __init__(self, width, dropout):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.types = nn.Linear(width, len(TYPES))
        self.act = nn.Linear(width, HIDDEN)
        self.party = nn.Linear(width, HIDDEN, bias=False)
        self.path = nn.Embedding(PATHS, HIDDEN)
        self.typed = nn.Embedding(len(TYPES), HIDDEN)
        self.coded = nn.Embedding(CODED, HIDDEN)
        nn.init.normal_(self.path.weight, std=0.1)
        nn.init.normal_(self.typed.weight, std=0.1)
        nn.init.normal_(self.coded.weight, std=0.1)
        self.sides = nn.Linear(HIDDEN, 2)

    def sides_of(self, x, pairs):
        """Logits of source and target for rows of (sentence, act, type, word, path, what frames make of it)."""
        x = self.dropout(x)
        act, party = self.act(x), self.party(x)
        b, a, y, w, p, c = pairs.T
        if self.training:
            c = c * (torch.rand(x.shape[0]) > 0.25)[b]
        hidden = F.relu(act[b, a] + party[b, w] + self.path(p) + self.typed(y) + self.coded(c))
        return self.sides(self.dropout(hidden))

    def forward(self, x, pairs):
        return self.types(self.dropout(x)).float(), self.sides_of(x, pairs).float()


class Student(nn.Module):
    def __init__(self, width=192, layers=2, dropout=0.25, lemma=64):
        super().__init__()
        self.config = dict(width=width, layers=layers, lemma=lemma)
        self.lemma = nn.Embedding(LEMMAS, lemma)
        self.kind = nn.Embedding(KINDS, 16)
        self.proposed = nn.Embedding(len(TYPES), 16)
        for table in (self.lemma, self.kind, self.proposed):
            nn.init.normal_(table.weight, std=0.3)
        self.first = nn.Linear(2 * WIDTH + MEANING + lemma + 32, width)
        self.layers = nn.ModuleList(Recurrent(width, dropout) for _ in range(layers))
        self.final = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        self.judge = Judge(width, dropout)

    def seen(self, batch):
        """What is seen of each word."""
        proposed = batch["acts"]
        if self.training:
            proposed = proposed * (torch.rand(proposed.shape[0], 1) > 0.15)
        report = batch["report"].unsqueeze(1).expand_as(batch["vectors"])
        return torch.cat([batch["vectors"], report, batch["meanings"], self.lemma(batch["lemmas"]), self.kind(batch["kinds"]),
                          self.proposed(proposed)], -1)

    def body(self, batch):
        m = batch["mask"].unsqueeze(-1).float()
        x = F.gelu(self.first(self.dropout(self.seen(batch))), approximate="tanh") * m
        for layer in self.layers:
            x = layer(x, m)
        return self.final(x)

    def forward(self, batch):
        return self.judge(self.body(batch), batch["pairs"])

    def rates(self, rate):
        """The weights that are learned at each rate."""
        return [{"params": self.parameters(), "top": rate}]


class Data:
    """Sentences of several files, and what a batch of them is."""

    def __init__(self, stems):
        self.sentences, self.vectors, self.reports = [], [], {}
        for number, stem in enumerate(stems):
            rows = vectors(f"{stem}.vec")
            self.vectors.append(rows)
            for sentence in read(f"{stem}.jsonl"):
                sentence.file = number
                self.sentences.append(sentence)
        sums = {}
        for s in self.sentences:
            total = sums.setdefault(s.report, [np.zeros(WIDTH, np.float32), 0])
            total[0] += self.of(s).sum(0)
            total[1] += len(s)
        self.reports = {report: total / max(1, n) for report, (total, n) in sums.items()}
        self.words = Words(WORDS)

    def told(self, path):
        """Puts on unmarked sentences what a teacher says of their words' types; those it speaks of."""
        told = torch.load(path, weights_only=False)
        those = [s for s in self.sentences if s.types is None and (s.report, s.words[0][1]) in told]
        for s in those:
            s.types = told[s.report, s.words[0][1]]
        return those

    def of(self, sentence):
        return wide(self.vectors[sentence.file][sentence.row : sentence.row + len(sentence)])

    def batch(self, group):
        n, width = len(group), max(map(len, group))
        out = {k: np.zeros((n, width), np.int64) for k in ("lemmas", "kinds", "acts")}
        out["types"] = np.zeros((n, width, len(TYPES)), np.float32)
        mask = np.zeros((n, width), bool)
        rows = np.zeros((n, width, WIDTH), np.float32)
        meanings = np.zeros((n, width, MEANING), np.float32)
        pairs, gold, share = [], [], []
        for b, s in enumerate(group):
            t = len(s)
            out["lemmas"][b, :t], out["kinds"][b, :t], out["acts"][b, :t] = s.lemmas, s.kinds, s.acts
            mask[b, :t] = True
            rows[b, :t] = self.of(s)
            meanings[b, :t] = self.words.of(s)
            if s.types is not None:
                out["types"][b, :t] = s.types
            if s.ways is None:
                s.ways = [
                    [(a, y, w, path(s.words, a, w), coded(s, a, w)) for w in range(t)
                     if w != a and may_be_party(s.words[w], s.kinds[w])] for a, y, *_ in s.marked]
            for (a, y, source, target), ways in zip(s.marked, s.ways):
                pairs.extend((b, *way) for way in ways)
                gold.extend((source.get(w, 0.0), target.get(w, 0.0)) for _, _, w, *_ in ways)
                share.extend([1 / max(1, len(ways))] * len(ways))
        out = {k: torch.from_numpy(v) for k, v in out.items()}
        out |= {"mask": torch.from_numpy(mask), "vectors": torch.from_numpy(rows), "meanings": torch.from_numpy(meanings),
                "pairs": torch.tensor(pairs, dtype=torch.int64).reshape(-1, 6),
                "gold": torch.tensor(gold, dtype=torch.float32).reshape(-1, 2),
                "share": torch.tensor(share),
                "report": torch.from_numpy(np.stack([self.reports[s.report] for s in group]))}
        return out


def loss(outputs, batch):
    types, sides = outputs
    each = F.cross_entropy(types.flatten(0, 1), batch["types"].flatten(0, 1), reduction="none").reshape(batch["mask"].shape)
    value = 4 * (each * batch["mask"] * (3 - 2 * batch["types"][..., 0])).sum() / batch["mask"].sum()
    if len(sides):
        each = F.binary_cross_entropy_with_logits(sides, batch["gold"], reduction="none").sum(1)
        value = value + 4 * (each * batch["share"]).sum() / batch["share"].sum()
    return value


def held(report, part):
    """Reports whose MD5 leaves `part` when divided by five; those of part 0 of the news are kept for readings: they are not among the marks."""
    return int(hashlib.md5(report.encode()).hexdigest(), 16) % 5 == part


def is_news(report):
    """Whether a report is of the news for reading, and not of other sets."""
    return not report.startswith(("syn-", "ecb-", "ewt-", "gum-", written.OWN))


def evaluate(model, data, sentences):
    """Words' types: precision and recall; sides of marked acts: whole sides right."""
    model.eval()
    right = told = gold = 0
    whole, acts = np.zeros(3), 0
    with torch.no_grad():
        for group in batches(sentences, 3000, shuffle=False):
            batch = data.batch(group)
            with torch.autocast("cpu", torch.bfloat16):
                types, sides = model(batch)
            best = types.argmax(-1)
            best[~batch["mask"]] = 0
            want = batch["types"].argmax(-1)
            right += ((best == want) & (want > 0)).sum().item()
            told += (best > 0).sum().item()
            gold += (want > 0).sum().item()
            same = ((sides > 0) == (batch["gold"] > 0.5)).numpy()
            at = 0
            for s in group:
                for ways in s.ways:
                    those = same[at : at + len(ways)].all(0)
                    whole += [those[0], those[1], those.all()]
                    acts += 1
                    at += len(ways)
    p, r = right / max(1, told), right / max(1, gold)
    return f"types P {p:.3f} R {r:.3f} F {2 * p * r / max(1e-9, p + r):.3f}  source {whole[0] / acts:.3f} target {whole[1] / acts:.3f} both {whole[2] / acts:.3f} of {acts}"


def fit(model, data, train, dev, args):
    optimiser = torch.optim.AdamW(model.rates(args.rate), lr=args.rate, weight_decay=0.01)
    total = len(batches(train, BATCH)) * args.epochs
    step, began = 0, time.time()
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    for epoch in range(args.epochs):
        model.train()
        losses = []
        for group in batches(train, BATCH, seed=epoch):
            step += 1
            for g in optimiser.param_groups:
                g["lr"] = g["top"] * min(1.0, step / 100) * (0.5 + 0.5 * math.cos(math.pi * step / total)) + 1e-7
            batch = data.batch(group)
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16):
                value = loss(model(batch), batch)
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            losses.append(value.item())
            with torch.no_grad():
                keep = min(0.998, step / (step + 10))
                floats = [(a, v) for a, v in zip(average.values(), model.state_dict().values()) if a.is_floating_point()]
                torch._foreach_lerp_([a for a, _ in floats], [v for _, v in floats], 1 - keep)
        kept = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        torch.save({"model": model.state_dict(), "config": getattr(model, "config", {})}, args.out)
        print(f"epoch {epoch + 1} {time.time() - began:.0f}s loss {np.mean(losses):.3f}", flush=True)
        if dev:
            print("  ", evaluate(model, data, dev), flush=True)
        if epoch + 1 < args.epochs:
            model.load_state_dict(kept)


def marked(data, args):
    """The marked sentences, those to learn from and those to watch."""
    told, own = marks(args.marks), written.read(args.written) if args.written else {}
    train, dev = [], []
    for s in data.sentences:
        acts = told.get((s.report, s.words[0][1]))
        if s.report in own:
            acts = written.acts(own[s.report][1], s.words[0][1], s.words[-1][2])
        if acts is not None:
            mark(s, acts)
            (dev if is_news(s.report) and any(held(s.report, part) for part in args.part) else train).append(s)
    print(f"{len(train)} marked sentences to learn from, {len(dev)} to watch", flush=True)
    return train, dev


def learn(args):
    torch.manual_seed(args.seed)
    data = Data(args.sentences)
    train, dev = marked(data, args)
    if args.told:
        train += data.told(args.told)
        print(f"{len(train)} with those that the teacher tells", flush=True)
    model = Student(width=args.width, layers=args.layers, dropout=args.dropout)
    print(f"{sum(p.numel() for p in model.parameters())} weights", flush=True)
    fit(model, data, train, dev, args)


def log_odds(p):
    p = min(max(float(p), 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


class Scene:
    """An act in its sentence: who is named there, and what the reader makes of each; the same as `Scene` of choice.rs."""

    def __init__(self, sentence, types, word, event, parties, own):
        """`types` of all words; `parties` are (word, probability of source, of target)."""
        self.sentence, self.word, self.event, self.types, self.own = sentence, word, event, types[word], own
        self.parties = [(w, p, sentence.phrases.get(w, ())) for w, *p in parties]
        self.actors = {}
        for _, p, meant in self.parties:
            for actor in meant:
                known = self.actors.setdefault(actor, [0.0, 0.0])
                known[0], known[1] = max(known[0], p[0]), max(known[1], p[1])

    def named(self, side, least=0.5):
        """The actors that the reader takes for a side (0 source, 1 target)."""
        return list(dict.fromkeys(a for _, p, meant in self.parties if p[side] >= least for a in meant))

    def features(self, source, target):
        types = self.types
        rival = max(p for nth, p in enumerate(types) if nth not in (0, self.event))
        found = [log_odds(types[self.event]), log_odds(types[0]), log_odds(rival)]
        for nth, side in enumerate((source, target)):
            inside = [self.actors.get(a, (0, 0))[nth] for a in side]
            other = [self.actors.get(a, (0, 0))[1 - nth] for a in side]
            outside = log_odds(max((p[nth] for _, p, meant in self.parties if meant and not set(meant) & set(side)), default=0))
            unknown = log_odds(max((p[nth] for _, p, meant in self.parties if not meant), default=0))
            odds = lambda of, values: log_odds(of(values)) if side else 0.0
            namings = [n for n in self.sentence.named if n[1] in side]
            first = namings[0] if namings else (None, None, None, None, [])
            likeliest = max((w for w in self.parties if set(w[2]) & set(side)), key=lambda w: w[1][nth], default=None)
            pronoun = likeliest is not None and self.sentence.words[likeliest[0]][3] == "PRON"
            found += [bool(side), odds(min, inside), odds(max, inside), outside, unknown, min(len(side), 3) / 3,
                      0.0 if side else outside, odds(max, other), pronoun, first[3] is not None, bool(first[4]),
                      likeliest is None and bool(side)]
        found += [len(self.sentence) / 40, self.sentence.words[self.word][3] != "VERB", len(self.actors) / 8,
                  bool(set(source) & set(target)), self.own]
        return [float(f) for f in found]


def naming(sentence, side):
    """The words of a sentence that mean actors of a side, by first character: how judgements name sides."""
    those = [w for w, meant in sentence.phrases.items() if set(meant) & set(side)]
    return ",".join(str(sentence.words[w][1]) for w in sorted(those)) or "-"


OWN = "reader"  # the rule of acts that only the reader sees


def overruled(sentence, event, types):
    """Whether the reader is sure that the words of an event tell another act; the first sentence is left to the frames."""
    y = TYPES.index(event["event"])
    word = max(sorted({*event["words"], event["predicate"]}), key=lambda w: types[w, y])
    return sentence.nth > 0 and types[word, y] < 0.1 and np.delete(types[word], [0, y]).max() >= 0.7


def own_acts(sentence, kept, types):
    """Words of which the reader alone says that they tell an act; what the frames refused stays refused, and the content of an act
    is told by that act."""
    beaten = {w for event in sentence.events if event not in kept for w in (*event["words"], event["predicate"])}
    coded = {w for event in kept for w in (*event["words"], event["predicate"])}
    taken = coded | {int(w) for w in np.flatnonzero(sentence.acts) if w not in beaten}
    content = lambda w: sentence.words[w][6] in ("ccomp", "xcomp") and sentence.words[w][5] in taken
    likely = [w for w in range(len(types)) if w not in taken and not content(w) and types[w, 1:].max() >= SEEN]
    return [{"predicate": w, "words": [w], "event": TYPES[int(types[w, 1:].argmax()) + 1], "cameo": "", "source": [], "target": [],
             "rule": OWN} for w in likely]


def scenes(data, model, sentences):
    """Each coded event of the sentences with its scene, and the ways to fill its sides: as coded, and as the reader would."""
    model.eval()
    for group in batches(sentences, 3000, shuffle=False):
        with torch.no_grad():
            for s in group:
                s.kept, s.types, s.marked, s.ways = (s.types, s.marked), None, [], None
            every = torch.softmax(model(data.batch(group))[0].float(), -1).numpy()
            types = [every[b, : len(s)] for b, s in enumerate(group)]
            for b, s in enumerate(group):
                s.ways = None
                kept = [event for event in s.events if not overruled(s, event, types[b])]
                s.told = kept + own_acts(s, kept, types[b])
                for event in s.told:
                    y = TYPES.index(event["event"])
                    words = sorted({*event["words"], event["predicate"]})
                    s.marked.append((max(words, key=lambda w: types[b][w, y]), y, {}, {}))
            batch = data.batch(group)
            sides = torch.sigmoid(model(batch)[1].float()).numpy()
        at = 0
        for b, s in enumerate(group):
            for event, (word, y, *_), ways in zip(s.told, s.marked, s.ways):
                parties = [(way[2], *sides[at + nth]) for nth, way in enumerate(ways)]
                at += len(ways)
                own = event["rule"] == OWN
                scene = Scene(s, types[b], word, y, parties, own)
                named = scene.named(0), scene.named(1)
                sources, targets = ([side] if own else [coded, side] for side, coded in zip(named, (event["source"], event["target"])))
                filled = [(source, target) for source in sources for target in targets if source or target]
                yield s, event, scene, [pair for nth, pair in enumerate(filled) if pair not in filled[:nth]]
            (s.types, s.marked), s.ways = s.kept, None


def agree(sentence, event, source, target):
    """Whether the marks of a sentence tell the event with these sides: its word and type, half of each side's words and no other actor."""
    def side(words, actors):
        meant = {a for w in words for a in sentence.phrases.get(w, ())}
        hit = sum(bool(set(sentence.phrases.get(w, ())) & set(actors)) for w in words)
        return set(actors) <= meant and 2 * hit >= len(words) and bool(words) == bool(actors)

    words = {*event["words"], event["predicate"]}
    return any(w in words and TYPES[y] == event["event"] and side(s, source) and side(t, target) for w, y, s, t in sentence.kept[1])


def judge(args):
    """Learns how far an event is to be trusted, by logistic regression, from reports that each model did not see: from judged
    events, and, for half as much, from whether the marks tell the same."""
    data = Data(args.sentences)
    judged, told = {}, marks(args.marks)
    with open(args.judged, encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                *key, kind, source, target = line.split()
                judged[tuple(key)] = all(map(int, (kind, source, target)))
    rows, right, weight, report = [], [], [], []
    for path, part in zip(args.model, args.part):
        saved = torch.load(path, weights_only=False)
        model = Student(**saved["config"])
        model.load_state_dict(saved["model"])
        unseen = [s for s in data.sentences if is_news(s.report) and held(s.report, part) and (s.events or s.acts.any() or s.named)]
        for s in unseen:
            acts = told.get((s.report, s.words[0][1]))
            if acts is not None and s.types is None:
                mark(s, acts)
        for s, event, scene, filled in scenes(data, model, unseen):
            for source, target in filled:
                key = (s.report, str(s.words[event["predicate"]][1]), event["event"], naming(s, source), naming(s, target))
                if key in judged or s.kept[0] is not None:
                    rows.append(scene.features(source, target))
                    right.append(float(judged.get(key, agree(s, event, source, target))))
                    weight.append(1.0 if key in judged else 0.5)
                    report.append(s.report)
    x, y, w = torch.tensor(rows), torch.tensor(right), torch.tensor(weight)
    sure = w == 1
    print(f"{sure.sum()} of {len(judged)} judged events are coded so, {y[sure].mean():.3f} right; {(~sure).sum()} more are marked", flush=True)
    parts = torch.tensor([int(hashlib.md5(r.encode()).hexdigest(), 16) // 5 % 5 for r in report])
    found = torch.zeros(len(x))
    for p in range(5):
        found[parts == p] = torch.sigmoid(regress(x[parts != p], y[parts != p], w[parts != p])(x[parts == p])).squeeze(-1).detach()
    order = found[sure].argsort(descending=True)
    for share in (100, 80, 70, 60, 50, 40, 30):
        n = len(order) * share // 100
        print(f"of the {share} % surest, at least {found[sure][order[n - 1]]:.2f}: {y[sure][order[:n]].mean():.3f} right")
    torch.save(regress(x, y, w).state_dict(), args.out)


def regress(x, y, w):
    """A linear map from features to the log odds of being right; features are brought to one scale while it learns."""
    torch.manual_seed(1)
    mean, scale = x.mean(0), x.std(0) + 1e-3
    model = nn.Linear(x.shape[1], 1)
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=1.0)
    for _ in range(100):
        for some in torch.randperm(len(x)).split(256):
            optimiser.zero_grad()
            value = F.binary_cross_entropy_with_logits(model((x[some] - mean) / scale).squeeze(-1), y[some], reduction="none")
            (value * w[some]).mean().backward()
            optimiser.step()
    with torch.no_grad():
        model.weight /= scale
        model.bias -= (model.weight * mean).sum()
    return model


def export(args):
    """Writes a student as the model file that the program holds."""
    from export import quantised, write
    from acts import SECTORS
    saved = torch.load(args.model[0], weights_only=False)
    weights = {k: v.numpy() for k, v in saved["model"].items()}
    tensors = {}
    for table in ("lemma", "kind", "proposed", "judge.path", "judge.typed", "judge.coded"):
        name = {"judge.path": "path", "judge.typed": "event", "judge.coded": "coded"}.get(table, table)
        tensors[name], tensors[f"{name}.scale"] = quantised(weights[f"{table}.weight"])
    renamed = {"first": "first", "final": "final", "judge.types": "types", "judge.act": "act", "judge.sides": "sides"}
    for layer in range(saved["config"]["layers"]):
        renamed[f"layers.{layer}.norm"] = f"layer{layer}.norm"
        renamed[f"layers.{layer}.linear"] = f"layer{layer}"
    for old, new in renamed.items():
        tensors[new], tensors[f"{new}.bias"] = weights[f"{old}.weight"], weights[f"{old}.bias"]
    tensors["party"] = weights["judge.party.weight"]
    tensors["party.bias"] = np.zeros(len(tensors["party"]), np.float32)
    trust = torch.load(args.trust, weights_only=False)
    tensors["trust"], tensors["trust.bias"] = trust["weight"].numpy(), trust["bias"].numpy()
    write(args.out, tensors, {"events": TYPES, "sectors": [sector or "-" for sector in SECTORS]})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(required=True)
    for name, run, rate, epochs in (("learn", learn, 2e-3, 6), ("judge", judge, 0, 0),
                                     ("export", export, 0, 0)):
        p = verbs.add_parser(name)
        p.add_argument("--sentences", nargs="+", default=[], help="stems of files of examples/sentences.rs")
        p.add_argument("--marks")
        p.add_argument("--written", help="reports with marks in their text")
        p.add_argument("--model", nargs="+")
        p.add_argument("--told", help="what reader_teacher.py says of unmarked sentences")
        p.add_argument("--trust")
        p.add_argument("--judged")
        p.add_argument("--out", required=True)
        p.add_argument("--part", type=int, nargs="+", default=[], help="a fifth of the reports to watch and not to learn from")
        p.add_argument("--rate", type=float, default=rate)
        p.add_argument("--epochs", type=int, default=epochs)
        p.add_argument("--width", type=int, default=192)
        p.add_argument("--layers", type=int, default=2)
        p.add_argument("--dropout", type=float, default=0.25)
        p.add_argument("--seed", type=int, default=7)
        p.set_defaults(run=run)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
