"""report_formats.py: every format of a report tells the same figures.

usage: report_formats.py FOLDER

FOLDER holds report.json, long.jsonl, long.csv, report.table, report.md, report.html and perhaps report.xlsx, all of one report. JSON is taken at its word; every
figure of every other format must be the same, in the same place. Says what differs and fails.
"""
import csv
import html.parser
import json
import pathlib
import re
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
problems = []


def read(name):
    return (folder / name).read_text(encoding="utf-8")


def check(good, *what):
    if not good:
        problems.append(" ".join(str(w) for w in what))


def shown(value, suppressed):
    """A figure as people are shown it."""
    if value is None:
        return "[c]" if suppressed else ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


# ---- JSON and the long forms ----
document = json.loads(read("report.json"), parse_float=float)["data"]
parts = {key: part if isinstance(part, list) else [part] for key, part in document.items() if part}
long = [json.loads(line) for line in read("long.jsonl").splitlines()]
rows = list(csv.DictReader(read("long.csv").splitlines()))
check(len(rows) == len(long), "csv has", len(rows), "figures, jsonl", len(long))
for line, row in zip(long, rows):
    for key in ("cohort", "day", "part", "row", "measure"):
        check(row[key] == line[key], "csv says", row, "jsonl", line)
    check(row["value"] == shown(line["value"], line["suppressed"]), "csv says", row["value"], "jsonl", line)
    check((row["suppressed"] == "yes") == line["suppressed"], "csv says", row["suppressed"], "jsonl", line)

measures = {}  # of each part, in order
for line in long:
    names = measures.setdefault(line["part"], [])
    if line["measure"] not in names:
        names.append(line["measure"])
texts = {}  # of each part, the rows of figures as people are shown them
position = 0
for key, records in parts.items():
    for record in records:
        row = []
        for measure in measures.get(key, []):
            line = long[position]
            position += 1
            check(line["part"] == key and line["measure"] == measure, "jsonl has", line, "where JSON has", key, measure)
            check(record[measure] == line["value"], "jsonl has", line, "JSON", record[measure])
            row.append(shown(line["value"], line["suppressed"]))
        texts.setdefault(key, []).append(row)
        for measure, value in record.items():
            check(measure in measures.get(key, []) or isinstance(value, (str, bool, list, type(None))), key, measure, "is not among the figures")
check(position == len(long), "jsonl has more figures than JSON")
check(len(long) > 0, "there is no figure at all")


def columns_in_order(found, expected):
    """Which columns of `expected` those of `found` are, in their order; None when they are others. Wide ones may be left out."""
    wanted, places, at = list(zip(*expected)), [], 0
    for column in zip(*found):
        while at < len(wanted) and wanted[at] != column:
            at += 1
        if at == len(wanted):
            return None
        places.append(at)
        at += 1
    return places


visible = {}  # of each part, the places of the figures that people are shown


def compare(name, sections):
    check(len(sections) == len(texts), name, "has", len(sections), "parts with something in them, JSON", len(texts))
    for (key, expected), found in zip(texts.items(), sections):
        check(len(found) == len(expected), name, key, "has", len(found), "rows, JSON", len(expected))
        check(any(found) or not measures.get(key), name, key, "shows no figure")
        places = columns_in_order(found, expected)
        check(places is not None, name, key, "has", found, "JSON", expected)
        visible[key] = places or []


# ---- HTML ----
class Page(html.parser.HTMLParser):
    """The figures of each section: cells and facts of class n, or of any fact that looks like one."""

    def __init__(self):
        super().__init__()
        self.sections, self.row, self.cell, self.skip, self.body = [], None, None, 0, False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "section" or attributes.get("class") == "card":
            self.sections.append([])
        elif tag == "svg" or attributes.get("aria-hidden") == "true" or (self.skip and tag not in ("line", "rect", "wbr", "circle", "path")):
            self.skip += 1
        elif tag in ("tbody", "thead"):
            self.body = tag == "tbody"
        elif tag == "tr" and self.body or tag == "dl":
            self.row = []
        elif tag == "dd" or tag in ("td", "th") and attributes.get("class") == "n" and self.body:
            self.cell = ""

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if self.skip:
            self.skip -= 1
        elif self.cell is not None and tag in ("td", "th", "dd"):
            text = self.cell.replace("\N{MINUS SIGN}", "-")
            text = "" if text == "none" else text
            if tag != "dd" or re.fullmatch(r"-?\d+(\.\d\d)?|\[c\]|", text):
                self.row.append(text)
            self.cell = None
        elif tag in ("tr", "dl") and self.row is not None:
            self.sections[-1].append(self.row)
            self.row = None

    def handle_data(self, text):
        if self.cell is not None and not self.skip:
            self.cell += text


page = Page()
page.feed(read("report.html"))
compare("html", [section for section in page.sections if section])

# ---- Markdown ----
sections, right = [[]], None
for line in read("report.md").splitlines():
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    fact = re.match(r"- \*\*.*:\*\* (.*)", line)
    if line.startswith("## "):
        sections.append([])
        right = None
    elif cells and all(re.fullmatch(r"---:?", cell) for cell in cells):
        right = [cell.endswith(":") for cell in cells]
    elif cells and right:
        row = [cell.replace("\\", "") for cell, figure in zip(cells, right) if figure]
        sections[-1].append(["" if cell == "–" else cell for cell in row])
    elif fact:
        text = fact[1].replace("\\", "").replace("–", "")
        if not sections[-1]:
            sections[-1].append([])
        if re.fullmatch(r"-?\d+(\.\d\d)?|\[c\]|", text):
            sections[-1][0].append(text)
compare("md", [section for section in sections if section])

# ---- the table: the figures of each row stand in its line, in their order; of an object each has a line ----
def stand_in(wanted, line):
    tokens = iter(line.split())
    return all(text in tokens for text in wanted)


lines = iter(read("report.table").splitlines())
for key, expected in texts.items():
    for row in expected:
        wanted = [row[place] for place in visible.get(key, []) if row[place]]
        for one in [wanted] if isinstance(document[key], list) else [[text] for text in wanted]:
            check(not one or any(stand_in(one, line) for line in lines), "table", key, "lacks", one)

# ---- the workbook, as two readers see it ----
def plain(text):
    """A figure whatever it is written like; None when it is none."""
    text = "" if text is None else str(text)
    if text in ("", "[x]", "[z]"):
        return ""
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text if text == "[c]" else None


def figures_of(sheet):
    """The rows of figures of a sheet given as rows of cells: the columns that hold nothing but figures; of an object its figures."""
    head, *body = sheet
    check(all(str(cell) != "" and cell is not None for row in sheet for cell in row), "xlsx has an empty cell in", head)
    if list(head) == ["Item", "Value"]:
        return [[plain(value) for _, value in body if plain(value) is not None and plain(value) != ""]]
    columns = [column for column in zip(*body) if None not in map(plain, column) and any(plain(cell) != "" for cell in column)]
    return [[plain(cell) for cell in row] for row in zip(*columns)] or [[] for _ in body]


def compare_workbook(name, sheets):
    check(sheets[-1][0] == "notes", name, "does not end with its notes")
    sheets = [(key, rows) for key, rows in sheets if len(rows) > 1]
    check([key for key, _ in sheets[:-1]] == list(texts), name, "has the sheets", [key for key, _ in sheets], "JSON", list(texts))
    for key, rows in sheets[:-1]:
        found, expected = figures_of(rows), [[plain(text) for text in row] for row in texts[key]]
        if not isinstance(document[key], list):
            expected = [[text for text in row if text != ""] for row in expected]
        check(len(found) == len(expected), name, key, "has", len(found), "rows, JSON", len(expected))
        check(columns_in_order(found, expected) is not None, name, key, "has", found, "JSON", expected)


if (folder / "report.xlsx").exists():
    import openpyxl

    book = openpyxl.load_workbook(folder / "report.xlsx")
    compare_workbook("openpyxl", [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book])
    text = subprocess.run(["xlsx2csv", "-a", folder / "report.xlsx"], capture_output=True, check=True, encoding="utf-8").stdout
    named = re.split(r"^-------- \d+ - (.*)\n", text, flags=re.M)[1:]
    compare_workbook("xlsx2csv", [(key, list(csv.reader(body.splitlines()))) for key, body in zip(named[::2], named[1::2])])

if problems:
    sys.exit("\n".join(problems[:20]))
