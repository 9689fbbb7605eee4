/* today.c: mentor today: what there is to do in all cohorts. */
#include "nouns.h"
#include "out.h"

struct today_args {
	int64_t days;
};
static const struct option options[] = {
	{ .field = { "days", MENTOR_TYPE_INT, .offset = offsetof(struct today_args, days), .minimum = 1, .maximum = 366,
	      .help = "how many days to look ahead; 7 when not given" }, .placeholder = "N" },
	{ .letter = 0 },
};
static const struct part parts[] = { { NULL, NULL, mentor_work_fields, .many = true }, { 0 } };

static enum mentor_status print_work(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status run_today(struct run *run)
{
	const struct today_args *args = run->args;
	out_part(run->out, NULL);
	return mentor_worklist(run->m, args->days == MENTOR_NONE ? 7 : args->days, print_work, run->out);
}

const struct command noun_today = {
	.name = "today",
	.summary = "what there is to do in all cohorts, the most urgent first",
	.flags = CMD_READ,
	.options = options,
	.parts = parts,
	.args_size = sizeof(struct today_args),
	.run = run_today,
};
