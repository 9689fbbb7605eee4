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
  assert_equal "$stderr" "mentor: contract draft: c1 is signed already, so its terms stay as they are
hint: to agree something else, which both then sign: mentor contract amend m1
nothing changed"
}

@test "contract set changes a draft within the programme's range, and nothing that is signed" {
  with_active_pairs
  fails 4 contract set m1 --sessions 5
  [[ $stderr == *"write it with: mentor contract draft m1"* ]]
  mentor contract draft m1 >/dev/null
  ok contract set m1 --sessions 4 --minutes 45 --mode virtual --place "Town Hall" --starts-on 2026-04-08
  assert_line "revised contract c1 Amira and Clara"
  ok contract set m1 --sessions 4
  assert_line "unchanged contract c1 Amira and Clara"
  ok contract show m1 -f json
  json '.data | "\(.sessions) \(.minutes) \(.mode) \(.place) \(.starts_on)"' "4 45 virtual Town Hall 2026-04-08"
  before=$(fingerprint)
  ok contract set m1 --sessions 6 --dry-run
  fails 5 contract set m1 --sessions 7
  assert_equal "$(head -1 <<<"$stderr")" "mentor: contract set: the programme allows 4 to 6 sessions, not 7"
  fails 2 contract set m1
  mentor contract sign m1 --mentor >/dev/null
  signed=$(fingerprint)
  fails 5 contract set m1 --sessions 5
  [[ $stderr == *"mentor contract amend m1"* ]]
  assert_equal "$(fingerprint)" "$signed"
  [ "$signed" != "$before" ]
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

@test "a signature is bound to the text that was printed" {
  with_active_pairs
  mentor contract draft m1 >/dev/null
  printed=$(mentor contract export m1 | tail -1)
  mentor contract set m1 --sessions 6 >/dev/null
  before=$(fingerprint)
  fails 5 contract sign m1 --mentor --hash "$printed"
  assert_equal "$(head -2 <<<"$stderr")" "mentor: contract sign: the text of c1 is not the one with the fingerprint $printed
hint: print it again, and let both read what they sign: mentor contract export m1"
  fails 3 contract sign m1 --mentor --hash 1234
  fails 3 contract sign m1 --mentor --hash "not the digits"
  assert_equal "$(fingerprint)" "$before"
  printed=$(mentor contract export m1 -f html | grep -oE '[0-9a-f]{64}')
  ok contract sign m1 --mentor --hash "${printed:0:8}"
  ok contract sign m1 --mentee --hash "$printed"
}

@test "a signature recorded by mistake is taken back with a reason" {
  with_active_pairs
  mentor contract draft m1 >/dev/null
  mentor contract sign m1 --mentor --mentee >/dev/null
  before=$(fingerprint)
  fails 2 contract unsign m1
  fails 2 contract unsign m1 --mentor
  assert_equal "$(head -1 <<<"$stderr")" "mentor: contract unsign: a signature is taken back with a reason"
  ok contract unsign m1 --mentor --reason "Another pair" --dry-run
  assert_equal "$(fingerprint)" "$before"
  MENTOR_ACTOR=sam ok contract unsign m1 --mentor --reason "Another pair"
  assert_line "unsigned contract c1 Amira and Clara"
  MENTOR_ACTOR=sam ok contract unsign m1 --mentor --reason "Another pair"
  assert_line "unchanged contract c1 Amira and Clara"
  ok contract show m1 -f json
  json '.data | "\(.state) \(.standing) \(.mentor_signed_on)"' "part-signed proposed null"
  fails 5 log add m1 --minutes 60 --date 2026-03-02 # this programme wants both signatures
  ok contract history m1 -f json
  json '[.data[] | "\(.event) \(.side) \(.name) \(.reason) \(.by)"] | join("\n")' "drafted null null null null
signed mentor Amira null null
taken-back mentor Amira Another pair sam
signed mentee Clara null null"
  ok contract history m2 -f json
  json '.data | length' 0
}

@test "an amendment asks for both signatures again, and the old version holds until then" {
  with_active_pairs
  mentor contract draft m1 --place Library >/dev/null
  fails 5 contract amend m1 --sessions 6
  [[ $stderr == *"mentor contract set m1"* ]]
  mentor contract sign m1 --mentor --mentee >/dev/null
  mentor contract export c1 >first.txt
  fails 5 contract amend m1 --sessions 7
  ok contract amend m1 --sessions 6
  assert_line "amended contract c2 Amira and Clara"
  ok contract amend m1 --sessions 6
  assert_line "unchanged contract c2 Amira and Clara"
  ok cohort close # so that its lines are of contracts
  ok cohort status -f json
  json '[.data.todo[] | select(.stage == "contract") | "\(.what): \(.command)"] | join("\n")' "1 pair has no contract: mentor contract draft m2
1 amendment is not signed by the mentor: mentor contract sign m1 --mentor
1 amendment is not signed by the mentee: mentor contract sign m1 --mentee"
  ok contract list --pair m1 -f json
  json '[.data[] | "\(.id) \(.version) \(.standing) \(.sessions) \(.place)"] | join(", ")' "c1 1 in-force 5 Library, c2 2 proposed 6 Library"
  ok log add m1 --minutes 60 --date 2026-03-02 # the first one holds
  ok report show progress -f json
  json '[.data.commitment[] | select(.pair == "m1") | .contract] | join(" ")' signed # one row
  ok contract export m1
  assert_line "- Number of sessions: 6"
  assert_line "This is version 2 of our contract. It takes the place of the one before once"
  assert_line "Contract c2, version 2, drafted on 2 March 2026"
  # shellcheck disable=SC2046 # two commands to run as they are typed
  while read -r command; do ${command#*: }; done < <(mentor cohort status -f json | jq -r '.data.todo[] | select(.what | contains("amendment")) | .command')
  ok contract list -f json
  json '[.data[] | "\(.id) \(.standing)"] | join(", ")' "c1 replaced, c2 in-force"
  ok cohort status -f json
  json '[.data.todo[] | select(.what | contains("amendment"))] | length' 0
  ok contract export c1
  assert_equal "$output" "$(cat first.txt)"
  ok contract list --standing in-force -f json
  json '.data[].id' c2
  ok db check
}

@test "an amendment can be withdrawn until both have signed it" {
  with_active_pairs
  mentor contract draft m1 >/dev/null
  fails 5 contract withdraw m1
  mentor contract sign m1 --mentor --mentee >/dev/null
  mentor contract amend m1 --sessions 6 >/dev/null
  mentor contract sign m1 --mentor >/dev/null
  before=$(fingerprint)
  ok contract withdraw m1 --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok contract withdraw m1
  assert_line "withdrawn contract c2 Amira and Clara"
  fails 5 contract withdraw m1
  ok contract show m1 -f json
  json '.data | "\(.id) \(.standing)"' "c1 in-force"
}

@test "sessions before both had signed are held and do not count, where the programme says so" {
  with_store
  sed -e 's/^  sign_first: yes/  counts: from-signing/' "$EXAMPLES/manchester/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person clara Parks mentee
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor contract draft m1 >/dev/null
  export MENTOR_NOW=2026-07-01
  mentor log add m1 --date 2026-04-20 --minutes 60 >/dev/null
  mentor log add m1 --date 2026-05-20 --minutes 60 >/dev/null
  mentor contract sign m1 --mentor --date 2026-05-01 >/dev/null
  ok report show progress -f json
  json '.data.commitment[0] | "\(.sessions) \(.counted) \(.from_signing)"' "2 0 true"
  mentor contract sign m1 --mentee --date 2026-05-20 >/dev/null
  ok report show progress -f json
  json '.data.commitment[0] | "\(.sessions) \(.counted)"' "2 1"
  ok report show progress -f table
  assert_output --partial "Counted: sessions of 45 minutes or more, held once both had signed; others were held, but do not count."
  mentor contract amend m1 --sessions 6 >/dev/null # what has counted goes on counting
  mentor contract sign m1 --mentor --mentee >/dev/null
  ok report show progress -f json
  json '.data.commitment[0] | "\(.sessions) \(.counted)"' "2 1"
}

@test "contract say puts into the draft what each side would value, and takes it out again" {
  with_harbour
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  fails 4 contract say m1 value "Feedback" --mentor
  mentor contract draft m1 >/dev/null
  ok contract say m1 value "Feedback on how I listen" "Introductions" --mentor
  assert_line "revised contract c1 Ann and Ben"
  ok contract say m1 value "Feedback on how I listen" "Introductions" --mentor
  assert_line "unchanged contract c1 Ann and Ben"
  ok contract say m1 touch "By telephone"
  ok contract terms m1 -f json
  json '[.data[] | "\(.term) \(.side) \(.name): \(.said)"] | join("\n")' "value mentor Ann: Feedback on how I listen
value mentor Ann: Introductions
value mentee Ben: null
touch both null: By telephone"
  before=$(fingerprint)
  fails 2 contract say m1 value "Feedback"
  fails 2 contract say m1 value --mentor
  fails 2 contract say m1 value x --mentor --clear
  fails 4 contract say m1 nothing x --mentor
  [[ $stderr == *"say something to value or touch"* ]]
  ok contract say m1 value x --mentee --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok contract export m1
  assert_output --partial "What I would value from you
Ann:
- Feedback on how I listen
- Introductions

Ben: ____"
  assert_output --partial "How we keep in touch
Both of us: By telephone"
  ok contract export m1 -f html
  assert_output --partial '<p class="said"><strong>Both of us:</strong> By telephone</p>'
  assert_output --partial '<div class="room">Ben:</div>'
  ok contract say m1 value --mentor --clear
  ok contract say m1 touch --clear
  ok contract terms m1 -f json
  json '[.data[].said] | unique | length' 1
  mentor contract sign m1 --mentor >/dev/null
  fails 5 contract say m1 touch "By letter"
}

@test "contract say keeps to the programme's choices, and leaves on paper what belongs there" {
  with_store
  sed -e 's/^      only: mentor/      each: yes/' "$EXAMPLES/manchester/programme.yaml" >programme.yaml
  sed -i '/^  terms:/a\    part: { text: How far you take part, only: mentee, choices: [contribute, co-lead] }' programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person clara Parks mentee
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor contract draft m1 >/dev/null
  ok contract export m1
  assert_output --partial $'How far you take part\nClara:\n☐ contribute\n☐ co-lead'
  fails 3 contract say m1 part watch --mentee
  assert_equal "$(head -2 <<<"$stderr")" "mentor: contract say: 'watch' is none of the choices of 'part'
hint: give one of: contribute or co-lead"
  fails 5 contract say m1 part co-lead --mentor
  ok contract say m1 part co-lead --mentee
  ok contract export m1
  assert_line "Clara: co-lead"
  fails 5 contract say m1 avoid "My last post" --mentor
  assert_equal "$(head -1 <<<"$stderr")" "mentor: contract say: the programme keeps 'avoid' on paper only"
  run grep -c "My last post" "$MENTOR_DB"
  assert_output 0
}

@test "contract export prints several contracts, each on a sheet of its own" {
  with_pairs
  ok contract export m1 m2 -f html
  assert_equal "$(grep -c '<article>' <<<"$output")" 2
  assert_equal "$(grep -c '<html' <<<"$output")" 1
  assert_line '<title>2 contracts</title>'
  all=$output
  ok contract export --all -f html
  assert_equal "$output" "$all"
  ok contract export --all -f json
  json '.data | "\(.contract) \(.pair) \(.format)"' "null null text"
  assert_equal "$(jq -j .data.text <<<"$output")" "$(mentor contract export m1 m2)"
  ok contract export --all -f md
  assert_equal "$(grep -c '^# ' <<<"$output")" 2
  mentor contract amend m1 --sessions 6 >/dev/null # the newest of each pair
  ok contract export --all
  assert_line "Contract c3, version 2, drafted on 2 March 2026"
  assert_equal "$(grep -c '^Contract c' <<<"$output")" 2
  fails 2 contract export
  fails 2 contract export m1 --all
  fails 4 contract export m1 m99
}

@test "contract export --all of a cohort without contracts prints nothing" {
  with_active_pairs
  for format in text md html; do
    ok contract export --all -f $format
    assert_output ""
  done
  ok contract export --all -f json
  json .data.text ""
}

@test "hostile names and words stay words in every format" {
  with_harbour
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor person set ann@example.org --name '<img src=x onerror=alert(1)> "Ann" &amp; [x](http://example.org) | `a` # *b*' >/dev/null
  mentor contract draft m1 --place '</p><script>alert(2)</script>' --frequency '| # [monthly](javascript:alert(3)) *x*' >/dev/null
  mentor contract say m1 value '</li></ul></main><script>alert(4)</script>' '<a href="http://example.org">x</a>' --mentee >/dev/null
  mentor contract say m1 touch '<!-- a comment' "'; DROP TABLE contract; --" '=HYPERLINK("x")' >/dev/null
  ok contract export m1 -f html
  /usr/bin/python3 - "$output" <<'CHECK'
import sys
from html.parser import HTMLParser

known = {"html", "head", "meta", "title", "style", "body", "main", "article", "section", "p", "h1", "h2", "h3", "ul", "li", "div", "strong", "table", "thead",
         "tbody", "tr", "th", "td"}

class Page(HTMLParser):
    text = ""
    def handle_starttag(self, tag, attrs):
        assert tag in known, tag
        for name, value in attrs:
            assert name in {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}, (tag, name)
            assert "example.org" not in value and "<" not in value, value
    def handle_comment(self, data):
        raise AssertionError(data)
    def handle_data(self, data):
        self.text += data

page = Page()
page.feed(sys.argv[1])
for words in ('<img src=x onerror=alert(1)> "Ann" &amp; [x](http://example.org) | `a` # *b*', "</p><script>alert(2)</script>",
              "| # [monthly](javascript:alert(3)) *x*", "</li></ul></main><script>alert(4)</script>", '<a href="http://example.org">x</a>', "<!-- a comment",
              "'; DROP TABLE contract; --", '=HYPERLINK("x")'):
    assert words in page.text, words
CHECK
  ok contract export m1 -f md
  refute_output --regexp '(^|[^\\])[<>]'
  refute_output --regexp '(^|[^\\])\[[^\\]'
  refute_output --regexp '[^\\|](\*|`a)'
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
