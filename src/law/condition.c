/*
 * Conditions: a closed list of terms, so that a table cannot hold one that nothing evaluates.
 * A term is true, false, or not stated; a condition holds when all its terms do.
 */
#include "law/law_internal.h"

enum term {
    TERM_VIOLENT_OR_SERIOUS,
    TERM_VIOLENT_FELONY,
    TERM_SERIOUS_FELONY,
    TERM_FELONY,
    TERM_LISTED,
    TERM_WITHIN_5,
    TERM_WITHIN_7,
    TERM_CHARGE_VIOLENT_OR_SERIOUS,
    TERM_CHARGE_FELONY,
    TERM_WATCH_LIST,
    TERM_REENTERED,
    TERM_JUDICIAL_FINDING,
    TERM_ORDER_BY_JUDGE,
    TERM_OWN_HOME,
    TERM_PLACE_NAMED,
    TERM_ESCAPE_RISK,
    TERM_PUBLIC_RECORD,
    TERM_COUNT
};

static const struct {
    const char *name;
    const char *words;
} terms_known[TERM_COUNT] = {
    [TERM_VIOLENT_OR_SERIOUS] = {"conviction:violent-or-serious",
                                 "a conviction of a violent or serious crime"},
    [TERM_VIOLENT_FELONY] = {"conviction:violent-felony",
                             "a conviction of a violent felony"},
    [TERM_SERIOUS_FELONY] = {"conviction:serious-felony",
                             "a conviction of a serious felony"},
    [TERM_FELONY] = {"conviction:felony", "a conviction of a felony"},
    [TERM_LISTED] = {"conviction:listed", "a conviction on the rule's list"},
    [TERM_WITHIN_5] = {"within:5", "within five years"},
    [TERM_WITHIN_7] = {"within:7", "within seven years"},
    [TERM_CHARGE_VIOLENT_OR_SERIOUS] = {"charge:violent-or-serious",
                                        "a charge of a violent or serious crime"},
    [TERM_CHARGE_FELONY] = {"charge:felony", "a pending charge of a felony"},
    [TERM_WATCH_LIST] = {"watch-list", "a match on a terrorist watch list"},
    [TERM_REENTERED] = {"reentered", "entry after an earlier removal"},
    [TERM_JUDICIAL_FINDING] = {"judicial-finding",
                               "a judge's finding of probable cause"},
    [TERM_ORDER_BY_JUDGE] = {"order-by-judge",
                             "a final order of removal signed by a judge"},
    [TERM_OWN_HOME] = {"own-home",
                       "the suspect's own home, with reason to believe them inside"},
    [TERM_PLACE_NAMED] = {"place-named", "a search warrant that names the place"},
    [TERM_ESCAPE_RISK] = {"escape-risk",
                          "reason to believe the person removable and likely to escape "
                          "before a warrant"},
    [TERM_PUBLIC_RECORD] = {"public-record", "the release date is public"},
};

#define BIT(term) (UINT32_C(1) << (term))
static const uint32_t conviction_terms =
    BIT(TERM_VIOLENT_OR_SERIOUS) | BIT(TERM_VIOLENT_FELONY) | BIT(TERM_SERIOUS_FELONY) |
    BIT(TERM_FELONY) | BIT(TERM_LISTED);

/* What a class of conviction makes true and false. A list of crimes is known only by saying
 * that the conviction stands on it. */
static const struct {
    const char *name;
    uint32_t is_true;
    uint32_t is_false;
} convictions[] = {
    {"none", 0,
     BIT(TERM_VIOLENT_OR_SERIOUS) | BIT(TERM_VIOLENT_FELONY) |
         BIT(TERM_SERIOUS_FELONY) | BIT(TERM_FELONY) | BIT(TERM_LISTED) |
         BIT(TERM_WITHIN_5) | BIT(TERM_WITHIN_7)},
    {"other", 0,
     BIT(TERM_VIOLENT_OR_SERIOUS) | BIT(TERM_VIOLENT_FELONY) |
         BIT(TERM_SERIOUS_FELONY) | BIT(TERM_FELONY)},
    {"felony", BIT(TERM_FELONY), 0},
    {"violent", BIT(TERM_VIOLENT_OR_SERIOUS), 0},
    {"serious", BIT(TERM_VIOLENT_OR_SERIOUS), 0},
    {"serious-felony",
     BIT(TERM_VIOLENT_OR_SERIOUS) | BIT(TERM_SERIOUS_FELONY) | BIT(TERM_FELONY), 0},
    {"violent-felony",
     BIT(TERM_VIOLENT_OR_SERIOUS) | BIT(TERM_VIOLENT_FELONY) | BIT(TERM_FELONY), 0},
    {"listed", BIT(TERM_LISTED), 0},
};
enum { CONVICTION_COUNT = sizeof convictions / sizeof convictions[0] };

static bool find_term(struct pal_view name, uint32_t *out)
{
    for (int i = 0; i < TERM_COUNT; i++) {
        if (pal_view_is_equal(name, pal_view_of(terms_known[i].name))) {
            *out = BIT(i);
            return true;
        }
    }
    return false;
}

bool pal_law_terms_read(struct pal_view condition, uint32_t *out)
{
    struct pal_view rest = condition;
    struct pal_view word;
    uint32_t bit = 0;
    *out = 0;
    while (condition.size > 0 && pal_view_split(&rest, ' ', &word)) {
        if (!find_term(word, &bit)) {
            return false;
        }
        *out |= bit;
    }
    return true;
}

enum pal_law_truth pal_law_terms_hold(uint32_t terms, const struct pal_law_facts *facts)
{
    if ((terms & facts->is_false) != 0) {
        return PAL_LAW_FALSE;
    }
    return (terms & ~facts->is_true) == 0 ? PAL_LAW_TRUE : PAL_LAW_NOT_STATED;
}

static pal_status add_years(struct pal_law_facts *facts, struct pal_view text,
                            struct pal_error *err)
{
    int64_t years = 0;
    if (!pal_parse_i64(text, 0, 120, &years)) {
        return pal_fail(err, PAL_USAGE,
                        "the years since a conviction are a number from 0 to 120, not "
                        "\"%.*s\"",
                        PAL_VIEW_ARG(text));
    }
    if (years <= 5) {
        facts->is_true |= BIT(TERM_WITHIN_5);
    } else {
        facts->is_false |= BIT(TERM_WITHIN_5);
    }
    if (years <= 7) {
        facts->is_true |= BIT(TERM_WITHIN_7);
    } else {
        facts->is_false |= BIT(TERM_WITHIN_7);
    }
    return PAL_OK;
}

pal_status pal_law_add_conviction(struct pal_law_facts *facts, struct pal_view text,
                                  struct pal_error *err)
{
    struct pal_view rest = text;
    struct pal_view name = {"", 0};
    (void)pal_view_split(&rest, ':', &name);
    for (size_t i = 0; i < CONVICTION_COUNT; i++) {
        if (pal_view_is_equal(name, pal_view_of(convictions[i].name))) {
            facts->is_true |= convictions[i].is_true;
            facts->is_false |= convictions[i].is_false;
            return rest.data == NULL ? PAL_OK : add_years(facts, rest, err);
        }
    }
    return pal_fail(
        err, PAL_USAGE,
        "there is no conviction class \"%.*s\"; the classes are none, other, "
        "felony, violent, serious, serious-felony, violent-felony and "
        "listed, and :YEARS may stand behind one",
        PAL_VIEW_ARG(name));
}

pal_status pal_law_add_fact(struct pal_law_facts *facts, struct pal_view text,
                            struct pal_error *err)
{
    uint32_t bit = 0;
    if (find_term(text, &bit) &&
        (bit & (conviction_terms | BIT(TERM_WITHIN_5) | BIT(TERM_WITHIN_7))) == 0) {
        facts->is_true |= bit;
        return PAL_OK;
    }
    return pal_fail(
        err, PAL_USAGE,
        "there is no fact \"%.*s\"; the facts are charge:violent-or-serious, "
        "charge:felony, watch-list, reentered, judicial-finding, "
        "order-by-judge, own-home, place-named, escape-risk and "
        "public-record",
        PAL_VIEW_ARG(text));
}

void pal_law_terms_text(uint32_t terms, struct pal_buffer *out)
{
    bool is_first = true;
    for (int i = 0; i < TERM_COUNT; i++) {
        if ((terms & BIT(i)) == 0) {
            continue;
        }
        if (!is_first) {
            bool is_age = i == TERM_WITHIN_5 || i == TERM_WITHIN_7;
            pal_buffer_append_text(out, is_age ? " " : " and ");
        }
        pal_buffer_append_text(out, terms_known[i].words);
        is_first = false;
    }
}
