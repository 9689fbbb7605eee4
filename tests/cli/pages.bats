# pages.bats: every page that can be made of every example, in the formats that others read.
load helpers

# pages_of EXAMPLE: prints them; each is read by a reader of its format, and says something.
pages_of() {
  PATH="$BUILD:$PATH" run "$ROOT/tests/web/pages" "$1" "$PWD/$1" "$PWD/pages" html md json csv
  assert_success
  assert_output ""
  run python3 - pages <<'PY'
import csv, html.parser, json, os, sys

VOID = {"meta", "link", "br", "hr", "img", "input", "col", "wbr"}


class Page(html.parser.HTMLParser):
    """Every element that begins also ends, inside of the one in which it began."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.words = [], [], 0

    def handle_starttag(self, tag, attributes):
        self.open += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        self.words += len(data.split())


def look(path, text):
    kind = path.rsplit(".", 1)[1]
    if kind == "json":
        return [] if "data" in json.loads(text) else ["no data"]
    if kind == "csv":
        widths = {len(row) for row in csv.reader(text.splitlines(True), strict=True)}
        return [] if len(widths) <= 1 else [f"rows of {widths} cells"]
    if kind == "md":
        return [] if text.strip() else ["empty"]
    page = Page()
    page.feed(text)
    page.close()
    return page.wrong + page.open + ([] if page.words > 3 else ["says nothing"])


bad, seen = 0, 0
for name in sorted(os.listdir(sys.argv[1])):
    path = os.path.join(sys.argv[1], name)
    with open(path, encoding="utf-8", newline="") as f:
        wrong = look(path, f.read())
    seen += 1
    if wrong:
        bad += 1
        print(f"{name}: {wrong[:3]}")
print(f"{seen} pages, wrong {bad}")
sys.exit(bad != 0 or seen < 100)
PY
  assert_success
}

setup() { cd "$BATS_TEST_TMPDIR" || return; }

@test "every page of the example of Manchester can be read" {
  pages_of manchester
}

@test "every page of the example of the South West can be read" {
  pages_of south-west
}

@test "every page of the example of Sheffield can be read" {
  pages_of sheffield
}

@test "every page of the example of Greenwich can be read" {
  pages_of greenwich
}

@test "every page of the example of co-learning can be read" {
  pages_of co-learning
}
