#!/bin/sh
# run.sh: plays a reverse mentoring programme of a city council from the first form to the final report: eight months in a few seconds.
#
#   examples/manchester/run.sh [FOLDER]      the results go to FOLDER; to a new temporary folder when none is given
#
# Read it from top to bottom: every step is what an administrator types on that day.
set -eu
# shellcheck source=examples/play.sh
. "$(dirname "$0")/../play.sh"
into "$0" "${1:-}"
export MENTOR_ACTOR="Sam Ellery" # who decides is kept with every decision

on 2026-01-12 'A store, the programme, a cohort'
mentor --quiet db init
mentor programme check "$example/programme.yaml"
mentor programme import "$example/programme.yaml"
mentor cohort add spring-2026 --programme manchester --title "Spring 2026" --closes-on 2026-02-06 --starts-on 2026-03-02

on 2026-01-19 'Are we ready? What the first stage asks for is answered once, with what shows it and who answers for it'
mentor equality workforce "$example/workforce.csv" --codes ons-2011 --on 2025-12-31
mentor --quiet cohort settle 1 --evidence "Staff system, 31 December 2025: 6,554 people; ethnic group known of 94 in 100" --owner "Workforce team"
mentor --quiet cohort settle 2 --evidence "Compared with the census: middle and senior grades do not reflect the city" --owner "Workforce team"
mentor --quiet cohort settle 3 4 --evidence "Review of the equality plan 2022 to 2025, chapter 2" --owner "Equality lead"
mentor --quiet cohort settle 5 6 --evidence "Staff survey of autumn 2025, and four listening sessions" --owner "Equality lead"
echo "One point is open, so the cohort could not start:"
mentor cohort status -f table
mentor cohort settle 7 --evidence "Communication plan of 16 January" --owner "Communications"
mentor cohort open

on 2026-02-09 'Applications: the export of the form as it comes, tried first, then taken'
mentor enrol import --dry-run "$example/applications.csv" | changes
mentor --quiet enrol import "$example/applications.csv"
echo "Importing the same file again does no harm:"
mentor enrol import "$example/applications.csv" | changes
mentor --quiet equality import "$example/equality.csv"
mentor cohort status -f table

on 2026-02-11 'Selection: nobody is turned away without a reason'
mentor enrol decline ravi.subramaniam@irwell.example.org --reason "Joined in January; will be asked first in the autumn"
mentor enrol list --state applied --fields email | xargs mentor --quiet enrol accept --reason "Meets the criteria"
must 'mentors accepted, of at most 12' "$(mentor enrol list --role mentor --state accepted --fields email | count)" 10
must 'mentees accepted, of at most 12' "$(mentor enrol list --role mentee --state accepted --fields email | count)" 9
mentor cohort close

on 2026-02-12 'Line managers are asked for their support on both sides, people confirm what they take on, and everybody hears'
mentor enrol list --state accepted --fields email >"$folder/accepted"
xargs mentor --quiet enrol approve --asked <"$folder/accepted"
xargs mentor --quiet --now 2026-02-13 enrol approve --given <"$folder/accepted"
while read -r person; do mentor --quiet enrol confirm "$person" --all; done <"$folder/accepted"
for outcome in accepted declined; do
  mentor enrol export $outcome -f mbox -o "$folder/$outcome.mbox"
  mentor --quiet enrol told $outcome
done
mentor cohort status -f table

on 2026-02-16 'Matching: mentor proposes and explains, people decide'
mentor match propose -f table
echo
echo "Why these two?"
mentor match explain m1 -f table
echo
echo "And why is Zoë left over?"
mentor match explain zoe.achterberg@irwell.example.org -f table
mentor --yes --quiet match publish
must 'pairs published' "$(mentor match list --state active --fields id | count)" 9

on 2026-02-23 'Contracts: drafted with the usual terms, or with what a pair prefers; signed by both'
mentor --quiet contract draft m1 --mode in-person --place "Central Library" --sessions 5
for pair in $(mentor match list --state active --fields id); do
  mentor --quiet contract draft "$pair"
  mentor --now 2026-02-25 --quiet contract sign "$pair" --mentor
  mentor --now 2026-02-27 --quiet contract sign "$pair" --mentee
done
mentor contract show m1 -f table
mentor --now 2026-02-27 contract export m1 -f html -o "$folder/contract-m1.html"
must 'contracts signed by both' "$(mentor contract list --state signed --fields id | count)" 9
echo "And for everybody the meeting log, the reflection log and the tree of life, to print:"
mentor log forms -f html -o "$folder/forms.html"

on 2026-03-02 'The start: where mentees stand before, then the first sessions'
mentor survey import mentee before "$example/surveys-before.csv"
mentor cohort start
meet 2026-03-02 2026-04-20
mentor --now 2026-04-20 log sign "$(mentor log list --pair m1 --fields id | head -n 1)" --both
must 'first sessions with the tree of life' "$(mentor log list --activity tree-of-life --fields id | count)" "$(awk -F, '$7 != "" { n++ } END { print n - 1 }' "$example/sessions.csv")"

on 2026-04-20 'A session is planned, and moved: it is not the day to share. Nobody is asked why'
pair=$(mentor match list --mentor chidinma.okafor@irwell.example.org --state active --fields id)
mentor log add "$pair" --date 2026-05-05 --time 16:00
planned=$(mentor log list --pair "$pair" --state planned --fields id)
mentor --now 2026-05-04 log move "$planned" --date 2026-05-07
echo "That a mentor has reflected can be recorded; what was written stays with the mentor."
mentor log reflect "$pair" --by mentor --date 2026-04-02

on 2026-04-20 'A pair ends, and that is all right: the reserve is there'
mentor --yes match end m2 --wish mentor --reason time --note "Wish of the mentor, whose shifts have changed" --replacement mentee
mentor match replace "$(mentor match list --state ended --fields mentee)"
mentor --yes match publish m10
mentor --quiet contract draft m10 --starts-on 2026-04-27 --ends-on 2026-08-31
mentor --quiet contract sign m10 --mentor --mentee

on 2026-06-30 'Half-time: who is behind, and what is missing'
meet 2026-04-21 2026-06-30
mentor cohort status -f table
mentor log list --pair m1 -f table
must 'pairs behind' "$(mentor report show progress | cut -f 2 | grep -cx behind)" 1

on 2026-09-07 'The end: where mentees stand after, and what has changed'
meet 2026-07-01 2026-09-07
mentor survey import mentee after "$example/surveys-after.csv"
mentor cohort finish
echo "Who took part, next to the workforce; in a cohort as small as this most figures stay in the drawer:"
mentor equality compare -f table
mentor survey list -f table
mentor cohort status -f table

on 2026-09-14 'The report, for people, for programs, and for the intranet'
mentor report show progress -f table
mentor report show progress -f json -o "$folder/progress.json"
mentor report show progress -f html -o "$folder/progress.html"
mentor report show commitment -f html -o "$folder/commitment.html"
must 'sessions held' "$(mentor log list --state held --fields id | count)" 44
must 'sessions moved' "$(mentor log list --fields moves | awk '{ n += $1 } END { print n }')" 1
must 'sessions cancelled' "$(mentor log list --state cancelled --fields id | count)" 0
must 'findings in the store' "$(mentor db check)" ok

echo
echo "Everything is in $folder: mentor.db, accepted.mbox, declined.mbox, contract-m1.html, forms.html, commitment.html, progress.json, progress.html"
