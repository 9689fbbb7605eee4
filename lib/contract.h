/* contract.h: contracts for the other modules. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "definition.h"

/** Adds a problem for every contract whose text no longer matches its hash. */
enum mentor_status contract_check_all(struct mentor *m);

/** MENTOR_REFUSED when the terms are outside what the programme allows, MENTOR_INVALID when they end before they begin. */
enum mentor_status contract_check_terms(struct mentor *m, const struct def_contract *c, const struct mentor_contract *terms);

#endif
