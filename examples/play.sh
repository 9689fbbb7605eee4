# shellcheck shell=sh
# play.sh: what the scripts of the examples have in common; they read it with the . command.
#
# Three things make each of them a play rather than an office: MENTOR_NOW sets the day, the forms have been filled in already (the .csv
# files beside the scripts), and all the people are fictional.

# into EXAMPLE [FOLDER]: sets $example and $folder (a new temporary folder when none is given), and a store in it.
into() {
  # shellcheck disable=SC2034 # for the script that plays
  example=$(cd "$(dirname "$1")" && pwd)
  folder=${2:-$(mktemp -d)}
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  export MENTOR_DB="$folder/mentor.db" # one file holds everything; to start again, delete it
  unset MENTOR_COHORT
}

# on DAY WORDS: it is that day now, and this is what happens on it.
on() {
  export MENTOR_NOW="$1"
  printf '\n=== %s  %s\n' "$1" "$2"
}

# meet FROM TO: imports what the pairs' meeting logs say of that time: when, how long and how they met. Never what was said.
meet() {
  awk -F, -v from="$1" -v to="$2" 'NR == 1 || ($1 >= from && $1 <= to)' "$example/sessions.csv" | mentor --now "$2" --quiet log import -
}

# must WHAT FOUND EXPECTED: a programme that runs unattended checks what it did, and stops where it went wrong.
must() {
  [ "$2" = "$3" ] || { echo "run.sh: $1: found '$2', expected '$3'" >&2 && exit 1; }
  echo "(checked: $1: $2)"
}

# In a pipe mentor prints plain lines without a heading, made for the tools you know. How many lines come in, and how many of each change:
count() { wc -l | tr -d ' '; }
changes() { awk '{ n[$1]++ } END { for (change in n) print n[change], change }' | sort -rn; }
