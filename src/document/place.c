/*
 * Where: the places that the records know (data/cities.csv): the campaign's cities, areas of
 * responsibility, states; other cities by the state they lie in. "The Chicago office" and "the
 * Chicago area" are the area of responsibility, not the city.
 */
#include <string.h>

#include "document/suggest_internal.h"

/* "The Chicago Tribune" is in no place; "Elizabeth said" is none. */
static bool is_other(const struct pal_sentence *s, size_t first, size_t end,
                     const struct pal_lexeme *place)
{
    static const char *const papers[] = {
        "times", "post",     "globe",   "herald",     "tribune",   "chronicle",
        "daily", "news",     "journal", "university", "college",   "press",
        "sun",   "examiner", "star",    "inquirer",   "magazine",  "review",
        "law",   "school",   "street",  "avenue",     "boulevard", "convention"};
    static const char *const prepositions[] = {"in",     "at",   "of",     "to",
                                               "from",   "near", "around", "for",
                                               "across", "and",  "for"};
    static const char *const doubtful[] = {
        "washington", "elizabeth", "mobile", "aurora",    "virginia",
        "georgia",    "durham",    "boise",  "charlotte", "jackson"};
    if (end < s->count && s->tokens[end].is_capital && PAL_IS_ANY(s, end, papers)) {
        return true;
    }
    bool is_short = strcmp(place->dimension, "state_short") == 0;
    if (is_short) {
        return first == 0 || !pal_is_mark(s, first - 1, ',');
    }
    if (PAL_IS_ANY(s, first, doubtful)) {
        return first == 0 || !(PAL_IS_ANY(s, first - 1, prepositions) ||
                               pal_is_mark(s, first - 1, ','));
    }
    return false;
}

static bool is_office(const struct pal_sentence *s, size_t end)
{
    static const char *const words[] = {"area", "office", "field", "region", "ero"};
    return PAL_IS_ANY(s, end, words);
}

void pal_places_find(struct pal_sentence *s)
{
    s->place_count = 0;
    for (size_t i = 0; i < s->count && s->place_count < PAL_FINDING_MAX; i++) {
        const struct pal_lexeme *found = pal_find(s, i, PAL_CLASS(PLACE));
        if (found == NULL || !s->tokens[i].is_capital) {
            continue;
        }
        size_t end = i + found->word_count;
        if (is_other(s, i, end, found)) {
            i = end - 1;
            continue;
        }
        struct pal_where where = {i, end, found->dimension, found->text,
                                  is_office(s, end)};
        if (strcmp(where.dimension, "state_short") == 0) {
            where.dimension = "state";
        } else if (strcmp(where.dimension, "place") == 0 && where.is_office) {
            where.dimension = "area";
            if (pal_view_is_equal(where.value, PAL_VIEW("New York"))) {
                where.value = PAL_VIEW("New York City");
            }
        }
        /* "Hoboken, New Jersey": one place, and the records know its state alone. */
        struct pal_where *last =
            s->place_count > 0 ? &s->places[s->place_count - 1] : NULL;
        if (last != NULL && last->end + 1 == i && pal_is_mark(s, last->end, ',') &&
            strcmp(where.dimension, "state") == 0) {
            if (strcmp(last->dimension, "city") == 0) {
                last->value = where.value;
            }
            last->end = end;
        } else {
            s->places[s->place_count++] = where;
        }
        i = end - 1;
    }
}
