# checklist.bats: stages and their checklists: settling, what is refused, steps that wait.
load helpers

setup() {
  clean_room
  with_programme
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
}

@test "settling tells what changed, and a second time that nothing did" {
  ok cohort settle 1 workforce-figures-and-what-data-we-hold --evidence "Table 3" --owner "Ann Lee"
  assert_line --index 0 --partial $'settled\t1\tevaluate'
  ok cohort settle 1 --evidence "Table 4" --owner "Ann Lee"
  assert_output --partial $'changed\t1\tevaluate'
  ok cohort settle 1 --evidence "Table 4" --owner "Ann Lee" -f json
  json '.data[0].change' unchanged
  ok cohort settle 1 --again
  assert_output --partial $'open\t1\tevaluate'
}

@test "a dry run settles nothing" {
  local before=$(fingerprint)
  ok cohort settle evaluate --evidence "Report" --dry-run
  assert_output --partial settled
  assert_equal "$(fingerprint)" "$before"
}

@test "without evidence, with an unknown point, or on a day to come nothing is settled" {
  local before=$(fingerprint)
  fails 2 cohort settle 1
  [[ $stderr == *"say what shows that it is settled"* ]]
  fails 2 cohort settle 1 --again --evidence Table
  fails 4 cohort settle evalaute --evidence Table
  [[ $stderr == *"did you mean 'evaluate'?"* ]]
  fails 4 cohort settle 1 99 --evidence Table
  [[ $stderr == *"mentor cohort checklist"* ]]
  fails 3 cohort settle 1 --evidence Table --on 2026-03-03
  [[ $stderr == *"still to come"* ]]
  assert_equal "$(fingerprint)" "$before"
}

@test "a programme without stages has an empty checklist, and its status says nothing of stages" {
  mentor programme import "$EXAMPLES/minimal/programme.yaml" >/dev/null
  mentor cohort add small --programme minimal >/dev/null
  ok cohort checklist small -f json
  json '.data | length' 0
  ok cohort status small -f json
  json '.data.stages | length' 0
}

@test "pairs are published, and a cohort finishes, only once the stages before are settled" {
  sed 's/^  implement:/  implement:\n    before: publish/; s/^  review:/  review:\n    before: finish/; /^    before: start/d' "$EXAMPLES/manchester/programme.yaml" >held.yaml
  mentor programme import held.yaml >/dev/null
  mentor cohort add autumn --programme manchester --starts-on 2026-03-02 >/dev/null
  export MENTOR_COHORT=autumn
  mentor cohort open autumn >/dev/null
  person amira Housing mentor
  person clara Parks mentee
  mentor match propose >/dev/null
  fails 5 match publish --yes
  [[ $stderr == *"the stage 'Match, agree, meet' comes first, and 3 of its points are open"* ]]
  ok match publish m1 --yes --override "Contracts follow"
  mentor cohort start autumn >/dev/null
  fails 5 cohort finish autumn --yes
  [[ $stderr == *"the stage 'Review and pass on' comes first"* ]]
  mentor cohort settle review --evidence "Notes of the debrief" >/dev/null
  ok cohort finish autumn --yes
}
