/* contract.h: contracts for the other modules. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "context.h"

/** Adds a problem for every contract whose text no longer matches its hash. */
enum mentor_status contract_check_all(struct mentor *m);

#endif
