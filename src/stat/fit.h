/*
 * Why a number could not be computed: one list, with words for people.
 */
#ifndef PAL_STAT_FIT_H
#define PAL_STAT_FIT_H

#include "base/error.h"

/* name, short text */
#define PAL_FIT_STATUS_LIST(X)                                                         \
    X(PAL_FIT_OK, "computed")                                                          \
    X(PAL_FIT_NO_DATA, "no data")                                                      \
    X(PAL_FIT_TOO_FEW, "too few values")                                               \
    X(PAL_FIT_NO_VARIATION, "no variation in the values")                              \
    X(PAL_FIT_NO_EVENT, "no event")                                                    \
    X(PAL_FIT_NOT_REACHED, "the curve does not come down to this level")               \
    X(PAL_FIT_NOT_CONVERGED, "the fit did not converge")                               \
    X(PAL_FIT_SINGULAR, "the columns leave nothing to estimate")                       \
    X(PAL_FIT_BOUNDARY, "the estimate lies on the boundary of its range")              \
    X(PAL_FIT_EQUIDISPERSED, "no more variation than a Poisson model has")             \
    X(PAL_FIT_SUPPRESSED, "too few cases lately to judge")                             \
    X(PAL_FIT_MISSING, "a value needed for this is missing")

#define PAL_FIT_ENUM(name, text) name,
enum pal_fit_status { PAL_FIT_STATUS_LIST(PAL_FIT_ENUM) PAL_FIT_STATUS_COUNT };
#undef PAL_FIT_ENUM

const char *pal_fit_status_text(enum pal_fit_status status);
/* The name without its prefix, lower case, as tables print it: "too_few". */
const char *pal_fit_status_name(enum pal_fit_status status);

#endif
