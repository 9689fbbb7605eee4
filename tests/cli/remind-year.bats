#!/usr/bin/env bats
# remind-year.bats: a year of the example south-west, day by day: exactly the messages that were worked out by hand, and every one of them good.
bats_require_minimum_version 1.5.0
load helpers

# Four people of the region and their line managers.
with_four() {
  with_store
  sed 's/^sending:$/sending:\n  html: yes/' "$EXAMPLES/south-west/programme.yaml" >programme.yaml
  mentor programme import programme.yaml
  mentor cohort add summer --programme south-west --title "Cohort 2022" --closes-on 2022-06-17 --starts-on 2022-07-25
  mentor cohort open --override "Played by a test"
  for name in ann ben cat dan; do
    mentor person add --name "${name^}" --email "$name@example.org" --manager-email "boss.$name@example.org" --organisation "Trust $name"
  done
  for name in ann cat; do mentor enrol add $name@example.org --role mentor; done
  for name in ben dan; do mentor enrol add $name@example.org --role mentee; done
  for name in ann ben cat dan; do mentor enrol confirm $name@example.org --all; done
}

# answers STAGE NAME: an export of the survey with one answer.
answers() {
  mentor survey results progress "$1" -f json | jq -r --arg mail "$2@example.org" '
    ["ID", "Work e-mail address"] + [.data.questions[].text], [1, $mail] + [.data.questions[] | {scale: 3, "yes-no": "no", text: ""}[.kind]] | @csv'
}

everybody() {
  echo ann@example.org ben@example.org cat@example.org dan@example.org
}

event() {
  mentor event list --name "$1" --fields id
}

# What happens on a day, after the morning's messages.
# shellcheck disable=SC2046 # words
diary() {
  case $1 in
  2022-06-18) mentor cohort close ;;
  2022-06-20) mentor enrol accept $(everybody) --reason "Meets the criteria" ;;
  2022-06-21) for name in $(everybody); do mentor enrol approve $name --asked; done ;;
  2022-06-22) mentor enrol approve cat@example.org --given && mentor enrol approve dan@example.org --given ;;
  2022-06-28) mentor enrol approve ann@example.org --given ;;
  2022-07-01) for name in induction training evaluation; do mentor event set "$(event $name)" --place "https://meet.example.org/$name"; done ;;
  2022-07-04) mentor event attend "$(event induction)" dan@example.org --excused ;;
  2022-07-05) mentor enrol approve ben@example.org --given ;;
  2022-07-12) mentor event attend "$(event induction)" ann@example.org ben@example.org cat@example.org ;;
  2022-07-15) answers before ann >answers.csv && mentor survey import progress before answers.csv ;;
  2022-07-19) mentor event attend "$(event training)" ann@example.org cat@example.org ;;
  2022-07-20) mentor event attend "$(event induction)" dan@example.org --caught-up ;;
  2022-07-21)
    mentor match add ann@example.org ben@example.org --override "They asked for each other"
    mentor match add cat@example.org dan@example.org --override "They asked for each other"
    mentor match publish --yes
    ;;
  2022-07-25)
    mentor cohort start --override "Played by a test"
    mentor contract draft m1
    mentor contract draft m2
    ;;
  2022-07-26) mentor contract sign m1 --mentor --mentee && mentor contract sign m2 --mentor ;;
  2022-08-10 | 2022-10-20 | 2022-12-05) mentor log add m1 --date "$1" --minutes 60 ;;
  2022-09-05) mentor contract sign m2 --mentee ;;
  2022-09-21) mentor checkin add ann@example.org --feeling well && mentor checkin add ben@example.org --feeling well ;;
  2022-10-10) mentor log add m2 --date "$1" --minutes 60 ;;
  2023-01-10) mentor log add m2 --date "$1" --minutes 60 ;;
  2023-01-18) mentor remind hold ben@example.org --until 2023-01-31 ;;
  2023-01-25) mentor cohort finish --yes --override "Played by a test" ;;
  2023-01-26) answers after ann >answers.csv && mentor survey import progress after answers.csv ;;
  esac
}

# Sends what is due in the morning of a day, and writes down who hears what.
morning() {
  mentor --now "$1T09:00:00Z" remind run --transport mbox:year.mbox >sent || { echo "$1: status $?" && return 1; }
  sed -n "s/^sent message n[0-9]* \([a-z-]*\) to /$1 \1 > /p" sent >>found
}

@test "a year, day by day: exactly these messages, and every one without defect" {
  export MENTOR_NOW=2022-06-01
  with_four >setup.log
  local day last
  day=$(date -u -d 2022-06-02 +%s)
  last=$(date -u -d 2023-06-01 +%s)
  : >found
  while [ "$day" -le "$last" ]; do
    MENTOR_NOW=$(date -u -d "@$day" +%F)
    morning "$MENTOR_NOW"
    diary "$MENTOR_NOW" >>diary.log
    day=$((day + 86400))
  done
  morning 2024-01-23
  morning 2024-01-24
  morning 2024-01-25
  grep -v -e '^#' -e '^$' "$ROOT/tests/cli/remind-year.expected" | sort >expected
  sort found | diff -u expected -
  # as they went out
  /usr/bin/python3 "$ROOT/tests/cli/reminders.py" year.mbox >read
  assert_equal "$(wc -l <read)" "$(wc -l <expected)"
  assert_equal "$(jq -r .id read | sort -u | wc -l)" "$(wc -l <expected)"
  # and as another parser reads them, where it is there
  if perl -MEmail::MIME -e 1 2>/dev/null; then
    perl -MEmail::MIME -0777 -CO -ne 'for (grep length, split /^From .*\n/m) {
      my $m = Email::MIME->new($_);
      my @parts = $m->subparts;
      print join("|", "<" . $m->header_str("Message-ID") =~ s/[<>]//gr . ">", $m->header_str("Subject"), join(",", map { $_->content_type =~ s/;.*//r } @parts),
        $parts[0]->body_str =~ s/\s+/ /gr), "\n" }' year.mbox >second
    diff -u <(jq -r '[.id, .subject, (.parts | join(",")), (.text | gsub("\\s+"; " "))] | join("|")' read) second
  fi
  # whoever is expected at an event has its entry, as the invitation to it brings it; every message is a page as well
  assert_equal "$(jq -r 'select(.calendar) | .subject' read | wc -l)" "$(grep -cE ' (induction|training|evaluation) >' expected)"
  assert_equal "$(jq -r 'select(.calendar and .to[0] == "Ann") | .calendar' read | grep -m 1 '^UID')" "UID:$(sqlite3 test.db "SELECT uid FROM event WHERE name = 'induction'")"
  assert_equal "$(jq -r 'select(.page == null) | .subject' read)" ""
  # to a line manager no name but the own, to nobody the name of another pair
  assert_equal "$(jq -r 'select(.to[1] | startswith("boss")) | .text' read | grep -c 'Ann\|Ben\|Cat\|Dan')" 0
  assert_equal "$(jq -r 'select(.to[1] == "ann@example.org") | .text' read | grep -c 'Cat\|Dan')" 0
  # after half a year nothing need be kept of what people were sent
  mentor --now 2024-01-25 privacy retain --apply --yes >retained
  assert_equal "$(sqlite3 test.db "SELECT count(*) FROM message WHERE recipient <> 'team'")" 0
  assert_equal "$(mentor --now 2024-01-25 db check)" ok
}
