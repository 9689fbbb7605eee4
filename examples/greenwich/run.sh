#!/bin/sh
# run.sh: plays a year of a London borough's mentoring for social workers: 15 mentors, 9 mentees, six who are kept as reserves, workshops of its own, and a report.
#
#   examples/greenwich/run.sh [FOLDER]      the results go to FOLDER; to a new temporary folder when none is given
#
# Read it from top to bottom: every step is what an administrator types on that day.
set -eu
# shellcheck source=examples/play.sh
. "$(dirname "$0")/../play.sh"
into "$0" "${1:-}"
export MENTOR_ACTOR="Odette Marchbanks" # who decides is kept with every decision

on 2022-09-26 'A store, the programme, a cohort, and invitations from the templates'
mentor --quiet db init
mentor programme check "$example/programme.yaml"
mentor programme import "$example/programme.yaml"
mentor cohort add autumn-2022 --programme greenwich --title "Autumn 2022" --closes-on 2022-10-10 --starts-on 2022-11-07
mentor --quiet cohort settle set-up --evidence "Note of the set-up meeting, September 2022"
mentor cohort open
mentor --quiet person add --name "Social work, all teams" --email social-work@thamesreach.example.org
for template in $(mentor programme show greenwich templates | awk -F '\t' '$3 == "recruitment" { sub(/\.for$/, "", $2); print $2 }'); do
  mentor enrol export recruitment social-work@thamesreach.example.org --template "$template" -f eml -o "$folder/$template.eml"
done

on 2022-10-11 'Applications, from a spreadsheet with semicolons'
mentor enrol import --dry-run "$example/applications.csv" | changes
mentor --quiet enrol import "$example/applications.csv"
must 'applied as mentors' "$(mentor enrol list --role mentor --fields email | count)" 15
must 'applied as mentees' "$(mentor enrol list --role mentee --fields email | count)" 9
mentor cohort close

on 2022-10-12 'Facilitators are people of the cohort too, with a role of their own'
mentor person add --name "Gil Ferreira" --email gil.ferreira@thamesreach.example.org --directorate "Workforce Development"
mentor enrol add gil.ferreira@thamesreach.example.org --role facilitator --applied-on 2022-10-10
mentor person add --name "Wren Halloran" --email wren.halloran@thamesreach.example.org --directorate "Workforce Development"
mentor enrol add wren.halloran@thamesreach.example.org --role facilitator --applied-on 2022-10-10
for person in gil.ferreira wren.halloran; do
  mentor enrol confirm "$person@thamesreach.example.org" --all
  mentor enrol accept "$person@thamesreach.example.org"
done

# at NAME: the first event of that name in this cohort.
at() { mentor event list -c autumn-2022 --name "$1" --fields id | head -n 1; }

echo "A provider trained them, and runs the first workshop; the team's own facilitators run the rest:"
mentor event set "$(at train-the-facilitator)" --provider "Lantern Training"
mentor event attend "$(at train-the-facilitator)" gil.ferreira@thamesreach.example.org
mentor event set "$(at workshop-mentors)" --provider "Lantern Training"
if mentor event assign "$(at workshop-mentees)" wren.halloran@thamesreach.example.org 2>"$folder/refused.txt"; then exit 1; fi
cat "$folder/refused.txt"
for workshop in "$(mentor event list --name workshop-mentors --fields id | sed -n 2p)" "$(at workshop-mentees)" "$(at workshop-midway)" "$(at workshop-end)"; do
  mentor --quiet event assign "$workshop" gil.ferreira@thamesreach.example.org
done
mentor event list --facilitator gil.ferreira@thamesreach.example.org -f ics -o "$folder/gil.ics"

on 2022-10-13 'Everybody has a place; line managers are asked, and agree'
mentor enrol list --state applied --fields email >"$folder/applied"
xargs mentor --quiet enrol accept --reason "Meets the criteria" <"$folder/applied"
xargs mentor --quiet enrol approve --asked <"$folder/applied"
xargs mentor --quiet --now 2022-10-18 enrol approve --given <"$folder/applied"
while read -r person; do mentor --quiet enrol confirm "$person" --all; done <"$folder/applied"
mentor enrol export accepted -f mbox -o "$folder/accepted.mbox"
mentor --quiet enrol told accepted

on 2022-10-18 'Workshops for mentors and for mentees are separate; mentors choose one of two'
mentor event list -f table
mentor enrol list --role mentor --state accepted --fields email >"$folder/mentors"
second=$(mentor event list --name workshop-mentors --fields id | sed -n 2p)
head -n 8 "$folder/mentors" | xargs mentor --quiet event attend "$(at workshop-mentors)"
tail -n +9 "$folder/mentors" | xargs mentor --quiet event signup "$second"

on 2022-10-25 'Who came to the other two, from the lists that lay at the door'
{ echo Email && tail -n +9 "$folder/mentors"; } >"$folder/second.csv"
{ echo Email && mentor enrol list --role mentee --state accepted --fields email; } >"$folder/mentees.csv"
mentor event import "$second" "$folder/second.csv" | changes
mentor event import "$(at workshop-mentees)" "$folder/mentees.csv" | changes

on 2022-10-26 'Matching: nine pairs, and six mentors left over'
mentor match propose -f table
mentor --yes --quiet match publish
must 'pairs' "$(mentor match list --state active --fields id | count)" 9
mentor enrol list --outcome reserve -f table
must 'reserves' "$(mentor enrol list --outcome reserve --fields email | count)" 6
mentor match explain "$(mentor enrol list --outcome reserve --fields person_id | head -n 1)" -f table

on 2022-10-27 'The six are told, and kept: they are asked first when a pair ends'
mentor enrol export reserve -f csv -o "$folder/reserve.csv"
mentor enrol export reserve -f mbox -o "$folder/reserve.mbox"
echo "$(mentor enrol told reserve | count) told"
must 'told again' "$(mentor enrol export reserve | count)" 0

on 2022-10-31 'Contracts, signed by both, and where everybody stands before'
for pair in $(mentor match list --state active --fields id); do
  mentor --quiet contract draft "$pair"
  mentor --now 2022-11-04 --quiet contract sign "$pair" --mentor --mentee
done
must 'contracts signed by both' "$(mentor contract list --state signed --fields id | count)" 9
mentor survey import outcomes before "$example/surveys-before.csv"

on 2022-11-07 'The work in pairs begins, and the mentors know when they meet again half-way'
mentor --quiet cohort settle recruit --evidence "Lists of who came to which workshop"
mentor cohort start
midway=$(at workshop-midway)
mentor event invite "$midway" -f mbox -o "$folder/midway.mbox"
echo "$(mentor event told "$midway" | count) invited, each in a message of their own"

on 2023-03-01 'The workshop half-way has to move: everybody hears of it, and calendars follow'
mentor event move "$midway" --date 2023-03-30
mentor event invite "$midway" -f mbox -o "$folder/midway-moved.mbox"
mentor --quiet event told "$midway"

on 2023-05-12 'Six months in: who meets, and who needs a word'
meet 2022-11-07 2023-05-12
mentor checkin plan --due --fields person | sort -u | xargs mentor --quiet checkin add --feeling well
mentor cohort status -f table
must 'pairs that have met' "$(mentor log list --fields pair | sort -u | count)" 9

on 2023-05-15 'Next year: a cohort from this one, in which the reserves come first'
xargs mentor --quiet event attend "$midway" <"$folder/mentors"
mentor event facilitators -f table
mentor cohort roll autumn-2023 --title "Autumn 2023" --closes-on 2023-10-09 --starts-on 2023-11-06
mentor cohort status autumn-2023 -f table
must 'first on the list of next year' "$(mentor enrol list -c autumn-2023 --origin reserve --fields email | count)" 6

on 2023-07-31 'The last workshop was yesterday; where everybody stands after'
meet 2023-05-13 2023-07-31
# shellcheck disable=SC2046 # one word for each person
mentor --quiet event attend "$(at workshop-end)" $(mentor match list -c autumn-2022 --state active -f json | grep -o '"\(mentor\|mentee\)":"p[0-9]*"' | cut -d '"' -f 4)
mentor survey import -c autumn-2022 outcomes after "$example/surveys-after.csv"
mentor --quiet cohort settle -c autumn-2022 work close --evidence "Lists of the workshops; answers of July; meeting of the team, 28 July"
mentor lesson add -c autumn-2022 --kind went-well --source survey --text "Separate workshops for mentors and for mentees"
mentor lesson add -c autumn-2022 --kind suggestion --source survey --text "Invite the managers at half-time"
mentor --yes cohort finish autumn-2022

on 2023-09-04 'The report: to the board without what only the team may see, to everybody with less'
mentor report show progress -c autumn-2022 -f table
mentor report show progress -c autumn-2022 --for board -f html -o "$folder/progress.html"
mentor report show progress -c autumn-2022 --for public -f html -o "$folder/intranet.html"
must 'pairs that completed' "$(mentor match list -c autumn-2022 --state completed --fields id | count)" 9
must 'findings in the store' "$(mentor db check)" ok

echo
echo "Everything is in $folder: mentor.db, the invitations as .eml, the letters as .csv and .mbox, progress.html, intranet.html"
