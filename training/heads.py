"""What teacher and student share: tag and parser heads, their loss, decoding and scores.

The parser is the biaffine parser of Dozat & Manning (2017) with two economies: a learned bias by
distance, and one hidden layer for the relation of the chosen head instead of a full biaffine form.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

DISTANCES = 33  # signed distances -16..16 between a word and its head


class Heads(nn.Module):
    """Tags, features, head and relation of every word from its vector."""

    def __init__(self, width, sizes, arc=96, rel=96, dropout=0.3):
        super().__init__()
        self.sizes = sizes  # upos, xpos, feats, deprels
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, sizes["upos"] + sizes["xpos"] + sizes["feats"])
        self.project = nn.Linear(width, 2 * arc + 2 * rel)
        self.split = [arc, arc, rel, rel]
        self.bilinear = nn.Linear(arc, arc)
        self.head_bias = nn.Linear(arc, 1, bias=False)
        self.root_arc = nn.Parameter(torch.randn(arc) * 0.1)
        self.root_rel = nn.Parameter(torch.randn(rel) * 0.1)
        self.distance = nn.Parameter(torch.zeros(DISTANCES))
        self.relation = nn.Linear(rel, sizes["deprels"])

    def forward(self, x, mask):
        """x: batch × words × width. Gives tag logits, arc scores (dependent × head, column 0 the
        root) and a function from chosen heads to relation logits."""
        x = self.dropout(x)
        tags = self.tags(x).split([self.sizes[k] for k in ("upos", "xpos", "feats")], -1)
        p = self.project(x)
        arc_dep, arc_head, rel_dep, rel_head = p.split(self.split, -1)
        arc_dep, arc_head = self.dropout(F.relu(arc_dep)), self.dropout(F.relu(arc_head))
        b, t, _ = x.shape
        root = self.root_arc.expand(b, 1, -1)
        heads = torch.cat([root, arc_head], 1)
        arcs = self.bilinear(arc_dep) @ heads.transpose(1, 2)
        arcs = arcs + self.head_bias(heads).transpose(1, 2)
        i = torch.arange(t).unsqueeze(1)
        j = torch.arange(t).unsqueeze(0)
        offset = (j - i).clamp(-16, 16) + 16
        arcs = torch.cat([arcs[:, :, :1], arcs[:, :, 1:] + self.distance[offset]], 2)
        allowed = torch.cat([torch.ones(b, 1, dtype=torch.bool), mask], 1)
        arcs = arcs.float().masked_fill(~allowed.unsqueeze(1), -1e4)
        diagonal = torch.cat([torch.zeros(t, 1, dtype=torch.bool), torch.eye(t, dtype=torch.bool)], 1)
        arcs = arcs.masked_fill(diagonal, -1e4)
        rel_heads = torch.cat([self.root_rel.expand(b, 1, -1), rel_head], 1)

        def relations(chosen):
            picked = rel_heads.gather(1, chosen.unsqueeze(-1).expand(-1, -1, rel_heads.shape[-1]))
            return self.relation(self.dropout(F.relu(rel_dep + picked)))

        return tags, arcs, relations


def loss(outputs, gold, mask, weight):
    """Cross-entropy over all layers; label -1 is left out, each sentence counts `weight`."""
    tags, arcs, relations = outputs
    w = (mask.float() * weight.unsqueeze(1)).reshape(-1)
    total = 0.0
    for logits, target, scale in zip(
        (*tags, arcs, relations(gold["heads"].clamp(min=0))),
        (gold["upos"], gold["xpos"], gold["feats"], gold["heads"], gold["deprels"]),
        (0.5, 0.5, 0.3, 1.0, 0.7),
    ):
        ce = F.cross_entropy(
            logits.float().flatten(0, 1), target.flatten(), ignore_index=-1, reduction="none"
        )
        total = total + scale * (ce * w).sum() / w.sum()
    return total


def decode(outputs, mask):
    """Predicted layers as arrays: tags, heads by maximum spanning tree, relations."""
    tags, arcs, relations = outputs
    lengths = mask.sum(1).tolist()
    heads = np.zeros(mask.shape, dtype=np.int64)
    scores = torch.log_softmax(arcs, -1).numpy()
    for b, n in enumerate(lengths):
        heads[b, :n] = tree(scores[b, :n, : n + 1])
    rel = relations(torch.from_numpy(heads)).argmax(-1).numpy()
    upos, xpos, feats = (t.argmax(-1).numpy() for t in tags)
    return {"upos": upos, "xpos": xpos, "feats": feats, "heads": heads, "deprels": rel}


def tree(scores):
    """The best tree with one root: scores are dependents × (root + heads)."""
    n = scores.shape[0]
    heads = scores.argmax(1)
    if _is_tree(heads):
        return heads
    best, best_score = None, -np.inf
    # One root: try the likeliest few root words, all others barred from the root.
    for root in np.argsort(-scores[:, 0])[:4]:
        s = scores.copy()
        s[:, 0] = -1e6
        s[root] = -1e6
        s[root, 0] = 0
        found = _chu_liu_edmonds(s)
        total = scores[np.arange(n), found].sum()
        if total > best_score:
            best, best_score = found, total
    return best


def _is_tree(heads):
    if (heads == 0).sum() != 1:
        return False
    return _cycle(heads) is None


def _cycle(heads):
    n = len(heads)
    state = np.zeros(n + 1, dtype=np.int8)
    state[0] = 2
    for start in range(1, n + 1):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at - 1]
        if state[at] == 1:
            return path[path.index(at):]
        for p in path:
            state[p] = 2
    return None


def _chu_liu_edmonds(scores):
    """Maximum arborescence (Chu & Liu 1965, Edmonds 1967); word k is row k-1, column k."""
    heads = scores.argmax(1)
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    n = len(heads)
    inside = np.zeros(n + 1, dtype=bool)
    inside[cycle] = True
    rest = [i for i in range(1, n + 1) if not inside[i]]
    # Contract the cycle to one node, the last.
    m = len(rest) + 1
    new = np.full((m, m + 1), -1e9)
    into, out = {}, {}
    base = sum(scores[c - 1, heads[c - 1]] for c in cycle)
    columns = [0] + rest
    for a, i in enumerate(rest):
        for b, j in enumerate(columns):
            if i != j:
                new[a, b] = scores[i - 1, j]
        j = max(cycle, key=lambda c: scores[i - 1, c])
        new[a, m] = scores[i - 1, j]
        out[i] = j
    for b, j in enumerate(columns):
        c = max(cycle, key=lambda c: scores[c - 1, j] - scores[c - 1, heads[c - 1]])
        new[m - 1, b] = base + scores[c - 1, j] - scores[c - 1, heads[c - 1]]
        into[b] = (c, j)
    small = _chu_liu_edmonds(new)
    result = heads.copy()
    for a, i in enumerate(rest):
        result[i - 1] = out[i] if small[a] == m else columns[small[a]]
    c, j = into[small[m - 1]]
    result[c - 1] = j
    return result


class Score:
    """Accuracies over words: tags, unlabelled and labelled attachment (universal relations)."""

    def __init__(self):
        self.right = dict(upos=0, xpos=0, feats=0, uas=0, las=0)
        self.words = 0

    def add(self, sentence, upos, xpos, feats, heads, deprels):
        for k, (got, want) in dict(
            upos=(upos, sentence.upos), xpos=(xpos, sentence.xpos), feats=(feats, sentence.feats)
        ).items():
            self.right[k] += sum(g == w for g, w in zip(got, want))
        for h, d, gh, gd in zip(heads, deprels, sentence.heads, sentence.deprels):
            self.right["uas"] += h == gh
            self.right["las"] += h == gh and d.split(":")[0] == gd.split(":")[0]
        self.words += len(sentence)

    def __str__(self):
        return "  ".join(f"{k} {100 * v / max(1, self.words):.2f}" for k, v in self.right.items())
