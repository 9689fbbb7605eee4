// Reads one message with the parser of npm's mailparser, and prints what it holds as mails.py does.
const fs = require("fs");
const { simpleParser } = require("mailparser");

simpleParser(fs.readFileSync(process.argv[2])).then((m) => {
  const one = (a) => [a.value[0].name, a.value[0].address];
  console.log(JSON.stringify({ from: one(m.from), to: one(m.to), subject: m.subject, id: m.messageId, text: m.text }));
});
