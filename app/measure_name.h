/*
 * The measure that a command line names.
 */
#ifndef PAL_APP_MEASURE_NAME_H
#define PAL_APP_MEASURE_NAME_H

#include "measure/measure.h"

/* PAL_USAGE names the nearest measure when there is none of that name. */
pal_status pal_measure_named(const char *name, struct pal_measure *out,
                             struct pal_error *err) PAL_MUST_USE;

#endif
