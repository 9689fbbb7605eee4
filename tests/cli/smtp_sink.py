"""A mail server for tests: writes its port to the file PORT, and what it is told to the file RECEIVED: RCPT lines, and messages as they are."""
import socketserver
import sys

port_file, received = sys.argv[1:]


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word.startswith(b"RCPT"):
                with open(received, "ab") as f:
                    f.write(b"RCPT " + line.strip().split(b":", 1)[1].split()[0] + b"\n")
            if word == b"DATA":
                self.say("354 go on")
                with open(received, "ab") as f:
                    while (line := self.rfile.readline()).rstrip(b"\r\n") != b".":
                        f.write(line)
                self.say("250 taken")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
    with open(port_file, "w") as f:
        f.write(str(server.server_address[1]))
    server.serve_forever()
