# examples.bats: the programme files that people copy: right, complete, readable, and about nobody real.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
load helpers

# names: the example programmes.
names() {
  for file in "$EXAMPLES"/*/programme.yaml; do
    basename "$(dirname "$file")"
  done
}

# comments NAME: what the comments of an example say.
comments() {
  sed -nE 's/^([^#]*[[:space:]])?#(.*)/\2/p' "$EXAMPLES/$1/programme.yaml"
}

@test "there is an example for each of the five programmes, and a minimal one" {
  assert_equal "$(names | tr '\n' ' ')" "co-learning greenwich manchester minimal sheffield south-west "
}

@test "every example is a good programme file, and programme new prints it" {
  ok programme check "$EXAMPLES"/*/programme.yaml -f json
  json '[.data[].result] | join(" ")' "ok ok ok ok ok ok"
  for name in $(names); do
    mentor programme new --from "$name" | cmp - "$EXAMPLES/$name/programme.yaml"
    assert_equal "$(sed -n 's/^programme: \([a-z-]*\).*/\1/p' "$EXAMPLES/$name/programme.yaml")" "$name"
  done
}

@test "every requirement of a programme has its place in the programme's file" {
  local missing="" programme
  while IFS=$'\t' read -r id _; do
    case $id in
    M*) programme=manchester ;;
    W*) programme=south-west ;;
    G*) programme=greenwich ;;
    C*) programme=co-learning ;;
    H*) programme=sheffield ;;
    *) continue ;;
    esac
    comments "$programme" | grep -qE "(\(|, )${id}[,)]" || missing+=" $id"
  done <"$ROOT/tests/acceptance/facts"
  assert_equal "$missing" ""
}

@test "every requirement has an acceptance test" {
  local missing=""
  while IFS=$'\t' read -r id _; do
    grep -qE "^@test \"$id: " "$ROOT"/tests/acceptance/*.bats || missing+=" $id"
  done <"$ROOT/tests/acceptance/facts"
  assert_equal "$missing" ""
}

@test "no example names a requirement that is not one of its own" {
  for name in $(names); do
    comments "$name" | grep -oE '(\(|, )[MWGCH][0-9]+' | grep -oE '[MWGCH][0-9]+' >"$name.ids" || continue
    while read -r id; do
      cut -f 1 "$ROOT/tests/acceptance/facts" | grep -qx "$id" || fail "$name: there is no requirement $id"
    done <"$name.ids"
    [ "$(cut -c 1 "$name.ids" | sort -u | wc -l)" -eq 1 ] || fail "$name: numbers of several programmes"
  done
}

@test "all addresses and links of the examples are under example.org" {
  for file in "$EXAMPLES"/*/*; do
    run grep -oiE '[a-z0-9._+-]+@[a-z0-9.-]+|https?://[a-z0-9.-]+' "$file"
    addresses=$output
    run grep -viE '^([^@]+@|https?://)([a-z0-9-]+\.)*example\.org$' <<<"$addresses"
    assert_output ""
  done
}

@test "no line of a programme file is longer than a reader's window" {
  run awk 'length > 120 { print FILENAME ": " FNR }' "$EXAMPLES"/*/programme.yaml
  assert_output ""
}

@test "every section of a programme file stands under a comment" {
  for name in $(names); do
    run awk -v name="$name" '
      /^#/ { said = 1; next }
      /^$/ { said = 0; next }
      /^(programme|title|organisation):/ { next }
      /^[a-z_]+:/ && !said { print name ": " $0 }' "$EXAMPLES/$name/programme.yaml"
    assert_output ""
  done
}

@test "every example can be imported, and a cohort made of it" {
  with_store
  for name in $(names); do
    ok programme import "$EXAMPLES/$name/programme.yaml"
    assert_output "added programme $name"
    ok cohort add "$name-1" --programme "$name" --starts-on 2026-04-01
    ok cohort show "$name-1" -f json
    json .data.programme "$name"
  done
  ok cohort list -f json
  json '.data[] | select(.slug == "greenwich-1") | "\(.mentors_max) \(.mentees_max)"' "15 9"
  json '.data[] | select(.slug == "sheffield-1") | "\(.mentors_max) \(.mentees_max) \(.ends_on)"' "3 3 2026-09-30"
  ok db check
}

@test "every message of the examples says where to write" {
  for name in $(names); do
    run awk -v name="$name" '
      function close_template() { if (open != "" && !told) print name ": " open; open = "" }
      /^[a-z]/ { close_template(); inside = $1 == "templates:" }
      inside && /^  [a-z]/ { close_template(); open = $1; told = 0 }
      /\{contact_email\}/ { told = 1 }
      END { close_template() }' "$EXAMPLES/$name/programme.yaml"
    assert_output ""
  done
}

@test "every example is explained in the README of the examples, and what it says to type works" {
  grep '^| `' "$EXAMPLES/README.md" | cut -d '`' -f 2 | sort >told
  diff told <(names | sort)
  mkdir examples && ln -s "$EXAMPLES/manchester" "$EXAMPLES/play.sh" examples/
  unset MENTOR_DB MENTOR_NOW
  run --separate-stderr bash -ec "$(sed -n 's/^    //p' "$EXAMPLES/README.md")"
  assert_success
  assert_equal "$stderr" ""
  assert_output --partial "Progress of Spring 2026"
  while read -r page; do [ -f "$ROOT/man/$page" ] || fail "there is no $page"; done < \
    <(grep -oE 'mentor-[a-z-]+\([0-9]\)' "$EXAMPLES/README.md" | sed 's/(/./; s/)//')
}
