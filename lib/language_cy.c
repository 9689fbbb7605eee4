/* language_cy.c: what messages say by themselves in Welsh. A noun behind a number stands alone, and what another word would change is put where
 * nothing changes it. */
#include "language.h"

const char *const language_welsh[PHRASES] = {
	[SAY_COLLEAGUE] = "gydweithiwr", /* behind "Annwyl", which softens it */
	[SAY_TEAM] = "dîm",
	[SAY_NONE_YET] = "dim un eto",
	[SAY_FACILITATOR] = "hwylusydd",
	[SAY_EITHER] = " / ",
	[SAY_REMINDERS] = "nodyn atgoffa",
	[SAY_DEAR] = "Annwyl",
	[SAY_INVITED] = "Dyma wahoddiad i chi: ",
	[SAY_CHANGED] = "Mae rhywbeth wedi newid. Dyma'r trefniadau yn awr: ",
	[SAY_CANCELLED] = "Ni fydd y digwyddiad hwn yn cael ei gynnal fel y'i cyhoeddwyd: ",
	[SAY_NOT_EXPECTED] = "Nid oes disgwyl i chi ddod i'r digwyddiad hwn mwyach: ",
	[SAY_MARK_CHANGED] = "Newid: ",
	[SAY_MARK_CANCELLED] = "Wedi'i ganslo: ",
	[SAY_WHEN] = "Pryd: ",
	[SAY_UNTIL] = " tan ",
	[SAY_WHERE] = "Ble: ",
	[SAY_ONLINE] = "ar-lein",
	[SAY_FACE_TO_FACE] = "wyneb yn wyneb",
	[SAY_ONLINE_OR_NOT] = "ar-lein neu wyneb yn wyneb",
	[SAY_AROUND] = "Wedi'i drefnu o amgylch: ",
	[SAY_SIGN_UP] = "Sut i gofrestru: ",
	[SAY_COUNTS] = "Mae bod yn bresennol yn cyfrif fel cymryd rhan yn y rhaglen.",
	[SAY_CANNOT_COME] = "Os na allwch ddod, ysgrifennwch atom.",
};

const char *const language_welsh_months[] = { "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref",
	"Tachwedd", "Rhagfyr" };
