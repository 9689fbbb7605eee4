#!/bin/sh
# run.sh: plays how a city's partnership selects its waves of three pairs: more apply than a wave can hold; what pairs agree, do and report.
#
#   examples/sheffield/run.sh [FOLDER]      the results go to FOLDER; to a new temporary folder when none is given
#
# Read it from top to bottom: every step is what an administrator types on that day.
set -eu
# shellcheck source=examples/play.sh
. "$(dirname "$0")/../play.sh"
into "$0" "${1:-}"
export MENTOR_ACTOR="Petra Novak" # who decides is kept with every decision

on 2021-04-06 'A store, the programme, the first wave; applicants get the participant information before they apply'
mentor --quiet db init
mentor programme check "$example/programme.yaml"
mentor programme import "$example/programme.yaml"
mentor cohort add wave-1 --programme sheffield --title "Wave 1" --closes-on 2021-04-23 --starts-on 2021-06-07
mentor --quiet cohort settle invite --evidence "Mailing of 6 April; calendars in the shared folder"
mentor cohort open
mentor --quiet person add --name "Voluntary sector forum" --email forum@fiverivers.example.org
mentor enrol export recruitment forum@fiverivers.example.org -f eml -o "$folder/invitation.eml"

on 2021-04-26 'Applications: what each would bring, what it would need, and that the information was read'
mentor enrol import --dry-run "$example/applications.csv" | changes
mentor --quiet enrol import "$example/applications.csv"
mentor cohort close
mentor enrol show mohamed@hornyouth.example.org -f table

on 2021-04-28 'Selection on the benefit to person and organisation: two assessors, whose points are kept'
mentor --quiet enrol score --file "$example/scores.csv"
mentor enrol scores -f table

# best ROLE: the addresses of its applicants, best first.
best() { mentor enrol scores --role "$1" --fields email; }
for role in mentor mentee; do
  best $role | head -n 3 | xargs mentor enrol accept --reason "Among the three that bring most"
  best $role | tail -n +4 | xargs mentor enrol wait --reason "The next wave, if a place is not free before"
done
must 'accepted, of three and three' "$(mentor enrol list --state accepted --fields email | count)" 6
must 'waiting' "$(mentor enrol list --state waiting --fields email | count)" 3
echo "A fourth would be one too many:"
if mentor enrol accept "$(mentor enrol list --state waiting --role mentor --fields email | head -n 1)" 2>"$folder/refused.txt"; then exit 1; fi
cat "$folder/refused.txt"

on 2021-04-29 'Everybody hears'
for outcome in accepted waiting; do
  mentor enrol export $outcome -f mbox -o "$folder/$outcome.mbox"
  mentor --quiet enrol told $outcome
done
mentor --quiet enrol list --state accepted --role mentor --fields email | xargs mentor --quiet enrol approve --given --by "Trustees"

on 2021-05-17 'Pairs across organisations'
mentor match propose -f table
mentor --quiet cohort settle select --evidence "Decisions of the panel, 28 April"
mentor --yes --quiet match publish
must 'pairs' "$(mentor match list --state active --fields id | count)" 3

on 2021-06-10 'The initial meetings: what each would value from the other, and how far each takes part in the meetings of the other'
for pair in m1 m2 m3; do mentor --quiet contract draft $pair --place "Before or after the meetings, where they are held"; done
for pair in m1 m2 m3; do mentor --quiet log add $pair --minutes 60 --activity what-would-help; done
mentor contract terms m1 -f table
mentor contract say m1 support --mentor "How a budget gets from a paper to a decision" "Honest words after I have spoken"
mentor contract say m1 support --mentee "What people hear when we say integration" "Whom we never ask"
mentor --quiet contract say m1 goals --mentor "I walk into the boardroom without rehearsing the first sentence"
mentor --quiet contract say m1 goals --mentee "I know what a week is like for the people we commission for"
for side in mentor mentee; do # in both directions: nobody only looks on
  mentor --quiet contract say m1 part --$side "You bring an item of your own"
  mentor --quiet contract say m1 limits --$side "All papers; you do not vote"
  mentor --quiet contract say m1 heard --$side "I introduce you as taking part, and ask for your view before the first decision"
done
mentor --quiet contract say m1 meetings --mentor "Trustees on 6 July, 7 September and 2 November"
mentor --quiet contract say m1 meetings --mentee "Executive group on 20 July, 21 September and 16 November"
mentor contract export --all -f html -o "$folder/contracts.html" # to print, fill in what is not said yet, and sign
printed=$(mentor contract show m1 -f json | sed -n 's/.*"hash":"\([0-9a-f]*\)".*/\1/p')

on 2021-06-14 'The signed papers come back'
mentor contract sign m1 --mentor --mentee --hash "$printed"
for pair in m2 m3; do mentor contract sign $pair --mentor --mentee; done
must 'contracts in force' "$(mentor contract list --standing in-force --fields id | count)" 3

echo "Where everybody stands at the start:"
mentor --now 2021-06-21 survey import final start "$example/surveys-start.csv"

on 2021-07-22 'One of them has seen a meeting, and wants to do more: both sign again'
mentor contract amend m1
mentor contract say m1 part --mentor "You lead an item with me"
mentor cohort status | grep amendment
mentor contract sign m1 --mentor --mentee
mentor contract list --pair m1 -f table
mentor contract export m1 -f html -o "$folder/contract-m1.html"

on 2021-09-06 'The next wave is opened and selected while the first is at work'
mentor --now 2021-06-07 cohort start
mentor cohort roll wave-2 --title "Wave 2" --closes-on 2021-11-26 --starts-on 2022-01-10
mentor --quiet cohort settle -c wave-2 invite --evidence "Mailing of 6 September; calendars in the shared folder"
mentor cohort open wave-2
mentor cohort list -f table
for person in $(mentor enrol list -c wave-2 --state waiting --fields email); do
  mentor enrol accept -c wave-2 "$person" --reason "Waited in wave 1"
done
must 'allocated to wave 2' "$(mentor enrol list -c wave-2 --state accepted --fields email | count)" 3

on 2021-09-07 'Three months in: who has taken part in the meetings of the other? Looking on is recorded, and is brought up early'
mentor log shadow m1 --by mentee --date 2021-07-06 --meeting Trustees --prepared --part observed
mentor log shadow m1 --by mentor --date 2021-07-20 --meeting "Executive group" --prepared --part contributed
for pair in m2 m3; do
  for side in mentor mentee; do mentor --quiet log shadow $pair --by $side --date 2021-08-03 --meeting Board --prepared --part contributed; done
done
mentor cohort status wave-1 | grep 'too little part'
# pairs SIDE STANDING: how many pairs stand so, in the meetings in which that side takes part.
pairs() { mentor report show commitment -c wave-1 -f csv --long | sed -n "s/.*,measures,shadowed-by-$1,$2,\\([0-9]*\\),.*/\\1/p"; }
must 'executives who have only looked on' "$(pairs mentee behind)" 1

on 2021-11-17 'Six months: each has taken part in three'
mentor log shadow m1 --by mentee --date 2021-09-07 --meeting Trustees --prepared --part contributed
mentor log shadow m1 --by mentee --date 2021-10-05 --meeting Trustees --part contributed
mentor log shadow m1 --by mentee --date 2021-11-02 --meeting Trustees --prepared --part co-led
mentor log shadow m1 --by mentor --date 2021-09-21 --meeting "Executive group" --prepared --part contributed
mentor log shadow m1 --by mentor --date 2021-11-16 --meeting "Executive group" --prepared --part co-led
mentor log shadowed -c wave-1 --pair m1 -f table
mentor report show commitment -c wave-1 -f table
must 'pairs in which both have taken part in three' "$(pairs mentor met) $(pairs mentee met)" '1 1'

on 2021-12-07 'The end of the wave: who goes on, what has changed, and what the next wave is told'
mentor survey import -c wave-1 final end "$example/surveys-end.csv"
mentor --quiet cohort settle -c wave-1 meet close --evidence "Logs of the pairs; answers of 30 November; closing meeting"
mentor lesson add -c wave-1 --kind suggestion --source survey --text "Give the dates of the boards for the whole year"
mentor --yes cohort finish wave-1
mentor match continue m1

on 2021-12-13 'The reports: for the boards of both sectors, and for everybody'
mentor report show progress -c wave-1 -f table
mentor report show progress -c wave-1 --for board -f html -o "$folder/progress.html"
mentor report show commitment -c wave-1 --for board -f html -o "$folder/commitment.html"
must 'pairs that completed' "$(mentor match list -c wave-1 --state completed --fields id | count)" 3
must 'findings in the store' "$(mentor db check)" ok

echo
echo "Everything is in $folder: mentor.db, the invitation as .eml, the letters as .mbox, the contracts as pages to print, progress.html, commitment.html"
