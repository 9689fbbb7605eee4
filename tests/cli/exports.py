#!/usr/bin/env python3
"""exports.py: what mentor says about broken exports of a form, against what is expected, and that none leaves a trace in the store.

    exports.py told DB FILE...     every problem of each file, as FILE with .expect says; DB is the same byte for byte afterwards
    exports.py write FILE...       writes those .expect files anew, to be read through

A line of an .expect file is LINE:COLUMN row ROW "heading": message | hint.
"""
import json
import re
import subprocess
import sys


def one_line(problem):
    place = f"{problem['line'] or 0}:{problem['column'] or 0} row {problem['row'] or 0} \"{problem['field'] or ''}\""
    hint = f" | {problem['hint']}" if problem["hint"] else ""
    text = f"{place}: {problem['message']}{hint}"
    text = re.sub(r"(.)\1{99,}", lambda m: f"{m[1]}*{len(m[0])}", text)
    return text.encode("unicode_escape").decode("ascii")


def told(path):
    run = subprocess.run(["mentor", "enrol", "import", "-f", "json", path], capture_output=True, check=False)
    if run.returncode != 3 or run.stdout:
        return [f"exit {run.returncode}, standard output {run.stdout[:200]!r}, standard error {run.stderr[:200]!r}"]
    error = json.loads(run.stderr.decode("utf-8"))
    if error["state"] != "nothing imported":
        return [f"state {error['state']}"]
    lines = [one_line(problem) for problem in error["problems"] or [error]]
    return lines[:5] + [f"{len(lines)} in all: {error['message']}"] if len(lines) > 5 else lines


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


def expected(path):
    with open(re.sub(r"\.csv$", ".expect", path), encoding="ascii") as file:
        return file.read().splitlines()


def main():
    mode, rest = sys.argv[1], sys.argv[2:]
    if mode == "write":
        for path in rest:
            with open(re.sub(r"\.csv$", ".expect", path), "w", encoding="ascii") as file:
                file.write("\n".join(told(path)) + "\n")
        return 0
    store, wrong = rest[0], 0
    before = bytes_of(store)
    for path in rest[1:]:
        lines, wanted = told(path), expected(path)
        if lines != wanted or bytes_of(store) != before:
            wrong += 1
            print(f"{path}:", *[f"  told     {line}" for line in lines], *[f"  expected {line}" for line in wanted], sep="\n")
            before = bytes_of(store)
    return wrong > 0


sys.exit(main())
