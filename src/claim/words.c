/*
 * The words of claims: tests, verdicts, roles, hedges with their ranges, and the conditions
 * that are refused because they lead to a person.
 */
#include "claim/claim_internal.h"

extern const struct pal_asset_table pal_claim_assets;

static const char *const tests[PAL_TEST_COUNT] = {
    [PAL_TEST_NONE] = "none",
    [PAL_TEST_EQUALS_ABOUT] = "equals-about",
    [PAL_TEST_AT_LEAST] = "at-least",
    [PAL_TEST_MORE_THAN] = "more-than",
    [PAL_TEST_AT_MOST] = "at-most",
    [PAL_TEST_SHARE_ABOVE] = "share-above",
    [PAL_TEST_ROSE] = "rose",
    [PAL_TEST_FELL] = "fell",
    [PAL_TEST_MORE_THAN_USUAL] = "more-than-usual",
    [PAL_TEST_RANK] = "rank",
    [PAL_TEST_SPURTS_IN_TURN] = "spurts-in-turn",
};

static const char *const verdicts[PAL_VERDICT_COUNT] = {
    [PAL_VERDICT_SUPPORTED] = "supported",
    [PAL_VERDICT_CONTRADICTED] = "contradicted",
    [PAL_VERDICT_DEPENDS] = "depends",
    [PAL_VERDICT_CANNOT_TELL] = "within what the data cannot tell",
    [PAL_VERDICT_NOT_RECORDED] = "not recorded",
    [PAL_VERDICT_NOT_COVERED] = "not covered by the loaded records",
    [PAL_VERDICT_NOT_TESTABLE] = "not a statement that records can test",
    [PAL_VERDICT_ERROR] = "error",
};

static const char *const roles[] = {"official-named", "official-unnamed", "email",
                                    "court-paper",    "reporter",         "document"};
static const char *const speeches[] = {"direct", "reported"};

/* Not dimensions of any measure; named so that the answer is a refusal and not "unknown". */
static const char *const private_names[] = {
    "id",
    "unique_identifier",
    "anonymized_identifier",
    "alien_file_number",
    "person",
    "name",
    "eid_case_id",
    "eid_subject_id",
    "case_id",
    "subject_id",
    "landmark",
    "apprehension_landmark",
    "apprehension_site_landmark",
    "event_landmark",
    "address",
    "street",
    "birth_date",
    "birth_year",
    "episode",
    "stay_id",
    "row",
    "sheet_id",
};

struct pal_view pal_claim_asset(const char *name)
{
    struct pal_view text = pal_asset_find(&pal_claim_assets, name);
    PAL_BUG_IF(text.data == NULL);
    return text;
}

const char *pal_claim_test_text(enum pal_claim_test test)
{
    return test < PAL_TEST_COUNT ? tests[test] : "";
}

bool pal_claim_test_find(struct pal_view text, enum pal_claim_test *out)
{
    for (int i = 0; i < PAL_TEST_COUNT; i++) {
        if (pal_view_is_equal(text, pal_view_of(tests[i]))) {
            *out = (enum pal_claim_test)i;
            return true;
        }
    }
    return false;
}

const char *pal_verdict_text(enum pal_verdict verdict)
{
    return verdict < PAL_VERDICT_COUNT ? verdicts[verdict] : "";
}

static bool is_in(struct pal_view text, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pal_view_is_equal_fold(text, pal_view_of(names[i]))) {
            return true;
        }
    }
    return false;
}

bool pal_claim_is_role(struct pal_view text)
{
    return is_in(text, roles, sizeof roles / sizeof roles[0]);
}

bool pal_claim_is_speech(struct pal_view text)
{
    return is_in(text, speeches, sizeof speeches / sizeof speeches[0]);
}

const char *pal_claim_roles(void)
{
    return "official-named, official-unnamed, email, court-paper, reporter, document";
}

bool pal_claim_is_private(struct pal_view dimension)
{
    return is_in(dimension, private_names,
                 sizeof private_names / sizeof private_names[0]);
}

/* ---- hedges ---- */

static struct pal_view without(struct pal_view text, struct pal_view prefix)
{
    if (text.size > prefix.size && pal_view_has_prefix_fold(text, prefix)) {
        text.data += prefix.size;
        text.size -= prefix.size;
    }
    return pal_view_trim(text);
}

static struct pal_view bare(struct pal_view words)
{
    static const char *const leads[] = {"only ", "just ", "a ", "an ", "the ", "mere "};
    struct pal_view text = pal_view_trim(words);
    size_t before = 0;
    while (before != text.size) {
        before = text.size;
        for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
            text = without(text, pal_view_of(leads[i]));
        }
    }
    if (text.size > 3 && pal_view_has_suffix(text, PAL_VIEW(" of"))) {
        text.size -= 3;
    }
    return pal_view_trim(text);
}

static bool read_hedge(struct pal_view line, struct pal_hedge *out)
{
    struct pal_view cell[4] = {{"", 0}};
    for (int i = 0; i < 4; i++) {
        if (!pal_view_split(&line, '|', &cell[i])) {
            return false;
        }
    }
    out->word = cell[0];
    out->kind = PAL_HEDGE_FACTOR;
    if (pal_view_is_equal(cell[1], PAL_VIEW("number"))) {
        out->kind = PAL_HEDGE_NUMBER;
    } else if (pal_view_is_equal(cell[1], PAL_VIEW("share"))) {
        out->kind = PAL_HEDGE_SHARE;
    }
    return pal_parse_double(cell[2], &out->low) &&
           pal_parse_double(cell[3], &out->high);
}

bool pal_hedge_find(struct pal_view words, struct pal_hedge *out)
{
    struct pal_view rest = pal_claim_asset("hedges.csv");
    struct pal_view word = words.size == 0 ? PAL_VIEW("none stated") : bare(words);
    struct pal_view line;
    while (pal_view_split(&rest, '\n', &line)) {
        if (read_hedge(line, out) && pal_view_is_equal_fold(out->word, word)) {
            return true;
        }
    }
    return false;
}

struct pal_view pal_hedge_nearest(struct pal_view words)
{
    struct pal_nearest nearest = {.word = bare(words)};
    struct pal_view rest = pal_claim_asset("hedges.csv");
    struct pal_view line;
    struct pal_hedge hedge;
    while (pal_view_split(&rest, '\n', &line)) {
        if (read_hedge(line, &hedge)) {
            pal_nearest_try(&nearest, hedge.word);
        }
    }
    return nearest.best;
}
