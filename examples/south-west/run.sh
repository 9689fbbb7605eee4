#!/bin/sh
# run.sh: plays a cohort of a regional academy's reverse and reciprocal mentoring: from the invitation, by way of its events, to the report of what has changed.
#
#   examples/south-west/run.sh [FOLDER]      the results go to FOLDER; to a new temporary folder when none is given
#
# Read it from top to bottom: every step is what an administrator types on that day.
set -eu
# shellcheck source=examples/play.sh
. "$(dirname "$0")/../play.sh"
into "$0" "${1:-}"
export MENTOR_ACTOR="Iris Calloway" # who decides is kept with every decision

on 2022-05-23 'A store, the programme, a cohort with its closing date, and an invitation'
mentor --quiet db init
mentor programme check "$example/programme.yaml"
mentor programme import "$example/programme.yaml"
mentor cohort add summer-2022 --programme south-west --title "Cohort 2022" --closes-on 2022-06-17 --starts-on 2022-07-25
mentor --quiet cohort settle invite --evidence "Minutes of the programme board, April 2022"
mentor cohort open
mentor person add --name "Mailing list of the region" --email all-staff@academy.example.org --organisation "Western Approaches Leadership Academy"
mentor enrol export recruitment all-staff@academy.example.org -f mbox -o "$folder/invitation.mbox"

# at NAME: the first event of that name in this cohort.
at() { mentor event list -c summer-2022 --name "$1" --fields id | head -n 1; }

on 2022-05-24 'Opening the cohort made its events: three awareness sessions of which one is enough, induction, training, and more'
mentor event list -f table
must 'awareness sessions' "$(mentor event list --name awareness --fields id | count)" 3

on 2022-06-01 'Sign-up is by message: people write which session they come to, and may change their minds'
mentor --quiet person add --name "Blessing Adeyemi" --email blessing.adeyemi@tamarvale.example.org
mentor --quiet person add --name "Harriet Penrose" --email harriet.penrose@quantock.example.org
mentor --quiet person add --name "Kwame Boateng" --email kwame.boateng@severnside.example.org
mentor event signup "$(mentor event list --name awareness --fields id | sed -n 2p)" kwame.boateng@severnside.example.org
for person in blessing.adeyemi@tamarvale.example.org harriet.penrose@quantock.example.org kwame.boateng@severnside.example.org; do
  mentor event signup "$(at awareness)" "$person"
done

on 2022-06-10 'The first of them is over: who was there stands in the file that the meeting left behind'
mentor event import "$(at awareness)" "$example/awareness-june-9.csv"

on 2022-07-04 'Expressions of interest: the export of the form as it comes; three came after the closing day and are kept for the next cohort'
mentor enrol import --dry-run "$example/applications.csv" | changes
mentor --quiet enrol import "$example/applications.csv"
echo "Importing the same file again does no harm:"
mentor enrol import "$example/applications.csv" | changes
mentor cohort close
must 'late, and kept for the next cohort' "$(mentor enrol list -c next --origin late --fields email | count)" 3

echo "Equality monitoring has a form of its own, and nobody who selects or pairs ever sees an answer:"
mentor equality import "$example/equality.csv"
mentor equality status

on 2022-07-05 'Selection: two assessors, the same criteria; who can take part is what people state themselves'
mentor --quiet enrol score --file "$example/scores.csv"
mentor enrol scores -f table
if mentor enrol accept craig.dunmore@exmoor.example.org 2>"$folder/refused.txt"; then exit 1; fi
cat "$folder/refused.txt"
mentor enrol decline craig.dunmore@exmoor.example.org --reason "Does not state that he belongs to an under-represented group"
mentor enrol wait oliver.stanhope@quantock.example.org --reason "Cannot come on the dates; asked again if they move"
mentor enrol list --state applied --fields email >"$folder/applied"
xargs mentor --quiet enrol accept --reason "Meets the criteria" <"$folder/applied"
must 'accepted' "$(mentor enrol list --state accepted --fields email | count)" 18

on 2022-07-06 'Line managers are asked for their support, and one refuses'
xargs mentor --quiet enrol approve --asked <"$folder/applied"
for person in $(mentor enrol list --state accepted --fields email | grep -v luan.pham); do
  mentor --quiet --now 2022-07-08 enrol approve "$person" --given
done
mentor --now 2022-07-08 enrol approve luan.pham@tamarvale.example.org --refused --reason "Cannot be released before the autumn"
mentor cohort status -f table

on 2022-07-11 'Everybody hears: letters for a mail merge, and ready messages'
for outcome in accepted waiting declined late; do
  mentor enrol export $outcome -f csv -o "$folder/$outcome.csv"
  mentor enrol export $outcome -f mbox -o "$folder/$outcome.mbox"
  echo "$outcome: $(mentor enrol told $outcome | count) told"
done
must 'people who should have heard by today and have not' "$(mentor enrol list --due --fields email | count)" 0

echo "Somebody cannot come to the induction, and says so:"
mentor event attend "$(at induction)" luan.pham@tamarvale.example.org --excused

on 2022-07-13 'The induction was yesterday, for mentors and mentees together; one who was expected did not come'
mentor event import "$(at induction)" "$example/induction.csv" --no-shows | changes
must 'at the induction' "$(mentor event show "$(at induction)" -f json | grep -o '"standing":"attended"' | count)" 16

on 2022-07-20 'The training was for mentors only; one left early, and two catch up'
mentor event import "$(at training)" "$example/training.csv" --no-shows | changes
mentor event attend "$(at induction)" tadesse.bekele@lizard.example.org --caught-up
mentor event attend "$(at training)" delroy.campbell@quantock.example.org --caught-up

on 2022-07-21 'Matching: reverse, reciprocal or either as each person chose; nobody whose manager has not agreed, or who has missed what the role needs'
mentor match propose -f table
if mentor --yes match publish 2>"$folder/refused.txt"; then exit 1; fi
cat "$folder/refused.txt"
mentor enrol withdraw luan.pham@tamarvale.example.org --reason "Without the manager's support for now; would like to be asked again"
mentor match propose | tail -n 3
mentor --yes --quiet match publish
mentor match list -f table

on 2022-07-22 'Contracts, signed by both, and where everybody stands before'
for pair in $(mentor match list --state active --fields id); do
  mentor --quiet contract draft "$pair"
  mentor --quiet contract sign "$pair" --mentor --mentee
done
must 'contracts signed by both' "$(mentor contract list --state signed --fields id | count)" 8
mentor survey import progress before "$example/surveys-before.csv"

on 2022-09-05 'The next cohort: it has a name and dates now, and whoever waited or came late is in it'
mentor cohort roll spring-2023 --title "Cohort 2023" --closes-on 2023-01-20 --starts-on 2023-03-06
mentor enrol list -c spring-2023 -f table
must 'in the next cohort already' "$(mentor enrol list -c spring-2023 --fields email | count)" "$(mentor enrol list --outcome reserve --fields email | count | awk '{ print $1 + 4 }')"

on 2022-09-06 'The work in pairs has begun; the days of the cohort date what is still ahead'
mentor --quiet cohort settle prepare -c summer-2022 --evidence "Attendance lists of 12 and 19 July; managers' answers"
mentor cohort start summer-2022
mentor event list -c summer-2022 --required yes -f table

on 2022-11-01 'Half-time: who meets; supervision was offered at two times, and people chose one'
meet 2022-07-25 2022-11-01
everybody=$(mentor enrol list -c summer-2022 --state accepted --fields email)
late=$(mentor event list -c summer-2022 --name supervision --fields id | sed -n 2p)
# shellcheck disable=SC2046 # one word for each person
mentor --quiet event attend "$(at supervision)" $(echo "$everybody" | head -n 10)
# shellcheck disable=SC2046
mentor --quiet event attend "$late" $(echo "$everybody" | tail -n +11) --no-shows

on 2023-02-06 'Feedback and evaluation: who has been at all that counts'
for name in feedback evaluation; do
  # shellcheck disable=SC2046,SC2086
  mentor --quiet event attend "$(at $name)" $(echo "$everybody" | grep -v fiona.macrae)
done
mentor event attend "$(at feedback)" fiona.macrae@severnside.example.org
mentor event attend "$(at evaluation)" fiona.macrae@severnside.example.org --absent

on 2023-02-13 'The end: what has changed, and what people allow to be quoted'
meet 2022-11-02 2023-02-13
mentor survey import -c summer-2022 progress after "$example/surveys-after.csv"
mentor remark add -c summer-2022 ngozi.eze@mendip.example.org --scope published --text "I was asked what I would change, and it was changed"
mentor lesson add -c summer-2022 --kind did-not --source check-in --text "Nobody knew who books the rooms"
mentor --quiet cohort settle -c summer-2022 work review --evidence "Attendance lists; answers of January; meeting of 10 February"
mentor --yes cohort finish summer-2022

on 2023-02-20 'The reports: for the board, for everybody, and what may be quoted'
mentor report show progress -c summer-2022 -f table
mentor report show progress -c summer-2022 --for board -f html -o "$folder/progress.html"
mentor report show progress -c summer-2022 --for public -f html -o "$folder/public.html"
mentor report show remarks -c summer-2022 --for public -f table
must 'pairs that completed' "$(mentor match list -c summer-2022 --state completed --fields id | count)" 8
must 'findings in the store' "$(mentor db check)" ok

echo
echo "Everything is in $folder: mentor.db, and the letters as .csv for a mail merge and as .mbox for a mail program, progress.html, public.html"
