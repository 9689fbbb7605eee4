# spelling.bats: what people read is plain British English, spelt right: the manual, the READMEs, the example programmes, and every text of the
# program. tests/words has the words that are ours and no dictionary's.
load helpers

PROSE=$ROOT/tests/cli/prose.py

# misspelt FOLDER: each word that neither the dictionary nor our list knows, with the places where it stands.
misspelt() {
  "$PROSE" "$1" >words
  # tests/words goes in as a dictionary of the person who types: hunspell looks for it below HOME
  cut -f 1 words | sort -u | hunspell -d en_GB -p "$ROOT/tests/words" -l | sort -u >wrong
  join -t "$(printf '\t')" wrong <(sort words)
}

need_dictionary() {
  hunspell -d en_GB -l </dev/null >/dev/null 2>&1 && return
  [ -z "${CI:-}" ] || fail "hunspell and its British dictionary are missing: make setup-test"
  skip "hunspell and its British dictionary are not installed (make setup-test)"
}

@test "every word that people read is in the dictionary, or in tests/words" {
  need_dictionary
  run misspelt "$ROOT"
  [ -z "$output" ] || fail "to be written right, or added to tests/words (make words):
$output"
  assert [ "$(wc -l <words)" -gt 50000 ]
  for place in man/mentor.1: README.md: examples/README.md: examples/minimal/programme.yaml: cmd/help.c: lib/store.c:; do
    grep -q "	$place" words || fail "nothing of $place was read"
  done
}

@test "a slip is found wherever it stands, and what is no prose is not taken for it" {
  need_dictionary
  mkdir -p man cmd lib examples/one
  printf '%s\n' '.Sh NAME' 'A sentense of the manual.' '.Bd -literal' 'xqz' '.Ed' '.Dl mentor xqz' >man/one.1
  printf '%s\n' 'A paragraf.' '' '    xqz --xqz' '' "Code like \`xqz\` and [a link](xqz.md)." >README.md
  printf '%s\n' 'title: Reverse mentering' 'xqz: 1 # a coment' >examples/one/programme.yaml
  printf '%s\n' 'f("there is no programm '"'"'%s'"'"'", xqz);' 'g("SELECT xqz FROM qzx"); h("%" PRId64 " peeple are --xqz"); /* "a xqz b" */' >lib/one.c
  run misspelt .
  assert_equal "$(cut -f 1 <<<"$output" | tr '\n' ' ')" "coment mentering paragraf peeple programm sentense "
  assert_line "peeple	lib/one.c:2"
}

@test "the spelling is British, and -ise" {
  "$PROSE" "$ROOT" >words
  run grep -iE '^([a-z]+iz(e|ed|er|es|ing|ations?)|enrolls?|enrollments?|(behavi|fav|hon|col)or[a-z]*|labors?|centers?|fulfill|judgment|defense|license[ds]?)	' words
  wrong=$(grep -viE '^((re|over|cap)?siz|priz|seiz)|^colors?	' <<<"$output" || :) # --color is an option
  assert_equal "$wrong" ""
}

@test "the list of our words is in order, each once" {
  LC_ALL=C sort -cu "$ROOT/tests/words"
}
