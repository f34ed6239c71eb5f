/*
 * Which registered measure counts what a sentence states (data/claim_measures.csv), with the
 * condition that its words add; and where none does, or a test of it would not be fair, why.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { CELL_COUNT = 5, SPAN_DAYS_MAX = 366 };

/* The registered measures that statements of the press are about, and which places they know. */
static const struct known {
    const char *name;
    bool has_area;
    bool has_state;
    bool is_published; /* a published figure by month, of the whole country */
} known[] = {
    {"arrests_per_day", true, true, false},
    {"arrests", true, true, false},
    {"at_large_share", true, true, false},
    {"collateral_share", true, true, false},
    {"detainers", true, true, false},
    {"detainers_declined_share", true, true, false},
    {"removals", true, true, false},
    {"encounters", true, false, false},
    {"length_of_stay", true, false, false},
    {"custody_midnight", true, false, false},
    {"book_ins", false, false, true},
    {"daily_population", false, false, true},
    {"head_counts", false, false, true},
};

static bool has_any_phrase(const struct pal_sentence *s, struct pal_view phrases)
{
    struct pal_view phrase = {"", 0};
    if (phrases.size == 0) {
        return true;
    }
    while (pal_view_split(&phrases, ';', &phrase)) {
        if (pal_has_phrase(s, phrase)) {
            return true;
        }
    }
    return false;
}

static const struct known *known_measure(struct pal_view name)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (pal_view_is_equal(name, pal_view_of(known[i].name))) {
            return &known[i];
        }
    }
    return NULL;
}

static bool fits(struct pal_view wanted, const struct pal_counted *counted)
{
    struct pal_view share = PAL_VIEW("share of ");
    if (counted->is_share != pal_view_has_prefix(wanted, share)) {
        return false;
    }
    if (counted->is_share) {
        wanted.data += share.size;
        wanted.size -= share.size;
    }
    return pal_view_is_equal(wanted, counted->unit) ||
           (counted->is_person && pal_view_is_equal(wanted, PAL_VIEW("person")));
}

/* "were not honored" says neither that it was declined nor by whom; "not a single one" counts. */
static bool is_negated(const struct pal_sentence *s, struct pal_view words)
{
    struct pal_view word = {"", 0};
    while (words.size > 0 && pal_view_split(&words, ';', &word)) {
        for (size_t i = 1; i < s->count; i++) {
            if (pal_view_is_equal(s->tokens[i].lower, word) &&
                (pal_is_word(s, i - 1, "not") || pal_is_word(s, i - 1, "never")) &&
                !pal_is(s, i + 1, PAL_CLASS(NONE)) && !pal_is_word(s, i + 1, "a")) {
                return true;
            }
        }
    }
    return false;
}

static bool is_change(const struct pal_suggestion *made)
{
    return strcmp(made->test, "rose") == 0 || strcmp(made->test, "fell") == 0;
}

static void find_measure(const struct pal_sentence *s,
                         const struct pal_counted *counted, bool is_changed,
                         struct pal_measured *out)
{
    struct pal_view rest = pal_asset_find(&pal_document_assets, "claim_measures.csv");
    struct pal_view line = {"", 0};
    while (pal_view_split(&rest, '\n', &line)) {
        struct pal_view cells[CELL_COUNT];
        bool is_whole = line.size > 0;
        for (size_t i = 0; is_whole && i < CELL_COUNT; i++) {
            is_whole = pal_view_split(&line, '|', &cells[i]);
        }
        /* A trait of some of them ("598 had a record") is nothing that words elsewhere in the
         * sentence make countable, unless it is an outcome. */
        bool is_fit =
            is_whole && fits(cells[0], counted) &&
            (!counted->is_part || cells[4].size > 0) &&
            (cells[1].size == 0 ? counted->rate.size == 0
                                : pal_view_is_equal(cells[1], counted->rate)) &&
            ((is_changed && cells[4].size == 0) || has_any_phrase(s, cells[2]));
        if (is_fit) {
            const struct known *found = known_measure(cells[3]);
            out->measure =
                found == NULL || (cells[4].size > 0 && is_negated(s, cells[2]))
                    ? NULL
                    : found->name;
            out->where = out->measure == NULL ? PAL_VIEW("") : cells[4];
            return;
        }
    }
}

static const char *why_no_measure(const struct pal_sentence *s,
                                  const struct pal_counted *counted)
{
    if (counted->is_part) {
        return "No registered measure tells this part of them from the rest.";
    }
    if (counted->is_share) {
        return "No registered measure gives this share.";
    }
    if (counted->is_staff) {
        return "No released file records how many agents or officers were sent, asked "
               "or at "
               "work.";
    }
    if (counted->is_time) {
        return "No released file records hours or days of work or of watching.";
    }
    if (counted->is_person && (pal_has_phrase(s, PAL_VIEW("detained")) ||
                               pal_has_phrase(s, PAL_VIEW("seized")))) {
        return "The word may mean arrested or put in detention: choose the measure "
               "arrests, "
               "or book_ins.";
    }
    return "No registered measure is plainly meant: choose one (palladium measure "
           "list), or "
           "say why no record can test it.";
}

/* A test that the statement's own words do not carry. */
static const char *why_no_test(const struct pal_suggestion *made,
                               const struct pal_counted *counted)
{
    const struct known *found = known_measure(pal_view_of(made->measure));
    bool has_place = made->dimension != NULL;
    bool is_state = has_place && (strcmp(made->dimension, "state") == 0 ||
                                  strcmp(made->dimension, "city") == 0);
    if (has_place && found != NULL && !found->has_area) {
        return "The statement names a place, and the measure is of the whole country.";
    }
    if (is_state && found != NULL && !found->has_state) {
        return "The statement names a state, and the measure knows areas of "
               "responsibility "
               "only.";
    }
    if (made->from == PAL_DAY_NONE || made->to == PAL_DAY_NONE) {
        return "The sentence does not say from which day to which day it counts: write "
               "from "
               "and to.";
    }
    if (strcmp(made->test, "rank") == 0 && !has_place) {
        return "The sentence does not say whose rank it is: write where.";
    }
    if (is_change(made) && made->has_value &&
        !pal_view_is_equal(made->unit, PAL_VIEW("%")) &&
        !pal_view_is_equal(made->unit, PAL_VIEW("times"))) {
        return "The change is told as a number: test the two counts, or write it in % "
               "or "
               "times.";
    }
    if (is_change(made) && !made->has_against &&
        (counted->is_since || made->to - made->from > SPAN_DAYS_MAX)) {
        return "The change is from the beginning of these days to their end: write the "
               "later "
               "days in from and to, and the earlier ones in against.";
    }
    if (strcmp(made->measure, "daily_population") == 0 && made->from == made->to) {
        return "The measure is an average by month, and the statement is of one day.";
    }
    return NULL;
}

void pal_measure_for(const struct pal_sentence *s, const struct pal_counted *counted,
                     struct pal_suggestion *made)
{
    struct pal_measured found = {NULL, PAL_VIEW("")};
    find_measure(s, counted, is_change(made), &found);
    made->measure = found.measure;
    made->where = found.where;
    const char *why =
        found.measure == NULL ? why_no_measure(s, counted) : why_no_test(made, counted);
    made->why_not = why == NULL ? PAL_VIEW("") : pal_view_of(why);
}
