#include "app/measure_name.h"

#include "base/nearest.h"

pal_status pal_measure_named(const char *name, struct pal_measure *out,
                             struct pal_error *err)
{
    struct pal_nearest nearest = {.word = pal_view_of(name)};
    struct pal_measure measure;
    if (pal_measure_find(pal_view_of(name), out)) {
        return PAL_OK;
    }
    for (size_t i = 0; pal_measure_at(i, &measure); i++) {
        pal_nearest_try(&nearest, measure.name);
    }
    if (nearest.best.data != NULL) {
        return pal_fail(err, PAL_USAGE, "there is no measure %s; did you mean %.*s?",
                        name, PAL_VIEW_ARG(nearest.best));
    }
    return pal_fail(err, PAL_USAGE,
                    "there is no measure %s; palladium measure list shows them", name);
}
