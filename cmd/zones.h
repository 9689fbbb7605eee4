/* zones.h: the time zones of this machine. */
#ifndef ZONES_H
#define ZONES_H

#include "mentor.h"

/** Lets the library read the zones of the system's tz database. */
void zone_provide(struct mentor *m);

#endif
