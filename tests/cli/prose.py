#!/usr/bin/python3
"""prose.py: what people read of the project, a word a line, with where it stands: the manual, the READMEs, the example programmes, and the texts
of the program (messages, hints, help, headings).

  prose.py FOLDER        of the whole project; lines are WORD, TAB, FILE:LINE
  prose.py --texts FOLDER    the texts of the program, each on a line with where it stands, to be read through as one

What is no prose is left out: commands, options, names of keys, addresses, SQL."""
import glob
import re
import sys

# What stands for something else inside a sentence.
NOT_WORDS = re.compile(r"""
    %[-+ 0-9.*]*(?:l|ll|z|h)*[a-zA-Z%]      # of printf
  | \\[nrt"'\\]                             # escapes
  | \{[^{}\s]*\}                            # placeholders
  | (?<!\w)--?[a-z][a-z-]*(?:=\S+)?         # options
  | `[^`]*` | ''[^'']*''                    # quoted code
  | (?<!\w)'[^'\s]+'(?!\w)                  # a quoted word of the input
  | \S*[@/_<>=|\\#$~]\S*                    # addresses, paths, keys, signs
  | \b[a-z]+(?:-[a-z]+)*\.[a-z][\w.-]*      # names of files and keys
  | \b\w*\d\w*\b                            # anything with a digit
  | \b[A-Z]{2,}\b                           # abbreviations, placeholders
""", re.X)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|FROM \w+|WHERE|CREATE|PRAGMA|JOIN|CASE WHEN|AND [a-z]+\.|ORDER BY|count\()")
MACROS = re.compile(r"^\.(Dd|Dt|Os|Nm|Dl|Ql|Cm|Fl|Ar|Va|Ev|Pa|Xr|Ic|Op|Pq|In|Ft|Fn|Fa|Fo|Vt|It (?:Cm|Fl|Ic|Va|Ev|Pa|Xr|Fn|Nm|Sy))\b")


def of_page(lines):
    literal = False
    for number, line in enumerate(lines, 1):
        if line.startswith((".Bd", ".Ed")):
            literal = line.startswith(".Bd")
        elif not literal and not line.startswith('.\\"') and not MACROS.match(line):
            line = re.sub(r"^\.[A-Z][a-z] ?", "", line)
            yield number, re.sub(r"\\(?:\(..|[&e-])", " ", line)


def of_markdown(lines):
    for number, line in enumerate(lines, 1):
        if not line.startswith("    "):
            yield number, re.sub(r"\]\([^)]*\)", "]", line)


def of_programme(lines):
    for number, line in enumerate(lines, 1):
        yield number, re.sub(r"\([A-Z0-9, ]+\)", "", re.sub(r"^\s*(?:- )?[a-z0-9-]+: *", "", line))


def of_code(lines):
    """Strings of several words; neighbours are one. Not SQL, not markup, not what includes name."""
    text = "\n".join(lines)
    text = re.sub(r"'\\?\"'", "' '", text)
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), text, flags=re.S)
    for m in re.finditer(r'"(?:\\.|[^"\\\n])*"(?:(?:\s|\\\n)*(?:PRI\w+\s*)?"(?:\\.|[^"\\\n])*")*', text):
        whole = re.sub(r'"(?:\s|\\\n)*(PRI\w+\s*)?"', lambda join: "d" if join.group(1) else "", m.group())[1:-1]
        if " " in whole.strip() and not SQL.search(whole) and not re.search(r"mmmm|abcdef|<[a-z/!]|: ?[#\w.-]+;|\{ ?\w+:|\*\*", whole):
            yield text.count("\n", 0, m.start()) + 1, whole


SOURCES = [("man/*.[1-8]", of_page), ("README.md", of_markdown), ("examples/README.md", of_markdown),
           ("examples/*/programme.yaml", of_programme), ("cmd/*.c", of_code), ("lib/*.c", of_code)]
# what writes manual pages and completions, which are looked at themselves, and what is not in English
OTHERS = ["cmd/dump.c", "lib/language_cy.c"]


def main():
    root = sys.argv[-1].rstrip("/") + "/"
    for pattern, pieces in SOURCES:
        for path in sorted(glob.glob(root + pattern)):
            if path[len(root):] in OTHERS:
                continue
            with open(path, encoding="utf-8") as file:
                lines = file.read().split("\n")
            for number, text in pieces(lines):
                place = f"{path[len(root):]}:{number}"
                if "--texts" not in sys.argv:
                    for word in WORD.findall(NOT_WORDS.sub(" ", text)):
                        print(f"{word}\t{place}")
                elif pieces is of_code:
                    print(f"{place}: {text}")


main()
