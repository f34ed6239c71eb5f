#include "stat/fit.h"

#define PAL_FIT_TEXT(name, text) [name] = (text),
static const char *const fit_texts[PAL_FIT_STATUS_COUNT] = {
    PAL_FIT_STATUS_LIST(PAL_FIT_TEXT)};
#undef PAL_FIT_TEXT

static const char *const fit_names[PAL_FIT_STATUS_COUNT] = {
    [PAL_FIT_OK] = "ok",
    [PAL_FIT_NO_DATA] = "no_data",
    [PAL_FIT_TOO_FEW] = "too_few",
    [PAL_FIT_NO_VARIATION] = "no_variation",
    [PAL_FIT_NO_EVENT] = "no_event",
    [PAL_FIT_NOT_REACHED] = "not_reached",
    [PAL_FIT_NOT_CONVERGED] = "not_converged",
    [PAL_FIT_SINGULAR] = "singular",
    [PAL_FIT_BOUNDARY] = "boundary",
    [PAL_FIT_EQUIDISPERSED] = "equidispersed",
    [PAL_FIT_SUPPRESSED] = "suppressed",
    [PAL_FIT_MISSING] = "missing",
};
_Static_assert(PAL_FIT_STATUS_COUNT == 12, "every fit status needs a name");

const char *pal_fit_status_text(enum pal_fit_status status)
{
    return (unsigned)status < PAL_FIT_STATUS_COUNT ? fit_texts[status] : "unknown";
}

const char *pal_fit_status_name(enum pal_fit_status status)
{
    return (unsigned)status < PAL_FIT_STATUS_COUNT ? fit_names[status] : "unknown";
}
