/*
 * Names: of outcomes, actors, documents, and what released tables call them.
 */
#include "law/law_internal.h"

const char *pal_law_outcome_text(enum pal_law_outcome outcome)
{
    static const char *const texts[] = {
        [PAL_LAW_MAY_HOLD] = "may hold", [PAL_LAW_MUST_NOT] = "must not",
        [PAL_LAW_MUST] = "must",         [PAL_LAW_DISPUTED] = "disputed",
        [PAL_LAW_UNKNOWN] = "unknown",
    };
    return texts[outcome];
}

static const struct {
    enum pal_law_actor actor;
    const char *name;
} actors[] = {{PAL_LAW_POLICE, "police"},
              {PAL_LAW_JAIL, "jail"},
              {PAL_LAW_COURT, "court"},
              {PAL_LAW_AGENCY, "agency"}};
enum { ACTOR_COUNT = sizeof actors / sizeof actors[0] };

const char *pal_law_actor_text(enum pal_law_actor actor)
{
    for (size_t i = 0; i < ACTOR_COUNT; i++) {
        if (actors[i].actor == actor) {
            return actors[i].name;
        }
    }
    pal_bug(__FILE__, __LINE__, "several actors have no one name");
}

bool pal_law_find_actor(struct pal_view name, enum pal_law_actor *out)
{
    for (size_t i = 0; i < ACTOR_COUNT; i++) {
        if (pal_view_is_equal(name, pal_view_of(actors[i].name))) {
            *out = actors[i].actor;
            return true;
        }
    }
    return false;
}

size_t pal_law_rule_count(const struct pal_law *law)
{
    return law->rule_count;
}

const struct pal_law_rule *pal_law_rule_at(const struct pal_law *law, size_t index)
{
    PAL_BUG_IF(index >= law->rule_count);
    return &law->rules[index];
}

size_t pal_law_place_count(const struct pal_law *law)
{
    return law->place_count;
}

const struct pal_law_place *pal_law_place_at(const struct pal_law *law, size_t index)
{
    PAL_BUG_IF(index >= law->place_count);
    return &law->places[index];
}

size_t pal_law_document_count(const struct pal_law *law)
{
    return law->document_count;
}

const struct pal_law_document *pal_law_document_at(const struct pal_law *law,
                                                   size_t index)
{
    PAL_BUG_IF(index >= law->document_count);
    return &law->documents[index];
}

int pal_law_find_document(const struct pal_law *law, struct pal_view name)
{
    for (size_t i = 0; i < law->document_count; i++) {
        if (pal_view_is_equal_fold(law->documents[i].name, name)) {
            return (int)i;
        }
    }
    return -1;
}

/* The letters behind the common beginning tell the forms apart: "I247D ..." is not "I247 ...".
 * A dash after the I is left out first. */
int pal_law_find_released(const struct pal_law *law, struct pal_view type)
{
    char text[16];
    size_t size = 0;
    struct pal_view trimmed = pal_view_trim(type);
    for (size_t i = 0; i < trimmed.size && size + 1 < sizeof text; i++) {
        if (!(size == 1 && trimmed.data[i] == '-')) {
            text[size++] = pal_upper(trimmed.data[i]);
        }
    }
    /* A form's name that ends the text ends like one that goes on. */
    text[size++] = ' ';
    for (size_t i = 0; i < law->document_count; i++) {
        struct pal_view start = law->documents[i].released_as;
        if (start.size > 0 &&
            pal_view_has_prefix((struct pal_view){text, size}, start)) {
            return (int)i;
        }
    }
    return -1;
}
