"""outputs.py: hostile words in every field that takes words, printed in every format, and looked at with a reader of that format that knows nothing of
mentor (R12): json, csv, html.parser, email, icalendar, openpyxl. What is not data has to be the same as with harmless words."""
import csv, email, email.policy, html.parser, io, json, os, re, unicodedata
import icalendar, openpyxl
from commands import Office
from world import tell

HARMLESS = "Harmless words"
STARTS = ["=1+1", "=HYPERLINK(\"http://example.org\")", "+1+1", "-1+1", "@SUM(1)", "|calc", "%00", "=cmd|'/C calc'!A0", "＝1+1", "＋1", "－1", "＠x",
          "'=1+1", "\"=1+1", " =1+1", ";=1",
          "=IMPORTXML(1)", "-2+3+cmd|x", "+44 1632 960001", "=\"a\"&\"b\"", "--", "-", "=", "+", "@"]
MARKUP = ["<script>alert(1)</script>", "</script><script>x", "<img src=x onerror=alert(1)>", "</td></tr></table><h1>x", "</title><b>x", "<!-- x",
          "-->", "]]>", "<![CDATA[x", "&lt;b&gt;",
          "&amp;", "&#60;", "&nbsp;", "\" onclick=\"x", "' onclick='x", "`", "<a href=javascript:x>y</a>", "<svg/onload=x>", "</style><style>*{}",
          "<base href=//example.org>",
          "<meta http-equiv=refresh content=0>", "<iframe src=x>", "<form action=x>", "{{7*7}}", "${7*7}", "{name}", "{partner}", "<", ">", "<>",
          "</", "<?php x", "<%= 7 %>", "&", "&;"]
MARKDOWN = ["[x](http://example.org)", "![x](x)", "# x", "## x", "* x", "- x", "1. x", "> x", "| x | y |", "|", "||", "\\", "\\|", "**x**", "__x__",
            "_x_", "~~x~~", "```", "`x`", "---", "===", "[x]: y",
            "<http://example.org>", "x  y", "\\*x", "* * *", "+ x", "1) x", "    x", "[ ] x", "x^2^", "$x$", ":smile:", "http://example.org",
            "www.example.org"]
MAIL = ["x@example.org", "\"x\" <x@example.org>", "x, y@example.org", "=?utf-8?q?x?=", "=?utf-8?b?eA==?=", "x\\r\\nBcc: y@example.org", "x%0aBcc:y",
        "From x", ">From x", ".", "..", "Subject: x", "(x)",
        "x;y", "<x@y>", "\"", "\"\"", "\\\"", "x:y", "=3D", "=\\n", "--=_x"]
CALENDAR = ["END:VEVENT", "BEGIN:VALARM", "x;y,z", "x\\ny", "x\\,y", "DTSTART:20260101", "\\", "\\\\n", "X-A:b"]
SHELL = ["$(touch x)", "`touch x`", "; touch x", "&& x", "| x", "> x", "../../x", "%s%n", "%d%x%p", "\\0", "\\x1b[31m", "--help", "-rf /", "NULL",
         "null", "true", "NaN", "1e999", "0x1f",
         "'; DROP TABLE person; --", "\"; --", "1 OR 1=1", "''", "x' || 'y", "~", "!!", "*", "?", "[a-z]", "{a,b}"]
LETTERS = ["Zoë Ångström", "李小龍", "مريم", "ש", "Z̴̡͎a̷lgo", "👩‍👩‍👧", "🏳️‍🌈", "ﷺ", "ß", "İstanbul", "ǅ", "A" * 200, "é" * 120, "字" * 90,
           "a" + "\u0301" * 30, "ﬁ", "\u00a0x", "x\u00a0", "\u3000x", "𝔘𝔫𝔦",
           "\U0010fffd", "\ufffd", "O'Neil-Smith", "Ann, Lee", "Ann;Lee", "a\tb"]
REFUSED = ["\u202ex", "\u2066x", "\u2028x", "\u2029x", "\x1b[31m", "\x07", "\x7f", "\x85", "\u200ex", "\ufeffx", "\u200bx", "x\ny", "x\r\ny",
           "\x9b31m"]
STRINGS = list(dict.fromkeys(STARTS + MARKUP + MARKDOWN + MAIL + CALENDAR + SHELL + LETTERS + REFUSED))

# Lessons come first: they may not name anybody, and then somebody is called that.
FIELDS = ["lesson set l1 --text", "remark set r1 --text", "goal set g1 --text", "action set a1 --text", "barrier set b7826 --text",
          "contract say m2 hopes --mentee --",
          "match avoid p1 p8 --reason", "cohort settle -c spring prepare --evidence", "enrol decline -c summer iris@example.org --reason",
          "cohort set spring --title",
          "event set e3 --title", "event set e3 --place", "person set p1 --job", "person set p1 --directorate", "person set p1 --organisation",
          "person set p1 --name"]
LISTS = ["person list", "lesson list -c spring", "remark list -c spring", "goal list -c spring", "action list -c spring", "event list -c spring",
         "match list -c spring", "barrier list -c harbour", "cohort list",
         "contract list -c spring", "match avoidances", "cohort checklist spring", "enrol list -c spring", "cohort status spring", "today"]
PAGES = ["report show -c spring progress", "report show -c spring recruitment --by directorate", "report show -c spring lessons",
         "contract export m2", "privacy export p1", "log forms -c spring"]
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


class Page(html.parser.HTMLParser):
    """The elements of a page with their attributes, and what it says."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.built, self.said = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.built.append((tag, tuple(name for name, _ in attrs)))
        self.built.extend(("link", value) for name, value in attrs if name in ("href", "src", "action", "style") or name.startswith("on"))

    def handle_endtag(self, tag):
        self.built.append(("/" + tag,))

    def handle_comment(self, data):
        self.built.append(("comment",))

    def handle_decl(self, decl):
        self.built.append(("declaration", decl))

    def handle_pi(self, data):
        self.built.append(("instruction",))

    def unknown_decl(self, data):
        self.built.append(("unknown",))

    def handle_data(self, data):
        self.said.append(data)


def texts_in(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    return [value] if isinstance(value, str) else []


def unique(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a member comes twice")
    return dict(pairs)


# Each reads a text in its format: what stands there that is not data, and the texts that are.
def read_json(data):
    document = json.loads(data.decode(), object_pairs_hook=unique, parse_constant=lambda word: 1 / 0)
    return sorted(document), texts_in(document)


def read_jsonl(data):
    rows = [json.loads(line, object_pairs_hook=unique) for line in data.decode().split("\n")[:-1]]
    return [sorted(row) for row in rows], texts_in(rows)


def read_csv(data, delimiter=",", guarded=True):
    rows = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True, delimiter=delimiter))
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows of several widths")
    cells = [cell for row in rows for cell in row]
    for cell in cells if guarded else ():
        first = unicodedata.normalize("NFKC", cell.lstrip())[:1]
        if first and first in "=+-@|%\t\r" and not re.fullmatch(r"[-+]?\d+(\.\d+)?", cell):
            raise ValueError(f"a cell that a spreadsheet would run: {cell!r}")
    return [len(rows), rows[:1]], [cell[1:] if guarded and cell.startswith("'") else cell for cell in cells]


def read_raw(data):
    return read_csv(data, guarded=False)


def read_tsv(data):
    rows = [line.split("\t") for line in data.decode().split("\n")[:-1]]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows of several widths")
    return [len(rows), rows[:1]], [cell[1:] if cell.startswith("'") else cell for row in rows for cell in row]


def read_plain(data):
    text = data.decode()
    if CONTROL.search(text):
        raise ValueError(f"a control character: {CONTROL.search(text)[0]!r}")
    return [text.count("\n")], None


def read_table(data):
    read_plain(data)
    return None, None


def read_html(data):
    page = Page(data.decode())
    return page.built, ["".join(page.said)]


def read_md(data):
    text = data.decode()
    read_table(data)
    lines = text.split("\n")
    marks = [re.findall(r"(?<!\\)(?:\\\\)*(?:[|<]|\]\()", line) for line in lines]  # cells, elements and links that are not escaped
    kinds = [re.match(r"(#{1,6} |[-*+] |\d+[.)] |> |```|---|\||    )?", line)[0] for line in lines if line.strip()]
    return [[len(m) for m in marks if m], kinds], None


def read_mbox(data):
    built, said = [], []
    for raw in re.split(rb"(?m)^From (?=\S+ \w{3} \w{3} )", data)[1:]:
        m = email.message_from_bytes(raw.split(b"\n", 1)[1], policy=email.policy.default)
        parts = []
        said += [str(m["Subject"])] + [a.display_name for a in m["To"].addresses]
        for part in m.walk():
            kind, text = part.get_content_type(), "" if part.is_multipart() else part.get_content()
            inside = (read_html(text.encode()) if kind == "text/html" else read_ics(text.replace("\r\n", "\n").replace("\n", "\r\n").encode())
                      if kind == "text/calendar" else (None, None))
            parts.append((kind, list(map(str, part.defects)), inside[0]))
            said.append(text)
        built.append(([a.addr_spec for a in m["To"].addresses], m.keys(), parts))
    return sorted(built, key=str), said  # they go by name


def read_ics(data):
    if any(len(line) > 75 for line in data.split(b"\r\n")) or b"\n" in data.replace(b"\r\n", b""):
        raise ValueError("lines")
    calendar = icalendar.Calendar.from_ical(data)
    built, said = [], []
    for component in calendar.walk():
        built.append((component.name, sorted(component.keys()), component.errors))
        said += [str(component[key]) for key in component.keys() if key in ("SUMMARY", "LOCATION", "DESCRIPTION")]
    return built, said


def read_xlsx(data):
    book, built, said = openpyxl.load_workbook(io.BytesIO(data)), [], []
    for sheet in book:
        built.append((sheet.title, sheet.max_row, sheet.max_column, [h.ref for h in sheet._hyperlinks]))
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    raise ValueError(f"a formula: {cell.value!r}")
                if isinstance(cell.value, str):
                    said.append(cell.value)
    return built, said


FORMATS = {"json": read_json, "jsonl": read_jsonl, "csv": read_csv, "csv --raw": read_raw, "tsv": read_tsv, "plain": read_plain, "table": read_table}
PAGE_FORMATS = {"html": read_html, "md": read_md, "json": read_json}
PRINTED = ([(words, kind, reader) for words in LISTS for kind, reader in FORMATS.items()]
           + [(words, kind, reader) for words in PAGES for kind, reader in PAGE_FORMATS.items()]
           + [("report show -c spring progress", "xlsx", read_xlsx), ("event list -c spring", "ics", read_ics),
              ("event invite e3", "mbox", read_mbox),
              ("enrol export -c spring accepted", "mbox", read_mbox), ("enrol export -c summer declined", "mbox", read_mbox)])


class Words:
    """One string in all fields, and all that is printed then."""

    def __init__(self, office, start, words):
        office.back(start)
        self.office, self.words = office, words
        self.taken = [field for field in FIELDS if office.run(*field.split(), words).returncode == 0]

    def printed(self):
        for words, kind, reader in PRINTED:
            out = "page.out" if kind == "xlsx" else None
            r = self.office.run(*words.split(), "-f", *kind.split(), *(("-o", out) if out else ()))
            data = r.stdout
            if out and r.returncode == 0:
                with open(os.path.join(self.office.folder, out), "rb") as f:
                    data = f.read()
                os.unlink(os.path.join(self.office.folder, out))
            yield words, kind, reader, r.returncode, data


def injections(folder, most):
    """So many hostile strings, spread over the kinds, in every field and every output."""
    office = Office(folder)
    with open(os.path.join(folder, "base.db"), "rb") as f:
        start = f.read()
    office.back(start)
    for name in ("contract draft m2", "lesson list -c spring"):
        office.run(*name.split())
    with open(office.store, "rb") as f:
        start = f.read()
    plain = Words(office, start, HARMLESS)
    if len(plain.taken) < len(FIELDS):
        raise RuntimeError(f"fields that take no words: {set(FIELDS) - set(plain.taken)}")
    usual, shown = {}, set()
    for words, kind, reader, code, data in plain.printed():
        if code == 2:
            continue  # not a format of this command
        usual[words, kind] = code, reader(data)[0]
        if HARMLESS.encode() in data or kind in ("xlsx", "mbox"):
            shown.add((words, kind))
    chosen = STRINGS[::max(1, len(STRINGS) // most)]
    wrong = outputs = refused = stored = 0
    for text in chosen:
        hostile = Words(office, start, text)
        refused += len(FIELDS) - len(hostile.taken)
        stored += len(hostile.taken)
        for words, kind, reader, code, data in hostile.printed():
            if (words, kind) not in usual:
                continue
            outputs += 1
            try:
                built, said = reader(data)
                what = None
                if code != usual[words, kind][0]:
                    what = f"exit code {code}"
                elif len(hostile.taken) == len(FIELDS) and built != usual[words, kind][1]:
                    what = f"is built otherwise: {next((a, b) for a, b in zip(list(built) + [None], list(usual[words, kind][1]) + [None]) if a != b)!r:.300}"
                elif (kind in ("json", "jsonl", "csv --raw") and words in LISTS and (words, kind) in shown and len(hostile.taken) == len(FIELDS)
                      and not any(text in t for t in said)):
                    what = "the words do not come back"
            except Exception as problem:
                what = repr(problem)
            if what:
                wrong += 1
                tell(f"{text!r} in {words} -f {kind}: {what}")
    return wrong, (f"{len(chosen)} hostile strings in {len(FIELDS)} fields ({stored} taken, {refused} refused), {len(usual)} kinds of output, "
                   f"{outputs} read by other programs; built otherwise, unreadable or not the same words {wrong}")
