# every-command.bats: what holds for every command, taken from the program's own list: one valid document or one valid error, dry runs,
# running twice, readers that do not write, a full disk, CSV, columns. A command that is missing from the tables below fails the first test.
load helpers

# What each command is called with on success. The store is the one that prepare() makes, copied afresh for each call.
tables() {
  declare -gA good=(
    [programme.new]=""
    [programme.check]="changed.yaml"
    [programme.import]="changed.yaml"
    [programme.list]=""
    [programme.show]="manchester"
    [programme.diff]="changed.yaml"
    [programme.resources]="manchester"
    [programme.guide]="manchester"
    [cohort.list]=""
    [cohort.show]="spring"
    [cohort.add]="winter --programme manchester --starts-on 2026-12-01"
    [cohort.set]="spring --title Spring"
    [cohort.open]="autumn"
    [cohort.close]="spring"
    [cohort.start]="spring"
    [cohort.finish]="spring"
    [cohort.roll]="-c spring autumn"
    [cohort.status]="spring"
    [cohort.checklist]="spring"
    [cohort.settle]="-c spring prepare --evidence Minutes"
    [person.list]=""
    [person.show]="p1"
    [person.add]="--name Zoe --email zoe@example.org"
    [person.set]="p1 --grade Director"
    [person.merge]="p1 iris@example.org --yes"
    [enrol.list]="-c spring"
    [enrol.show]="-c spring p1"
    [enrol.add]="-c summer p1 --role mentor"
    [enrol.set]="-c summer iris@example.org --places 2"
    [enrol.import]="-c summer applications.csv"
    [enrol.confirm]="-c summer iris@example.org leads time"
    [enrol.approve]="-c summer iris@example.org --given"
    [enrol.score]="-c spring p1 has-the-time=4 --by Sam"
    [enrol.scores]="-c spring"
    [enrol.accept]="-c summer iris@example.org"
    [enrol.wait]="-c summer iris@example.org"
    [enrol.decline]="-c summer iris@example.org --reason later"
    [enrol.withdraw]="-c summer iris@example.org"
    [enrol.export]="-c spring accepted"
    [enrol.told]="-c spring accepted"
    [equality.import]="-c spring equality.csv"
    [equality.withdraw]="p1"
    [equality.status]="-c spring"
    [equality.workforce]="-c spring workforce.csv"
    [equality.compare]="-c spring"
    [equality.codes]=""
    [match.prefer]="-c spring lou@example.org esi@example.org gwen@example.org"
    [match.preferences]="-c spring"
    [match.avoid]="lou@example.org esi@example.org"
    [match.avoidances]=""
    [match.shortlist]="-c spring lou@example.org"
    [match.propose]="-c spring"
    [match.list]="-c spring"
    [match.show]="m1"
    [match.explain]="m1"
    [match.what-if]="-c spring --without-person lou@example.org"
    [match.pin]="m7"
    [match.add]="-c spring lou@example.org clara@example.org"
    [match.block]="-c spring lou@example.org clara@example.org"
    [match.blocks]="-c spring"
    [match.proposals]="-c spring"
    [match.compare]="-c spring first current"
    [match.use]="-c spring first"
    [match.accept]="m7"
    [match.decline]="m7 --reason busy"
    [match.publish]="-c spring --yes"
    [match.end]="m1 --yes --reason moved"
    [match.replace]="-c spring lou@example.org"
    [match.reopen]="m1"
    [match.continue]="m1"
    [contract.draft]="m2 --sessions 5"
    [contract.set]="m2 --sessions 6"
    [contract.say]="m2 hopes --mentee Insight"
    [contract.terms]="m1"
    [contract.show]="m1"
    [contract.list]="-c spring"
    [contract.sign]="m2 --mentor"
    [contract.unsign]="m1 --mentor --reason Mistaken"
    [contract.amend]="m1 --sessions 6"
    [contract.withdraw]="m1"
    [contract.history]="m1"
    [contract.export]="m1"
    [log.add]="m1 --date 2026-04-21 --minutes 50"
    [log.import]="-c spring sessions.csv"
    [log.list]="-c spring"
    [log.show]="s1"
    [log.set]="s1 --minutes 55"
    [log.sign]="s1 --mentor"
    [log.move]="s2 --date 2026-05-20"
    [log.cancel]="s2 --by mentor"
    [log.shadow]="m1 --by mentor --meeting Board --part observed"
    [log.shadowed]="-c spring"
    [log.reflect]="m1 --by mentor --date 2026-04-20"
    [log.reflections]="-c spring amira@example.org"
    [log.forms]="-c spring"
    [log.remove]="s1 --yes"
    [goal.add]="m1 --for mentee --text Frankness"
    [goal.list]="-c spring"
    [goal.show]="g1"
    [goal.set]="g1 --text Frankness"
    [goal.done]="g1"
    [goal.drop]="g1 --reason time"
    [goal.reopen]="g1"
    [action.add]="--pair m1 --text Listen"
    [action.list]="-c spring"
    [action.show]="a1"
    [action.set]="a1 --due 2026-06-01"
    [action.done]="a1"
    [action.drop]="a1 --reason time"
    [action.reopen]="a1"
    [barrier.add]="-c harbour --theme Progression --level team --text Distance"
    [barrier.list]="-c harbour"
    [barrier.show]="b7826"
    [barrier.set]="b7826 --level directorate"
    [barrier.raise]="b7826"
    [barrier.address]="b7826"
    [barrier.change]="b7826 --outcome Chosen"
    [barrier.drop]="b7826 --reason law"
    [barrier.merge]="b7826 b4143 --yes"
    [barrier.agree]="b7826 m4 --mentor"
    [checkin.plan]="-c spring"
    [checkin.add]="-c spring ben@example.org"
    [checkin.list]="-c spring"
    [checkin.show]="k1"
    [checkin.set]="k1 --feeling some-strain"
    [lesson.add]="-c spring --text Shorter"
    [lesson.list]="-c spring"
    [lesson.show]="l1"
    [lesson.set]="l1 --kind did-not"
    [lesson.done]="l1"
    [lesson.drop]="l1 --reason time"
    [lesson.reopen]="l1"
    [remark.add]="-c spring amira@example.org --text Good"
    [remark.list]="-c spring"
    [remark.show]="r1"
    [remark.set]="r1 --scope inside"
    [remark.withdraw]="r1"
    [event.list]="-c spring"
    [event.show]="e1"
    [event.plan]="-c autumn"
    [event.add]="-c spring walk --title Walk --kind meeting --date 2026-05-04"
    [event.set]="e1 --place Library"
    [event.move]="e3 --date 2026-10-08"
    [event.cancel]="e3"
    [event.signup]="e3 amira@example.org"
    [event.attend]="e1 amira@example.org"
    [event.import]="e1 there.csv"
    [event.invite]="e3"
    [event.told]="e3"
    [event.assign]="e3 sol@example.org"
    [event.facilitators]="-c spring"
    [survey.list]="-c spring"
    [survey.issue]="-c spring feedback end"
    [survey.form]="-c spring mentee before"
    [survey.answer]="-c spring mentee after --person clara@example.org understand=4"
    [survey.import]="-c spring mentee after after.csv"
    [survey.status]="-c spring"
    [survey.remove]="-c spring 1 --yes"
    [survey.results]="-c spring mentee before --texts"
    [survey.compare]="-c spring mentee"
    [remind.due]=""
    [remind.run]="--transport mbox:messages.mbox"
    [remind.list]=""
    [remind.show]="n1"
    [remind.hold]="p1"
    [remind.release]="p1"
    [remind.holds]=""
    [remind.resend]="n1"
    [remind.mark]="n1 --sent"
    [today]=""
    [report.list]=""
    [report.show]="-c spring progress"
    [report.compare]="spring summer"
    [report.export]="-c spring --anonymous"
    [report.combine]="figures.csv"
    [privacy.check]=""
    [privacy.export]="p1"
    [privacy.erase]="lou@example.org"
    [privacy.retain]="--apply --now 2035-01-01"
    [privacy.audit]="--verify"
    [privacy.ledger]=""
    [privacy.object]="p1 --to surveys"
    [privacy.objections]=""
    [privacy.request]="p1 --for complaint"
    [privacy.handle]="q1 --as acknowledged"
    [privacy.requests]=""
    [privacy.register]="-c spring"
    [db.init]=""
    [db.status]=""
    [db.check]=""
    [db.backup]="copy.db --replace"
    [db.restore]="$BATS_FILE_TMPDIR/base.db"
    [db.migrate]=""
    [db.export]=""
    [db.import]="$BATS_FILE_TMPDIR/lines.jsonl --db imported.db"
    [demo]=""
    [config.list]=""
    [config.get]="cohort"
    [config.set]="cohort spring"
    [schema]="person.list"
    [completion]="bash"
    [help]="formats"
  )
  # What has to be done first, where the store as prepared is not enough.
  declare -gA before=(
    [cohort.finish]="cohort start spring"
    [match.pin]="match propose -c spring"
    [match.accept]="match propose -c spring"
    [match.decline]="match propose -c spring"
    [match.publish]="match propose -c spring"
    [match.reopen]="match end m1 --yes"
    [match.continue]="cohort start spring;cohort finish spring"
    [contract.set]="contract draft m2"
    [contract.say]="contract draft m2"
    [contract.sign]="contract draft m2"
    [contract.withdraw]="contract amend m1"
    [log.shadow]="programme import shadowing.yaml;cohort set spring --revision 2"
    [log.shadowed]="programme import shadowing.yaml;cohort set spring --revision 2;log shadow m1 --by mentor --meeting Board --part observed"
    [log.reflections]="log reflect m1 --by mentor --date 2026-04-20"
    [goal.reopen]="goal done g1"
    [action.reopen]="action done a1"
    [lesson.reopen]="lesson done l1"
    [remind.release]="remind hold p1"
    [remind.holds]="remind hold p1"
    [privacy.objections]="privacy object p1 --to surveys"
    [privacy.handle]="privacy request p1 --for complaint"
    [privacy.requests]="privacy request p1 --for access"
  )
  # A call that fails, behind the exit code it fails with.
  declare -gA bad=(
    [programme.new]="4 --from nowhere"
    [programme.check]="3 broken.yaml"
    [programme.import]="4 missing.yaml"
    [programme.list]="4 --db missing.db"
    [programme.show]="4 manchestre"
    [programme.diff]="3 broken.yaml"
    [programme.resources]="4 manchester --stage nowhere"
    [programme.guide]="4 manchestre"
    [cohort.list]="2 --state nonsense"
    [cohort.show]="4 sprung"
    [cohort.add]="4 winter --programme nowhere"
    [cohort.set]="2 spring"
    [cohort.open]="4 sprung"
    [cohort.close]="5 autumn"
    [cohort.start]="5 summer"
    [cohort.finish]="5 autumn"
    [cohort.roll]="5 -c autumn winter"
    [cohort.status]="4 sprung"
    [cohort.checklist]="4 sprung"
    [cohort.settle]="2 -c spring prepare"
    [person.list]="2 --nonsense"
    [person.show]="4 p99"
    [person.add]="2 --name Zoe --email nonsense"
    [person.set]="4 p99 --job None"
    [person.merge]="4 p1 p99 --yes"
    [enrol.list]="4 -c sprung"
    [enrol.show]="4 -c spring p99"
    [enrol.add]="2 -c summer p1 --role nonsense"
    [enrol.set]="2 -c spring p1"
    [enrol.import]="3 -c summer broken.csv"
    [enrol.confirm]="4 -c spring p1 nonsense"
    [enrol.approve]="2 -c spring p1"
    [enrol.score]="4 -c spring p1 nonsense=1"
    [enrol.scores]="4 -c sprung"
    [enrol.accept]="4 -c spring p99"
    [enrol.wait]="4 -c spring p99"
    [enrol.decline]="4 -c spring nobody@example.org"
    [enrol.withdraw]="4 -c spring p99"
    [enrol.export]="2 -c spring nonsense"
    [enrol.told]="4 -c spring accepted p99"
    [equality.import]="3 -c spring broken.csv"
    [equality.withdraw]="4 p99"
    [equality.status]="4 -c sprung"
    [equality.workforce]="3 -c spring broken.csv"
    [equality.compare]="4 -c sprung"
    [equality.codes]="2 --nonsense"
    [match.prefer]="2 -c spring lou@example.org"
    [match.preferences]="4 -c sprung"
    [match.avoid]="4 lou@example.org nobody@example.org"
    [match.avoidances]="4 --person p99"
    [match.shortlist]="4 -c spring p99"
    [match.propose]="4 -c sprung"
    [match.list]="2 -c spring --state nonsense"
    [match.show]="4 m99"
    [match.explain]="4 m99"
    [match.what-if]="4 -c spring --without nothing"
    [match.pin]="5 m1"
    [match.add]="5 -c spring lou@example.org femi@example.org"
    [match.block]="4 -c spring lou@example.org iris@example.org"
    [match.blocks]="4 -c sprung"
    [match.proposals]="4 -c sprung"
    [match.compare]="4 -c spring first second"
    [match.use]="4 -c spring second"
    [match.accept]="4 m99"
    [match.decline]="4 m99"
    [match.publish]="4 -c sprung"
    [match.end]="4 m99 --yes"
    [match.replace]="4 -c spring p99"
    [match.reopen]="4 m99"
    [match.continue]="4 m99"
    [contract.draft]="4 m99"
    [contract.set]="4 m99 --sessions 6"
    [contract.say]="4 m1 nonsense x"
    [contract.terms]="4 m99"
    [contract.show]="4 c99"
    [contract.list]="4 -c sprung"
    [contract.sign]="2 m1"
    [contract.unsign]="2 m1 --mentor"
    [contract.amend]="5 m1 --sessions 99"
    [contract.withdraw]="4 m99"
    [contract.history]="4 m99"
    [contract.export]="4 m99"
    [log.add]="3 m1 --date 2030-01-01 --minutes 60"
    [log.import]="3 -c spring broken.csv"
    [log.list]="4 -c spring --pair m99"
    [log.show]="4 s99"
    [log.set]="2 s1"
    [log.sign]="2 s1"
    [log.move]="4 s99 --date 2026-05-20"
    [log.cancel]="4 s99 --by team"
    [log.shadow]="4 m99 --by mentor --meeting Board --part observed"
    [log.shadowed]="4 -c sprung"
    [log.reflect]="4 m99 --by mentor"
    [log.reflections]="4 -c spring p99"
    [log.forms]="4 -c spring nothing"
    [log.remove]="4 s99 --yes"
    [goal.add]="3 m1 --for lou@example.org --text x"
    [goal.list]="4 -c sprung"
    [goal.show]="4 g99"
    [goal.set]="2 g1"
    [goal.done]="4 g99"
    [goal.drop]="2 g1"
    [goal.reopen]="4 g99"
    [action.add]="4 --pair m99 --text x"
    [action.list]="4 -c sprung"
    [action.show]="4 a99"
    [action.set]="2 a1"
    [action.done]="4 a99"
    [action.drop]="2 a1"
    [action.reopen]="4 a99"
    [barrier.add]="5 -c spring --theme Progression --level team --text Distance"
    [barrier.list]="4 -c sprung"
    [barrier.show]="4 b1"
    [barrier.set]="3 b7826 --level world"
    [barrier.raise]="4 b1"
    [barrier.address]="3 b7826 --on 2030-01-01"
    [barrier.change]="3 b7826"
    [barrier.drop]="2 b7826"
    [barrier.merge]="4 b7826 b1 --yes"
    [barrier.agree]="2 b7826 m4"
    [checkin.plan]="4 -c sprung"
    [checkin.add]="4 -c spring p99"
    [checkin.list]="4 -c sprung"
    [checkin.show]="4 k99"
    [checkin.set]="5 k1 --note x"
    [lesson.add]="2 -c spring"
    [lesson.list]="4 -c sprung"
    [lesson.show]="4 l99"
    [lesson.set]="2 l1"
    [lesson.done]="4 l99"
    [lesson.drop]="2 l1"
    [lesson.reopen]="4 l99"
    [remark.add]="4 -c spring p99 --text x"
    [remark.list]="4 -c sprung"
    [remark.show]="4 r99"
    [remark.set]="2 r1"
    [remark.withdraw]="4 r99"
    [event.list]="2 -c spring --kind nonsense"
    [event.show]="4 e99"
    [event.plan]="4 -c sprung"
    [event.add]="3 -c spring walk --date 2026-05-04"
    [event.set]="2 e1"
    [event.move]="3 e3 --start 17:00"
    [event.cancel]="4 e99"
    [event.signup]="4 e3 p99"
    [event.attend]="2 e1"
    [event.import]="3 e1 broken.csv"
    [event.invite]="5 e1"
    [event.told]="4 e3 p99"
    [event.assign]="5 e3 p1"
    [event.facilitators]="4 -c sprung"
    [survey.list]="4 -c sprung"
    [survey.issue]="4 -c spring feedback begin"
    [survey.form]="4 -c spring mentee never"
    [survey.answer]="4 -c spring mentee after --person clara@example.org nothing=4"
    [survey.import]="4 -c spring mentee after missing.csv"
    [survey.status]="4 -c sprung"
    [survey.remove]="4 -c spring 99 --yes"
    [survey.results]="4 -c spring mentee never"
    [survey.compare]="4 -c spring nobody"
    [remind.due]="4 -c sprung"
    [remind.run]="2 --transport pigeon"
    [remind.list]="2 --state nonsense"
    [remind.show]="4 n99"
    [remind.hold]="4 p99"
    [remind.release]="4 m99"
    [remind.holds]="2 --nonsense"
    [remind.resend]="4 n99"
    [remind.mark]="2 n1"
    [today]="2 --days 0"
    [report.list]="2 --nonsense"
    [report.show]="4 -c spring progres"
    [report.compare]="4 spring sprung"
    [report.export]="2 -c spring"
    [report.combine]="3 broken.csv"
    [privacy.check]="8 --now 2035-01-01"
    [privacy.export]="4 p99"
    [privacy.erase]="5 p1"
    [privacy.retain]="2 --nonsense"
    [privacy.audit]="8 --head 0123"
    [privacy.ledger]="2 --nonsense"
    [privacy.object]="2 p1 --to letters"
    [privacy.objections]="2 --nonsense"
    [privacy.request]="2 p1 --for money"
    [privacy.handle]="4 q99 --as answered"
    [privacy.requests]="2 --kind money"
    [privacy.register]="4 -c nowhere"
    [db.init]="3 --db broken.csv"
    [db.status]="4 --db missing.db"
    [db.check]="3 --db broken.csv"
    [db.backup]="4 copy.db --db missing.db"
    [db.restore]="4 missing.db"
    [db.migrate]="4 --db missing.db"
    [db.export]="4 --db missing.db"
    [db.import]="3 broken.csv --db imported.db"
    [demo]="5 --db test.db"
    [config.list]="2 --nonsense"
    [config.get]="4 nothing"
    [config.set]="3 lock_wait soon"
    [schema]="4 nothing"
    [completion]="4 tcsh"
    [help]="4 nothing"
  )
}

documents() {
  cat "$BATS_FILE_TMPDIR/documents"
}

# writers: documents whose schema has dry_run; raw: documents that are a text.
of_kind() {
  cat "$BATS_FILE_TMPDIR/$1"
}

# call DOCUMENT: the words of the command.
call() {
  echo "${1/./ }"
}

# fresh DOCUMENT: a new copy of the prepared store, ready for this command.
fresh() {
  cp "$BATS_FILE_TMPDIR/base.db" test.db
  local step steps
  IFS=';' read -ra steps <<<"${before[$1]:-}"
  # shellcheck disable=SC2086
  for step in "${steps[@]}"; do mentor $step >fresh.log; done
}

# Cohorts: spring open, with pairs m1 (signed, one session) and m2, and a mentor and four mentees left; summer open with one applicant;
# autumn planned.
prepare() {
  local name header
  with_pairs_of_spring
  mentor cohort add summer --programme manchester --starts-on 2026-06-01
  mentor cohort open summer
  mentor cohort add autumn --programme manchester --starts-on 2026-09-01
  mentor match prefer -c spring lou@example.org clara@example.org
  mentor match avoid lou@example.org hari@example.org --reason "A matter of the past"
  mentor match block -c spring lou@example.org esi@example.org
  mentor match propose -c spring --name first
  mentor match add -c spring lou@example.org clara@example.org --off
  register_cohort harbour
  mentor goal add m1 --for mentor --text "To hear how decisions are made"
  mentor checkin add -c spring amira@example.org --feeling well
  mentor lesson add -c spring --kind went-well --text "The briefing"
  mentor remark add -c spring amira@example.org --scope published --text "I was heard"
  mentor barrier add -c harbour --theme Progression --level team --text "The rota rules out courses"
  mentor barrier add -c harbour --theme Recruitment --level team --text "The same people choose"
  mentor action add -c harbour --barrier b7826 --text "Ask for other days"
  mentor person add --name Iris --email iris@example.org --directorate Parks
  mentor enrol add -c summer iris@example.org --role mentee
  header=$(mentor survey results -c spring mentee before -f json |
    jq -r '["ID", "Your work e-mail address"] + [.data.questions[].text] | @csv')
  mentor survey results -c spring mentee before -f json | jq -r --arg header "$header" '
    [.data.questions[].kind] as $kinds | $header,
    (["clara", "david", "esi", "femi", "gwen", "hari"] | to_entries[] | .key as $n |
      [$n + 1, .value + "@example.org"] + [$kinds[] | {scale: ($n % 3 + 1), "yes-no": "yes", text: "To listen"}[.]] | @csv)' >before.csv
  sed -E '2,$s/^([0-9]+)/10\1/; 2,$s/,([1-3]),/,4,/' before.csv >after.csv
  mentor survey import -c spring mentee before before.csv
  mentor report export -c spring --anonymous -f csv >figures.csv
  # a reminder to a line manager that could not be sent, n1; on 1 May the next one is due
  mentor person set amira@example.org --manager-email boss@example.org
  mentor enrol approve -c spring amira@example.org --asked
  printf '#!/bin/sh\nexit 67\n' >refuse
  chmod +x refuse
  MENTOR_NOW=2026-03-20 mentor remind run --transport "cmd:$PWD/refuse" || [ $? = 7 ]
  sed 's/^title: .*/title: Another title/' "$EXAMPLES/manchester/programme.yaml" >changed.yaml
  sed 's/^  minutes: .*/&\n  shadowed: { minimum: 3 }/' "$EXAMPLES/manchester/programme.yaml" >shadowing.yaml
  printf 'date,minutes,mentor\n2026-04-22,60,amira@example.org\n' >sessions.csv
  printf 'programme: x\nnonsense: 1\n' >broken.yaml
  printf 'a,b\n1,2\n' >broken.csv
  printf 'Email,Minutes\namira@example.org,90\n' >there.csv
  printf '%s\n' 'Email,How would you describe your ethnic group?,Do you consider yourself to be disabled?' amira@example.org,White,No >equality.csv
  printf '%s\n' question,group,people ethnicity,White,70 ethnicity,other,30 >workforce.csv
  cat >applications.csv <<'END'
ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How would you like to meet?
1,01/03/2026 09:00,jan@example.org,Jan Novak,I would like to mentor a senior leader,Housing,Officer,Grade 6,,Language and culture;,Online
2,01/03/2026 09:05,kate@example.org,Kate Lund,I would like to be mentored,Parks,Director,Director,,Language and culture;,Online
END
}

with_pairs_of_spring() {
  with_cohort
  person amira Housing mentor
  person ben Parks mentor
  for name in clara esi gwen; do person $name Parks mentee; done
  for name in david femi hari; do person $name Housing mentee; done
  mentor match propose
  mentor match publish
  person lou Housing mentor
  person sol Staff facilitator
  mentor contract draft m1
  mentor contract sign m1 --mentor --mentee
  MENTOR_NOW=2026-04-30 mentor log add m1 --date 2026-04-20 --minutes 60
  MENTOR_NOW=2026-04-30 mentor log add m1 --date 2026-05-10
  MENTOR_NOW=2026-04-30 mentor action add --session s1 --text "Send the report" --due 2026-05-20
}

setup_file() {
  BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR clean_room
  prepare >prepare.log
  mentor db export >lines.jsonl
  mv test.db base.db
  mentor schema | grep -v -e '^error$' -e '^programme-file$' >documents
  : >writers
  : >raw
  mkdir schema
  while read -r document; do
    mentor schema "$document" >"schema/$document"
    if jq -e '.required | index("dry_run")' "schema/$document" >jq.log; then echo "$document" >>writers; fi
    if jq -e '.properties.data.required == ["format", "text"]' "schema/$document" >jq.log; then echo "$document" >>raw; fi
  done <documents
  mentor schema error >schema/error
  sort -o writers writers
  grep -vxFf writers documents >readers
  grep -vxFf raw documents >tabular
  # every command once: json/DOCUMENT, json/DOCUMENT.err, json/DOCUMENT.status
  mkdir json
  tables
  export MENTOR_NOW=2026-05-01
  while read -r document; do
    fresh "$document"
    good_call_out "$document" -f json >"json/$document" 2>"json/$document.err" && echo 0 >"json/$document.status" || echo $? >"json/$document.status"
  done <documents
  cat >validate.py <<'END'
"""Reads lines of SCHEMA TAB FILE; each file must hold exactly one JSON document that its schema accepts. Prints what is wrong."""
import json, sys
from jsonschema import Draft202012Validator, FormatChecker

def unique(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a member comes twice")
    return dict(pairs)

wrong, folder, validators = 0, sys.argv[1], {}
for line in sys.stdin:
    name, path = line.rstrip("\n").split("\t")
    if name not in validators:
        with open(f"{folder}/{name}", encoding="utf-8") as f:
            schema = json.load(f, object_pairs_hook=unique)
        Draft202012Validator.check_schema(schema)
        validators[name] = Draft202012Validator(schema, format_checker=FormatChecker())
    try:
        with open(path, encoding="utf-8") as f:
            text = f.read()
        document = json.loads(text, object_pairs_hook=unique)
        problems = [f"{e.json_path}: {e.message}" for e in validators[name].iter_errors(document)]
        if not text.endswith("\n"):
            problems.append("the document does not end its line")
    except ValueError as e:
        problems = [str(e)]
    for problem in problems:
        print(f"{name} ({path}): {problem}")
        wrong += 1
sys.exit(wrong > 0)
END
}

setup() {
  clean_room
  tables
  cp "$BATS_FILE_TMPDIR"/*.csv "$BATS_FILE_TMPDIR"/*.yaml .
  export MENTOR_NOW=2026-05-01
}

validate() {
  run /usr/bin/python3 "$BATS_FILE_TMPDIR/validate.py" "$BATS_FILE_TMPDIR/schema"
  assert_output ""
  assert_success
}

# Runs the good call of a document with more options; leaves out and err.
# shellcheck disable=SC2046,SC2086
good_call() {
  local document=$1
  shift
  mentor $(call "$document") ${good[$document]} "$@" >out 2>err </dev/null
}

@test "every document has a call that succeeds and one that fails in this test" {
  [ "$(documents | wc -l)" -gt 40 ]
  while read -r document; do
    [ -n "${good[$document]+there}" ] || fail "$document has no call that succeeds"
    [ -n "${bad[$document]+there}" ] || fail "$document has no call that fails"
  done < <(documents)
  for document in "${!good[@]}"; do documents | grep -qx "$document" || fail "there is no $document any more"; done
}

@test "every command prints exactly one document, valid against its schema" {
  local json=$BATS_FILE_TMPDIR/json
  while read -r document; do
    assert_equal "$document $(cat "$json/$document.status")$(cat "$json/$document.err")" "$document 0"
    printf '%s\t%s\n' "$document" "$json/$document" >>list
  done < <(documents)
  validate <list
}

@test "the documents have something in them" {
  local empty=0
  while read -r document; do
    jq -e '.data | if type == "array" then length > 0 else . != null end' "$BATS_FILE_TMPDIR/json/$document" >jq.log || { echo "$document is empty"; empty=1; }
  done < <(documents)
  assert_equal $empty 0
}

@test "every command that fails prints nothing but one valid error object" {
  local code rest
  while read -r document; do
    fresh "$document"
    read -r code rest <<<"${bad[$document]}"
    # shellcheck disable=SC2046,SC2086
    run --separate-stderr mentor $(call "$document") $rest -f json </dev/null
    assert_equal "$document $status" "$document $code"
    assert_equal "$output" ""
    assert_equal "$(jq .exit <<<"$stderr")" "$code"
    printf '%s\n' "$stderr" >"$document.json"
    printf '%s\t%s\n' error "$document.json" >>list
  done < <(documents)
  validate <list
}

@test "no command makes a store, or does anything, where there is none" {
  local code rest
  while read -r document; do
    case $document in db.init | db.restore | db.import | demo | programme.new | programme.check | report.list | config.list | config.get | config.set | schema | completion | help | equality.codes | report.combine) continue ;; esac
    # shellcheck disable=SC2046,SC2086
    run --separate-stderr mentor $(call "$document") ${good[$document]} --db missing.db -f json </dev/null
    assert_equal "$document $status" "$document 4"
    assert_equal "$output" ""
    [ ! -e missing.db ] || fail "$document made a store"
  done < <(documents)
}

@test "an unknown option, and one word too many, are usage errors" {
  while read -r document; do
    fresh "$document"
    run --separate-stderr good_call_out "$document" --nonsense
    assert_equal "$document $status" "$document 2"
    assert_equal "$output" ""
    [[ $stderr == *--nonsense* ]]
    case $document in programme.check | programme.import | cohort.settle | person.merge | enrol.confirm | enrol.approve | enrol.score | enrol.accept | enrol.wait | enrol.decline | enrol.withdraw | enrol.export | enrol.told | match.prefer | match.publish | contract.say | contract.export | log.forms | checkin.add | event.signup | event.attend | event.invite | event.told | event.assign | survey.answer | survey.import | remind.hold | remind.release | remind.resend | remind.mark | report.compare | report.combine) continue ;; esac # take many
    run --separate-stderr good_call_out "$document" one two three
    assert_equal "$document $status" "$document 2"
    assert_equal "$output" ""
    [[ $stderr == *"one word too many"* ]]
  done < <(documents)
}

# shellcheck disable=SC2046,SC2086
good_call_out() {
  local document=$1
  shift
  mentor $(call "$document") ${good[$document]} "$@" </dev/null
}

@test "a dry run changes nothing and says so" {
  # what an erasure proves can only be proved when it is done, and tokens are made up anew each time
  local before_it told='.data | walk(if type == "object" then del(.token) else . end) | if type == "object" then del(.certificate) | if has("store") then .store |= sub("demo-[^/]*"; "") else . end else . end'
  while read -r document; do
    fresh "$document"
    before_it=$(fingerprint)
    good_call "$document" --dry-run -f json || fail "$document: status $?: $(cat err)"
    assert_equal "$document $(jq .dry_run out)" "$document true"
    assert_equal "$document $(fingerprint)" "$document $before_it"
    # what it would print is what it prints
    jq -S "$told" out >dry
    good_call "$document" -f json
    assert_equal "$document $(jq .dry_run out)" "$document false"
    jq -S "$told" out | diff -u dry - || fail "$document prints something else when it is meant"
  done < <(of_kind writers)
}

@test "a dry run of db init makes no file and no folder" {
  ok --dry-run db init --db new.db -f json
  json .dry_run true
  [ ! -e new.db ]
  unset MENTOR_DB
  ok db init --dry-run
  assert_equal "$(find "$HOME" | wc -l)" 1
}

@test "every writing command can be run twice: unchanged, or refused" {
  local after
  while read -r document; do
    fresh "$document"
    good_call "$document" -f json || fail "$document: status $?: $(cat err)"
    after=$(fingerprint)
    if good_call "$document" -f json; then
      run jq -r '[.. | objects | .change? // empty | select(. != "unchanged" and type == "string")] | length' out
      assert_equal "$document $output" "$document 0"
    else
      # what was erased or removed is not known any more
      case $document in log.remove | survey.remove) assert_equal "$document $(jq .exit err)" "$document 4" ;; *) assert_equal "$document $(jq .exit err)" "$document 5" ;; esac
    fi
    assert_equal "$document $(fingerprint)" "$document $after"
  done < <(of_kind writers)
}

@test "every writing command changes something when it is run first" {
  local before_it
  while read -r document; do
    case $document in db.init | db.migrate | db.import | demo | config.set) continue ;; esac
    fresh "$document"
    before_it=$(fingerprint)
    good_call "$document" -f json || fail "$document: status $?: $(cat err)"
    [ "$(fingerprint)" != "$before_it" ] || fail "$document changed nothing"
  done < <(of_kind writers)
}

@test "no reading command touches the store" {
  local before_it
  fresh none
  before_it=$(sha256sum <test.db)
  while read -r document; do
    case $document in match.avoidances | checkin.list | checkin.show | privacy.export) continue ;; esac # what is protected: see below
    good_call "$document" -f json || fail "$document: status $?: $(cat err)"
    good_call "$document" || fail "$document: status $?: $(cat err)"
    assert_equal "$document $(sha256sum <test.db)" "$document $before_it"
  done < <(of_kind readers)
  [ ! -e test.db-journal ]
  [ "$(of_kind readers | wc -l)" -gt 20 ]
}

@test "reading what is protected leaves an entry in the trail of changes, and changes nothing else" {
  local before_it revision
  fresh none
  before_it=$(sqlite3 test.db .dump | grep -v '^INSERT INTO audit')
  for document in match.avoidances checkin.list checkin.show privacy.export; do
    revision=$(mentor privacy audit -f json | jq .revision)
    good_call "$document" -f json
    assert_equal "$(jq .revision out)" "$revision"
    ok privacy audit --verify -f json
    json '.data.entries[-1] | .kind + " " + .command' "reading ${document/./ }"
  done
  assert_equal "$(sqlite3 test.db .dump | grep -v '^INSERT INTO audit')" "$before_it"
}

@test "a full disk and a closed standard output are failures" {
  while read -r document; do
    fresh "$document"
    # shellcheck disable=SC2046,SC2086
    run --separate-stderr bash -c 'mentor "$@" >/dev/full' - $(call "$document") ${good[$document]} -f json
    assert_equal "$document $status" "$document 1"
    [[ $stderr == *mentor.error/1* ]] || fail "$document: $stderr"
    fresh "$document"
    # shellcheck disable=SC2046,SC2086
    run --separate-stderr bash -c 'mentor "$@" >&-' - $(call "$document") ${good[$document]}
    assert_equal "$document $status" "$document 1"
    [ -n "$stderr" ]
  done < <(documents)
}

@test "CSV of every table reads strictly, with rows of equal width" {
  cat >read.py <<'END'
import csv, sys
for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f, strict=True))
    if not rows or len({len(row) for row in rows}) != 1 or len(set(rows[0])) != len(rows[0]):
        sys.exit(f"{path}: {rows[:3]}")
END
  while read -r document; do
    fresh "$document"
    good_call "$document" -f csv || fail "$document: status $?: $(cat err)"
    mv out "$document.csv"
  done < <(of_kind tabular)
  run /usr/bin/python3 read.py ./*.*.csv
  assert_output ""
  assert_success
}

@test "--fields=help names the columns of the main table, and --fields takes each" {
  while read -r document; do
    fresh "$document"
    good_call "$document" --fields=help || fail "$document: status $?: $(cat err)"
    sed -n 's/^  \([a-z][a-z_]*\).*/\1/p' out >columns
    [ -s columns ] || fail "$document has no columns"
    good_call "$document" -f csv
    # a table for machines has exactly these columns
    assert_equal "$document $(head -1 out | tr , '\n' | sort | tr '\n' ' ')" "$document $(sort columns | tr '\n' ' ')"
    fresh "$document"
    good_call "$document" -f csv --fields "$(paste -sd, columns)" || fail "$document: status $?: $(cat err)"
    assert_equal "$document $(head -1 out)" "$document $(paste -sd, columns)"
    fresh "$document"
    run --separate-stderr good_call_out "$document" --fields nonsense
    assert_equal "$document $status" "$document 2"
  done < <(of_kind tabular)
}

@test "schema lists exactly the commands that the help lists, in a pipe and with -f plain" {
  mentor --help | awk '/^Commands/ { on = 1; next } /^$/ { on = 0 } on && /^  [a-z]/ { print $1 }' | while read -r noun; do
    mentor "$noun" --help | awk -v noun="$noun" '/^  [a-z]/ && $1 !~ /^-/ { print noun "." $1 } /^Usage: mentor [a-z]*($| \[| SHELL)/ && !/COMMAND/ { print noun; exit }'
  done | sort >commands
  documents | sort >named
  diff -u commands named
  ok schema -f plain
  diff -u <(documents; echo error; echo programme-file) <(echo "$output")
}

@test "-o is refused onto the store, and onto the file that is being read" {
  with_cohort
  cp "$EXAMPLES/manchester/applications.csv" in.csv
  before=$(fingerprint)
  fails 5 person list -o "$MENTOR_DB"
  ln "$MENTOR_DB" same.db
  fails 5 person list -o same.db
  fails 5 person list -o "$MENTOR_DB-journal"
  fails 5 enrol import in.csv -o in.csv
  cmp in.csv "$EXAMPLES/manchester/applications.csv"
  assert_equal "$(fingerprint)" "$before"
  ok db check
}

@test "quiet does not keep a file from being written" {
  with_store
  ok person add --name Amira --email amira@example.org -q -o said
  [ -s said ]
}
