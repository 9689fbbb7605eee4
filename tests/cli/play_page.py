#!/usr/bin/python3
"""play_page.py: types the commands of a manual page on a terminal, and compares what they print with what the page shows.

  play_page.py PAGE           prints the page as it should be: with what the commands print now
  play_page.py --write PAGE       writes it so
  play_page.py --commands PAGE    prints how many commands there are

The page is the one source. A command is a .Dl line (one that ends with a backslash goes on in the next); the literal block that follows commands is
what they print, together; `...` alone on a line of it stands for any lines. A literal block behind the comment `file: NAME` is a file to be made, with the
blanks in front that it has when it is copied from the page; behind `append: NAME` it is added to a file, at the left edge.
Every command must succeed, unless the block that shows what it prints shows an error of mentor's. They run in an empty folder and an empty home."""
import os
import re
import shlex
import subprocess
import sys
import tempfile
import textwrap

COLUMNS = 66  # what an indented block has room for in a window of 80 columns


def plain(line):
    return line.replace("\\(dq", '"').replace("\\(aq", "'").replace("\\&", "").replace("\\-", "-").replace("\\e", "\\")


def roff(line):
    line = line.replace("\\", "\\e")
    return "\\&" + line if line[:1] in (".", "'") else line


class Step:
    """Commands and where in the page the block is that shows what they print (first and last line, or None)."""

    def __init__(self):
        self.commands, self.block = [], None


def save(file, content):
    """The command that does with a block of the page what a reader does in an editor."""
    how, name = file
    blanks, into = (" " * 11, ">") if how == "file:" else ("", ">>")
    return [f"printf '%s\\n' {' '.join(shlex.quote(blanks + line) for line in content)} {into}{name}"]


def read(lines):
    steps, step, literal, begun, file = [], None, False, 0, None
    for i, line in enumerate(lines):
        if literal:
            if line == ".Ed":
                literal = False
                if file:
                    made = Step()
                    made.commands = save(file, [plain(l) for l in lines[begun:i]])
                    steps.append(made)
                    step = file = None
                elif step:
                    step.block = (begun, i)
                    step = None
                else:
                    sys.exit(f"line {begun}: a block that no command prints")
        elif line.startswith(".Bd -literal"):
            literal, begun = True, i + 1
        elif re.match(r'\.\\" (file|append): ', line):
            file, step = line.split()[1:], None
        elif line.startswith(".Dl "):
            if step is None:
                step = Step()
                steps.append(step)
            step.commands.append(plain(line[4:]))
        elif line != ".Pp":
            step = None
    return steps


def play(steps):
    """What each step prints, and the exit status of each of its commands."""
    with tempfile.TemporaryDirectory() as home:
        with open(f"{home}/.commands", "w", encoding="utf-8") as script:
            for number, step in enumerate(steps):
                script.write(f"printf '\\001{number}\\002'\n")
                for line in step.commands:
                    script.write(line + ("\n" if line.endswith("\\") else "\nprintf '\\001%d\\003' $?\n"))
        run = subprocess.run(["script", "-qec", f"stty cols {COLUMNS}; bash .commands", "/dev/null"], stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, check=True, cwd=home,
                             env={"HOME": home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "dumb", "TZ": "UTC"})
    text = run.stdout.decode().replace("\r\n", "\n")
    parts = re.split(r"\x01(\d+)\x02", text)[1:]
    played = []
    for output in parts[1::2]:
        statuses = [int(s) for s in re.findall(r"\x01(\d+)\x03", output)]
        played.append((re.sub(r"\x01\d+\x03", "", output), statuses))
    if len(played) != len(steps):
        sys.exit(f"{len(played)} of {len(steps)} steps were played: {text[-400:]}")
    return played


def fold(line):
    """A line of a message, as a terminal breaks it, but between words."""
    return textwrap.wrap(line, COLUMNS, break_long_words=False, break_on_hyphens=False) if len(line) > COLUMNS else [line.rstrip()]


def left_out(shown, output):
    """Whether `shown`, in which a line ... stands for any lines, is what `output` says."""
    pattern = "".join("(?:.*\n)*" if line == "..." else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in output)) is not None


def main():
    path = sys.argv[-1]
    with open(path, encoding="utf-8") as page:
        lines = page.read().split("\n")
    steps = read(lines)
    if "--commands" in sys.argv:
        print(sum(len([c for c in step.commands if not c.endswith("\\")]) for step in steps))
        return
    changes = []
    for step, (output, statuses) in zip(steps, play(steps)):
        printed = [part for line in output.split("\n") for part in fold(line)]
        while printed and not printed[-1]:
            printed.pop()
        shown = [plain(line) for line in lines[slice(*step.block)]] if step.block else []
        refused = any(line.startswith("mentor: ") for line in shown)
        if any(statuses) and not refused:
            sys.exit(f"{path}: {' / '.join(step.commands)}: status {statuses}\n{output}")
        if step.block and "..." in shown and left_out(shown, printed):
            continue
        if step.block:
            changes.append((step.block, [roff(line) for line in printed]))
    for (first, last), block in reversed(changes):
        lines[first:last] = block
    if "--write" in sys.argv:
        with open(path, "w", encoding="utf-8") as page:
            page.write("\n".join(lines))
    else:
        sys.stdout.write("\n".join(lines))


main()
