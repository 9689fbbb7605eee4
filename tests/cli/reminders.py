"""Reads messages that mentor sent, in mbox files, folders and single files, with Python's own parser, and tells what is wrong with them.

Prints what each holds, one JSON object a line. What must be true of every one: no defect anywhere, each header once, the contact in the text.
"""
import email
import email.policy
import html.parser
import json
import mailbox
import os
import sys

ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Language", "Auto-Submitted")
wrong = []


class Page(html.parser.HTMLParser):
    """What a page says, and that it is made of nothing but paragraphs, lists and links, and closed as it was opened."""
    MADE_OF = {"html", "head", "meta", "title", "body", "p", "br", "ul", "li", "hr", "a"}

    def __init__(self, page):
        super().__init__()
        self.open, self.said, self.bad = [], [], []
        self.feed(page)
        self.close()
        self.bad.extend(f"<{tag}> is not closed" for tag in self.open)

    def handle_starttag(self, tag, attributes):
        if tag not in self.MADE_OF or {name for name, _ in attributes} - {"lang", "charset", "href"}:
            self.bad.append(f"<{tag}> with {attributes}")
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.bad.append(f"</{tag}> is in the wrong place")

    def handle_data(self, data):
        if "body" in self.open:
            self.said.append(data)


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
            if name == "Content-Transfer-Encoding" and m.is_multipart():
                continue  # each part has its own
            if len(m.get_all(name, [])) != 1:
                wrong.append(f"{path}: {name} is there {len(m.get_all(name, []))} times")
        if set(m.keys()) - set(ONCE) - {"List-Unsubscribe"}:
            wrong.append(f"{path}: other headers: {set(m.keys()) - set(ONCE)}")
        if any(len(line) > 998 for line in data.split(b"\r\n")) or not data.isascii():
            wrong.append(f"{path}: a line is too long, or not in ASCII")
        parts = [part.get_content_type() for part in m.iter_parts()] if m.is_multipart() else [m.get_content_type()]
        if parts not in (["text/plain"], ["text/plain", "text/html"], ["text/plain", "text/calendar"], ["text/plain", "text/html", "text/calendar"]):
            wrong.append(f"{path}: parts {parts}")
        if m.is_multipart() and m.get_content_type() != "multipart/alternative":
            wrong.append(f"{path}: the parts are {m.get_content_type()}")
        calendar = page = None
        for part in m.walk():
            if part.get_content_type() == "text/calendar":
                calendar = part.get_payload(decode=True).decode().replace("\r\n", "\n")
                if part.get_param("method") != "REQUEST" or "\nMETHOD:REQUEST\n" not in calendar or calendar.count("BEGIN:VEVENT") != 1:
                    wrong.append(f"{path}: a calendar of {part.get_param('method')}: {calendar}")
            if part.get_content_type() == "text/html":
                page = part.get_content()
        text = m.get_body(("plain",)).get_content().replace("\r\n", "\n")
        if page:
            read = Page(page)
            wrong.extend(f"{path}: the page: {bad}" for bad in read.bad)
            plain = [word for line in text.split("\n") for word in (line[2:] if line[:2] == "- " else "" if line == "----" else line).split()]
            if "".join(read.said).split() != plain:
                wrong.append(f"{path}: the page says something else than the text: {read.said}")
        sender = m["From"].addresses[0]
        if sender.addr_spec not in text:
            wrong.append(f"{path}: the contact {sender.addr_spec} is not in the text")
        to = m["To"].addresses
        if len(to) != 1:
            wrong.append(f"{path}: To has {len(to)} addresses")
        print(json.dumps({"to": [to[0].display_name, to[0].addr_spec], "from": sender.addr_spec, "subject": str(m["Subject"]),
                          "date": m["Date"].datetime.isoformat(), "id": str(m["Message-ID"]), "language": str(m["Content-Language"]), "parts": parts, "calendar": calendar, "page": page, "text": text}, ensure_ascii=False))
for problem in wrong:
    print(problem, file=sys.stderr)
sys.exit(bool(wrong))
