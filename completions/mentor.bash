# bash completion for mentor; generated from its command tables
# shellcheck shell=bash

_mentor_words() {
	local word IFS=$' \t\n'
	for word in $1; do
		case $word in "$_mentor_cur"*) COMPREPLY+=("$_mentor_prefix$word") ;; esac
	done
}

_mentor_live() {
	local entity word rest IFS=$' \t\n'
	for entity in $1; do
		while IFS=$'\t' read -r word rest; do
			case $word in "$_mentor_cur"*) COMPREPLY+=("$_mentor_prefix$word") ;; esac
		done < <("${COMP_WORDS[0]}" ${_mentor_db:+--db "$_mentor_db"} __complete "$entity" -f plain 2>/dev/null)
	done
	: "$rest"
}

_mentor_files() {
	local file
	compopt -o filenames 2>/dev/null
	while IFS= read -r file; do COMPREPLY+=("$_mentor_prefix$file"); done < <(compgen -f -- "$_mentor_cur")
}

_mentor_described() {
	_mentor_words "$1"
}

_mentor_split() {
	_mentor_prefix=${1%%=*}= _mentor_cur=${1#*=}
}

# Sets kind to the verbs of a noun, or the nouns, as %words; "" where there are no verbs.
_mentor_commands() {
	case $1 in
	programme)
		kind='%new check import list show diff resources guide'
		;;
	cohort)
		kind='%list show add set open close start finish roll status checklist settle'
		;;
	person)
		kind='%list show add set merge'
		;;
	enrol)
		kind='%list show add set import confirm approve score scores accept wait decline withdraw export told'
		;;
	equality)
		kind='%import withdraw status workforce compare codes'
		;;
	match)
		kind='%prefer preferences avoid avoidances shortlist propose list show explain what-if pin add block blocks proposals compare use accept decline publish end replace reopen continue'
		;;
	contract)
		kind='%draft set say terms show list sign unsign amend withdraw history export'
		;;
	log)
		kind='%add import list show set sign move cancel shadow shadowed reflect reflections forms remove'
		;;
	goal)
		kind='%add list show set done drop reopen'
		;;
	action)
		kind='%add list show set done drop reopen'
		;;
	barrier)
		kind='%add list show set raise address change drop merge agree'
		;;
	checkin)
		kind='%plan add list show set'
		;;
	lesson)
		kind='%add list show set done drop reopen'
		;;
	remark)
		kind='%add list show set withdraw'
		;;
	event)
		kind='%list show plan add set move cancel signup attend import invite told assign facilitators'
		;;
	survey)
		kind='%list issue form answer import status remove results compare'
		;;
	remind)
		kind='%due run list show hold release holds resend mark'
		;;
	report)
		kind='%list show compare export combine'
		;;
	privacy)
		kind='%check export erase retain audit ledger object objections request handle requests register'
		;;
	db)
		kind='%init status check backup restore migrate export import'
		;;
	config)
		kind='%list get set'
		;;
	'')
		kind='%programme cohort person enrol equality match contract log goal action barrier checkin lesson remark event survey remind today report privacy db demo config schema completion help'
		;;
	*) kind='' ;;
	esac
}

# Sets kind to what the value of an option can be: +words, @records, file, : for anything; "" for a flag.
_mentor_option() {
	case "$1 $2" in
	'programme new --from') kind=':' ;;
	'programme new --format' | 'programme new -f') kind='+table plain json' ;;
	'programme show --revision') kind=':' ;;
	'programme show --format' | 'programme show -f') kind='+table plain json jsonl csv tsv yaml' ;;
	'programme resources --for') kind='+mentors mentees both facilitators applicants managers team' ;;
	'programme resources --stage') kind=':' ;;
	'programme guide --format' | 'programme guide -f') kind='+table plain json text md html' ;;
	'cohort list --programme') kind='@programme' ;;
	'cohort list --state') kind='+planned open closed running finished' ;;
	'cohort add --programme') kind='@programme' ;;
	'cohort add --title') kind=':' ;;
	'cohort add --opens-on') kind=':' ;;
	'cohort add --closes-on') kind=':' ;;
	'cohort add --starts-on') kind=':' ;;
	'cohort add --ends-on') kind=':' ;;
	'cohort add --mentors-max') kind=':' ;;
	'cohort add --mentees-max') kind=':' ;;
	'cohort set --revision') kind=':' ;;
	'cohort set --title') kind=':' ;;
	'cohort set --opens-on') kind=':' ;;
	'cohort set --closes-on') kind=':' ;;
	'cohort set --starts-on') kind=':' ;;
	'cohort set --ends-on') kind=':' ;;
	'cohort set --mentors-max') kind=':' ;;
	'cohort set --mentees-max') kind=':' ;;
	'cohort open --override') kind=':' ;;
	'cohort start --override') kind=':' ;;
	'cohort finish --override') kind=':' ;;
	'cohort roll --title') kind=':' ;;
	'cohort roll --opens-on') kind=':' ;;
	'cohort roll --closes-on') kind=':' ;;
	'cohort roll --starts-on') kind=':' ;;
	'cohort roll --ends-on') kind=':' ;;
	'cohort roll --mentors-max') kind=':' ;;
	'cohort roll --mentees-max') kind=':' ;;
	'cohort settle --evidence') kind=':' ;;
	'cohort settle --owner') kind=':' ;;
	'cohort settle --on') kind=':' ;;
	'person list --email') kind=':' ;;
	'person list --organisation') kind=':' ;;
	'person list --directorate') kind=':' ;;
	'person list --grade') kind=':' ;;
	'person list --manager-email') kind='@person' ;;
	'person list --language') kind='+en cy' ;;
	'person add --name') kind=':' ;;
	'person add --email') kind=':' ;;
	'person add --organisation') kind=':' ;;
	'person add --directorate') kind=':' ;;
	'person add --job') kind=':' ;;
	'person add --grade') kind=':' ;;
	'person add --manager-email') kind='@person' ;;
	'person add --language') kind='+en cy' ;;
	'person set --name') kind=':' ;;
	'person set --email') kind=':' ;;
	'person set --organisation') kind=':' ;;
	'person set --directorate') kind=':' ;;
	'person set --job') kind=':' ;;
	'person set --grade') kind=':' ;;
	'person set --manager-email') kind='@person' ;;
	'person set --language') kind='+en cy' ;;
	'enrol list --role') kind='+mentor mentee either facilitator' ;;
	'enrol list --state') kind='+applied accepted waiting declined withdrawn' ;;
	'enrol list --outcome') kind='+undecided accepted late waiting declined reserve withdrawn' ;;
	'enrol list --origin') kind='+late waiting reserve' ;;
	'enrol list --support') kind='+none asked given refused' ;;
	'enrol add --role') kind='+mentor mentee either facilitator' ;;
	'enrol add --places') kind=':' ;;
	'enrol add --applied-on') kind=':' ;;
	'enrol add --response') kind=':' ;;
	'enrol add --contact-on') kind=':' ;;
	'enrol set --role') kind='+mentor mentee either facilitator' ;;
	'enrol set --places') kind=':' ;;
	'enrol set --applied-on') kind=':' ;;
	'enrol set --response') kind=':' ;;
	'enrol set --contact-on') kind=':' ;;
	'enrol import --delimiter') kind=':' ;;
	'enrol import --rejects') kind=':' ;;
	'enrol confirm --on') kind=':' ;;
	'enrol approve --on') kind=':' ;;
	'enrol approve --by') kind=':' ;;
	'enrol approve --reason') kind=':' ;;
	'enrol score --by') kind=':' ;;
	'enrol score --file') kind='file' ;;
	'enrol score --delimiter') kind=':' ;;
	'enrol scores --role') kind='+mentor mentee either' ;;
	'enrol accept --reason') kind=':' ;;
	'enrol accept --override') kind=':' ;;
	'enrol wait --reason') kind=':' ;;
	'enrol wait --rank') kind=':' ;;
	'enrol decline --reason') kind=':' ;;
	'enrol withdraw --reason') kind=':' ;;
	'enrol export --template') kind=':' ;;
	'enrol export --format' | 'enrol export -f') kind='+table plain json jsonl csv tsv mbox eml' ;;
	'equality import --delimiter') kind=':' ;;
	'equality workforce --on') kind=':' ;;
	'equality workforce --organisation') kind=':' ;;
	'equality workforce --codes') kind='+gss-2021 ons-2011 nhs-2001' ;;
	'equality workforce --delimiter') kind=':' ;;
	'equality compare --format' | 'equality compare -f') kind='+table plain json jsonl csv tsv html md xlsx' ;;
	'match preferences --person') kind='@person' ;;
	'match preferences --other') kind='@person' ;;
	'match avoid --reason') kind=':' ;;
	'match avoidances --person') kind='@person' ;;
	'match avoidances --other') kind='@person' ;;
	'match avoidances --said-by') kind='+person team' ;;
	'match shortlist --most' | 'match shortlist -k') kind=':' ;;
	'match propose --name') kind=':' ;;
	'match propose --method') kind='+best stable' ;;
	'match propose --objective') kind='+total worst-off mentors-choices' ;;
	'match list --mentor') kind='@person' ;;
	'match list --mentee') kind='@person' ;;
	'match list --state') kind='+proposed active completed ended' ;;
	'match list --arrangement') kind='+reverse reciprocal' ;;
	'match list --reason') kind='+time moved other-priorities not-the-right-match other' ;;
	'match list --pinned') kind=':' ;;
	'match what-if --without') kind=':' ;;
	'match what-if --with-pair') kind=':' ;;
	'match what-if --places') kind=':' ;;
	'match what-if --unpin') kind=':' ;;
	'match what-if --accept') kind=':' ;;
	'match what-if --without-person') kind=':' ;;
	'match add --override') kind=':' ;;
	'match blocks --person') kind='@person' ;;
	'match blocks --other') kind='@person' ;;
	'match decline --reason') kind=':' ;;
	'match publish --override') kind=':' ;;
	'match end --wish') kind='+mentor mentee both team' ;;
	'match end --reason') kind='+time moved other-priorities not-the-right-match other' ;;
	'match end --note') kind=':' ;;
	'match end --replacement') kind='+none mentor mentee both' ;;
	'contract draft --sessions') kind=':' ;;
	'contract draft --minutes') kind=':' ;;
	'contract draft --frequency') kind=':' ;;
	'contract draft --mode') kind='+virtual in-person either' ;;
	'contract draft --place') kind=':' ;;
	'contract draft --starts-on') kind=':' ;;
	'contract draft --ends-on') kind=':' ;;
	'contract set --sessions') kind=':' ;;
	'contract set --minutes') kind=':' ;;
	'contract set --frequency') kind=':' ;;
	'contract set --mode') kind='+virtual in-person either' ;;
	'contract set --place') kind=':' ;;
	'contract set --starts-on') kind=':' ;;
	'contract set --ends-on') kind=':' ;;
	'contract list --pair') kind='@pair' ;;
	'contract list --standing') kind='+proposed in-force replaced' ;;
	'contract list --state') kind='+drafted part-signed signed' ;;
	'contract sign --date') kind=':' ;;
	'contract sign --hash') kind=':' ;;
	'contract unsign --reason') kind=':' ;;
	'contract amend --sessions') kind=':' ;;
	'contract amend --minutes') kind=':' ;;
	'contract amend --frequency') kind=':' ;;
	'contract amend --mode') kind='+virtual in-person either' ;;
	'contract amend --place') kind=':' ;;
	'contract amend --starts-on') kind=':' ;;
	'contract amend --ends-on') kind=':' ;;
	'contract export --format' | 'contract export -f') kind='+table plain json text md html' ;;
	'log add --action') kind='@action' ;;
	'log add --date') kind=':' ;;
	'log add --time') kind=':' ;;
	'log add --minutes') kind=':' ;;
	'log add --mode') kind='+virtual in-person' ;;
	'log add --place') kind=':' ;;
	'log add --activity') kind=':' ;;
	'log add --topics') kind=':' ;;
	'log add --next-date') kind=':' ;;
	'log add --next-time') kind=':' ;;
	'log add --next-place') kind=':' ;;
	'log add --mentor-signed-on') kind=':' ;;
	'log add --mentee-signed-on') kind=':' ;;
	'log add --notes') kind=':' ;;
	'log import --delimiter') kind=':' ;;
	'log list --pair') kind='@pair' ;;
	'log list --state') kind='+planned held cancelled' ;;
	'log list --mode') kind='+virtual in-person' ;;
	'log list --activity') kind=':' ;;
	'log set --date') kind=':' ;;
	'log set --time') kind=':' ;;
	'log set --minutes') kind=':' ;;
	'log set --mode') kind='+virtual in-person' ;;
	'log set --place') kind=':' ;;
	'log set --activity') kind=':' ;;
	'log set --topics') kind=':' ;;
	'log set --next-date') kind=':' ;;
	'log set --next-time') kind=':' ;;
	'log set --next-place') kind=':' ;;
	'log set --mentor-signed-on') kind=':' ;;
	'log set --mentee-signed-on') kind=':' ;;
	'log set --notes') kind=':' ;;
	'log sign --date') kind=':' ;;
	'log move --date') kind=':' ;;
	'log move --time') kind=':' ;;
	'log cancel --by') kind='+mentor mentee team' ;;
	'log shadow --by') kind='+mentor mentee' ;;
	'log shadow --date') kind=':' ;;
	'log shadow --meeting') kind=':' ;;
	'log shadow --part') kind='+observed contributed co-led' ;;
	'log shadowed --pair') kind='@pair' ;;
	'log shadowed --by') kind='+mentor mentee' ;;
	'log shadowed --part') kind='+observed contributed co-led' ;;
	'log reflect --by') kind='+mentor mentee' ;;
	'log reflect --date') kind=':' ;;
	'log forms --for') kind='+mentors mentees facilitators' ;;
	'log forms --format' | 'log forms -f') kind='+table plain json text md html' ;;
	'goal add --for') kind=':' ;;
	'goal add --text') kind=':' ;;
	'goal list --pair') kind='@pair' ;;
	'goal list --side') kind='+mentor mentee' ;;
	'goal list --state') kind='+open done dropped' ;;
	'goal set --text') kind=':' ;;
	'goal done --outcome') kind=':' ;;
	'goal done --on') kind=':' ;;
	'goal drop --reason') kind=':' ;;
	'goal drop --on') kind=':' ;;
	'action add --due') kind=':' ;;
	'action add --text') kind=':' ;;
	'action add --owner') kind='@person' ;;
	'action add --pair') kind='@pair' ;;
	'action add --barrier') kind='@barrier' ;;
	'action add --session') kind='@session' ;;
	'action list --state') kind='+open done dropped' ;;
	'action list --owner') kind='@person' ;;
	'action list --pair') kind='@pair' ;;
	'action list --barrier') kind='@barrier' ;;
	'action list --session') kind='@session' ;;
	'action set --due') kind=':' ;;
	'action set --text') kind=':' ;;
	'action set --owner') kind='@person' ;;
	'action set --pair') kind='@pair' ;;
	'action set --barrier') kind='@barrier' ;;
	'action done --outcome') kind=':' ;;
	'action done --on') kind=':' ;;
	'action drop --reason') kind=':' ;;
	'action drop --on') kind=':' ;;
	'barrier add --pair') kind='@pair' ;;
	'barrier add --theme') kind=':' ;;
	'barrier add --level') kind=':' ;;
	'barrier add --text') kind=':' ;;
	'barrier add --identified-in') kind=':' ;;
	'barrier add --brought') kind='+once several' ;;
	'barrier list --state') kind='+identified raised addressed changed dropped merged' ;;
	'barrier list --theme') kind=':' ;;
	'barrier list --level') kind=':' ;;
	'barrier set --theme') kind=':' ;;
	'barrier set --level') kind=':' ;;
	'barrier set --text') kind=':' ;;
	'barrier set --brought') kind='+once several' ;;
	'barrier raise --on') kind=':' ;;
	'barrier address --on') kind=':' ;;
	'barrier change --outcome') kind=':' ;;
	'barrier change --on') kind=':' ;;
	'barrier drop --reason') kind=':' ;;
	'barrier drop --on') kind=':' ;;
	'checkin add --date') kind=':' ;;
	'checkin add --kind') kind='+check-in individual group supervision debrief contact' ;;
	'checkin add --check-in') kind=':' ;;
	'checkin add --feeling') kind='+well some-strain needs-support' ;;
	'checkin add --considered') kind=':' ;;
	'checkin add --signposted') kind=':' ;;
	'checkin add --note') kind=':' ;;
	'checkin list --person') kind='@person' ;;
	'checkin list --kind') kind='+check-in individual group supervision debrief contact' ;;
	'checkin list --check-in') kind=':' ;;
	'checkin list --feeling') kind='+well some-strain needs-support' ;;
	'checkin set --feeling') kind='+well some-strain needs-support' ;;
	'checkin set --considered') kind=':' ;;
	'checkin set --signposted') kind=':' ;;
	'checkin set --note') kind=':' ;;
	'lesson add --kind') kind='+went-well did-not suggestion' ;;
	'lesson add --text') kind=':' ;;
	'lesson add --source') kind='+debrief survey event check-in team' ;;
	'lesson list --kind') kind='+went-well did-not suggestion' ;;
	'lesson list --source') kind='+debrief survey event check-in team' ;;
	'lesson list --state') kind='+open done dropped' ;;
	'lesson set --kind') kind='+went-well did-not suggestion' ;;
	'lesson set --text') kind=':' ;;
	'lesson set --source') kind='+debrief survey event check-in team' ;;
	'lesson done --outcome') kind=':' ;;
	'lesson done --on') kind=':' ;;
	'lesson drop --reason') kind=':' ;;
	'lesson drop --on') kind=':' ;;
	'remark add --scope') kind='+none inside published' ;;
	'remark add --named') kind=':' ;;
	'remark add --text') kind=':' ;;
	'remark list --person') kind='@person' ;;
	'remark list --scope') kind='+none inside published' ;;
	'remark set --scope') kind='+none inside published' ;;
	'remark set --named') kind=':' ;;
	'remark set --text') kind=':' ;;
	'event list --for') kind='@person' ;;
	'event list --facilitator') kind='@person' ;;
	'event list --name') kind=':' ;;
	'event list --kind') kind='+awareness briefing induction training workshop supervision peer-support meeting evaluation debrief' ;;
	'event list --audience') kind='+mentors mentees both facilitators applicants managers team' ;;
	'event list --required') kind=':' ;;
	'event list --mode') kind='+virtual in-person either' ;;
	'event list --format' | 'event list -f') kind='+table plain json jsonl csv tsv ics' ;;
	'event add --title') kind=':' ;;
	'event add --kind') kind='+awareness briefing induction training workshop supervision peer-support meeting evaluation debrief' ;;
	'event add --audience') kind='+mentors mentees both facilitators applicants managers team' ;;
	'event add --required') kind=':' ;;
	'event add --date') kind=':' ;;
	'event add --start') kind=':' ;;
	'event add --until') kind=':' ;;
	'event add --zone') kind=':' ;;
	'event add --mode') kind='+virtual in-person either' ;;
	'event add --place') kind=':' ;;
	'event add --capacity') kind=':' ;;
	'event add --around') kind=':' ;;
	'event add --sign-up') kind=':' ;;
	'event add --provider') kind=':' ;;
	'event add --text') kind=':' ;;
	'event set --title') kind=':' ;;
	'event set --kind') kind='+awareness briefing induction training workshop supervision peer-support meeting evaluation debrief' ;;
	'event set --audience') kind='+mentors mentees both facilitators applicants managers team' ;;
	'event set --required') kind=':' ;;
	'event set --date') kind=':' ;;
	'event set --start') kind=':' ;;
	'event set --until') kind=':' ;;
	'event set --zone') kind=':' ;;
	'event set --mode') kind='+virtual in-person either' ;;
	'event set --place') kind=':' ;;
	'event set --capacity') kind=':' ;;
	'event set --around') kind=':' ;;
	'event set --sign-up') kind=':' ;;
	'event set --provider') kind=':' ;;
	'event set --text') kind=':' ;;
	'event move --date') kind=':' ;;
	'event move --start') kind=':' ;;
	'event move --until') kind=':' ;;
	'event move --place') kind=':' ;;
	'event cancel --reason') kind=':' ;;
	'event attend --minutes') kind=':' ;;
	'event import --email') kind=':' ;;
	'event import --minutes') kind=':' ;;
	'event import --share') kind=':' ;;
	'event import --delimiter') kind=':' ;;
	'event invite --format' | 'event invite -f') kind='+table plain json jsonl csv tsv mbox eml ics' ;;
	'event assign --override') kind=':' ;;
	'survey list --format' | 'survey list -f') kind='+table plain json jsonl csv tsv html md xlsx' ;;
	'survey issue --link') kind=':' ;;
	'survey form --format' | 'survey form -f') kind='+table plain json html' ;;
	'survey answer --person') kind='@person' ;;
	'survey answer --token') kind=':' ;;
	'survey import --delimiter') kind=':' ;;
	'survey results --by') kind='+side' ;;
	'survey results --across') kind=':' ;;
	'survey results --format' | 'survey results -f') kind='+table plain json jsonl csv tsv html md xlsx' ;;
	'survey compare --across') kind=':' ;;
	'survey compare --format' | 'survey compare -f') kind='+table plain json jsonl csv tsv html md xlsx' ;;
	'remind due --on') kind=':' ;;
	'remind run --transport') kind=':' ;;
	'remind run --most') kind=':' ;;
	'remind list --reminder') kind=':' ;;
	'remind list --person') kind='@person' ;;
	'remind list --pair') kind='@pair' ;;
	'remind list --state') kind='+waiting handing-over sent failed unsure' ;;
	'remind hold --until') kind=':' ;;
	'today --days') kind=':' ;;
	'report show --by') kind='+organisation directorate' ;;
	'report show --since') kind=':' ;;
	'report show --until') kind=':' ;;
	'report show --across') kind=':' ;;
	'report show --for') kind='+team board public' ;;
	'report show --fail-if') kind=':' ;;
	'report show --format' | 'report show -f') kind='+table plain json jsonl csv tsv html md xlsx' ;;
	'report compare --format' | 'report compare -f') kind='+table plain json jsonl csv tsv html md xlsx' ;;
	'report combine --format' | 'report combine -f') kind='+table plain json jsonl csv tsv html md xlsx' ;;
	'privacy export --asked-on') kind=':' ;;
	'privacy export --format' | 'privacy export -f') kind='+table plain json jsonl csv tsv html' ;;
	'privacy audit --since') kind=':' ;;
	'privacy audit --head') kind=':' ;;
	'privacy object --to') kind='+matching reminders monitoring surveys' ;;
	'privacy object --on') kind=':' ;;
	'privacy request --for') kind='+access correction erasure complaint' ;;
	'privacy request --about') kind=':' ;;
	'privacy request --on') kind=':' ;;
	'privacy handle --as') kind='+acknowledged waiting resumed extended answered refused withdrawn reopened' ;;
	'privacy handle --on') kind=':' ;;
	'privacy requests --person') kind='@person' ;;
	'privacy requests --kind') kind='+access correction erasure complaint' ;;
	'privacy requests --outcome') kind='+answered refused withdrawn' ;;
	'privacy register --format' | 'privacy register -f') kind='+table plain json jsonl csv tsv html md' ;;
	'db export --format' | 'db export -f') kind='+table plain json' ;;
	'schema --format' | 'schema -f') kind='+table plain json' ;;
	'completion --format' | 'completion -f') kind='+table plain json' ;;
	'help --format' | 'help -f') kind='+table plain json' ;;
	*' --db' | *' -D') kind='file' ;;
	*' --cohort' | *' -c') kind='@cohort' ;;
	*' --format' | *' -f') kind='+table plain json jsonl csv tsv' ;;
	*' --fields') kind=':' ;;
	*' --output' | *' -o') kind='file' ;;
	*' --color') kind='+auto always never' ;;
	*' --lock-wait') kind=':' ;;
	*' --now') kind=':' ;;
	*' --format-version') kind=':' ;;
	*) kind='' ;;
	esac
}

# Sets kind to the options of a command.
_mentor_options() {
	case $1 in
	'programme new') kind='+--from' ;;
	'programme import') kind='+--dry-run' ;;
	'programme show') kind='+--revision' ;;
	'programme resources') kind='+--for --stage' ;;
	'cohort list') kind='+--programme --state' ;;
	'cohort add') kind='+--programme --title --opens-on --closes-on --starts-on --ends-on --mentors-max --mentees-max --dry-run' ;;
	'cohort set') kind='+--revision --title --opens-on --closes-on --starts-on --ends-on --mentors-max --mentees-max --dry-run' ;;
	'cohort open') kind='+--override --dry-run' ;;
	'cohort close') kind='+--dry-run' ;;
	'cohort start') kind='+--override --dry-run' ;;
	'cohort finish') kind='+--override --dry-run' ;;
	'cohort roll') kind='+--title --opens-on --closes-on --starts-on --ends-on --mentors-max --mentees-max --dry-run' ;;
	'cohort settle') kind='+--evidence --owner --on --again --dry-run' ;;
	'person list') kind='+--email --organisation --directorate --grade --manager-email --language' ;;
	'person add') kind='+--name --email --organisation --directorate --job --grade --manager-email --language --dry-run' ;;
	'person set') kind='+--name --email --organisation --directorate --job --grade --manager-email --language --dry-run' ;;
	'person merge') kind='+--dry-run' ;;
	'enrol list') kind='+--due --role --state --outcome --origin --support' ;;
	'enrol add') kind='+--role --places --applied-on --response --contact-on --dry-run' ;;
	'enrol set') kind='+--role --places --applied-on --response --contact-on --dry-run' ;;
	'enrol import') kind='+--delimiter --keep-going --rejects --dry-run' ;;
	'enrol confirm') kind='+--all --no --on --dry-run' ;;
	'enrol approve') kind='+--asked --given --refused --on --by --reason --dry-run' ;;
	'enrol score') kind='+--by --file --delimiter --dry-run' ;;
	'enrol scores') kind='+--role' ;;
	'enrol accept') kind='+--reason --override --dry-run' ;;
	'enrol wait') kind='+--reason --rank --dry-run' ;;
	'enrol decline') kind='+--reason --dry-run' ;;
	'enrol withdraw') kind='+--reason --dry-run' ;;
	'enrol export') kind='+--template --all' ;;
	'enrol told') kind='+--dry-run' ;;
	'equality import') kind='+--delimiter --dry-run' ;;
	'equality withdraw') kind='+--again --dry-run' ;;
	'equality workforce') kind='+--on --organisation --codes --delimiter --dry-run' ;;
	'match prefer') kind='+--clear --dry-run' ;;
	'match preferences') kind='+--person --other' ;;
	'match avoid') kind='+--reason --team --off --dry-run' ;;
	'match avoidances') kind='+--person --other --said-by' ;;
	'match shortlist') kind='+--most' ;;
	'match propose') kind='+--name --method --objective --compare --verify --dry-run' ;;
	'match list') kind='+--mentor --mentee --state --arrangement --reason --pinned' ;;
	'match what-if') kind='+--without --with-pair --places --unpin --accept --without-person' ;;
	'match pin') kind='+--off --dry-run' ;;
	'match add') kind='+--override --off --dry-run' ;;
	'match block') kind='+--off --dry-run' ;;
	'match blocks') kind='+--person --other' ;;
	'match use') kind='+--dry-run' ;;
	'match accept') kind='+--mentee --dry-run' ;;
	'match decline') kind='+--mentee --reason --undo --dry-run' ;;
	'match publish') kind='+--override --dry-run' ;;
	'match end') kind='+--wish --reason --note --replacement --apart --dry-run' ;;
	'match replace') kind='+--dry-run' ;;
	'match reopen') kind='+--dry-run' ;;
	'match continue') kind='+--undo --dry-run' ;;
	'contract draft') kind='+--sessions --minutes --frequency --mode --place --starts-on --ends-on --dry-run' ;;
	'contract set') kind='+--sessions --minutes --frequency --mode --place --starts-on --ends-on --dry-run' ;;
	'contract say') kind='+--mentor --mentee --clear --dry-run' ;;
	'contract list') kind='+--pair --standing --state' ;;
	'contract sign') kind='+--mentor --mentee --date --hash --dry-run' ;;
	'contract unsign') kind='+--mentor --mentee --reason --dry-run' ;;
	'contract amend') kind='+--sessions --minutes --frequency --mode --place --starts-on --ends-on --dry-run' ;;
	'contract withdraw') kind='+--dry-run' ;;
	'contract export') kind='+--all' ;;
	'log add') kind='+--action --date --time --minutes --mode --place --activity --topics --next-date --next-time --next-place --mentor-signed-on --mentee-signed-on --notes --dry-run' ;;
	'log import') kind='+--delimiter --dry-run' ;;
	'log list') kind='+--pair --state --mode --activity' ;;
	'log set') kind='+--date --time --minutes --mode --place --activity --topics --next-date --next-time --next-place --mentor-signed-on --mentee-signed-on --notes --dry-run' ;;
	'log sign') kind='+--mentor --mentee --both --date --dry-run' ;;
	'log move') kind='+--date --time --dry-run' ;;
	'log cancel') kind='+--by --dry-run' ;;
	'log shadow') kind='+--prepared --by --date --meeting --part --dry-run' ;;
	'log shadowed') kind='+--pair --by --part' ;;
	'log reflect') kind='+--by --date --dry-run' ;;
	'log forms') kind='+--for' ;;
	'log remove') kind='+--dry-run' ;;
	'goal add') kind='+--for --text --dry-run' ;;
	'goal list') kind='+--pair --side --state' ;;
	'goal set') kind='+--text --dry-run' ;;
	'goal done') kind='+--outcome --on --dry-run' ;;
	'goal drop') kind='+--reason --on --dry-run' ;;
	'goal reopen') kind='+--dry-run' ;;
	'action add') kind='+--due --text --owner --pair --barrier --session --dry-run' ;;
	'action list') kind='+--overdue --state --owner --pair --barrier --session' ;;
	'action set') kind='+--due --text --owner --pair --barrier --dry-run' ;;
	'action done') kind='+--outcome --on --dry-run' ;;
	'action drop') kind='+--reason --on --dry-run' ;;
	'action reopen') kind='+--dry-run' ;;
	'barrier add') kind='+--pair --theme --level --text --identified-in --brought --dry-run' ;;
	'barrier list') kind='+--state --theme --level' ;;
	'barrier set') kind='+--theme --level --text --brought --dry-run' ;;
	'barrier raise') kind='+--on --dry-run' ;;
	'barrier address') kind='+--on --dry-run' ;;
	'barrier change') kind='+--outcome --on --dry-run' ;;
	'barrier drop') kind='+--reason --on --dry-run' ;;
	'barrier merge') kind='+--dry-run' ;;
	'barrier agree') kind='+--mentor --mentee --withdraw --dry-run' ;;
	'checkin plan') kind='+--due' ;;
	'checkin add') kind='+--date --kind --check-in --feeling --considered --signposted --note --dry-run' ;;
	'checkin list') kind='+--person --kind --check-in --feeling' ;;
	'checkin set') kind='+--feeling --considered --signposted --note --dry-run' ;;
	'lesson add') kind='+--kind --text --source --dry-run' ;;
	'lesson list') kind='+--before --kind --source --state' ;;
	'lesson set') kind='+--kind --text --source --dry-run' ;;
	'lesson done') kind='+--outcome --on --dry-run' ;;
	'lesson drop') kind='+--reason --on --dry-run' ;;
	'lesson reopen') kind='+--dry-run' ;;
	'remark add') kind='+--scope --named --text --dry-run' ;;
	'remark list') kind='+--person --scope' ;;
	'remark set') kind='+--scope --named --text --dry-run' ;;
	'remark withdraw') kind='+--dry-run' ;;
	'event list') kind='+--for --facilitator --name --kind --audience --required --mode' ;;
	'event plan') kind='+--dry-run' ;;
	'event add') kind='+--title --kind --audience --required --date --start --until --zone --mode --place --capacity --around --sign-up --provider --text --dry-run' ;;
	'event set') kind='+--title --kind --audience --required --date --start --until --zone --mode --place --capacity --around --sign-up --provider --text --dry-run' ;;
	'event move') kind='+--date --start --until --place --dry-run' ;;
	'event cancel') kind='+--reason --undo --dry-run' ;;
	'event signup') kind='+--off --dry-run' ;;
	'event attend') kind='+--absent --excused --caught-up --minutes --no-shows --dry-run' ;;
	'event import') kind='+--email --minutes --share --no-shows --delimiter --keep-going --dry-run' ;;
	'event invite') kind='+--all' ;;
	'event told') kind='+--dry-run' ;;
	'event assign') kind='+--off --override --dry-run' ;;
	'survey issue') kind='+--link --again --dry-run' ;;
	'survey answer') kind='+--person --token --few --dry-run' ;;
	'survey import') kind='+--delimiter --few --dry-run' ;;
	'survey remove') kind='+--dry-run' ;;
	'survey results') kind='+--publish --texts --by --across' ;;
	'survey compare') kind='+--publish --across' ;;
	'remind due') kind='+--on --all' ;;
	'remind run') kind='+--transport --most --dry-run' ;;
	'remind list') kind='+--reminder --person --pair --state' ;;
	'remind hold') kind='+--until --dry-run' ;;
	'remind release') kind='+--dry-run' ;;
	'remind resend') kind='+--dry-run' ;;
	'remind mark') kind='+--sent --failed --dry-run' ;;
	'today') kind='+--days' ;;
	'report show') kind='+--by --since --until --across --for --fail-if --long' ;;
	'report compare') kind='+--publish' ;;
	'report export') kind='+--anonymous' ;;
	'privacy export') kind='+--asked-on' ;;
	'privacy erase') kind='+--dry-run' ;;
	'privacy retain') kind='+--apply --dry-run' ;;
	'privacy audit') kind='+--since --verify --head' ;;
	'privacy object') kind='+--to --on --lift --answered --dry-run' ;;
	'privacy request') kind='+--for --about --on --dry-run' ;;
	'privacy handle') kind='+--as --on --dry-run' ;;
	'privacy requests') kind='+--open --person --kind --outcome' ;;
	'db init') kind='+--dry-run' ;;
	'db check') kind='+--quick' ;;
	'db backup') kind='+--replace' ;;
	'db restore') kind='+--unread --dry-run' ;;
	'db migrate') kind='+--dry-run' ;;
	'db import') kind='+--dry-run' ;;
	'demo') kind='+--dry-run' ;;
	'config set') kind='+--unset --dry-run' ;;
	*) kind='+' ;;
	esac
	kind="$kind --db --cohort --format --fields --output --yes --no-input --quiet --verbose --raw --bom --null --color --lock-wait --now --format-version --help --usage --version"
}

# Sets kind to what an argument can be; they are numbered from 1.
_mentor_operand() {
	case "$1 $2" in
	'programme check '*) kind='file' ;;
	'programme import '*) kind='file' ;;
	'programme show 1') kind='@programme' ;;
	'programme show 2') kind=':' ;;
	'programme diff 1') kind='file' ;;
	'programme resources 1') kind='@programme' ;;
	'programme guide 1') kind='@programme' ;;
	'programme guide 2') kind='@cohort' ;;
	'cohort show 1') kind='@cohort' ;;
	'cohort add 1') kind=':' ;;
	'cohort set 1') kind='@cohort' ;;
	'cohort open 1') kind='@cohort' ;;
	'cohort close 1') kind='@cohort' ;;
	'cohort start 1') kind='@cohort' ;;
	'cohort finish 1') kind='@cohort' ;;
	'cohort roll 1') kind=':' ;;
	'cohort status 1') kind='@cohort' ;;
	'cohort checklist 1') kind='@cohort' ;;
	'cohort settle '*) kind=':' ;;
	'person show 1') kind='@person' ;;
	'person set 1') kind='@person' ;;
	'person merge 1') kind='@person' ;;
	'person merge '*) kind='@person' ;;
	'enrol show 1') kind='@person' ;;
	'enrol add 1') kind='@person' ;;
	'enrol set 1') kind='@person' ;;
	'enrol import 1') kind='file' ;;
	'enrol confirm 1') kind='@person' ;;
	'enrol confirm '*) kind=':' ;;
	'enrol approve '*) kind='@person' ;;
	'enrol score 1') kind='@person' ;;
	'enrol score '*) kind=':' ;;
	'enrol accept '*) kind='@person' ;;
	'enrol wait '*) kind='@person' ;;
	'enrol decline '*) kind='@person' ;;
	'enrol withdraw '*) kind='@person' ;;
	'enrol export 1') kind=':' ;;
	'enrol export '*) kind='@person' ;;
	'enrol told 1') kind=':' ;;
	'enrol told '*) kind='@person' ;;
	'equality import 1') kind='file' ;;
	'equality withdraw 1') kind='@person' ;;
	'equality workforce 1') kind='file' ;;
	'match prefer 1') kind='@person' ;;
	'match prefer '*) kind='@person' ;;
	'match avoid 1') kind='@person' ;;
	'match avoid 2') kind='@person' ;;
	'match shortlist 1') kind='@person' ;;
	'match show 1') kind='@pair' ;;
	'match explain 1') kind='@pair person' ;;
	'match pin 1') kind='@pair' ;;
	'match pin 2') kind='@person' ;;
	'match add 1') kind='@person' ;;
	'match add 2') kind='@person' ;;
	'match block 1') kind='@person' ;;
	'match block 2') kind='@person' ;;
	'match compare 1') kind=':' ;;
	'match compare 2') kind=':' ;;
	'match use 1') kind=':' ;;
	'match accept 1') kind='@pair' ;;
	'match decline 1') kind='@pair' ;;
	'match publish '*) kind='@pair' ;;
	'match end 1') kind='@pair' ;;
	'match replace 1') kind='@person' ;;
	'match reopen 1') kind='@pair' ;;
	'match continue 1') kind='@pair' ;;
	'contract draft 1') kind='@pair' ;;
	'contract set 1') kind='@pair' ;;
	'contract say 1') kind='@pair' ;;
	'contract say 2') kind=':' ;;
	'contract say '*) kind=':' ;;
	'contract terms 1') kind='@pair' ;;
	'contract show 1') kind='@contract pair' ;;
	'contract sign 1') kind='@pair' ;;
	'contract unsign 1') kind='@pair' ;;
	'contract amend 1') kind='@pair' ;;
	'contract withdraw 1') kind='@pair' ;;
	'contract history 1') kind='@pair' ;;
	'contract export '*) kind='@contract pair' ;;
	'log add 1') kind='@pair' ;;
	'log import 1') kind='file' ;;
	'log show 1') kind='@session' ;;
	'log set 1') kind='@session' ;;
	'log sign 1') kind='@session' ;;
	'log move 1') kind='@session' ;;
	'log cancel 1') kind='@session' ;;
	'log shadow 1') kind='@pair' ;;
	'log reflect 1') kind='@pair' ;;
	'log reflections 1') kind='@person' ;;
	'log forms '*) kind=':' ;;
	'log remove 1') kind=':' ;;
	'goal add 1') kind='@pair' ;;
	'goal show 1') kind='@goal' ;;
	'goal set 1') kind='@goal' ;;
	'goal done 1') kind='@goal' ;;
	'goal drop 1') kind='@goal' ;;
	'goal reopen 1') kind='@goal' ;;
	'action show 1') kind='@action' ;;
	'action set 1') kind='@action' ;;
	'action done 1') kind='@action' ;;
	'action drop 1') kind='@action' ;;
	'action reopen 1') kind='@action' ;;
	'barrier show 1') kind='@barrier' ;;
	'barrier set 1') kind='@barrier' ;;
	'barrier raise 1') kind='@barrier' ;;
	'barrier address 1') kind='@barrier' ;;
	'barrier change 1') kind='@barrier' ;;
	'barrier drop 1') kind='@barrier' ;;
	'barrier merge 1') kind='@barrier' ;;
	'barrier merge 2') kind='@barrier' ;;
	'barrier agree 1') kind='@barrier' ;;
	'barrier agree 2') kind='@pair' ;;
	'checkin add '*) kind='@person' ;;
	'checkin show 1') kind='@checkin' ;;
	'checkin set 1') kind='@checkin' ;;
	'lesson show 1') kind='@lesson' ;;
	'lesson set 1') kind='@lesson' ;;
	'lesson done 1') kind='@lesson' ;;
	'lesson drop 1') kind='@lesson' ;;
	'lesson reopen 1') kind='@lesson' ;;
	'remark add 1') kind='@person' ;;
	'remark show 1') kind='@remark' ;;
	'remark set 1') kind='@remark' ;;
	'remark withdraw 1') kind='@remark' ;;
	'event show 1') kind='@event' ;;
	'event add 1') kind=':' ;;
	'event set 1') kind='@event' ;;
	'event move 1') kind='@event' ;;
	'event cancel 1') kind='@event' ;;
	'event signup 1') kind='@event' ;;
	'event signup '*) kind='@person' ;;
	'event attend 1') kind='@event' ;;
	'event attend '*) kind='@person' ;;
	'event import 1') kind='@event' ;;
	'event import 2') kind='file' ;;
	'event invite 1') kind='@event' ;;
	'event invite '*) kind='@person' ;;
	'event told 1') kind='@event' ;;
	'event told '*) kind='@person' ;;
	'event assign 1') kind='@event' ;;
	'event assign '*) kind='@person' ;;
	'survey issue 1') kind=':' ;;
	'survey issue 2') kind=':' ;;
	'survey form 1') kind=':' ;;
	'survey form 2') kind=':' ;;
	'survey answer 1') kind=':' ;;
	'survey answer 2') kind=':' ;;
	'survey answer '*) kind=':' ;;
	'survey import 1') kind=':' ;;
	'survey import 2') kind=':' ;;
	'survey import '*) kind='file' ;;
	'survey remove 1') kind=':' ;;
	'survey results 1') kind=':' ;;
	'survey results 2') kind=':' ;;
	'survey compare 1') kind=':' ;;
	'survey compare 2') kind=':' ;;
	'survey compare 3') kind=':' ;;
	'remind show 1') kind='@message' ;;
	'remind hold '*) kind='@person pair' ;;
	'remind release '*) kind='@person pair' ;;
	'remind resend '*) kind='@message' ;;
	'remind mark '*) kind='@message' ;;
	'report show 1') kind=':' ;;
	'report compare 1') kind='@cohort' ;;
	'report compare '*) kind='@cohort' ;;
	'report combine '*) kind='file' ;;
	'privacy export 1') kind='@person' ;;
	'privacy erase 1') kind='@person' ;;
	'privacy object 1') kind='@person' ;;
	'privacy request 1') kind='@person' ;;
	'privacy handle 1') kind='@request' ;;
	'db backup 1') kind='file' ;;
	'db restore 1') kind='file' ;;
	'db import 1') kind='file' ;;
	'config get 1') kind='+db cohort actor lock_wait color min_cell pager' ;;
	'config set 1') kind='+db cohort actor lock_wait color min_cell pager' ;;
	'config set 2') kind=':' ;;
	'schema 1') kind='+programme.new programme.check programme.import programme.list programme.show programme.diff programme.resources programme.guide cohort.list cohort.show cohort.add cohort.set cohort.open cohort.close cohort.start cohort.finish cohort.roll cohort.status cohort.checklist cohort.settle person.list person.show person.add person.set person.merge enrol.list enrol.show enrol.add enrol.set enrol.import enrol.confirm enrol.approve enrol.score enrol.scores enrol.accept enrol.wait enrol.decline enrol.withdraw enrol.export enrol.told equality.import equality.withdraw equality.status equality.workforce equality.compare equality.codes match.prefer match.preferences match.avoid match.avoidances match.shortlist match.propose match.list match.show match.explain match.what-if match.pin match.add match.block match.blocks match.proposals match.compare match.use match.accept match.decline match.publish match.end match.replace match.reopen match.continue contract.draft contract.set contract.say contract.terms contract.show contract.list contract.sign contract.unsign contract.amend contract.withdraw contract.history contract.export log.add log.import log.list log.show log.set log.sign log.move log.cancel log.shadow log.shadowed log.reflect log.reflections log.forms log.remove goal.add goal.list goal.show goal.set goal.done goal.drop goal.reopen action.add action.list action.show action.set action.done action.drop action.reopen barrier.add barrier.list barrier.show barrier.set barrier.raise barrier.address barrier.change barrier.drop barrier.merge barrier.agree checkin.plan checkin.add checkin.list checkin.show checkin.set lesson.add lesson.list lesson.show lesson.set lesson.done lesson.drop lesson.reopen remark.add remark.list remark.show remark.set remark.withdraw event.list event.show event.plan event.add event.set event.move event.cancel event.signup event.attend event.import event.invite event.told event.assign event.facilitators survey.list survey.issue survey.form survey.answer survey.import survey.status survey.remove survey.results survey.compare remind.due remind.run remind.list remind.show remind.hold remind.release remind.holds remind.resend remind.mark today report.list report.show report.compare report.export report.combine privacy.check privacy.export privacy.erase privacy.retain privacy.audit privacy.ledger privacy.object privacy.objections privacy.request privacy.handle privacy.requests privacy.register db.init db.status db.check db.backup db.restore db.migrate db.export db.import demo config.list config.get config.set schema completion help error' ;;
	'completion 1') kind='+bash zsh fish' ;;
	'help 1') kind='+first-steps formats environment references cron privacy security exit-codes programme cohort person enrol equality match contract log goal action barrier checkin lesson remark event survey remind today report privacy db demo config schema completion help' ;;
	'help 2') kind=':' ;;
	*) kind='' ;;
	esac
}

# The current word, then the words before it.
_mentor_walk() {
	local cur=$1 noun='' verb='' option='' word='' kind='' dashes='' n=0
	shift
	for word in "$@"; do
		if [ -n "$kind" ]; then
			case $option in -D | --db) _mentor_db=$word ;; esac
			kind=''
			continue
		fi
		if [ -z "$dashes" ]; then
			case $word in
			--) dashes=yes && continue ;;
			--db=*) _mentor_db=${word#*=} && continue ;;
			--*=*) continue ;;
			-?*)
				option=$word
				_mentor_option "$noun${verb:+ $verb}" "$word"
				continue
				;;
			esac
		fi
		_mentor_commands "$noun"
		if [ -z "$noun" ]; then noun=$word; elif [ -z "$verb" ] && [ -n "$kind" ]; then verb=$word; else n=$((n + 1)); fi
		kind=''
	done
	word="$noun${verb:+ $verb}"
	if [ -n "$kind" ]; then
		_mentor_offer && return
	fi
	case $dashes$cur in
	--*=*)
		_mentor_option "$word" "${cur%%=*}"
		_mentor_split "$cur"
		;;
	-*) _mentor_options "$word" ;;
	*)
		if [ -z "$verb" ]; then _mentor_commands "$noun"; fi
		if [ -z "$kind" ]; then _mentor_operand "$word" $((n + 1)); fi
		;;
	esac
	_mentor_offer
}

_mentor_offer() {
	case $kind in
	+*) _mentor_words "${kind#?}" ;;
	%*) _mentor_described "${kind#?}" ;;
	@*) _mentor_live "${kind#?}" ;;
	file) _mentor_files ;;
	esac
	return 0
}

_mentor() {
	local _mentor_cur=${COMP_WORDS[COMP_CWORD]} _mentor_prefix='' _mentor_db='' before=() i
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		[ "${COMP_WORDS[i]}" = = ] || before+=("${COMP_WORDS[i]}")
	done
	if [ "$_mentor_cur" = = ]; then _mentor_cur=''; fi
	_mentor_walk "$_mentor_cur" "${before[@]}"
}

complete -F _mentor mentor
