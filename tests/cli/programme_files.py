#!/usr/bin/env python3
"""programme_files.py: what mentor and the JSON Schema of programme files say about many files, against what is expected of them.

    programme_files.py told FILE...     every problem of each broken file, as its "#!" lines (or FILE with .expect) say
    programme_files.py refused DB FILE...      no import of a broken file succeeds or changes one byte of the store
    programme_files.py schema SCHEMA FILE...   whether the schema refuses a broken file and accepts any other
"""
import json
import os
import re
import subprocess
import sys

import jsonschema
import yaml


# ---- what mentor says ----

def one_line(problem):
    """LINE:COLUMN key.path: message | hint"""
    place = f"{problem['line'] or 0}:{problem['column'] or 0} {problem['field'] or ''}".rstrip()
    hint = f" | {problem['hint']}" if problem["hint"] else ""
    return f"{place}: {problem['message']}{hint}".replace("\n", "\\n")


def told(path):
    """What the check says; a line that no file expects when it does not refuse the file as it should."""
    run = subprocess.run(["mentor", "programme", "check", "-f", "json", path], capture_output=True, check=False)
    if run.returncode != 3 or run.stdout:
        return [f"exit {run.returncode}, standard output {run.stdout!r}, standard error {run.stderr!r}"]
    error = json.loads(run.stderr.decode("utf-8"))
    return [one_line(problem) for problem in error["problems"] or [error]]


# ---- what the file says ----

def expected(path):
    """The lines behind #!, without it; None for a file that has none."""
    beside = re.sub(r"\.yaml$", ".expect", path)
    with open(beside if os.path.exists(beside) else path, "rb") as file:
        text = file.read().decode("utf-8", "replace")
    lines = re.findall(r"^#! (.*)$", text, re.M)
    return lines or None


# ---- what the schema says ----

class Core(yaml.CSafeLoader):
    """YAML 1.2, core schema: no, on, 12:30 and 2026-06-09 are texts; a key is a text and stands once."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        pairs = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in pairs:
                raise yaml.constructor.ConstructorError(None, None, "not a key, or a key twice", key.start_mark)
            pairs[key.value] = self.construct_object(value, deep=True)
        return pairs


def core_int(loader, node):
    text = node.value
    return int(text, 0) if re.match("0[ox]", text) else int(text)


def core_float(loader, node):
    return float(re.sub(r"^([-+]?)\.(inf|nan)", r"\1\2", node.value.lower()))


for tag, pattern, first, construct in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""], lambda loader, node: None),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF"), lambda loader, node: node.value.lower() == "true"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789"), core_int),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
     list("-+.0123456789"), core_float),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)
    Core.add_constructor(f"tag:yaml.org,2002:{tag}", construct)
Core.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True))


def validator(schema):
    kind = jsonschema.Draft202012Validator
    kind.check_schema(schema)
    return kind(schema)


def complaint(schema, path):
    """Why an editor would mark the file, or None."""
    try:
        with open(path, "rb") as file:
            document = yaml.load(file.read(), Core)
    except (yaml.YAMLError, ValueError) as problem:
        return f"not YAML: {problem}"
    problem = jsonschema.exceptions.best_match(schema.iter_errors(document))
    return f"{problem.json_path}: {problem.message}" if problem else None


def verdict(schema, path):
    return "refuses" if complaint(schema, path) else "cannot tell"


# ---- the two tests ----

def told_as_expected(paths):
    wrong = 0
    for path in paths:
        want = [line for line in expected(path) or [] if not line.startswith("schema: ")]
        have = told(path)
        if have != want:
            wrong += 1
            print(f"{path}:", *(f"  wanted {line}" for line in want), *(f"  told   {line}" for line in have), sep="\n")
    return wrong


def store_untouched(store, paths):
    def content():
        with open(store, "rb") as file:
            return file.read()

    before, wrong = content(), 0
    for path in paths:
        run = subprocess.run(["mentor", "programme", "import", path], capture_output=True, check=False)
        if run.returncode != 3 or run.stdout or not run.stderr or content() != before:
            wrong += 1
            print(f"{path}: exit {run.returncode}, store {'as before' if content() == before else 'changed'}: {run.stdout!r}")
    return wrong


def schema_as_expected(schema, paths):
    wrong = 0
    for path in paths:
        lines = expected(path)
        want = next((line[8:] for line in lines if line.startswith("schema: ")), "nothing said") if lines else "cannot tell"
        if verdict(schema, path) != want:
            wrong += 1
            print(f"{path}: wanted the schema to say: {want}. It says: {complaint(schema, path)}")
    return wrong


def main(command, *arguments):
    if command == "told":
        return told_as_expected(arguments)
    if command == "refused":
        return store_untouched(arguments[0], arguments[1:])
    with open(arguments[0], encoding="utf-8") as file:
        return schema_as_expected(validator(json.load(file)), arguments[1:])


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
