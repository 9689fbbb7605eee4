#!/bin/sh
# run.sh: plays a reciprocal course of two universities from the first form to the report on change: barriers that several pairs found are merged,
# raised, addressed and changed, and nobody can tell from the register who found what. Eleven months in a few seconds.
#
#   examples/co-learning/run.sh [FOLDER]      the results go to FOLDER; to a new temporary folder when none is given
#
# Read it from top to bottom: every step is what an administrator types on that day.
# shellcheck disable=SC1010 # "done" is a verb here
set -eu
# shellcheck source=examples/play.sh
. "$(dirname "$0")/../play.sh"
into "$0" "${1:-}"
export MENTOR_ACTOR="Nadia Brooks" # who decides is kept with every decision

# meet FROM TO: logs what the pairs report in that time, each session on its day: when, how long, how, and which topics of learning.
meet() {
  awk -F, -v from="$1" -v to="$2" 'NR > 1 && $1 >= from && $1 <= to' "$example/sessions.csv" |
    while IFS=, read -r date junior minutes mode topics; do
      pair=$(mentor match list --mentor "$junior" --state active --fields id)
      mentor --now "$date" --quiet log add "$pair" --date "$date" --minutes "$minutes" --mode "$mode" --topics "$topics"
    done
}

# barrier THEME LEVEL WORDS [OPTION...]: puts a barrier into the register and prints its reference.
barrier() {
  theme=$1 level=$2 words=$3
  shift 3
  mentor barrier add --theme "$theme" --level "$level" --text "$words" "$@" | cut -d ' ' -f 3
}

on 2025-01-13 'A store, the programme, a cohort'
mentor --quiet db init
mentor programme check "$example/programme.yaml"
mentor programme import "$example/programme.yaml"
mentor cohort add year-2025 --programme co-learning --title "Year 2025" --closes-on 2025-01-31 --starts-on 2025-03-03
mentor --quiet cohort settle prepare --evidence "Note of the steering group, 8 January: Margaret Lyle takes barriers to the executive"
mentor cohort open

on 2025-02-03 'Applications, and everybody hears'
mentor enrol import --dry-run "$example/applications.csv" | changes
mentor --quiet enrol import "$example/applications.csv"
mentor enrol list --state applied --fields email >"$folder/people"
while read -r person; do
  mentor --quiet enrol confirm "$person" --all
done <"$folder/people"
xargs mentor --quiet enrol approve --given <"$folder/people"
xargs mentor --quiet enrol accept --reason "Meets the criteria" <"$folder/people"
mentor cohort close
mentor enrol export accepted -f mbox -o "$folder/accepted.mbox"
mentor --quiet enrol told accepted
must 'co-learners accepted' "$(mentor enrol list --state accepted --fields email | count)" 12

on 2025-02-10 'Pairs: difference is what the two learn from'
mentor match propose -f table
mentor match explain m1 -f table
mentor --yes --quiet match publish
must 'pairs published' "$(mentor match list --state active --fields id | count)" 6

on 2025-02-17 'What the two agree, as equals; both sign'
for pair in $(mentor match list --state active --fields id); do
  mentor --quiet contract draft "$pair"
  mentor --now 2025-02-24 --quiet contract sign "$pair" --mentor --mentee
done
mentor --now 2025-02-24 contract export m1 -f html -o "$folder/contract-m1.html"
must 'contracts signed by both' "$(mentor contract list --state signed --fields id | count)" 6

on 2025-03-03 'The start: where everybody stands, and what each would value from the other'
mentor survey import learning before "$example/surveys-before.csv"
mentor --quiet cohort settle pair --evidence "Opening workshop this morning, all twelve"
mentor cohort start
mentor goal add m1 --for mentor --text "To hear how decisions are prepared before they are taken"
mentor goal add m1 --for mentee --text "To be told what nobody tells an executive"
meet 2025-03-03 2025-05-11

on 2025-05-05 'The team asks everybody how it goes'
mentor checkin plan --due -f table
mentor checkin plan --due --fields person | sort -u | xargs mentor --quiet checkin add --feeling well
must 'check-ins still due' "$(mentor checkin plan --due | count)" 0

on 2025-05-12 'The workshop on barriers: six sheets come in, and what is the same becomes one'
rota=$(barrier "Flexible work" directorate "Rotas are known too late to arrange care")
shifts=$(barrier "Daily treatment" team "Early shifts hear of changes last")
panels=$(barrier Recruitment organisation "Selection panels are all of one grade")
adverts=$(barrier Recruitment directorate "Adverts ask for degrees that the work does not need")
doors=$(barrier Access organisation "Doors of the old buildings cannot be opened from a wheelchair")
courses=$(barrier Progression organisation "There is no money for courses of technical staff")
mentor --yes barrier merge "$rota" "$shifts"
mentor barrier list -f table
echo "One pair wants it known that it brought the doors, and both of the two say so:"
mentor barrier agree "$doors" m4 --mentor
mentor barrier agree "$doors" m4 --mentee
mentor barrier show "$doors" -f table
echo "An action that would tell whose another barrier was is refused:"
if mentor action add --pair m2 --barrier "$panels" --text "Write to the executive" 2>"$folder/refused.txt"; then exit 1; fi
cat "$folder/refused.txt"

mentor --quiet cohort settle learn --evidence "Sheets of the workshop, 12 May"

on 2025-05-19 'Raised, each with somebody who acts and a day'
for reference in $rota $panels $adverts $doors $courses; do mentor --quiet barrier raise "$reference"; done
mentor action add --barrier "$rota" --due 2025-07-31 --text "Publish rotas four weeks ahead"
mentor action add --barrier "$panels" --due 2025-09-30 --text "Draw panel members from three grades"
mentor action add --barrier "$doors" --pair m4 --due 2025-06-30 --text "Walk round with the estates team"
mentor action add --barrier "$courses" --due 2025-09-30 --text "Ask for a fund in next year's budget"
mentor action add --pair m1 --due 2025-06-20 --text "Sit in on the planning round"
meet 2025-05-12 2025-06-30

on 2025-07-07 'What should have been done by now, and what was'
mentor action list --overdue -f table
mentor cohort status -f table
must 'actions overdue' "$(mentor action list --overdue | count)" 2
mentor --now 2025-07-10 action done a3 --outcome "Eleven doors listed"
mentor --now 2025-07-10 action done a5 --outcome "From now on every year"
mentor --now 2025-07-14 --quiet barrier address "$rota"
mentor --now 2025-07-21 --quiet barrier address "$doors"
mentor --now 2025-07-30 action done a1 --outcome "In four of five departments"
mentor --now 2025-07-31 barrier change "$rota" --outcome "Rotas are out four weeks ahead, and shifts are told first"
mentor --now 2025-09-01 --quiet barrier address "$panels"

on 2025-10-07 'The meeting with the executive: each barrier gets an answer'
meet 2025-07-01 2025-10-07
mentor action done a2 --outcome "A list of forty trained members"
mentor action drop a4 --reason "The executive has decided already"
mentor barrier change "$panels" --outcome "No panel without three grades"
mentor barrier change "$doors" --outcome "Eleven doors have openers"
mentor barrier drop "$adverts" --reason "The professional bodies ask for the degrees"
mentor report show barriers --for board -f table

on 2025-12-02 'The end: what has changed'
meet 2025-10-08 2025-12-02
mentor survey import learning after "$example/surveys-after.csv"
mentor goal done g1 --outcome "Sits in on the planning round"
mentor --quiet cohort settle change --evidence "Minutes of the executive, 7 October"
mentor --quiet cohort finish --yes
echo "Topics of learning, and in how many sessions each was covered:"
mentor log list -f json | jq -r '.data[].topics[]?' | sort | uniq -c

on 2025-12-09 'What was learned, and what people say of it'
mentor enrol list --state accepted --role mentor --fields email | xargs mentor --quiet checkin add --kind debrief
mentor lesson add --kind went-well --source debrief --text "Putting the sheets side by side at the workshop"
mentor lesson add --kind did-not --source debrief --text "Six weeks between sessions were too long"
mentor lesson add --kind suggestion --source survey --text "Invite the executive earlier, at half time"
mentor remark add abena.mensah@northmoor.example.org --scope published --text "For once I was asked before it was decided."
mentor remark add david.osei@westerdale.example.org --scope inside --named yes --text "I had walked past those doors for ten years."
mentor remark add leila.haddad@northmoor.example.org --text "Not to be quoted, but thank you."
mentor report show remarks --for public -f table
must 'remarks for the public' "$(mentor report show remarks --for public -f json | jq '.data.remarks | length')" 1

on 2025-12-10 'The reports: for the executive board, for everybody, for the community of universities'
mentor report show barriers --for board -f html -o "$folder/change.html"
mentor report show barriers --for public -f json -o "$folder/community.json"
mentor report show actions -f table
mentor report show lessons -f table
mentor report show progress --for public -f html -o "$folder/progress.html"
must 'barriers identified, raised, addressed and changed' \
  "$(mentor report show barriers -f json | jq -r '.data.barrier_counts | "\(.identified) \(.raised) \(.addressed) \(.changed) \(.dropped)"')" '5 5 3 3 1'

on 2026-01-12 'Next year begins with what this year has learned'
mentor cohort roll year-2026 -c year-2025 --title "Year 2026" --starts-on 2026-03-02
mentor cohort status year-2026 -f table
mentor lesson done l2 -c year-2026 --outcome "Sessions every four weeks"
must 'lessons to be taken up' "$(mentor lesson list -c year-2025 --state open --fields id | count)" 2
must 'findings in the store' "$(mentor db check)" ok

echo
echo "Everything is in $folder: mentor.db, accepted.mbox, contract-m1.html, change.html, community.json, progress.html"
