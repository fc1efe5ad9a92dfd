"""Sentences with the acts they tell: reads what `examples/sentences.rs` writes and the marks of readers.

A mark (`acts.tsv`) is a line: report, first character of the sentence, and its acts, or `-` for none. An act is
the first character of its word, its PLOVER type, and those of the words that name source and target:
`1024 ACCUSE 1001,1010>1050`; `-` is nobody, `^` somebody whom the sentence does not name.
"""

import json
from dataclasses import dataclass, field

import numpy as np

import treebank
from student import fnv

TYPES = ["-", "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE",
         "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
SECTORS = ["", "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL", "CVS",
           "ELI", "LAB", "LEG", "NGO", "IGO", "NON", "PRM", "UAF", "MNC", "REF", "REL", "RAD", "SET", "SOC", "ENV",
           "AGR", "ETH", "HLH", "HRI", "UNK"]
PATHS, LEMMAS = 4096, 16384
LONGEST = 6
WIDTH = 192


@dataclass
class Sentence:
    """Words are [form, first character, end, upos, xpos, head, relation, lemma]."""

    report: str
    nth: int
    words: list
    row: int
    lemmas: np.ndarray
    kinds: np.ndarray
    acts: np.ndarray
    named: list
    events: list
    phrases: dict
    # For each word how probable each type is, marked or told by the teacher.
    types: np.ndarray | None = None
    # Acts: (word, type, words of the source and of the target, each with its probability), and the ways from each act to the
    # words that may name a side.
    marked: list = field(default_factory=list)
    ways: list | None = None

    def __len__(self):
        return len(self.words)


def kind(naming):
    """What the lexicon knows of who is named: the first sector, and whether a country is known."""
    _, _, _, country, sectors = naming
    first = sectors[0] if sectors else ""
    return 1 + 2 * (SECTORS.index(first) if first in SECTORS else 0) + (country is not None)


KINDS = 1 + 2 * len(SECTORS)


def read(path):
    """The sentences of a file, in order; `row` counts words from its start, as the vectors do."""
    row = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            words = told["words"]
            kinds, acts = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
            for naming in reversed(told["named"]):
                kinds[naming[0]] = kind(naming)
            for at, event in told["acts"]:
                acts[at] = TYPES.index(event)
            for event in told["events"]:
                for at in [*event["words"], event["predicate"]]:
                    acts[at] = TYPES.index(event["event"])
            lemmas = np.array([(fnv(w[7].lower(), 6) >> 16) % LEMMAS for w in words])
            sentence = Sentence(told["report"], told["sentence"], words, row, lemmas, kinds, acts, told["named"], told["events"],
                                dict(told["phrases"]))
            row += len(words)
            yield sentence


def coded(sentence, act, word):
    """What the frames make of a word as a party of an act: 0 where they code no act there, 1 none of its parties, 2 source,
    3 target, 4 both."""
    for event in sentence.events:
        if act == event["predicate"] or act in event["words"]:
            meant = sentence.phrases.get(word, ())
            source = any(actor in event["source"] for actor in meant)
            target = any(actor in event["target"] for actor in meant)
            return 1 + source + 2 * target
    return 0


CODED = 5


class Words:
    """What words mean by themselves: the vectors of `words.bin` (its layout: `words.py`)."""

    def __init__(self, path):
        file = open(path, "rb").read()
        count, width = np.frombuffer(file, "<u4", 2, 8)
        ends = np.frombuffer(file, "<u4", count, 20)
        letters = file[20 + 4 * count :]
        starts = [0, *ends[:-1]]
        self.rows = {letters[a:b].decode(): row for row, (a, b) in enumerate(zip(starts, ends))}
        cells = np.frombuffer(letters, np.int8, count * width, ends[-1] + count).reshape(count, width)
        self.vectors = np.concatenate([cells.astype(np.float32) / 64, np.zeros((1, width), np.float32)])

    def of(self, sentence):
        """One row for each word, by its lemma; zeros for those it does not know."""
        return self.vectors[[self.rows.get(w[7].lower(), -1) for w in sentence.words]]


MEANING = 64


def vectors(path):
    """The words' vectors of the parser, as it gave them in bfloat16."""
    halves = np.fromfile(path, dtype="<u2")
    return halves.reshape(-1, WIDTH)


def wide(halves):
    """bfloat16 as float32."""
    return (halves.astype(np.uint32) << 16).view(np.float32)


def path(words, start, end):
    """The number of the way through the tree from a word to another, up and then down."""
    def up(at):
        way = [at]
        while words[way[-1]][5] != way[-1] and len(way) < 40:
            way.append(words[way[-1]][5])
        return way

    rising, falling = up(start), up(end)
    place = {at: i for i, at in enumerate(falling)}
    meeting = next((i for i, at in enumerate(rising) if at in place), len(rising) - 1)
    below = place.get(rising[meeting], len(falling) - 1)
    edges = ["^" + words[at][6] for at in rising[:meeting]] + [words[at][6] for at in reversed(falling[:below])]
    if len(edges) > LONGEST:
        edges = edges[:3] + [".."] + edges[-2:]
    return (fnv(" ".join(edges), 7) >> 16) % PATHS


def may_be_party(word, named):
    """Whether a word may name a side."""
    return named or word[3] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X")


def marks(path):
    """Marked sentences by report and first character."""
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            report, start, acts = line.rstrip("\n").split("\t")
            found[report, int(start)] = [] if acts == "-" else [act.split() for act in acts.split("; ")]
    return found


def mark(sentence, acts):
    """Puts the marks on a sentence."""
    at = {w[1]: i for i, w in enumerate(sentence.words)}
    sentence.types = np.eye(len(TYPES), dtype=np.float32)[np.zeros(len(sentence), np.int64)]
    side = lambda text: {at[int(n)]: 1.0 for n in text.split(",") if n.isdigit() and int(n) in at}
    for word, event, parties in acts:
        if int(word) not in at:
            continue
        word = at[int(word)]
        source, target = parties.split(">")
        sentence.types[word] = np.eye(len(TYPES))[TYPES.index(event)]
        sentence.marked.append((word, TYPES.index(event), side(source), side(target)))


def batches(sentences, words, **how):
    """Sentences of like length in batches of about `words` padded words, as those of the treebanks."""
    return [[sentences[i] for i in group] for group in treebank.batches(sentences, words, **how)]
