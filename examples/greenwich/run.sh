#!/bin/sh
# run.sh: plays how a London borough fills its mentoring for social workers: 15 mentors, 9 mentees, and six who are kept as reserves.
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
mentor enrol confirm gil.ferreira@thamesreach.example.org --all
mentor enrol accept gil.ferreira@thamesreach.example.org

on 2022-10-13 'Everybody has a place; line managers are asked, and agree'
mentor enrol list --state applied --fields email >"$folder/applied"
xargs mentor --quiet enrol accept --reason "Meets the criteria" <"$folder/applied"
xargs mentor --quiet enrol approve --asked <"$folder/applied"
xargs mentor --quiet --now 2022-10-18 enrol approve --given <"$folder/applied"
while read -r person; do mentor --quiet enrol confirm "$person" --all; done <"$folder/applied"
mentor enrol export accepted -f mbox -o "$folder/accepted.mbox"
mentor --quiet enrol told accepted

on 2022-10-24 'Matching: nine pairs, and six mentors left over'
mentor match propose -f table
mentor --yes --quiet match publish
must 'pairs' "$(mentor match list --state active --fields id | count)" 9
mentor enrol list --outcome reserve -f table
must 'reserves' "$(mentor enrol list --outcome reserve --fields email | count)" 6
mentor match explain "$(mentor enrol list --outcome reserve --fields person_id | head -n 1)" -f table

on 2022-10-25 'The six are told, and kept: they are asked first when a pair ends'
mentor enrol export reserve -f csv -o "$folder/reserve.csv"
mentor enrol export reserve -f mbox -o "$folder/reserve.mbox"
echo "$(mentor enrol told reserve | count) told"
must 'told again' "$(mentor enrol export reserve | count)" 0

on 2023-05-15 'Next year: a cohort from this one, in which the reserves come first'
mentor --quiet cohort settle recruit --evidence "Lists of who came to which workshop"
mentor cohort start
mentor cohort roll autumn-2023 --title "Autumn 2023" --closes-on 2023-10-09 --starts-on 2023-11-06
mentor cohort status autumn-2023 -f table
must 'first on the list of next year' "$(mentor enrol list -c autumn-2023 --origin reserve --fields email | count)" 6
must 'findings in the store' "$(mentor db check)" ok

echo
echo "Everything is in $folder: mentor.db, the invitations as .eml, the letters as .csv and .mbox"
