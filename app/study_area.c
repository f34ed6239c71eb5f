/*
 * The areas that a study file names, under the one name that records carry: "BOS" and
 * "Boston Area of Responsibility" are Boston. An area by a name that no record can have would
 * silently be nowhere, and its figures would stand among those of the rest.
 */
#include "app/study_file.h"

static pal_status settle(const struct pal_dictionary *dictionary, const char *path,
                         struct pal_study *study, struct pal_view *area,
                         struct pal_error *err)
{
    struct pal_nearest nearest = {.word = *area};
    struct pal_view name;
    if (pal_dictionary_find_area(dictionary, *area, &name, &nearest)) {
        return pal_arena_copy(&study->arena, name, area, err);
    }
    if (nearest.best.data == NULL) {
        /* Another agency's areas are in no table here; they stay as they are written. */
        return PAL_OK;
    }
    return pal_fail(
        err, PAL_INPUT,
        "%s: there is no area of responsibility \"%.*s\"; did you mean %.*s?", path,
        PAL_VIEW_ARG(*area), PAL_VIEW_ARG(nearest.best));
}

pal_status pal_study_settle_areas(struct pal_study *study, const char *path,
                                  struct pal_error *err)
{
    struct pal_dictionary *dictionary = NULL;
    pal_status st = pal_dictionary_open(&dictionary, err);
    for (size_t i = 0; st == PAL_OK && i < study->place_count; i++) {
        st = settle(dictionary, path, study, &study->places[i].area, err);
    }
    for (size_t i = 0; st == PAL_OK && i < study->comparison_count; i++) {
        st = settle(dictionary, path, study, &study->comparison_areas[i], err);
    }
    pal_dictionary_close(dictionary);
    return st;
}
