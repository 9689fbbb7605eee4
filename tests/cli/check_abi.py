#!/usr/bin/python3
"""check_abi.py: what programs that are linked against libmentor rely on.

  check_abi.py BUILD [BASE]       (called by `make check-abi`)

1. The library exports what its header declares: nothing less, nothing more.
2. Nothing that was there in BASE (a commit or tag; the newest release when not given) is gone or has another shape, unless the number behind .so. is
   another: abidiff compares the two libraries as the header shows them. What was added is fine."""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def output(*command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, universal_newlines=True, **more).stdout


def declared(header):
    """The names that a header marks as public."""
    with open(header, encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    names = set()
    for declaration in re.findall(r"\bMENTOR_API\b([^;{]*);", text):
        function = re.search(r"(\w+)\s*\(", declaration)
        names |= {function.group(1)} if function else {re.findall(r"\w+", part.split("[")[0])[-1] for part in declaration.split(",")}
    return names


def exported(library):
    return {line.split()[2].split("@")[0] for line in output("nm", "-D", "--defined-only", library).splitlines() if line.split()[1] != "A"}


def soname(library):
    return re.search(r"SONAME\s+(\S+)", output("objdump", "-p", library)).group(1)


def newest_release():
    found = subprocess.run(["git", "-C", ROOT, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"], stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, universal_newlines=True, check=False)
    return found.stdout.strip()


def built(base, folder):
    """The library of another commit."""
    archive = subprocess.Popen(["git", "-C", ROOT, "archive", base], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
    if archive.wait():
        sys.exit(f"check-abi: there is no commit {base}")
    number = re.search(r"^SOVERSION := (\d+)", open(f"{folder}/Makefile", encoding="utf-8").read(), re.M).group(1)
    subprocess.run(["make", "--no-print-directory", "-C", folder, f"build/libmentor.so.{number}"], check=True, stdout=subprocess.DEVNULL)
    return f"{folder}/build/libmentor.so.{number}"


def differences(old, old_headers, new, new_headers):
    """What abidiff says of two libraries, without what was added; empty when programs cannot tell the difference."""
    found = subprocess.run(["abidiff", "--headers-dir1", old_headers, "--headers-dir2", new_headers, "--no-added-syms", "--drop-private-types", old, new],
                           stdout=subprocess.PIPE, universal_newlines=True, check=False)
    if found.returncode & 3:
        sys.exit(f"check-abi: abidiff could not compare {old} and {new}: {found.stdout}")
    return found.stdout if found.returncode else ""


def must_notice(folder):
    """A comparison that never finds anything would prove nothing."""
    for name, member in (("old", "int a;"), ("new", "long a;")):
        os.makedirs(f"{folder}/{name}")
        with open(f"{folder}/{name}/probe.h", "w", encoding="utf-8") as header:
            header.write(f"struct probe {{ {member} }};\nint probe_get(const struct probe *p);\n")
        with open(f"{folder}/{name}/probe.c", "w", encoding="utf-8") as source:
            source.write('#include "probe.h"\nint probe_get(const struct probe *p) { return (int)p->a; }\n')
        subprocess.run(["cc", "-g", "-shared", "-fPIC", "-o", f"{folder}/{name}/probe.so", f"{folder}/{name}/probe.c"], check=True)
    old, new = f"{folder}/old", f"{folder}/new"
    if differences(f"{old}/probe.so", old, f"{old}/probe.so", old) or not differences(f"{old}/probe.so", old, f"{new}/probe.so", new):
        sys.exit("check-abi: abidiff does not see a member of a structure that has another type")


def main():
    library = os.path.realpath(os.path.join(sys.argv[1], "libmentor.so"))
    header, there = declared(f"{ROOT}/lib/mentor.h"), exported(library)
    if header != there:
        sys.exit(f"check-abi: declared but not exported: {sorted(header - there)}; exported but not declared: {sorted(there - header)}")
    base = sys.argv[2] if len(sys.argv) > 2 and sys.argv[2] else newest_release()
    with tempfile.TemporaryDirectory() as folder:
        must_notice(folder)
        if not base:
            print(f"check-abi: {len(header)} names, as declared; nothing has been released yet (BASE=COMMIT compares with a commit)")
            return
        os.makedirs(f"{folder}/base")
        old = built(base, f"{folder}/base")
        if soname(old) != soname(library):
            print(f"check-abi: {soname(old)} has become {soname(library)}: programs are built anew")
            return
        found = differences(old, f"{folder}/base/lib", library, f"{ROOT}/lib")
        if found:
            sys.exit(f"{found}\ncheck-abi: programs made for {base} would break: keep what they use, or raise SOVERSION")
        print(f"check-abi: {len(header)} names, as declared; programs made for {base} go on working")


main()
