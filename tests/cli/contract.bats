#!/usr/bin/env bats
# contract.bats: drafting, signing and printing contracts with the real program.
bats_require_minimum_version 1.5.0
load helpers

with_active_pairs() {
  with_people
  mentor match propose >/dev/null
  mentor match publish >/dev/null
}

@test "contract draft takes the usual terms and says unchanged the second time" {
  with_active_pairs
  ok contract draft m1
  assert_line "added contract c1 Amira and Clara"
  ok contract show m1 -f json
  json '.data | "\(.id) \(.pair) \(.sessions) \(.minutes) \(.frequency) \(.mode) \(.starts_on) \(.ends_on)"' \
    "c1 m1 5 60 monthly either 2026-04-01 2026-09-30"
  before=$(fingerprint)
  ok contract draft m1
  assert_line "unchanged contract c1 Amira and Clara"
  assert_equal "$(fingerprint)" "$before"
}

@test "contract draft revises what nobody has signed" {
  with_active_pairs
  mentor contract draft m1 >/dev/null
  ok contract draft m1 --sessions 6 --place "Town Hall"
  assert_line "revised contract c1 Amira and Clara"
  mentor contract sign m1 --mentee >/dev/null
  fails 5 contract draft m1 --sessions 5
  assert_equal "$(head -1 <<<"$stderr")" "mentor: contract draft: c1 is signed already, so its terms stay as they are"
}

@test "terms outside the programme's range are refused with the range" {
  with_active_pairs
  fails 5 contract draft m1 --sessions 9
  assert_equal "$(head -1 <<<"$stderr")" "mentor: contract draft: the programme allows 4 to 6 sessions, not 9"
  fails 5 contract draft m1 --minutes 90
  fails 2 contract draft m1 --mode telepathic
}

@test "a pair that is only proposed has nothing to agree yet" {
  with_people
  mentor match propose >/dev/null
  fails 5 contract draft m1
  fails 4 contract export m1
}

@test "contract sign records each side once, with a date" {
  with_active_pairs
  mentor contract draft m1 >/dev/null
  ok contract sign m1 --mentor
  assert_line "signed contract c1 Amira and Clara"
  ok contract list -f json --state part-signed
  json '.data[0] | "\(.mentor_signed_on) \(.mentee_signed_on)"' "2026-03-02 null"
  ok contract sign m1 --mentor --mentee --now 2026-03-09
  ok contract show c1 -f json
  json '.data | "\(.state) \(.mentor_signed_on) \(.mentee_signed_on)"' "signed 2026-03-02 2026-03-09"
  ok contract sign m1 --mentor --mentee --now 2026-03-20
  assert_line "unchanged contract c1 Amira and Clara"
}

@test "a signature needs a side, a draft and a day that has come" {
  with_active_pairs
  fails 4 contract sign m1 --mentor
  mentor contract draft m1 >/dev/null
  fails 2 contract sign m1
  fails 5 contract sign m1 --mentor --date 2026-03-03
  fails 5 contract sign m1 --mentor --date 2026-03-01
}

@test "contract export prints text, Markdown, HTML and JSON" {
  with_active_pairs
  mentor contract draft m1 >/dev/null
  ok contract export m1
  assert_line --index 0 "Reverse mentoring: contract"
  assert_line --partial "femi.laurent@irwell.example.org"
  assert_line --partial "ines.marchetti@irwell.example.org"
  assert_line "Signature: ______________________________  Date: ____________________"
  ok contract export m1 -f md
  assert_line --index 0 "# Reverse mentoring: contract"
  ok contract export m1 -f json
  json '.data | keys_unsorted | join(" ")' "contract pair format text"
  json '.data | "\(.contract) \(.pair) \(.format)"' "c1 m1 text"
  assert_equal "$(jq -j '.data.text' <<<"$output")" "$(mentor contract export m1)"
  ok contract export m1 -f html
  assert_line --index 0 "<!DOCTYPE html>"
  assert_equal "$(tail -1 <<<"$output")" "</html>"
  fails 2 contract export m1 -f csv
}

@test "the HTML contract is one well-formed page that loads nothing" {
  with_active_pairs
  mentor person set amira@example.org --name 'Amira <script>alert(1)</script> & Co' >/dev/null
  mentor contract draft m1 >/dev/null
  ok contract export m1 -f html
  refute_output --partial "<script"
  refute_output --regexp '(src|href)='
  /usr/bin/python3 - "$output" <<'CHECK'
import sys
from html.parser import HTMLParser

class Page(HTMLParser):
    void = {"meta", "link", "br", "hr", "img", "input"}
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.lang = [], [], None
    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag == "html":
            self.lang = dict(attrs).get("lang")
        if tag not in self.void:
            self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

page = Page()
page.feed(sys.argv[1])
assert not page.open, page.open
assert page.lang == "en-GB"
assert page.seen.count("h1") == 1 and page.seen.count("title") == 1 and page.seen.count("main") == 1
assert page.seen.count("h2") >= 6 and "table" in page.seen and "ul" in page.seen
CHECK
}

@test "a contract changed behind the program's back is found" {
  with_active_pairs
  mentor contract draft m1 >/dev/null
  sqlite3 "$MENTOR_DB" "UPDATE contract SET text = replace(text, 'monthly', 'yearly')"
  fails 1 contract export m1
  run -8 --separate-stderr mentor db check
  assert_regex "$stderr" "the text of c1 is not the text that was drafted"
}

@test "a contract leaves room for what the two agree in their own words" {
  with_harbour
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor contract draft m1 >/dev/null
  ok contract export m1
  assert_line "- Each of us takes part in at least 3 of the other's leadership meetings"
  assert_line "What I would value from you"
  assert_line --regexp '^Ann: _{73}$'
  assert_line --regexp '^Ben: _{73}$'
  assert_line --regexp '^_{78}$'
  [[ $(tr '\n' ' ' <<<"$output") == *"With questions or worries we turn to Programme team, team@example.org. When one of us no longer wishes to go on, Ann turns to Programme team, team@example.org, and Ben to Chief's office, office@example.org, telephone 01632 960 001."* ]]
  ok contract export m1 -f md
  assert_line "### What I would value from you"
  ok contract export m1 -f html
  assert_line '<h3>How we keep in touch</h3>'
  assert_line '<div class="room">Ann:</div>'
  refute_output --partial __
  ok contract show m1 -f json
  json '.data.text | contains("What I would value from you\nAnn: __________\nBen: __________\n\nHow we keep in touch\n__________\n")' true
  ok db check
}
