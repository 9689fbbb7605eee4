"""Reads messages that mentor wrote, with Python's own parser, and tells what is wrong with them.

mails.py FILE LETTERS: FILE is one message (.eml) or an mbox, LETTERS the same letters as JSON. Every message is without defect, and says what
its letter says. Prints what each holds, one JSON object a line.
"""
import email
import email.header
import email.policy
import email.utils
import json
import mailbox
import re
import sys

ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Language", "Auto-Submitted")
wrong = []


def raw(path):
    """The messages of a file as they would be sent, with CRLF."""
    with open(path, "rb") as f:
        data = f.read()
    if not path.endswith(".mbox"):
        return [data]
    if data and not data.endswith(b"\n\n"):
        wrong.append("the mbox does not end with an empty line")
    if b"\r" in data:
        wrong.append("there is a CR in the mbox")
    messages = []
    for m in mailbox.mbox(path, create=False):
        if not re.fullmatch(r"\S+@\S+ (Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}", m.get_from()):
            wrong.append(f"the line before a message is {m.get_from()!r}")
        messages.append(m.as_bytes().replace(b"\n", b"\r\n"))
    # what any dialect of mbox would have quoted is not there
    for line in data.split(b"\n"):
        if re.match(rb">+From ", line):
            wrong.append(f"{line!r} would be read as something else")
    return messages


def check_bytes(data):
    if not data.isascii():
        wrong.append("a message is not in ASCII")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data) or not data.endswith(b"\r\n"):
        wrong.append("a line does not end with CRLF")
    for line in data.split(b"\r\n"):
        if len(line) > 998 or (len(line) > 76 and not re.search(rb"<[^ ]{60,}>$", line)):
            wrong.append(f"a line has {len(line)} columns: {line!r}")
        for word in re.findall(rb"=\?utf-8\?\S*\?=", line):
            if len(word) > 75:
                wrong.append(f"an encoded word has {len(word)} columns")
    head = data.split(b"\r\n\r\n")[0]
    if re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", head) or re.search(rb"\r\n[ \t]*\r\n", head):
        wrong.append("a header holds a control character, or an empty line")


def address(data, header):
    """Name and address. The newer parser puts a blank between encoded words in names, where RFC 2047 (6.2) has none: the older one does not."""
    name, address = email.utils.parseaddr(email.message_from_bytes(data)[header])
    return [str(email.header.make_header(email.header.decode_header(name))), address]


def parse(data):
    m = email.message_from_bytes(data, policy=email.policy.default)
    for part in m.walk():
        wrong.extend(f"a defect: {d!r}" for d in part.defects)
    for name in ONCE:
        if len(m.get_all(name, [])) != 1:
            wrong.append(f"{name} is there {len(m.get_all(name, []))} times")
    if set(m.keys()) - set(ONCE):
        wrong.append(f"there are other headers: {set(m.keys()) - set(ONCE)}")
    for name, value in m.items():
        wrong.extend(f"a defect of {name}: {d!r} in {value!r}" for d in value.defects)
    for name in ("From", "To"):
        if len(m[name].addresses) != 1:
            wrong.append(f"{name} has {len(m[name].addresses)} addresses")
    return {"from": address(data, "From"), "to": address(data, "To"), "subject": str(m["Subject"]),
            "date": m["Date"].datetime.isoformat(), "id": str(m["Message-ID"]), "text": m.get_content().replace("\r\n", "\n")}


path, letters = sys.argv[1:]
with open(letters, encoding="utf-8") as f:
    expected = json.load(f)["data"]
messages = raw(path)
for data in messages:
    check_bytes(data)
found = [parse(data) for data in messages]
if len(found) != len(expected):
    wrong.append(f"{len(expected)} letters and {len(found)} messages")
for m, letter in zip(found, expected):
    if m["to"] != [letter["name"], letter["email"]]:
        wrong.append(f"to {m['to']}, not {letter['name']!r} {letter['email']!r}")
    if m["from"] != [letter["contact_name"] or letter["programme"], letter["contact_email"]]:
        wrong.append(f"from {m['from']}")
    if m["subject"] != letter["subject"]:
        wrong.append(f"the subject is {m['subject']!r}, not {letter['subject']!r}")
    if m["text"] != letter["text"] + "\n":
        wrong.append(f"the text is {m['text']!r}, not {letter['text']!r}")
if len({m["id"] for m in found}) != len(found):
    wrong.append("two messages have one Message-ID")
for m in found:
    print(json.dumps(m, ensure_ascii=False, sort_keys=True))
for problem in wrong:
    print(problem, file=sys.stderr)
sys.exit(bool(wrong))
