# fish completion for mentor; generated from its command tables

set -g __mentor_valued --from --db -D --cohort -c --format -f --fields --output -o --color --lock-wait --now --format-version --revision --programme --state --title --opens-on --closes-on --starts-on --ends-on --mentors-max --mentees-max --email --organisation --directorate --grade --manager-email --name --job --role --outcome --origin --places --applied-on --response --contact-on --delimiter --rejects --reason --override --rank --template --mentor --mentee --arrangement --sessions --minutes --frequency --mode --place --pair --date --time --next-date --next-time --next-place

function __mentor_formats -d 'formats of the command typed'
	set -l words (__mentor_words)
	switch "$words[1..2]"
		case 'programme new'
			string split ' ' 'table plain json'
		case 'programme show'
			string split ' ' 'table plain json jsonl csv tsv yaml'
		case 'enrol export'
			string split ' ' 'table plain json jsonl csv tsv mbox eml'
		case 'contract export'
			string split ' ' 'table plain json text md html'
		case 'survey list'
			string split ' ' 'table plain json jsonl csv tsv html'
		case 'survey results'
			string split ' ' 'table plain json jsonl csv tsv html'
		case 'survey compare'
			string split ' ' 'table plain json jsonl csv tsv html'
		case 'report show'
			string split ' ' 'table plain json jsonl csv tsv html'
		case 'schema'
			string split ' ' 'table plain json'
		case 'completion'
			string split ' ' 'table plain json'
		case 'help'
			string split ' ' 'table plain json'
		case '*'
			string split ' ' 'table plain json jsonl csv tsv'
	end
end

function __mentor_words -d 'nouns, verbs and arguments typed so far, without options and their values'
	set -l tokens (commandline -opc)
	set -l skip 0
	for word in $tokens[2..-1]
		if test $skip = 1
			set skip 0
			continue
		end
		if contains -- $word $__mentor_valued
			set skip 1
		else if not string match -q -- '-*' $word
			printf '%s\n' $word
		end
	end
end

function __mentor_at -d 'whether the words typed begin with these'
	set -l words (__mentor_words)
	set -l n (count $argv)
	test (count $words) -ge $n; and test "$words[1..$n]" = "$argv"
end

function __mentor_typed -d 'whether these words and no others have been typed'
	set -l words (__mentor_words)
	test "$words" = "$argv"
end

function __mentor_operand -d 'whether argument N (N+: N or later) of a command comes next'
	set -l number (string trim -r -c + $argv[1])
	__mentor_at $argv[2..-1]; or return 1
	set -l next (math (count (__mentor_words)) - (count $argv) + 2)
	if test $number = $argv[1]
		test $next -eq $number
	else
		test $next -ge $number
	end
end

function __mentor_live -d 'names from the store'
	set -l tokens (commandline -opc)
	set -l db
	for i in (seq 2 (count $tokens))
		switch $tokens[$i]
			case -D --db
				set db --db $tokens[(math $i + 1)]
			case '--db=*'
				set db $tokens[$i]
		end
	end
	for entity in $argv
		$tokens[1] $db __complete $entity -f plain 2>/dev/null
	end
end

complete -c mentor -f
complete -c mentor -l db -s D -rF -d 'the store (MENTOR_DB; else mentor/mentor.db in the XDG data folder)'
complete -c mentor -l cohort -s c -x -a '(__mentor_live cohort)' -d 'the cohort to work in (MENTOR_COHORT; else the only one there is)'
complete -c mentor -l format -s f -x -a '(__mentor_formats)' -d 'print as table, plain, json, jsonl, csv or tsv, or as the command adds'
complete -c mentor -l fields -x -d 'columns to print, separated by commas; help lists them'
complete -c mentor -l output -s o -rF -d 'write to FILE, all at once or not at all'
complete -c mentor -l yes -s y -d 'do not ask before publishing or ending'
complete -c mentor -l no-input -d 'never ask'
complete -c mentor -l quiet -s q -d 'say nothing about what changed'
complete -c mentor -l verbose -s v -d 'name every record, however many'
complete -c mentor -l raw -d 'do not guard the cells of csv and tsv against spreadsheet formulas'
complete -c mentor -l bom -d 'begin csv and tsv with a byte-order mark, as Excel wants'
complete -c mentor -l null -s 0 -d 'end plain rows with NUL instead of a newline'
complete -c mentor -l color -x -a 'auto always never' -d 'bold headings: auto, always or never (NO_COLOR)'
complete -c mentor -l lock-wait -x -d 'wait so many seconds for another process (30)'
complete -c mentor -l now -x -d 'take this for the present day or instant (MENTOR_NOW)'
complete -c mentor -l format-version -x -d 'fail unless JSON comes in this version'
complete -c mentor -l help -d 'explain the command'
complete -c mentor -l usage -s h -d 'the command in one line'
complete -c mentor -l version -d 'print the version'
complete -c mentor -n '__mentor_typed' -a programme -d 'programme files: what differs between programmes'
complete -c mentor -n '__mentor_typed' -a cohort -d 'cohorts: one run of a programme with its own dates and people'
complete -c mentor -n '__mentor_typed' -a person -d 'people, one record each however many cohorts they are in'
complete -c mentor -n '__mentor_typed' -a enrol -d 'the people of a cohort: applying and deciding'
complete -c mentor -n '__mentor_typed' -a equality -d 'equality monitoring, apart from everything that chooses people'
complete -c mentor -n '__mentor_typed' -a match -d 'pairs: proposed, explained, published, ended'
complete -c mentor -n '__mentor_typed' -a contract -d 'what pairs agree: terms, text, signatures'
complete -c mentor -n '__mentor_typed' -a log -d 'the sessions that pairs have held'
complete -c mentor -n '__mentor_typed' -a survey -d 'answers before and after, and what they say together'
complete -c mentor -n '__mentor_typed' -a report -d 'reports without names and without what was said'
complete -c mentor -n '__mentor_typed' -a db -d 'the store: one file that holds everything'
complete -c mentor -n '__mentor_typed' -a config -d 'your own defaults: store, cohort, pager'
complete -c mentor -n '__mentor_typed' -a schema -d 'print the JSON Schema of a document, or of a programme file'
complete -c mentor -n '__mentor_typed' -a completion -d 'print the completion script of a shell'
complete -c mentor -n '__mentor_typed' -a help -d 'explain the program, a command or a topic'
complete -c mentor -n '__mentor_typed programme' -a new -d 'print a commented programme file to start from'
complete -c mentor -n '__mentor_typed programme' -a check -d 'find every error in programme files'
complete -c mentor -n '__mentor_typed programme' -a import -d 'store programme files as new revisions'
complete -c mentor -n '__mentor_typed programme' -a list -d 'list programmes'
complete -c mentor -n '__mentor_typed programme' -a show -d 'show what a programme says'
complete -c mentor -n '__mentor_typed programme' -a diff -d 'say what a programme file changes, and what that does to cohorts at work'
complete -c mentor -n '__mentor_typed cohort' -a list -d 'list cohorts'
complete -c mentor -n '__mentor_typed cohort' -a show -d 'show a cohort'
complete -c mentor -n '__mentor_typed cohort' -a add -d 'make a cohort of a programme'
complete -c mentor -n '__mentor_typed cohort' -a set -d 'change a cohort'
complete -c mentor -n '__mentor_typed cohort' -a open -d 'take applications, from today'
complete -c mentor -n '__mentor_typed cohort' -a close -d 'take no more applications'
complete -c mentor -n '__mentor_typed cohort' -a start -d 'begin the work in pairs'
complete -c mentor -n '__mentor_typed cohort' -a finish -d 'end the work in pairs'
complete -c mentor -n '__mentor_typed cohort' -a roll -d 'make the next cohort from this one, with its reserves and waiting lists'
complete -c mentor -n '__mentor_typed cohort' -a status -d 'show where a cohort stands and what is still missing'
complete -c mentor -n '__mentor_typed person' -a list -d 'list people'
complete -c mentor -n '__mentor_typed person' -a show -d 'show a person, and the cohorts the person is in'
complete -c mentor -n '__mentor_typed person' -a add -d 'add a person'
complete -c mentor -n '__mentor_typed person' -a set -d 'change a person'
complete -c mentor -n '__mentor_typed person' -a merge -d 'make one record of several that are the same person'
complete -c mentor -n '__mentor_typed enrol' -a list -d 'list the people of a cohort'
complete -c mentor -n '__mentor_typed enrol' -a show -d 'show a person\'s enrolment'
complete -c mentor -n '__mentor_typed enrol' -a add -d 'enrol a person'
complete -c mentor -n '__mentor_typed enrol' -a set -d 'change an enrolment'
complete -c mentor -n '__mentor_typed enrol' -a import -d 'take applications from a form\'s export'
complete -c mentor -n '__mentor_typed enrol' -a accept -d 'accept applicants, within the cohort\'s limits'
complete -c mentor -n '__mentor_typed enrol' -a wait -d 'put applicants on the waiting list, in order'
complete -c mentor -n '__mentor_typed enrol' -a decline -d 'decline applicants'
complete -c mentor -n '__mentor_typed enrol' -a withdraw -d 'record that people no longer wish to take part'
complete -c mentor -n '__mentor_typed enrol' -a export -d 'write letters from the programme\'s templates: CSV for mail merge, -f mbox or eml for mail programs'
complete -c mentor -n '__mentor_typed enrol' -a told -d 'record that people have been told of their outcome'
complete -c mentor -n '__mentor_typed equality' -a import -d 'take monitoring answers from the export of their own form, all or none'
complete -c mentor -n '__mentor_typed equality' -a withdraw -d 'remove a person\'s answers in every cohort, and take no more'
complete -c mentor -n '__mentor_typed equality' -a status -d 'show what answers are held for, who may see them, and how many have answered'
complete -c mentor -n '__mentor_typed match' -a propose -d 'propose the best pairs; what was proposed before is replaced'
complete -c mentor -n '__mentor_typed match' -a list -d 'list pairs'
complete -c mentor -n '__mentor_typed match' -a explain -d 'say why a pair is proposed, or why someone has a partner or none'
complete -c mentor -n '__mentor_typed match' -a publish -d 'make the proposed pairs active'
complete -c mentor -n '__mentor_typed match' -a end -d 'end an active pair, without fault'
complete -c mentor -n '__mentor_typed contract' -a draft -d 'write the contract of an active pair; terms not given are the usual ones'
complete -c mentor -n '__mentor_typed contract' -a show -d 'show the terms of a contract and who has signed'
complete -c mentor -n '__mentor_typed contract' -a list -d 'list contracts'
complete -c mentor -n '__mentor_typed contract' -a sign -d 'record that one side or both have signed'
complete -c mentor -n '__mentor_typed contract' -a export -d 'print a contract to read or to sign: -f text, md or html'
complete -c mentor -n '__mentor_typed log' -a add -d 'record that a pair met: when, how long and how, not what was said'
complete -c mentor -n '__mentor_typed log' -a list -d 'list sessions'
complete -c mentor -n '__mentor_typed log' -a show -d 'show a session'
complete -c mentor -n '__mentor_typed survey' -a list -d 'list the surveys, their stages and how many have answered'
complete -c mentor -n '__mentor_typed survey' -a import -d 'import the answers to one stage from a form\'s export'
complete -c mentor -n '__mentor_typed survey' -a results -d 'show what was answered at one stage, small numbers withheld'
complete -c mentor -n '__mentor_typed survey' -a compare -d 'show the change between two stages by question and by aim'
complete -c mentor -n '__mentor_typed report' -a list -d 'list the reports'
complete -c mentor -n '__mentor_typed report' -a show -d 'show one report'
complete -c mentor -n '__mentor_typed db' -a init -d 'make the store, or do nothing when there is one'
complete -c mentor -n '__mentor_typed db' -a status -d 'count what is in the store'
complete -c mentor -n '__mentor_typed db' -a check -d 'check the file and what must be true of every store'
complete -c mentor -n '__mentor_typed db' -a migrate -d 'bring the store to this program\'s schema version'
complete -c mentor -n '__mentor_typed config' -a list -d 'list the defaults in force and where each comes from'
complete -c mentor -n '__mentor_at programme new' -l from -x -d 'manchester, south-west, greenwich, co-learning, sheffield or minimal'
complete -c mentor -n '__mentor_operand 1+ programme check' -F
complete -c mentor -n '__mentor_operand 1+ programme import' -F
complete -c mentor -n '__mentor_at programme show' -l revision -x -d 'number of the revision; the newest when not given'
complete -c mentor -n '__mentor_operand 1 programme show' -a '(__mentor_live programme)'
complete -c mentor -n '__mentor_operand 1 programme diff' -F
complete -c mentor -n '__mentor_at cohort list' -l programme -x -a '(__mentor_live programme)' -d 'its programme'
complete -c mentor -n '__mentor_at cohort list' -l state -x -a 'planned open closed running finished' -d 'where it stands'
complete -c mentor -n '__mentor_operand 1 cohort show' -a '(__mentor_live cohort)'
complete -c mentor -n '__mentor_at cohort add' -l programme -x -a '(__mentor_live programme)' -d 'its programme; the cohort keeps the newest revision'
complete -c mentor -n '__mentor_at cohort add' -l title -x -d 'name as people know it; the short name when not given'
complete -c mentor -n '__mentor_at cohort add' -l opens-on -x -d 'first day for applications'
complete -c mentor -n '__mentor_at cohort add' -l closes-on -x -d 'last day for applications'
complete -c mentor -n '__mentor_at cohort add' -l starts-on -x -d 'first day of the work in pairs'
complete -c mentor -n '__mentor_at cohort add' -l ends-on -x -d 'last day; the programme\'s months after the start when not given'
complete -c mentor -n '__mentor_at cohort add' -l mentors-max -x -d 'limit; the programme\'s when not given'
complete -c mentor -n '__mentor_at cohort add' -l mentees-max -x -d 'limit; the programme\'s when not given'
complete -c mentor -n '__mentor_at cohort set' -l revision -x -d 'follow this revision of the programme; refused where records would become invalid: mentor programme diff says which'
complete -c mentor -n '__mentor_at cohort set' -l title -x -d 'name as people know it; the short name when not given'
complete -c mentor -n '__mentor_at cohort set' -l opens-on -x -d 'first day for applications'
complete -c mentor -n '__mentor_at cohort set' -l closes-on -x -d 'last day for applications'
complete -c mentor -n '__mentor_at cohort set' -l starts-on -x -d 'first day of the work in pairs'
complete -c mentor -n '__mentor_at cohort set' -l ends-on -x -d 'last day; the programme\'s months after the start when not given'
complete -c mentor -n '__mentor_at cohort set' -l mentors-max -x -d 'limit; the programme\'s when not given'
complete -c mentor -n '__mentor_at cohort set' -l mentees-max -x -d 'limit; the programme\'s when not given'
complete -c mentor -n '__mentor_operand 1 cohort set' -a '(__mentor_live cohort)'
complete -c mentor -n '__mentor_operand 1 cohort open' -a '(__mentor_live cohort)'
complete -c mentor -n '__mentor_operand 1 cohort close' -a '(__mentor_live cohort)'
complete -c mentor -n '__mentor_operand 1 cohort start' -a '(__mentor_live cohort)'
complete -c mentor -n '__mentor_operand 1 cohort finish' -a '(__mentor_live cohort)'
complete -c mentor -n '__mentor_at cohort roll' -l title -x -d 'name as people know it; the short name when not given'
complete -c mentor -n '__mentor_at cohort roll' -l opens-on -x -d 'first day for applications'
complete -c mentor -n '__mentor_at cohort roll' -l closes-on -x -d 'last day for applications'
complete -c mentor -n '__mentor_at cohort roll' -l starts-on -x -d 'first day of the work in pairs'
complete -c mentor -n '__mentor_at cohort roll' -l ends-on -x -d 'last day; the programme\'s months after the start when not given'
complete -c mentor -n '__mentor_at cohort roll' -l mentors-max -x -d 'limit; the programme\'s when not given'
complete -c mentor -n '__mentor_at cohort roll' -l mentees-max -x -d 'limit; the programme\'s when not given'
complete -c mentor -n '__mentor_operand 1 cohort status' -a '(__mentor_live cohort)'
complete -c mentor -n '__mentor_at person list' -l email -x -d 'address; one person, one address'
complete -c mentor -n '__mentor_at person list' -l organisation -x -d 'where the person works'
complete -c mentor -n '__mentor_at person list' -l directorate -x -d 'part of the organisation'
complete -c mentor -n '__mentor_at person list' -l grade -x -d 'grade in the programme\'s seniority order'
complete -c mentor -n '__mentor_at person list' -l manager-email -x -a '(__mentor_live person)' -d 'the line manager: an address, or the reference of somebody here'
complete -c mentor -n '__mentor_operand 1 person show' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at person add' -l name -x -d 'name as the person writes it'
complete -c mentor -n '__mentor_at person add' -l email -x -d 'address; one person, one address'
complete -c mentor -n '__mentor_at person add' -l organisation -x -d 'where the person works'
complete -c mentor -n '__mentor_at person add' -l directorate -x -d 'part of the organisation'
complete -c mentor -n '__mentor_at person add' -l job -x -d 'job title'
complete -c mentor -n '__mentor_at person add' -l grade -x -d 'grade in the programme\'s seniority order'
complete -c mentor -n '__mentor_at person add' -l manager-email -x -a '(__mentor_live person)' -d 'the line manager: an address, or the reference of somebody here'
complete -c mentor -n '__mentor_at person set' -l name -x -d 'name as the person writes it'
complete -c mentor -n '__mentor_at person set' -l email -x -d 'address; one person, one address'
complete -c mentor -n '__mentor_at person set' -l organisation -x -d 'where the person works'
complete -c mentor -n '__mentor_at person set' -l directorate -x -d 'part of the organisation'
complete -c mentor -n '__mentor_at person set' -l job -x -d 'job title'
complete -c mentor -n '__mentor_at person set' -l grade -x -d 'grade in the programme\'s seniority order'
complete -c mentor -n '__mentor_at person set' -l manager-email -x -a '(__mentor_live person)' -d 'the line manager: an address, or the reference of somebody here'
complete -c mentor -n '__mentor_operand 1 person set' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_operand 1 person merge' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_operand 2+ person merge' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at enrol list' -l due -d 'only people who are to hear by today'
complete -c mentor -n '__mentor_at enrol list' -l role -x -a 'mentor mentee either facilitator' -d 'what the person applies to be'
complete -c mentor -n '__mentor_at enrol list' -l state -x -a 'applied accepted waiting declined withdrawn' -d 'where the application stands'
complete -c mentor -n '__mentor_at enrol list' -l outcome -x -a 'undecided accepted late waiting declined reserve withdrawn' -d 'what the person is told: late came after the closing day of another cohort, reserve was left over when pairs were published'
complete -c mentor -n '__mentor_at enrol list' -l origin -x -a 'late waiting reserve' -d 'why the person was brought here from another cohort: applied there too late, waited there, or was a reserve there'
complete -c mentor -n '__mentor_operand 1 enrol show' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at enrol add' -l role -x -a 'mentor mentee either facilitator' -d 'what the person applies to be'
complete -c mentor -n '__mentor_at enrol add' -l places -x -d 'how many partners the person will take; what the programme says of the role when not given'
complete -c mentor -n '__mentor_at enrol add' -l applied-on -x -d 'day of the application; today when not given'
complete -c mentor -n '__mentor_at enrol add' -l response -x -d 'the form\'s own number of the application'
complete -c mentor -n '__mentor_at enrol add' -l contact-on -x -d 'day by which the person is to hear next'
complete -c mentor -n '__mentor_operand 1 enrol add' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at enrol set' -l role -x -a 'mentor mentee either facilitator' -d 'what the person applies to be'
complete -c mentor -n '__mentor_at enrol set' -l places -x -d 'how many partners the person will take; what the programme says of the role when not given'
complete -c mentor -n '__mentor_at enrol set' -l applied-on -x -d 'day of the application; today when not given'
complete -c mentor -n '__mentor_at enrol set' -l response -x -d 'the form\'s own number of the application'
complete -c mentor -n '__mentor_at enrol set' -l contact-on -x -d 'day by which the person is to hear next'
complete -c mentor -n '__mentor_operand 1 enrol set' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at enrol import' -l delimiter -x -d 'what stands between cells: , ; | or tab; found out when not given'
complete -c mentor -n '__mentor_at enrol import' -l keep-going -d 'leave bad rows out and take the others'
complete -c mentor -n '__mentor_at enrol import' -l rejects -x -d 'write the rows that were left out to this file, each with its reasons'
complete -c mentor -n '__mentor_operand 1 enrol import' -F
complete -c mentor -n '__mentor_at enrol accept' -l reason -x -d 'why, kept with the decision'
complete -c mentor -n '__mentor_at enrol accept' -l override -x -d 'go past the cohort\'s limit, for this reason, which is kept'
complete -c mentor -n '__mentor_operand 1+ enrol accept' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at enrol wait' -l reason -x -d 'why, kept with the decision'
complete -c mentor -n '__mentor_at enrol wait' -l rank -x -d 'place on the waiting list of the role, those from there on move down; the end when not given'
complete -c mentor -n '__mentor_operand 1+ enrol wait' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at enrol decline' -l reason -x -d 'why, kept with the decision'
complete -c mentor -n '__mentor_operand 1+ enrol decline' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at enrol withdraw' -l reason -x -d 'why, kept with the decision'
complete -c mentor -n '__mentor_operand 1+ enrol withdraw' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at enrol export' -l template -x -d 'the template, by its name; needed when there are several for the outcome'
complete -c mentor -n '__mentor_at enrol export' -l all -s a -d 'everybody with that outcome, told or not'
complete -c mentor -n '__mentor_operand 2+ enrol export' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_operand 2+ enrol told' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at equality import' -l delimiter -x -d 'what stands between cells: , ; or tab; found out when not given'
complete -c mentor -n '__mentor_operand 1 equality import' -F
complete -c mentor -n '__mentor_at equality withdraw' -l again -d 'the person takes the objection back: answers may come in again'
complete -c mentor -n '__mentor_operand 1 equality withdraw' -a '(__mentor_live person)'
complete -c mentor -n '__mentor_at match list' -l mentor -x -a '(__mentor_live person)' -d 'who mentors'
complete -c mentor -n '__mentor_at match list' -l mentee -x -a '(__mentor_live person)' -d 'who is mentored'
complete -c mentor -n '__mentor_at match list' -l state -x -a 'proposed active completed ended' -d 'how far the pair has come'
complete -c mentor -n '__mentor_at match list' -l arrangement -x -a 'reverse reciprocal' -d 'who mentors whom'
complete -c mentor -n '__mentor_operand 1 match explain' -a '(__mentor_live pair person)'
complete -c mentor -n '__mentor_at match end' -l reason -x -d 'why, if anybody wishes to say; none is needed'
complete -c mentor -n '__mentor_operand 1 match end' -a '(__mentor_live pair)'
complete -c mentor -n '__mentor_at contract draft' -l sessions -x -d 'how many sessions'
complete -c mentor -n '__mentor_at contract draft' -l minutes -x -d 'how long a session lasts'
complete -c mentor -n '__mentor_at contract draft' -l frequency -x -d 'how often, in words'
complete -c mentor -n '__mentor_at contract draft' -l mode -x -a 'virtual in-person either' -d 'how the two meet'
complete -c mentor -n '__mentor_at contract draft' -l place -x -d 'where they meet'
complete -c mentor -n '__mentor_at contract draft' -l starts-on -x -d 'first day'
complete -c mentor -n '__mentor_at contract draft' -l ends-on -x -d 'last day'
complete -c mentor -n '__mentor_operand 1 contract draft' -a '(__mentor_live pair)'
complete -c mentor -n '__mentor_operand 1 contract show' -a '(__mentor_live contract pair)'
complete -c mentor -n '__mentor_at contract list' -l pair -x -a '(__mentor_live pair)' -d 'who agrees'
complete -c mentor -n '__mentor_at contract list' -l state -x -a 'drafted part-signed signed' -d 'how far it is signed'
complete -c mentor -n '__mentor_at contract sign' -l mentor -d 'the mentor has signed'
complete -c mentor -n '__mentor_at contract sign' -l mentee -d 'the mentee has signed'
complete -c mentor -n '__mentor_at contract sign' -l date -x -d 'day of the signature; today when not given'
complete -c mentor -n '__mentor_operand 1 contract sign' -a '(__mentor_live pair)'
complete -c mentor -n '__mentor_operand 1 contract export' -a '(__mentor_live pair)'
complete -c mentor -n '__mentor_at log add' -l date -x -d 'day of the session; today when not given'
complete -c mentor -n '__mentor_at log add' -l time -x -d 'when it began; tells two sessions of one day apart'
complete -c mentor -n '__mentor_at log add' -l minutes -x -d 'how long it lasted'
complete -c mentor -n '__mentor_at log add' -l mode -x -a 'virtual in-person' -d 'how the two met'
complete -c mentor -n '__mentor_at log add' -l place -x -d 'where they met'
complete -c mentor -n '__mentor_at log add' -l next-date -x -d 'day of the next session'
complete -c mentor -n '__mentor_at log add' -l next-time -x -d 'when the next one begins'
complete -c mentor -n '__mentor_at log add' -l next-place -x -d 'where the next one is'
complete -c mentor -n '__mentor_operand 1 log add' -a '(__mentor_live pair)'
complete -c mentor -n '__mentor_at log list' -l pair -x -a '(__mentor_live pair)' -d 'who met'
complete -c mentor -n '__mentor_at log list' -l mode -x -a 'virtual in-person' -d 'how the two met'
complete -c mentor -n '__mentor_operand 1 log show' -a '(__mentor_live session)'
complete -c mentor -n '__mentor_at survey import' -l delimiter -x -d 'what stands between cells: , ; or tab; found out when not given'
complete -c mentor -n '__mentor_operand 3 survey import' -F
complete -c mentor -n '__mentor_at survey results' -l texts -d 'also list what was written in words, where enough people wrote'
complete -c mentor -n '__mentor_operand 1 schema' -a 'programme.new programme.check programme.import programme.list programme.show programme.diff cohort.list cohort.show cohort.add cohort.set cohort.open cohort.close cohort.start cohort.finish cohort.roll cohort.status person.list person.show person.add person.set person.merge enrol.list enrol.show enrol.add enrol.set enrol.import enrol.accept enrol.wait enrol.decline enrol.withdraw enrol.export enrol.told equality.import equality.withdraw equality.status match.propose match.list match.explain match.publish match.end contract.draft contract.show contract.list contract.sign contract.export log.add log.list log.show survey.list survey.import survey.results survey.compare report.list report.show db.init db.status db.check db.migrate config.list schema completion help error'
complete -c mentor -n '__mentor_operand 1 completion' -a 'bash zsh fish'
complete -c mentor -n '__mentor_operand 1 help' -a 'first-steps formats environment references privacy exit-codes programme cohort person enrol equality match contract log survey report db config schema completion help'
