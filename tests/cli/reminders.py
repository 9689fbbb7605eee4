"""Reads messages that mentor sent, in mbox files, folders and single files, with Python's own parser, and tells what is wrong with them.

Prints what each holds, one JSON object a line. What must be true of every one: no defect anywhere, each header once, the contact in the text.
"""
import email
import email.policy
import json
import mailbox
import os
import sys

ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Language", "Auto-Submitted")
wrong = []


def raw(path):
    if os.path.isdir(path):
        return [data for name in sorted(os.listdir(path)) for data in raw(os.path.join(path, name))]
    with open(path, "rb") as f:
        data = f.read()
    if data.startswith(b"From "):
        return [m.as_bytes().replace(b"\n", b"\r\n") for m in mailbox.mbox(path, create=False)]
    return [data]


for path in sys.argv[1:]:
    for data in raw(path):
        m = email.message_from_bytes(data, policy=email.policy.default)
        for part in m.walk():
            wrong.extend(f"{path}: a defect: {d!r}" for d in part.defects)
        for name, value in m.items():
            wrong.extend(f"{path}: a defect of {name}: {d!r}" for d in value.defects)
        for name in ONCE:
            if len(m.get_all(name, [])) != 1:
                wrong.append(f"{path}: {name} is there {len(m.get_all(name, []))} times")
        if set(m.keys()) - set(ONCE) - {"List-Unsubscribe"}:
            wrong.append(f"{path}: other headers: {set(m.keys()) - set(ONCE)}")
        if any(len(line) > 998 for line in data.split(b"\r\n")) or not data.isascii():
            wrong.append(f"{path}: a line is too long, or not in ASCII")
        text = m.get_content().replace("\r\n", "\n")
        sender = m["From"].addresses[0]
        if sender.addr_spec not in text:
            wrong.append(f"{path}: the contact {sender.addr_spec} is not in the text")
        to = m["To"].addresses
        if len(to) != 1:
            wrong.append(f"{path}: To has {len(to)} addresses")
        print(json.dumps({"to": [to[0].display_name, to[0].addr_spec], "from": sender.addr_spec, "subject": str(m["Subject"]),
                          "date": m["Date"].datetime.isoformat(), "id": str(m["Message-ID"]), "language": str(m["Content-Language"]), "text": text}, ensure_ascii=False))
for problem in wrong:
    print(problem, file=sys.stderr)
sys.exit(bool(wrong))
