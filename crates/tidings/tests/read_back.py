"""Reads each export back with readers of the field (pyarrow, pandas, DuckDB) and compares it with the answer of the
program: python read_back.py TIDINGS REPORTS. Needs: pip install pyarrow pandas duckdb."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pandas
import pyarrow.parquet

program, reports = sys.argv[1:]
folder = Path(tempfile.mkdtemp())
record = str(folder / "examples.tidings")


def tidings(*words):
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout


def answer(subject):
    lines = tidings(subject, "--record", record, "--format", "jsonl").splitlines()
    return [json.loads(line) for line in lines]


def export(form, of="events"):
    out = str(folder / f"{of}.{form}")
    tidings("export", out, "--record", record, "--to", form, "--of", of)
    return out


tidings("add", reports, "--record", record)
for of in ["events", "incidents", "claims", "actors"]:
    rows = answer(of)
    table = pyarrow.parquet.read_table(export("parquet", of)).to_pylist()
    days = ["since", "until", "published", "first_report", "last_report"]
    read = [{k: str(v) if k in days and v else v for k, v in row.items()} for row in table]
    assert read == rows, f"{of}: Parquet read by pyarrow differs"
    (count,) = duckdb.sql(f"SELECT count(*) FROM '{export('parquet', of)}'").fetchall()[0]
    assert count == len(rows), f"{of}: Parquet read by DuckDB differs"
    frame = pandas.read_csv(export("csv", of))
    assert list(frame.columns) == list(rows[0]) and len(frame) == len(rows), f"{of}: CSV"
    (count,) = duckdb.sql(f"SELECT count(*) FROM read_csv('{export('csv', of)}')").fetchall()[0]
    assert count == len(rows), f"{of}: CSV read by DuckDB differs"
    assert len(pandas.read_json(export("jsonl", of), lines=True)) == len(rows), f"{of}: JSON Lines"

incidents = pandas.read_csv(export("gdelt"), sep="\t", header=None)
mentions = pandas.read_csv(export("gdelt-mentions"), sep="\t", header=None)
assert incidents.shape[1] == 61 and mentions.shape[1] == 16
assert incidents[0].is_unique and incidents[0].dtype == "int64"
assert incidents[29].between(1, 4).all() and incidents[30].between(-10, 10).all()
assert incidents[0].isin(mentions[0]).any()

icews = pandas.read_csv(export("icews"), sep="\t", dtype={"CAMEO Code": str})
polecat = pandas.read_csv(export("polecat"), sep="\t")
assert icews.shape[1] == 20 and polecat.shape[1] == 40
assert pandas.to_datetime(icews["Event Date"]).notna().all()
assert icews["CAMEO Code"].str.fullmatch(r"[0-2]\d{1,3}").all()
assert icews["Event ID"].nunique() == len(polecat)
assert polecat["Quad Code"].str.contains("COOPERATION|CONFLICT").all()

points = json.loads(Path(export("geojson", "incidents")).read_text())["features"]
placed = [row for row in answer("incidents") if row["lat"] is not None]
assert [p["id"] for p in points] == [row["id"] for row in placed]
assert all(p["geometry"]["coordinates"] == [r["lon"], r["lat"]] for p, r in zip(points, placed))
print("every export was read back")
