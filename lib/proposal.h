/* proposal.h: the pairs that are proposed in a cohort now, for the modules that change them. */
#ifndef PROPOSAL_H
#define PROPOSAL_H

#include "rule.h"

/** A pair as it is to be proposed. */
struct wanted {
	const struct human *mentor, *mentee;
	int64_t score;
	enum mentor_arrangement arrangement;
	bool pinned;
	const char *override;
};

/** The proposal of these two that there is now; NULL: none. */
struct past *proposal_of(const struct human *mentor, const struct human *mentee);
/** Makes these pairs the proposal of the cohort and tells `sink` (NULL: nobody) what that changed: pairs that are proposed already keep their
 * reference, others go. */
enum mentor_status proposal_store(struct pool *p, const struct wanted *pairs, size_t n, const struct mentor_match_sink *sink);
/** Tells the sink of one pair. */
enum mentor_status proposal_tell(const struct pool *p, const struct mentor_match_sink *sink, const char *change, int64_t id,
    const struct human *mentor, const struct human *mentee, int64_t score);
/** A part in per cent of the whole, rounded down so that only what is perfect is called so; MENTOR_NONE of nothing. */
int64_t proposal_percent(int64_t part, int64_t whole);
/** MENTOR_REFUSED when the cohort has finished. */
enum mentor_status proposal_check_cohort(struct mentor *m, int64_t cohort);
/** Whether somebody is accepted still, and can be on that side. */
bool proposal_stands(const struct pool *p, const struct human *h, enum mentor_role role);
/** Appends why the two cannot be published as a pair now; nothing when they can. `override` says why a hard rule does not count; NULL: they do. */
void proposal_why_not(
    struct mentor_buf *b, const struct pool *p, const struct human *mentor, const struct human *mentee, const char *override);

#endif
