/*
 * Which place a name means. People write "Newark, NJ", "City of Chicago" and "N.Y.C."; released
 * tables give a state and a city apart. A name that fits two places is neither: "LA" is a state
 * to the post and a city to its people, and their rules differ.
 */
#include "law/law_internal.h"

enum { NAME_SIZE_MAX = 100 };

/* A place's own name goes before another name: New York is a city, and what tables call its
 * state. */
enum fit { FIT_NONE, FIT_OTHER, FIT_OWN };

/* The next byte that counts: points do not, and commas and blanks are one blank. */
static char next_byte(struct pal_view *rest)
{
    bool is_blank = false;
    while (rest->size > 0) {
        char byte = rest->data[0];
        if (byte == ' ' || byte == ',' || byte == '\t') {
            is_blank = true;
        } else if (byte != '.') {
            break;
        }
        rest->data++;
        rest->size--;
    }
    if (is_blank && rest->size > 0) {
        return ' ';
    }
    if (rest->size == 0) {
        return 0;
    }
    char byte = pal_upper(rest->data[0]);
    rest->data++;
    rest->size--;
    return byte;
}

static bool is_same_name(struct pal_view a, struct pal_view b)
{
    for (;;) {
        char left = next_byte(&a);
        if (left != next_byte(&b)) {
            return false;
        }
        if (left == 0) {
            return true;
        }
    }
}

static enum fit called(const struct pal_law_place *place, struct pal_view name)
{
    struct pal_view rest = place->known_as;
    struct pal_view other;
    if (is_same_name(place->name, name)) {
        return FIT_OWN;
    }
    while (place->known_as.size > 0 && pal_view_split(&rest, '|', &other)) {
        if (is_same_name(other, name)) {
            return FIT_OTHER;
        }
    }
    return FIT_NONE;
}

/* "City of Chicago", "State of New York". */
static enum fit called_in_full(const struct pal_law_place *place, struct pal_view name)
{
    struct pal_view level = place->level;
    if (name.size > level.size + 4 && pal_view_has_prefix_fold(name, level) &&
        pal_view_has_prefix_fold(
            (struct pal_view){name.data + level.size, name.size - level.size},
            PAL_VIEW(" of "))) {
        name.data += level.size + 4;
        name.size -= level.size + 4;
        return called(place, name) != FIT_NONE ? FIT_OWN : FIT_NONE;
    }
    return called(place, name);
}

static enum fit fit_of(const struct pal_law *law, int place, struct pal_view name)
{
    int chain[PAL_LAW_CHAIN_MAX];
    size_t depth = pal_law_chain(law, place, chain);
    enum fit best = called_in_full(&law->places[place], name);
    for (size_t i = 1; best == FIT_NONE && i + 1 < name.size; i++) {
        struct pal_view head = {name.data, i};
        struct pal_view tail = {name.data + i + 1, name.size - i - 1};
        if (name.data[i] != ' ' && name.data[i] != ',') {
            continue;
        }
        /* The first match of the head can be no other's: what is behind it names where the
         * place lies. */
        enum fit fit = called_in_full(&law->places[place], head);
        for (size_t k = 1; fit != FIT_NONE && best == FIT_NONE && k < depth; k++) {
            best = fit_of(law, chain[k], pal_view_trim(tail)) != FIT_NONE ? fit : best;
        }
    }
    return best;
}

bool pal_law_place_fits(const struct pal_law *law, size_t place, struct pal_view name)
{
    struct pal_view trimmed = pal_view_trim(name);
    return trimmed.size > 0 && trimmed.size <= NAME_SIZE_MAX &&
           fit_of(law, (int)place, trimmed) != FIT_NONE;
}

int pal_law_find_place(const struct pal_law *law, struct pal_view name)
{
    struct pal_view trimmed = pal_view_trim(name);
    enum fit best = FIT_NONE;
    int found = PAL_LAW_PLACE_NONE;
    for (size_t i = 0;
         i < law->place_count && trimmed.size > 0 && trimmed.size <= NAME_SIZE_MAX;
         i++) {
        enum fit fit = fit_of(law, (int)i, trimmed);
        if (fit > best) {
            best = fit;
            found = (int)i;
        } else if (fit == best && fit != FIT_NONE) {
            found = PAL_LAW_PLACE_SEVERAL;
        }
    }
    return found;
}

static int find_in(const struct pal_law *law, struct pal_view name, const char *level,
                   int above)
{
    for (size_t i = 0; i < law->place_count; i++) {
        const struct pal_law_place *place = &law->places[i];
        int chain[PAL_LAW_CHAIN_MAX];
        size_t count = pal_law_chain(law, (int)i, chain);
        bool is_inside = above < 0;
        for (size_t k = 0; k < count; k++) {
            is_inside = is_inside || chain[k] == above;
        }
        if (is_inside && pal_view_is_equal(place->level, pal_view_of(level)) &&
            called(place, name) != FIT_NONE) {
            return (int)i;
        }
    }
    return -1;
}

int pal_law_find_facility(const struct pal_law *law, struct pal_view state,
                          struct pal_view city)
{
    int found_state = find_in(law, pal_view_trim(state), "state", -1);
    int found_city = -1;
    struct pal_view name = pal_view_trim(city);
    if (found_state >= 0 && name.size > 0) {
        found_city = find_in(law, name, "city", found_state);
    }
    return found_city >= 0 ? found_city : found_state;
}

size_t pal_law_chain(const struct pal_law *law, int place, int chain[PAL_LAW_CHAIN_MAX])
{
    size_t count = 0;
    while (place >= 0 && count < PAL_LAW_CHAIN_MAX) {
        chain[count++] = place;
        place = law->places[place].parent;
    }
    return count;
}
