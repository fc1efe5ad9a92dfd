"""Writes the texts that marked sentences come from beside the news, as JSON Lines that `examples/sentences.rs` reads.

    python texts.py ../../shared/data work/stories.jsonl work/others.jsonl

Stories are the machine-written ones of events/synthetic-train.jsonl, `syn-` and their row. Others are the annotated sentences of
coref/ecb-train-docs.jsonl, with their words joined again, and the news, web logs, news groups, speeches and interviews
among the treebanks' documents.
"""

import json
import re
import sys

GENRES = ("newsgroup", "weblog", "_news_", "_interview_", "_speech_")


def joined(words):
    """Words as running text: no space before stops, after brackets, before clitics."""
    text = " ".join(words)
    text = re.sub(r" ([.,;:!?%)\]}])", r"\1", text)
    text = re.sub(r"([(\[{$]) ", r"\1", text)
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|'S)\b", r"\1", text)
    return re.sub(r" ?''", '"', re.sub(r"`` ?", '"', text))


def stories(data):
    with open(f"{data}/events/synthetic-train.jsonl", encoding="utf-8") as lines:
        for row, line in enumerate(lines):
            yield {"id": f"syn-{row}", "date": "2020-06-01", "text": json.loads(line)["text"]}


def others(data):
    with open(f"{data}/coref/ecb-train-docs.jsonl", encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            yield {"id": f"ecb-{told['doc']}", "date": None, "text": " ".join(joined(s[1]) for s in told["sentences"])}
    for bank in ("ewt", "gum"):
        documents, current = {}, None
        with open(f"{data}/ud/{bank}-train.conllu", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# newdoc id"):
                    current = f"{bank}-{line.split('=')[1].strip()}"
                elif line.startswith("# text =") and current:
                    documents.setdefault(current, []).append(line.split("=", 1)[1].strip())
        for name, sentences in documents.items():
            if any(genre in name for genre in GENRES):
                yield {"id": name, "date": None, "text": " ".join(sentences)}


def main():
    data, *paths = sys.argv[1:]
    for path, rows in zip(paths, (stories(data), others(data)), strict=True):
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in rows)


if __name__ == "__main__":
    main()
