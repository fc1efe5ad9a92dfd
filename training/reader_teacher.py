"""The teacher of the reader: the same network over a pretrained six-layer encoder beside, to tell of unmarked sentences what they say.

What it knows of words and idioms the reader then learns from its answers: of each word the probability of each type. The
encoder is that of `teacher.py`.

    python reader_teacher.py learn --sentences work/news work/stories --marks acts.tsv --written written.jsonl --out work/reader-teacher.pt
    python reader_teacher.py tell --model work/reader-teacher.pt --sentences work/news work/stories --marks acts.tsv --out work/told.pt
"""

import argparse

import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from acts import MEANING, WIDTH, batches, marks
from reader import Data, Student, fit, held, is_news, marked
from teacher import encoder_folder

PIECES = 510


class Pieces(Data):
    """Sentences with the pieces that the encoder reads."""

    def __init__(self, stems):
        super().__init__(stems)
        self.tokenizer = AutoTokenizer.from_pretrained(encoder_folder())
        self.known = {}

    def cut(self, form):
        if form not in self.known:
            self.known[form] = (self.tokenizer.encode(form, add_special_tokens=False) or [self.tokenizer.unk_token_id])[:8]
        return self.known[form]

    def batch(self, group):
        rows, firsts = [], []
        for s in group:
            pieces, first = [self.tokenizer.cls_token_id], []
            for form, *_ in s.words:
                first.append(min(len(pieces), PIECES))
                pieces.extend(self.cut(form))
            rows.append([*pieces[: PIECES + 1], self.tokenizer.sep_token_id])
            firsts.append(first)
        padded = lambda rows: torch.tensor([row + [0] * (max(map(len, rows)) - len(row)) for row in rows])
        ones = [[1] * len(row) for row in rows]
        return super().batch(group) | {"pieces": padded(rows), "attention": padded(ones), "firsts": padded(firsts)}


class Teacher(Student):
    """A learned mix of the encoder's layers at each word's first piece goes in beside what the student sees."""

    def __init__(self, width=192, layers=2, dropout=0.25, lemma=64):
        super().__init__(width, layers, dropout, lemma)
        self.encoder = AutoModel.from_pretrained(encoder_folder())
        wide = self.encoder.config.hidden_size
        self.mix = nn.Parameter(torch.tensor([0.0] * (self.encoder.config.num_hidden_layers - 2) + [1.0, 1.0, 2.0]))
        self.down = nn.Linear(wide, wide)
        self.first = nn.Linear(2 * WIDTH + MEANING + lemma + 32 + wide, width)

    def seen(self, batch):
        out = self.encoder(input_ids=batch["pieces"], attention_mask=batch["attention"], output_hidden_states=True)
        mixed = (torch.stack(out.hidden_states) * torch.softmax(self.mix, 0)[:, None, None, None]).sum(0)
        words = mixed.gather(1, batch["firsts"].unsqueeze(-1).expand(-1, -1, mixed.shape[-1]))
        return torch.cat([super().seen(batch), self.down(words)], -1)

    def rates(self, rate):
        own = [p for name, p in self.named_parameters() if not name.startswith("encoder")]
        return [{"params": self.encoder.parameters(), "top": rate / 10}, {"params": own, "top": rate}]


def learn(args):
    torch.manual_seed(args.seed)
    data = Pieces(args.sentences)
    train, dev = marked(data, args)
    fit(Teacher(), data, train, dev, args)


def tell(args):
    """Of unmarked sentences with anybody or anything in them: reports of the news that are kept apart are left out."""
    data = Pieces(args.sentences)
    model = Teacher()
    model.load_state_dict(torch.load(args.model, weights_only=False)["model"])
    model.eval()
    known = marks(args.marks)
    apart = lambda report: is_news(report) and any(held(report, part) for part in (0, *args.part))
    asked = [s for s in data.sentences if len(s) > 3 and (s.report, s.words[0][1]) not in known and not apart(s.report)]
    found = {}
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for group in batches(asked, 3000, shuffle=False):
            types = torch.softmax(model.judge.types(model.body(data.batch(group))).float(), -1).numpy()
            found |= {(s.report, s.words[0][1]): types[b, : len(s)].copy() for b, s in enumerate(group)}
    torch.save(found, args.out)
    print(f"{len(found)} sentences told of", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(required=True)
    for name, run in (("learn", learn), ("tell", tell)):
        p = verbs.add_parser(name)
        p.add_argument("--sentences", nargs="+", required=True)
        p.add_argument("--marks", required=True)
        p.add_argument("--written")
        p.add_argument("--model")
        p.add_argument("--out", required=True)
        p.add_argument("--part", type=int, nargs="+", default=[], help="fifths of the news not to learn from")
        p.add_argument("--rate", type=float, default=1e-3)
        p.add_argument("--epochs", type=int, default=3)
        p.add_argument("--seed", type=int, default=3)
        p.set_defaults(run=run)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
