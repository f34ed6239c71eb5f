/*
 * One entry looked at without a study: are its words, dates and numbers such that it can be
 * tested at all. What is wrong becomes the entry's problem; the others go on.
 */
#include <math.h>

#include "claim/claim_internal.h"

enum { ID_SIZE_MAX = 80, DIGEST_SIZE = 64 };

static const double VALUE_MAX = 1e15;

void pal_claim_fill(struct pal_claim *claim)
{
    *claim = (struct pal_claim){.source_date = PAL_DAY_NONE,
                                .passage = -1,
                                .first_byte = -1,
                                .last_byte = -1,
                                .test = PAL_TEST_NONE};
    claim->what.first = PAL_DAY_NONE;
    claim->what.last = PAL_DAY_NONE;
    claim->against.first = PAL_DAY_NONE;
    claim->against.last = PAL_DAY_NONE;
    for (size_t i = 0; i < PAL_CLAIM_CONTEXT_MAX; i++) {
        claim->contexts[i].what.first = PAL_DAY_NONE;
        claim->contexts[i].what.last = PAL_DAY_NONE;
    }
}

void pal_claims_init(struct pal_claims *claims)
{
    *claims = (struct pal_claims){.reviewed = PAL_DAY_NONE};
    pal_arena_init(&claims->arena, PAL_CLAIM_ARENA_MAX);
}

void pal_claims_clear(struct pal_claims *claims)
{
    pal_arena_clear(&claims->arena);
    *claims = (struct pal_claims){.reviewed = PAL_DAY_NONE};
}

static bool is_id(struct pal_view id)
{
    if (id.size == 0 || id.size > ID_SIZE_MAX || id.data[0] == '-' ||
        id.data[id.size - 1] == '-') {
        return false;
    }
    for (size_t i = 0; i < id.size; i++) {
        char c = id.data[i];
        if (!((c >= 'a' && c <= 'z') || pal_is_digit(c) || c == '-')) {
            return false;
        }
    }
    return true;
}

static size_t word_count(struct pal_view text)
{
    size_t count = 0;
    bool is_in_word = false;
    for (size_t i = 0; i < text.size; i++) {
        bool is_gap = pal_is_space(text.data[i]);
        count += !is_gap && !is_in_word ? 1 : 0;
        is_in_word = !is_gap;
    }
    return count;
}

static bool is_digest(struct pal_view text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = pal_lower(text.data[i]);
        if (!pal_is_digit(c) && !(c >= 'a' && c <= 'f')) {
            return false;
        }
    }
    return text.size == DIGEST_SIZE;
}

static pal_status check_names(const struct pal_claims *claims, size_t index,
                              struct pal_error *err)
{
    const struct pal_claim *claim = &claims->items[index];
    if (!is_id(claim->id)) {
        return pal_fail(
            err, PAL_INPUT,
            "the id \"%.*s\" must be a-z, 0-9 and hyphens, at most %d of "
            "them: it is the claim's link",
            (int)(claim->id.size < ID_SIZE_MAX ? claim->id.size : ID_SIZE_MAX),
            claim->id.data == NULL ? "" : claim->id.data, ID_SIZE_MAX);
    }
    for (size_t i = 0; i < index; i++) {
        if (pal_view_is_equal(claims->items[i].id, claim->id)) {
            return pal_fail(err, PAL_INPUT,
                            "the id %.*s stands twice, first in line %zu; rename one",
                            PAL_VIEW_ARG(claim->id), claims->items[i].line);
        }
    }
    if (pal_view_trim(claim->statement).size == 0) {
        return pal_fail(err, PAL_INPUT, "the statement is empty");
    }
    if (claim->role.size > 0 && !pal_claim_is_role(claim->role)) {
        return pal_fail(err, PAL_INPUT, "the role \"%.*s\" is none of %s",
                        PAL_VIEW_ARG(claim->role), pal_claim_roles());
    }
    if (claim->speech.size > 0 && !pal_claim_is_speech(claim->speech)) {
        return pal_fail(err, PAL_INPUT, "speech is direct or reported, not \"%.*s\"",
                        PAL_VIEW_ARG(claim->speech));
    }
    return PAL_OK;
}

static pal_status check_texts(const struct pal_claim *claim, struct pal_error *err)
{
    const struct {
        const char *key;
        struct pal_view text;
    } texts[] = {
        {"statement", claim->statement},
        {"quotation", claim->quotation},
        {"speaker", claim->speaker},
        {"title", claim->source_title},
        {"publisher", claim->source_publisher},
        {"url", claim->source_url},
        {"unit", claim->unit},
        {"hedge", claim->hedge},
        {"comparison", claim->comparison},
        {"note", claim->note},
        {"settled_by", claim->settled_by},
        {"why_not", claim->why_not},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].text.size > PAL_CLAIM_TEXT_MAX) {
            return pal_fail(err, PAL_INPUT, "%s has %zu bytes; at most %d are read",
                            texts[i].key, texts[i].text.size, PAL_CLAIM_TEXT_MAX);
        }
    }
    return PAL_OK;
}

static pal_status check_source(const struct pal_claim *claim, struct pal_error *err)
{
    size_t words = word_count(claim->quotation);
    if (words > PAL_CLAIM_QUOTATION_WORD_MAX) {
        return pal_fail(err, PAL_INPUT,
                        "the quotation has %zu words; at most %d may be quoted", words,
                        PAL_CLAIM_QUOTATION_WORD_MAX);
    }
    if (claim->document.size > 0 && !is_digest(claim->document)) {
        return pal_fail(err, PAL_INPUT,
                        "document is a SHA-256 of 64 hexadecimal digits, not \"%.*s\"",
                        (int)(claim->document.size < DIGEST_SIZE ? claim->document.size
                                                                 : DIGEST_SIZE),
                        claim->document.data);
    }
    if (claim->first_byte > claim->last_byte && claim->last_byte >= 0) {
        return pal_fail(err, PAL_INPUT, "first_byte is behind last_byte");
    }
    if (claim->source_url.size > 0 &&
        !pal_view_has_prefix(claim->source_url, PAL_VIEW("https://")) &&
        !pal_view_has_prefix(claim->source_url, PAL_VIEW("http://"))) {
        return pal_fail(err, PAL_INPUT, "url begins with https:// or http://");
    }
    return PAL_OK;
}

static pal_status check_what(const struct pal_claim_what *what, const char *name,
                             struct pal_error *err)
{
    if (what->first != PAL_DAY_NONE && what->last != PAL_DAY_NONE &&
        what->first > what->last) {
        char first[16];
        char last[16];
        pal_day_text(what->first, first);
        pal_day_text(what->last, last);
        return pal_fail(err, PAL_INPUT, "%sfrom %s is after to %s", name, first, last);
    }
    for (size_t i = 0; i < what->where_count; i++) {
        if (pal_claim_is_private(what->where[i].dimension)) {
            return pal_fail(err, PAL_INPUT,
                            "%sa condition on %.*s is refused: it leads to a person. "
                            "Claims are about an agency",
                            name, PAL_VIEW_ARG(what->where[i].dimension));
        }
        for (size_t k = 0; k < i; k++) {
            if (pal_view_is_equal(what->where[i].dimension, what->where[k].dimension)) {
                return pal_fail(err, PAL_INPUT, "%swhere names %.*s twice", name,
                                PAL_VIEW_ARG(what->where[i].dimension));
            }
        }
    }
    return PAL_OK;
}

static pal_status check_parts(const struct pal_claim *claim, struct pal_error *err)
{
    pal_status st = check_what(&claim->what, "", err);
    if (st == PAL_OK && claim->has_against) {
        st = check_what(&claim->against, "against: ", err);
    }
    for (size_t i = 0; st == PAL_OK && i < claim->context_count; i++) {
        st = check_what(&claim->contexts[i].what, "context: ", err);
        if (st == PAL_OK && (claim->contexts[i].what.measure.size == 0) ==
                                (claim->contexts[i].law.size == 0)) {
            st = pal_fail(err, PAL_INPUT,
                          "a context names either a measure or a place of law");
        }
    }
    if (st == PAL_OK && claim->test != PAL_TEST_NONE && claim->what.measure.size == 0 &&
        claim->why_not.size == 0) {
        st = pal_fail(
            err, PAL_INPUT,
            "the test %s needs a measure; say with why_not that no measure counts "
            "this",
            pal_claim_test_text(claim->test));
    }
    if (st == PAL_OK && (!isfinite(claim->value) || !isfinite(claim->value_high))) {
        st = pal_fail(err, PAL_INPUT, "value is no finite number");
    }
    if (st == PAL_OK && (claim->value > VALUE_MAX || claim->value_high > VALUE_MAX)) {
        st = pal_fail(err, PAL_INPUT, "value is larger than anything that is counted");
    }
    if (st == PAL_OK && claim->has_value_high && !claim->has_value) {
        st = pal_fail(err, PAL_INPUT, "value_high needs a value below it");
    }
    return st;
}

pal_status pal_claim_review(struct pal_claims *claims, size_t index,
                            struct pal_error *err)
{
    struct pal_claim *claim = &claims->items[index];
    struct pal_error problem = {PAL_OK, ""};
    if (claim->problem.size > 0) {
        return PAL_OK;
    }
    pal_status st = check_names(claims, index, &problem);
    if (st == PAL_OK) {
        st = check_texts(claim, &problem);
    }
    if (st == PAL_OK) {
        st = check_source(claim, &problem);
    }
    if (st == PAL_OK) {
        st = check_parts(claim, &problem);
    }
    return st == PAL_OK ? PAL_OK
                        : pal_arena_copy(&claims->arena, pal_view_of(problem.text),
                                         &claim->problem, err);
}
