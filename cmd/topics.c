/* topics.c: the pages of `mentor help TOPIC`, from which mentor-<topic>(7) are made as well. */
#include "help.h"

static const struct topic_line first_steps[] = {
	{ NULL, "A cohort goes from a programme file to a report in these steps. Each command explains itself with --help, changes nothing with --dry-run, and can be run twice without harm; on a terminal it names the next one." },
	{ "mentor db init", NULL },
	{ NULL, "Makes the store: one file that holds everything." },
	{ "mentor programme new --from minimal > programme.yaml", NULL },
	{ "mentor programme check programme.yaml", NULL },
	{ "mentor programme import programme.yaml", NULL },
	{ NULL, "Write down what the programme wants: change the file in any editor, check it, and take it in. It says who mentors whom, who may be paired, what every pair agrees, and under application which headings your list of people has. Five programmes that are run in real life show more: mentor programme new --help names them." },
	{ "mentor cohort add spring --programme minimal --starts-on 2026-04-01", NULL },
	{ "mentor cohort open", NULL },
	{ "mentor enrol import people.csv", NULL },
	{ "mentor enrol list", NULL },
	{ "mentor enrol accept p1 p2 p3", NULL },
	{ NULL, "Take applications, from the export of a form or from a list of your own as CSV, and decide on them." },
	{ "mentor match propose", NULL },
	{ "mentor match explain p1", NULL },
	{ "mentor match publish", NULL },
	{ NULL, "Propose pairs, ask why, and publish when people agree: mentor proposes, people decide." },
	{ "mentor cohort close", NULL },
	{ "mentor contract draft m1", NULL },
	{ "mentor contract sign m1 --mentor --mentee", NULL },
	{ "mentor cohort start", NULL },
	{ "mentor log add m1 --minutes 60", NULL },
	{ NULL, "Follow the pairs: when they met and for how long, never what was said." },
	{ "mentor cohort status", NULL },
	{ "mentor report show progress -f html -o progress.html", NULL },
	{ NULL, "See what is still missing, each line with the command that clears it, and hand out a page." },
	{ 0 },
};

static const struct topic_line formats[] = {
	{ NULL, "Every command prints in the format that -f names. Data goes to standard output, everything else to standard error. Configuration and environment never change machine formats." },
	{ "table", "columns for people, fitted to the terminal; the default on a terminal" },
	{ "plain", "one row a line, cells between TABs, no heading; an object as name and value a line; parts stand apart by an empty line; what a writing command did is told in a sentence a line. The default in a pipe. -0 ends rows with NUL" },
	{ "json", "exactly one document: {\"schema\":\"mentor.<noun>.<verb>/1\",\"revision\":N,\"data\":...}. Writing commands add \"dry_run\". mentor schema NAME prints its JSON Schema. Members may be added at any time; renaming or removing one raises the number, and --format-version N asks for one" },
	{ "jsonl", "the rows of the main table, one JSON object a line, without envelope" },
	{ "csv", "the rows of the main table with a heading, quoted as RFC 4180 says, with LF. A cell that a spreadsheet would run as a formula gets a ' in front; --raw turns that off for round trips, --bom is for Excel" },
	{ "tsv", "the same between TABs; line breaks inside cells become visible" },
	{ "html", "one self-contained page, where a command offers it" },
	{ "md", "the same in Markdown, with tables as on GitHub, where a command offers it" },
	{ "xlsx", "a workbook with a sheet for each table and one of notes, where a command offers it and libxlsxwriter is installed; [c] is withheld, [x] not measured, [z] does not apply" },
	{ NULL, "--fields a,b chooses columns, --fields=help lists them. -o FILE writes all at once or not at all. Days are ISO 8601 in data and 12 July 2026 on pages; instants are RFC 3339 in UTC; references such as p12 are texts. A number that is withheld because it is small is null in JSON and [c] elsewhere. In tables, pages and sentences people are called what the labels of their programme say; the keys and words of the other formats are the same for every programme." },
	{ 0 },
};

static const struct topic_line environment[] = {
	{ NULL, "An option beats the environment, and the environment beats the configuration file. Nothing secret belongs in any of them." },
	{ "MENTOR_DB", "the store; -D names another" },
	{ "MENTOR_COHORT", "the cohort to work in; -c names another" },
	{ "MENTOR_ACTOR", "who decides, kept with every decision; admin when unset. The trail of changes names this person too, else LOGNAME" },
	{ "MENTOR_NOW", "taken for the present day or instant; --now names another" },
	{ "MENTOR_CONFIG", "the configuration file; else mentor/config.yaml in the folder XDG_CONFIG_HOME names, or in .config. It is YAML with any of the keys db, cohort, actor, lock_wait, color and pager; mentor config list shows what is in force" },
	{ "MENTOR_PAGER", "shows tables on a terminal; not used when unset" },
	{ "NO_COLOR", "set and not empty: no bold headings" },
	{ "XDG_DATA_HOME", "where mentor/mentor.db lives when no store is named; else .local/share in HOME" },
	{ 0 },
};

static const struct topic_line references[] = {
	{ NULL, "Commands take references, which are short, never reused, and easy to read out on the telephone." },
	{ "p12", "a person; her or his e-mail address does as well" },
	{ "m7", "a pair" },
	{ "c3", "a contract; most commands take the pair instead" },
	{ "s31", "a session" },
	{ "h4, f2", "a shadowed meeting, a reflection" },
	{ "g5, a9", "a goal, an action" },
	{ "b4172", "a barrier; its number comes from its words" },
	{ "n5", "a message that a reminder has become" },
	{ "k6, l3, r8", "a check-in, a lesson, a remark" },
	{ "spring-2026", "programmes and cohorts go by the short name they were given: a-z, 0-9 and -" },
	{ NULL, "Days are written 2026-09-30, times of day 14:30. Nothing is abbreviated: an unknown word is never guessed, but the nearest one is suggested." },
	{ 0 },
};

static const struct topic_line privacy[] = {
	{ NULL, "What need not be held is not held. Of a session the store keeps when a pair met and for how long, and no notes of what was said unless the programme has decided so (privacy.record). Survey answers are kept to measure change; who answered what is never printed. Of a survey that the programme calls anonymous no address is read or kept, so answers before and after are not linked." },
	{ NULL, "Answers to surveys that few people gave are withheld in every format. The programme says how few (privacy.min_cell, at least 3, usually 5); min_cell in the configuration can be stricter. If any answer to a question was given by fewer, all its counts and the median are withheld, and the mean too when it lies so near an end of the scale that it would give them away. How many improved is shown only when everybody answered both times and no group of people with the same two answers is that small. Where people could tick several choices, each choice is withheld alone: when fewer ticked it, and when fewer did not. In a small cohort most breakdowns are withheld: that is how it should be." },
	{ NULL, "By organisation or directorate, those of fewer people stand together, and of the others a number is withheld when it, or what it lacks from the number before it, counts fewer; with it as many more as it takes so that neither subtraction nor what one organisation knows of itself gives it away." },
	{ NULL, "How many applied, were paired, met or responded is paperwork and is shown to the running team, however few. Words are shown as written once enough people have written; read them before passing them on." },
	{ NULL, "Figures that leave the team are published: reports made --for board or public, report export, equality compare, and results with --publish. What is told then is noted in the store, in the same moment, so it takes a store that can be written to. Whoever has read earlier publications shall learn nothing of the few by whom a new one differs: answers of fewer people than the threshold wait, those who have left stay counted as long as they are so few, and a table that would differ from an earlier one by few comes out as it was, with the day. Of several cohorts nothing is told that lacks few from what was told of one of them. mentor privacy ledger lists what was published; take from the team's own view nothing that you pass on." },
	{ NULL, "That does not protect against what somebody knows from elsewhere, nor against figures passed on by hand; what is withheld at first, and told once many more have answered, can tell a little of the first; a table by group or organisation is compared number by number, not person by person; words that somebody has taken back are missing from a new publication; and figures of the workforce are the employer's." },
	{ NULL, "The register of barriers does not hold which pair brought what, nor on which day or in which cohort: a barrier has a month, and a number that comes from its words. Words that name somebody who takes part are refused. A pair is named with a barrier once both sides have agreed, and no longer when one of them does not." },
	{ NULL, "How people are (mentor checkin) is for the running team, in a few words of a list; no report shows it. Goals are counted in reports and never shown. A remark is quoted as far as its consent goes, and its words are gone when it is withdrawn." },
	{ NULL, "What is asked for equality monitoring comes in by a form of its own and lies behind a wall: whatever selects, pairs, lists, writes or reports cannot read it. No command prints a single answer or says who has answered, and whoever objects is forgotten at once." },
	{ NULL, "People may ask what is held of them (mentor privacy export PERSON) and have it erased (mentor privacy erase PERSON). Programmes say how long records are kept after a cohort has ended (privacy.retention, privacy.fields, equality.months); from cron, mentor privacy retain --apply removes what is over, and mentor privacy check finds what is owed. Who objects to a use (mentor privacy object PERSON --to matching) is left alone from that moment. mentor privacy register prints what is done with which data and why. A published pair outlives an erased person as one with a former participant, since it is the other's record too." },
	{ NULL, "Every change leaves an entry in the trail of changes: when, who, which command, which records by number, never what they say. So do a person's export, check-ins that are read, and the list of who is kept apart. Erasing leaves salted hashes of the addresses, so that a copy made earlier, when it is restored, is cleared again; nobody can read there who it was, but who guesses an address can try whether it is one of them." },
	{ NULL, "Reports show pairs by reference, not by name. The store is one file, readable by its owner only; encrypt the disk it lies on. Nothing leaves it but what you print, and the reminders that mentor remind run hands to the mail program or folder that you name; of those neither the text nor the address is kept." },
	{ 0 },
};

static const struct topic_line cron[] = {
	{ NULL, "Reminders, worklists and checks are made to be run by cron or by a systemd timer. A command that went well prints nothing with --quiet, so cron, which mails whatever is printed, writes only when somebody has to look. examples/cron has these lines as a crontab and as systemd units." },
	{ "mentor --quiet --lock-wait 300 remind run --transport sendmail", NULL },
	{ NULL, "Sends what is due, each message once, however often it runs and however many runs overlap: every quarter of an hour is fine. What the programme keeps for other hours or days (sending in the programme file) waits by itself, so the crontab need not know them. --lock-wait says for how many seconds it waits for another process; a run that finds nothing to do takes milliseconds." },
	{ "mentor today", NULL },
	{ NULL, "The day's work of the running team, as a mail of cron's; it prints nothing when there is nothing to do." },
	{ "mentor --quiet db check >/dev/null", NULL },
	{ NULL, "Looks the store over; with findings it fails, and they are mailed." },
	{ NULL, "The exit code of remind run says what became of it:" },
	{ "0", "everything that is due has been handed over, or nothing was due" },
	{ "1", "the mail program, the folder or the disk said no; nothing is lost, and the next run tries again" },
	{ "2", "the command line makes no sense: said at once, on the first run" },
	{ "6", "another process held the store for longer than --lock-wait; the next run makes up for it" },
	{ "7", "something needs a person: a message failed, a reminder cannot be written, or it is not known whether a message went out" },
	{ NULL, "cron gives commands a small PATH, no terminal and another folder: name the store with MENTOR_DB or --db, and programs and folders with their whole path. Times are the programme's own (time_zone), whatever zone the machine is in." },
	{ 0 },
};

static const struct topic_line security[] = {
	{ NULL, "What is promised. A command that says it has changed something has: the change is on the disk before the word is. One that fails, is killed or finds the disk full has changed nothing, and running it again is safe. Many may work at once. What a crash left half done is rolled back by whoever comes next." },
	{ NULL, "The store, its journal, its copies and every file that -o makes are readable by their owner only, whatever the umask says. No memory is dumped when the program fails. A store that is a symbolic link, lies on a network drive, is no store, is of a newer program or damaged is refused before anything is written to it; what a store that somebody hands over holds in views and triggers is not trusted, and mentor db check tells whether its tables are those that this program makes." },
	{ NULL, "What comes from applicants and forms is data and nothing else: it is checked to be text without control characters, and written anew for every output, so that it cannot end a line of a terminal, begin a formula in a spreadsheet, a tag in a page or a header in a message." },
	{ NULL, "The trail of changes is a chain: each entry holds a hash over itself and the one before, made with a key of the store. mentor privacy audit --verify finds an entry that was changed, added, moved or taken out, and a change that went past the trail. Whoever has the file has the key too, and could write the whole chain anew. So keep its head somewhere else, in a mail to a colleague or on paper, and give it back with --head: a trail in which it is missing is not the one that it was." },
	{ NULL, "Copies: mentor db backup copies the store while others work, reads the copy back and checks it. Copies hold everything. Encrypt them on their way, as in: mentor db backup - | age -r KEY >store.age. Lines of JSON from mentor db export hold everything as well." },
	{ NULL, "What is not promised. Whoever may read the file can read all of it with other programs: decide who that is, and encrypt the disk. Whoever is root can do anything. Erasing rewrites the file and looks through its bytes, but a disk, a file system with snapshots, a mailbox or a copy may keep what was. A watcher of the file who copies it after each step can see what each step brought." },
	{ NULL, "mentor db check finds what happens to files by accident: every page carries a sum of what it holds and of its place, so bits that flip, pages that are swapped or emptied and a file that is cut are all seen. The sum is no seal: who can write the file can write the sum. What one of two copies lost, the other still has: keep copies, and the disk sound. make torture damages thousands of files and counts." },
	{ NULL, "The program does not lock itself into its folder while it reads what others send (Landlock): run it as a user who may little else." },
	{ NULL, "Found a flaw? Tell the maintainers in private, with the command and an example of made-up data, before anybody else; never send a real store." },
	{ 0 },
};

const struct topic topics[] = {
	{ "first-steps", "from a programme file to a report", first_steps },
	{ "formats", "output formats, columns and the JSON contract", formats },
	{ "environment", "variables that mentor reads", environment },
	{ "references", "how people, pairs and days are written", references },
	{ "cron", "reminders and reports by themselves", cron },
	{ "privacy", "what is kept, what is shown, what is withheld", privacy },
	{ "security", "what is promised of the store, and what is not", security },
	{ 0 },
};
