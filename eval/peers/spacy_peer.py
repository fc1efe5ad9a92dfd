"""Speed of spaCy's default CPU pipeline beside that of Tidings, measured in the same run.

In: the data folder (treebank and news). Out: words per second of both on the same texts, raw text to
trees, on two cores each (spaCy: two processes; Tidings: two threads), and their ratio.

    python3 -m venv venv && venv/bin/pip install 'spacy==3.8.*'
    cargo build --release -p eval
    venv/bin/python eval/peers/spacy_peer.py ../shared/data

The pipeline is what `spacy init config --lang en --optimize efficiency` gives for a tagger, a morphologizer,
a trainable lemmatizer and a parser over one shared tok2vec, trained on the English Web Treebank. Speed does not
hang on how long it was trained, so by default it is trained for a few steps only (`--steps`); for a
model whose scores mean something, train it to the end with `--steps 20000` (hours).
Words are runs between white space, on both sides.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PIPELINE = "tok2vec,tagger,morphologizer,trainable_lemmatizer,parser"


def spacy_command(*words):
    subprocess.run([sys.executable, "-m", "spacy", *map(str, words)], check=True, stdout=sys.stderr)


def train(data: Path, folder: Path, steps: int) -> Path:
    """Trains the default pipeline on the treebank; returns the folder of the model."""
    for part in ("train", "dev"):
        spacy_command("convert", data / "ud" / f"ewt-{part}.conllu", folder, "--converter", "conllu",
                      "--n-sents", "10", "--merge-subtokens")
    config = folder / "config.cfg"
    spacy_command("init", "config", config, "--lang", "en", "--pipeline", PIPELINE,
                  "--optimize", "efficiency", "--force")
    spacy_command("train", config, "--output", folder / "model",
                  "--paths.train", folder / "ewt-train.spacy", "--paths.dev", folder / "ewt-dev.spacy",
                  "--training.max_steps", steps, "--training.eval_frequency", max(steps // 2, 1))
    return folder / "model" / "model-last"


def spacy_speed(model: Path, texts: list[str]) -> float:
    import spacy

    nlp = spacy.load(model)
    for _ in nlp.pipe(texts[:20]):
        pass
    begun = time.perf_counter()
    for doc in nlp.pipe(texts, n_process=2, batch_size=16):
        assert doc.has_annotation("DEP")
    return words(texts) / (time.perf_counter() - begun)


def tidings_speed(program: Path, data: Path) -> float:
    told = subprocess.run([program, "--measure-speed", "tree", data], check=True, capture_output=True, text=True)
    return float(told.stdout.split()[0])


def words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--model", type=Path, help="a trained pipeline; without it one is trained")
    options.add_argument("--steps", type=int, default=100, help="training steps (default %(default)s)")
    options.add_argument("--program", type=Path, default=Path("target/release/eval"))
    given = options.parse_args()
    with (given.data / "news" / "news.jsonl").open(encoding="utf-8") as news:
        texts = [json.loads(line)["text"] for line in news]
    with tempfile.TemporaryDirectory() as folder:
        model = given.model or train(given.data, Path(folder), given.steps)
        peer = spacy_speed(model, texts)
    own = tidings_speed(given.program, given.data)
    print(f"spaCy    {peer:10,.0f} words/s\nTidings  {own:10,.0f} words/s\nratio    {own / peer:10.1f}")


if __name__ == "__main__":
    main()
