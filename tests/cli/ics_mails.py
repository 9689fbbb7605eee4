"""Takes the calendars out of messages in mbox files, as part-N.ics; prints a line for each: its name, the method of its header, how many guests it has."""
import email, email.policy, mailbox, sys

n = 0
for path in sys.argv[1:]:
    for message in mailbox.mbox(path, factory=lambda f: email.message_from_binary_file(f, policy=email.policy.default)):
        kinds = [part.get_content_type() for part in message.iter_parts()]
        if message.get_content_type() != "multipart/alternative" or kinds not in (["text/plain", "text/calendar"], ["text/plain", "text/html", "text/calendar"]) or message.defects:
            sys.exit(f"{path}: {message.get_content_type()} of {kinds}, {message.defects}")
        plain, *_, calendar = message.iter_parts()
        text = calendar.get_payload(decode=True)
        if b"desk@example.org" not in plain.get_payload(decode=True):
            sys.exit(f"{path}: the text does not say where to write")
        # a mbox file has lines that end with LF; quoted-printable lines are then those of the calendar
        text = text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        n += 1
        with open(f"part-{n:04d}.ics", "wb") as f:
            f.write(text)
        print(f"part-{n:04d}.ics", calendar.get_param("method"), text.count(b"\r\nATTENDEE"))
