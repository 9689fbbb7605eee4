/* ethnic.c: lists of ethnic groups used in England, and the crosswalk from the newest to the oldest.
 *
 * Sources, by name:
 *   gss-2021  Government Statistical Service, harmonised standard for ethnicity as asked in England in the Census of 2021: 19 groups. They
 *             have no codes; the numbers are their places in the standard's order.
 *   ons-2011  Office for National Statistics, 2011 Census, ethnic group: the 18 groups for England and Wales, numbered in their order.
 *   nhs-2001  NHS Data Model and Dictionary, ethnic category code 2001, which has the 16 groups of the 2001 Census, and Z for not stated.
 * Groups that were new have no counterpart in an older list. There their people could only choose the group named here, so the crosswalk is
 * the nearest, not the same: Roma (new in 2021), Gypsy or Irish Traveller and Arab (new in 2011). Chinese is the same group in all three, but stood
 * under "other" in 2001 and stands under "Asian" since 2011. A list leads to older ones only: what was put together cannot be taken apart. */
#include "ethnic.h"

#include "mentor.h"

#include <stdlib.h>
#include <string.h>

const char *const ethnic_lists[] = { "gss-2021", "ons-2011", "nhs-2001", NULL };

struct broad {
	const char *word, *labels[4];
};
enum { WHITE, MIXED, ASIAN, BLACK, OTHER, NONE };
static const struct broad broads[] = {
	[WHITE] = { "white", { "White" } },
	[MIXED] = { "mixed", { "Mixed or Multiple ethnic groups", "Mixed/multiple ethnic groups", "Mixed" } },
	[ASIAN] = { "asian", { "Asian or Asian British", "Asian/Asian British", "Asian, Asian British or Asian Welsh" } },
	[BLACK] = { "black", { "Black, Black British, Caribbean or African", "Black/African/Caribbean/Black British", "Black or Black British" } },
	[OTHER] = { "other", { "Other ethnic group", "Another ethnic group", "Other ethnic groups" } },
	[NONE] = { "not-stated", { "Not stated", "Prefer not to say", "I prefer not to say" } },
};

/** One group of the newest list that has it, and what it is in the older ones; a code of NULL: not of that list. */
struct group {
	const char *codes[ETHNIC_LISTS], *labels[ETHNIC_LISTS];
	int broad, broad_2001;
	const char *nearest; /* which steps of the crosswalk are the nearest only */
};

static const struct group groups[] = {
	{ { "1", "1", "A" }, { "English, Welsh, Scottish, Northern Irish or British", "English/Welsh/Scottish/Northern Irish/British", "White - British" }, WHITE, WHITE, NULL },
	{ { "2", "2", "B" }, { "Irish", "Irish", "White - Irish" }, WHITE, WHITE, NULL },
	{ { "3", "3", "C" }, { "Gypsy or Irish Traveller", "Gypsy or Irish Traveller", "White - Any other White background" }, WHITE, WHITE, "nhs-2001" },
	{ { "4", "4", "C" }, { "Roma", "Any other White background", "White - Any other White background" }, WHITE, WHITE, "ons-2011, nhs-2001" },
	{ { "5", "4", "C" }, { "Any other White background", "Any other White background", "White - Any other White background" }, WHITE, WHITE, NULL },
	{ { "6", "5", "D" }, { "White and Black Caribbean", "White and Black Caribbean", "Mixed - White and Black Caribbean" }, MIXED, MIXED, NULL },
	{ { "7", "6", "E" }, { "White and Black African", "White and Black African", "Mixed - White and Black African" }, MIXED, MIXED, NULL },
	{ { "8", "7", "F" }, { "White and Asian", "White and Asian", "Mixed - White and Asian" }, MIXED, MIXED, NULL },
	{ { "9", "8", "G" }, { "Any other Mixed or Multiple ethnic background", "Any other Mixed/Multiple ethnic background", "Mixed - Any other mixed background" }, MIXED, MIXED, NULL },
	{ { "10", "9", "H" }, { "Indian", "Indian", "Asian or Asian British - Indian" }, ASIAN, ASIAN, NULL },
	{ { "11", "10", "J" }, { "Pakistani", "Pakistani", "Asian or Asian British - Pakistani" }, ASIAN, ASIAN, NULL },
	{ { "12", "11", "K" }, { "Bangladeshi", "Bangladeshi", "Asian or Asian British - Bangladeshi" }, ASIAN, ASIAN, NULL },
	{ { "13", "12", "R" }, { "Chinese", "Chinese", "Other Ethnic Groups - Chinese" }, ASIAN, OTHER, NULL },
	{ { "14", "13", "L" }, { "Any other Asian background", "Any other Asian background", "Asian or Asian British - Any other Asian background" }, ASIAN, ASIAN, NULL },
	{ { "15", "15", "M" }, { "Caribbean", "Caribbean", "Black or Black British - Caribbean" }, BLACK, BLACK, NULL },
	{ { "16", "14", "N" }, { "African", "African", "Black or Black British - African" }, BLACK, BLACK, NULL },
	{ { "17", "16", "P" }, { "Any other Black, Black British, or Caribbean background", "Any other Black/African/Caribbean background", "Black or Black British - Any other Black background" }, BLACK, BLACK, NULL },
	{ { "18", "17", "S" }, { "Arab", "Arab", "Other Ethnic Groups - Any other ethnic group" }, OTHER, OTHER, "nhs-2001" },
	{ { "19", "18", "S" }, { "Any other ethnic group", "Any other ethnic group", "Other Ethnic Groups - Any other ethnic group" }, OTHER, OTHER, NULL },
	{ { NULL, NULL, "Z" }, { NULL, NULL, "Not stated" }, NONE, NONE, NULL },
};
enum { N_GROUPS = sizeof(groups) / sizeof(*groups) };

/* clang-format off */
#define TEXT(member) MENTOR_AT_TEXT(mentor_ethnic_group, member)
const struct mentor_field mentor_ethnic_group_fields[] = {
	{ "newest", MENTOR_TYPE_TEXT, 0, TEXT(newest), .heading = "2021", .help = "its number in the order of the harmonised standard, Census 2021" },
	{ "group", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(group), .help = "the group, as the newest list that has it calls it" },
	{ "census", MENTOR_TYPE_TEXT, 0, TEXT(census), .heading = "2011", .help = "its number in the order of the 2011 Census" },
	{ "census_group", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(census_group), .help = "what that is called" },
	{ "nhs", MENTOR_TYPE_TEXT, 0, TEXT(nhs), .heading = "NHS 2001", .help = "the NHS's ethnic category code" },
	{ "nhs_group", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(nhs_group), .help = "what that is called" },
	{ "broad", MENTOR_TYPE_TEXT, 0, TEXT(broad), .heading = "together with", .help = "the broad group since 2011: white, mixed, asian, black or other" },
	{ "nearest", MENTOR_TYPE_TEXT, 0, TEXT(nearest), .heading = "nearest only in", .help = "lists that had no such group: there its people could only choose the one named" },
	{ 0 },
};
#undef TEXT
/* clang-format on */

enum mentor_status mentor_ethnic_groups(struct mentor *m, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	(void)m;
	for (size_t i = 0; !status && i < N_GROUPS; i++) {
		const struct group *g = &groups[i];
		const struct mentor_ethnic_group row = { .newest = g->codes[0], .group = g->labels[0] ? g->labels[0] : g->labels[2],
			.census = g->codes[1], .census_group = g->labels[1], .nhs = g->codes[2], .nhs_group = g->labels[2],
			.broad = g->broad == NONE ? NULL : broads[g->broad].word, .nearest = g->nearest };
		status = each(arg, &row);
	}
	return status;
}

/* Caseless; out of memory nothing is the same, and the caller's own work fails soon. */
static bool same(const char *a, const char *b)
{
	char *left = a && b ? mentor_utf8_fold(a) : NULL, *right = left ? mentor_utf8_fold(b) : NULL;
	bool equal = left && right && strcmp(left, right) == 0;
	free(left);
	free(right);
	return equal;
}

static const struct group *find(enum ethnic_list list, const char *word)
{
	for (size_t i = 0; i < N_GROUPS; i++)
		if (same(groups[i].codes[list], word))
			return &groups[i];
	for (size_t i = N_GROUPS; i-- > 0;) /* of several groups with one label the last is the one called so */
		if (same(groups[i].labels[list], word))
			return &groups[i];
	return NULL;
}

const char *ethnic_name(enum ethnic_list list, const char *word, int at)
{
	const struct group *g = find(list, word);
	const char *names[ETHNIC_LISTS + 5] = { NULL };
	int n = 0;
	if (!g)
		return NULL;
	for (size_t i = list; i < ETHNIC_LISTS; i++)
		names[n++] = g->labels[i];
	const struct broad *b = &broads[list == ETHNIC_NHS_2001 ? g->broad_2001 : g->broad];
	for (size_t i = 0; i < sizeof(b->labels) / sizeof(*b->labels) && b->labels[i]; i++)
		names[n++] = b->labels[i];
	names[n++] = b->word;
	return at < n ? names[at] : NULL;
}
