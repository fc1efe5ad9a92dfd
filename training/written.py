"""Reports written for this project to teach the reader, with their acts marked in the text (`written.jsonl`).

    python written.py written.jsonl work/written.texts

writes the texts without marks, as JSON Lines that `examples/sentences.rs` reads. A mark is `{word|roles}`: `a1:ACCUSE` on the
word that tells the first act of its sentence, `s1` and `t1` on those that name its source and target, a comma between
several roles of a word. A sentence without marks tells no act.
"""

import json
import re
import sys

MARK = re.compile(r"\{([^{}|]+)\|([^{}|]*)\}")
OWN = "own-"


def read(path):
    """Reports by id: the text without marks, and (first character, role) of all marks."""
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            text, roles, end = "", [], 0
            for mark in MARK.finditer(told["text"]):
                text += told["text"][end : mark.start()]
                roles.extend((len(text), role.strip()) for role in mark[2].split(","))
                text += mark[1]
                end = mark.end()
            found[OWN + told["id"]] = text + told["text"][end:], roles
    return found


def acts(roles, start, end):
    """The acts of the sentence between two characters, as `acts.marks` has them; `None` where its marks make no sense."""
    told, sides = {}, {}
    for at, role in roles:
        if not start <= at < end:
            continue
        kind = re.fullmatch(r"a(\d+):([A-Z]+)|([st])(\d+)", role)
        if kind is None or kind[1] in told:
            return None
        if kind[1]:
            told[kind[1]] = at, kind[2]
        else:
            sides.setdefault((kind[4], kind[3]), []).append(str(at))
    if any(number not in told for number, _ in sides):
        return None
    side = lambda number, of: ",".join(sides.get((number, of), ["-"]))
    return [[str(at), event, f"{side(number, 's')}>{side(number, 't')}"] for number, (at, event) in told.items()]


def main():
    source, out = sys.argv[1:]
    with open(out, "w", encoding="utf-8") as lines:
        for report, (text, _) in read(source).items():
            lines.write(json.dumps({"id": report, "date": None, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
