#!/usr/bin/python3
"""suggested.py ROOT: every command that a message, a hint or a line of help names can be typed as it stands there.

Reads the strings of cmd/ and lib/ and compares each `mentor NOUN VERB ...` in them with the command's own synopsis: the command exists, its options
are its options, and no operand is missing. A word in capitals stands for what only the reader knows. What goes on in small letters is prose about the
command ("mentor config list shows them all"): of that the command has to exist, as it has to where a manual page quotes it within a sentence. Prints file, line, command and what is wrong with it."""
import glob
import re
import subprocess
import sys

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
COMMAND = re.compile(r"\bmentor ((?:-[a-zA-Z-]+ |--[a-z-]+ [0-9]+ )*)([a-z]+)\b(?! mentor)([^;|>()\n]*)")
OPERAND = re.compile(r"[A-Z][A-Z=.]*|[a-z]?[0-9]+|#|[a-z0-9.-]*\.(?:yaml|csv|html)")
OWN_WORDS = {"mentor", "mentors", "mentee", "mentees"}


def mentor(*args):
    return subprocess.run(["mentor", *args], capture_output=True, text=True, check=True).stdout


def commands():
    """{"noun verb" or "noun": synopsis}, and the nouns."""
    names = [line.replace(".", " ") for line in mentor("schema", "-f", "plain").split()]
    names = [n for n in names if n not in ("error", "programme-file")] + ["help"]
    synopsis = {n: mentor(*n.split(), "-h").removeprefix(f"Usage: mentor {n}").strip() for n in names}
    return synopsis, {n.split()[0] for n in names}


def options_of_all():
    return set(re.findall(r"--[a-z-]+", mentor("--help"))) | {"--dry-run", "--undo"}


def strings(path):
    """(line, text) of every string, neighbours joined; what printf fills in is a number or a word in capitals."""
    with open(path, encoding="utf-8") as file:
        source = file.read()
    source = re.sub(r"/\*.*?\*/", lambda c: "\n" * c.group().count("\n"), source, flags=re.S)
    source = re.sub(r'%"\s*PRI\w+\s*"', "1", source)
    source = re.sub(r'%"\s*PRI\w+', '1"', source)
    source = re.sub(r'(?<!\\)"[ \t]*\n[ \t]*"', "", source)
    for found in LITERAL.finditer(source):
        text = re.sub(r"%[0-9.*-]*[sdzu]+", "WORD", found.group(1).replace('\\"', '"').replace("\\n", "\n"))
        yield source.count("\n", 0, found.start()) + 1, text


def quotes(path):
    """(line, text) of the commands that a manual page quotes; those of a line of their own are run by other tests."""
    with open(path, encoding="utf-8") as page:
        for number, line in enumerate(page, 1):
            if re.match(r"\.(Ql|Ic|Li) .*mentor [a-z]", line):
                yield number, re.sub(r"\b(Ar|Fl|Cm) ", "", line.replace("Fl \\-", "--").replace("\\-", "-").replace("\\&", "")).rstrip(" ,.:;\n")


def operands(words, synopsis):
    """How many operands there are; options are checked and left out. Stops at prose."""
    n, prose, wrong = 0, False, None
    words = list(words)
    while words:
        word = words.pop(0).rstrip(",:.")
        if word.startswith("-") and len(word) > 1:
            name = word.split("=")[0]
            taken = re.search(re.escape(name) + r"(?: ([A-Z][A-Z|]*))?[\]|, ]", synopsis + " ")
            if not taken and name.startswith("--") and name not in options_of_all():
                wrong = f"has no {name}"
            if taken and taken.group(1) and "=" not in word:
                if not words:
                    return n, prose, f"{name} lacks its {taken.group(1)}"
                words.pop(0)
        elif OPERAND.fullmatch(word) or (word and word in synopsis.split()) or word in OWN_WORDS:
            n += 1
        elif word in ("...", ""):
            continue
        else:
            prose = True
            break
    return n, prose, wrong


def wanted(synopsis):
    bare = re.sub(r"\[[^]]*\]", "", synopsis)
    bare = re.sub(r"--?[a-z-]+( [A-Z][^ ]*)?", "", bare)
    return len([w for w in bare.split() if w.isupper() or w.rstrip(".").isupper()])


def lacking(words, synopsis):
    """The option that has to be given and is not."""
    bare = re.sub(r"\[[^]]*\]", "", synopsis)
    return next((o for o in re.findall(r"--[a-z-]+", bare) if o not in words), None)


def main(root):
    synopsis, nouns = commands()
    seen = 0
    for path in sorted(glob.glob(f"{root}/cmd/*.c") + glob.glob(f"{root}/lib/*.c") + glob.glob(f"{root}/man/*")):
        manual = not path.endswith(".c")
        for line, text in quotes(path) if manual else strings(path):
            for _, noun, rest in COMMAND.findall(text):
                words = rest.replace(", ", " , ").split()
                if "," in words:
                    words = words[: words.index(",")]
                if noun not in nouns:
                    continue
                verbs = [n for n in synopsis if n.startswith(noun + " ")]
                name = noun if not verbs else f"{noun} {words.pop(0).rstrip(',:.')}" if words else noun
                if name not in synopsis:
                    if name != noun:
                        print(f"{path}:{line}\tmentor {name}\tis no command")
                    continue
                seen += 1
                n, prose, wrong = operands(words, synopsis[name])
                prose = prose or manual
                if not wrong and not prose and n < wanted(synopsis[name]):
                    wrong = f"lacks what it is about: {synopsis[name]}"
                if not wrong and not prose and lacking(words, synopsis[name]):
                    wrong = f"lacks {lacking(words, synopsis[name])}"
                if wrong:
                    print(f"{path}:{line}\tmentor {name} {' '.join(words)}\t{wrong}")
    print(f"{seen} commands", file=sys.stderr)


main(sys.argv[1])
