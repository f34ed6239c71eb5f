/*
 * Judging claims: one after another, each to a finding. A claim that is wrong, or asks for
 * what is not known, becomes a finding with the verdict "error", and the others go on.
 */
#include <math.h>

#include "claim/claim_internal.h"

/* ---- one claim ---- */

static bool is_size_test(const struct pal_claim *claim)
{
    switch (claim->test) {
    case PAL_TEST_EQUALS_ABOUT:
    case PAL_TEST_AT_LEAST:
    case PAL_TEST_MORE_THAN:
    case PAL_TEST_AT_MOST:
    case PAL_TEST_SHARE_ABOVE:
        return !claim->has_against;
    case PAL_TEST_NONE:
    case PAL_TEST_ROSE:
    case PAL_TEST_FELL:
    case PAL_TEST_MORE_THAN_USUAL:
    case PAL_TEST_RANK:
    case PAL_TEST_SPURTS_IN_TURN:
    case PAL_TEST_COUNT:
    default:
        return false;
    }
}

/* A figure without an interval counts as it is. */
static struct pal_interval interval_of(const struct pal_reading *reading)
{
    if (isnan(reading->low) || isnan(reading->high)) {
        return (struct pal_interval){reading->value, reading->value};
    }
    return (struct pal_interval){reading->low, reading->high};
}

static enum pal_verdict decide_size(const struct pal_claim *claim,
                                    const struct pal_question_ready *ready,
                                    const struct pal_finding *finding,
                                    const struct pal_reading *reading)
{
    struct pal_range claimed = {finding->claimed_low, finding->claimed_high};
    struct pal_interval interval = interval_of(reading);
    bool is_part = reading->days_covered < reading->days;
    bool is_countable = pal_claim_is_countable(&ready->request.measure);
    bool is_count = is_countable && ready->request.measure.kind == PAL_MEASURE_COUNT;
    enum pal_extent extent = PAL_EXTENT_WHOLE;
    enum pal_verdict otherwise = PAL_VERDICT_CANNOT_TELL;
    if (is_part) {
        if (!is_count || ready->is_wider) {
            return PAL_VERDICT_NOT_COVERED;
        }
        extent = PAL_EXTENT_PART;
        otherwise = PAL_VERDICT_NOT_COVERED;
    } else if (ready->is_wider) {
        if (!is_countable) {
            return PAL_VERDICT_NOT_RECORDED;
        }
        extent = PAL_EXTENT_MORE;
        otherwise = PAL_VERDICT_NOT_RECORDED;
    }
    /* "None" is said of what was counted and not of a rate: no record in days that are all
     * covered bears it out, where one record refutes it. */
    bool says_none =
        claimed.high == 0 && extent != PAL_EXTENT_PART && reading->blank == 0;
    if (says_none && reading->value == 0) {
        interval.high = 0;
    }
    if (reading->blank > 0 && is_countable && reading->n > 0) {
        /* At the most all of the blank ones belong to it. */
        interval.high *= (double)(reading->n + reading->blank) / (double)reading->n;
    }
    if (reading->blank > 0 && ready->request.measure.kind == PAL_MEASURE_SHARE) {
        /* None, or all, of those that do not say. */
        double whole = reading->base + (double)reading->blank;
        interval.low *= reading->base / whole;
        interval.high =
            (interval.high * reading->base + (double)reading->blank) / whole;
    }
    return pal_claim_decide(claim->test, claimed, interval, extent, otherwise);
}

/* The test on the finding's first reading. */
static pal_status test_once(struct pal_judge *judge, const struct pal_claim *claim,
                            const struct pal_question_ready *ready,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct pal_reading *main = &finding->readings[0];
    if (is_size_test(claim)) {
        finding->has_value = true;
        finding->value = main->value;
        finding->low = main->low;
        finding->high = main->high;
        finding->verdict = decide_size(claim, ready, finding, main);
        return PAL_OK;
    }
    if (main->days_covered < main->days || ready->is_wider) {
        finding->has_value = true;
        finding->value = main->value;
        finding->low = main->low;
        finding->high = main->high;
        finding->verdict = main->days_covered < main->days ? PAL_VERDICT_NOT_COVERED
                                                           : PAL_VERDICT_NOT_RECORDED;
        return PAL_OK;
    }
    if (claim->test == PAL_TEST_MORE_THAN_USUAL) {
        return pal_judge_usual(judge, claim, ready, finding, err);
    }
    return claim->test == PAL_TEST_RANK
               ? pal_judge_rank(judge, claim, ready, finding, err)
               : pal_judge_compare(judge, claim, ready, finding, err);
}

/* The verdict under another definition: the same test on a copy of the question. */
static pal_status test_reading(struct pal_judge *judge, const struct pal_claim *claim,
                               const struct pal_question_ready *ready,
                               const struct pal_finding *finding,
                               struct pal_reading *reading, struct pal_error *err)
{
    struct pal_question_ready other = *ready;
    struct pal_finding scratch = {.claim = claim,
                                  .claimed_low = finding->claimed_low,
                                  .claimed_high = finding->claimed_high};
    struct pal_reading *first = NULL;
    other.request.rule = reading->rule;
    if (reading->release.size > 0) {
        other.request.release = reading->release;
    }
    pal_status st = pal_reading_new(judge, &scratch, &first, err);
    if (st != PAL_OK) {
        return st;
    }
    *first = *reading;
    st = test_once(judge, claim, &other, &scratch, err);
    reading->verdict = scratch.verdict;
    return st;
}

static pal_status judge_readings(struct pal_judge *judge, const struct pal_claim *claim,
                                 const struct pal_question_ready *ready,
                                 struct pal_finding *finding, struct pal_error *err)
{
    enum pal_verdict own = finding->verdict;
    finding->readings[0].verdict = own;
    pal_status st = pal_readings_add(judge, ready, finding, err);
    for (size_t i = 1; st == PAL_OK && i < finding->reading_count; i++) {
        struct pal_reading *reading = &finding->readings[i];
        if (!reading->bears) {
            continue;
        }
        if (!isfinite(reading->value)) {
            reading->bears = false;
            continue;
        }
        /* The same figure has the same verdict, and most rules agree. */
        bool is_same = reading->n == finding->readings[0].n &&
                       reading->value <= finding->readings[0].value &&
                       reading->value >= finding->readings[0].value;
        if (is_same) {
            reading->verdict = own;
        } else {
            st = test_reading(judge, claim, ready, finding, reading, err);
        }
        if (reading->verdict != own) {
            finding->verdict = PAL_VERDICT_DEPENDS;
        }
    }
    return st;
}

static pal_status check_kind(const struct pal_claim *claim,
                             const struct pal_question_ready *ready,
                             struct pal_error *err)
{
    const struct pal_measure *measure = &ready->request.measure;
    if (claim->test == PAL_TEST_SHARE_ABOVE && measure->kind != PAL_MEASURE_SHARE) {
        return pal_fail(err, PAL_INPUT,
                        "the test share-above needs a share; %.*s counts %.*s",
                        PAL_VIEW_ARG(measure->name), PAL_VIEW_ARG(measure->unit));
    }
    if (claim->test == PAL_TEST_MORE_THAN_USUAL) {
        if (!pal_claim_is_countable(measure)) {
            return pal_fail(err, PAL_INPUT,
                            "the test more-than-usual needs a count or a rate, which "
                            "%.*s is not",
                            PAL_VIEW_ARG(measure->name));
        }
        if (claim->what.first == PAL_DAY_NONE || claim->what.last == PAL_DAY_NONE) {
            return pal_fail(err, PAL_INPUT,
                            "the test more-than-usual needs from and to");
        }
    }
    return PAL_OK;
}

static void verdict_of_status(struct pal_finding *finding)
{
    switch (finding->readings[0].status) {
    case PAL_FIGURE_NOT_RECORDED:
        finding->verdict = PAL_VERDICT_NOT_RECORDED;
        break;
    case PAL_FIGURE_NO_DATA:
        finding->verdict = PAL_VERDICT_CANNOT_TELL;
        break;
    case PAL_FIGURE_NUMBER:
    case PAL_FIGURE_NOT_COVERED:
    default:
        finding->verdict = PAL_VERDICT_NOT_COVERED;
        break;
    }
}

static pal_status take_count(void *taker, const struct pal_value *row,
                             struct pal_error *err)
{
    int64_t *count = taker;
    (void)err;
    *count = row[0].integer;
    return PAL_OK;
}

static pal_status has_field(struct pal_judge *judge, struct pal_view table,
                            struct pal_view field, bool *has, struct pal_error *err)
{
    const struct pal_value values[] = {{.kind = PAL_VALUE_TEXT, .text = table},
                                       {.kind = PAL_VALUE_TEXT, .text = field}};
    int64_t count = 1;
    pal_status st =
        field.size == 0
            ? PAL_OK
            : pal_judge_rows(judge, "field.sql", values, 2,
                             (struct pal_row_sink){take_count, &count}, err);
    *has = count > 0;
    return st;
}

/* Dates that no release covers: where the loaded records have no column for such a thing on
 * any day, that is what is said. */
static pal_status look_beyond(struct pal_judge *judge,
                              const struct pal_question_ready *ready,
                              struct pal_finding *finding, struct pal_error *err)
{
    const struct pal_measure_request *request = &ready->request;
    struct pal_dimension dimension;
    bool has = true;
    if (finding->verdict == PAL_VERDICT_NOT_COVERED && finding->file_count == 0) {
        finding->coverage = PAL_VIEW("No such records are loaded.");
    }
    if (finding->verdict != PAL_VERDICT_NOT_COVERED ||
        pal_view_is_equal(finding->coverage, PAL_VIEW("No such records are loaded."))) {
        return PAL_OK;
    }
    pal_status st =
        has_field(judge, request->measure.table, request->measure.field, &has, err);
    for (size_t i = 0; st == PAL_OK && has && i < request->where_count; i++) {
        if (pal_dimension_find(request->measure.table, request->where[i].dimension,
                               &dimension) &&
            dimension.kind == PAL_DIMENSION_TEXT) {
            st = has_field(judge, request->measure.table, dimension.field, &has, err);
        }
    }
    if (!has) {
        finding->verdict = PAL_VERDICT_NOT_RECORDED;
    }
    return st;
}

pal_status pal_finding_not_there(struct pal_judge *judge,
                                 const struct pal_question_ready *ready,
                                 struct pal_finding *finding, struct pal_error *err)
{
    verdict_of_status(finding);
    return look_beyond(judge, ready, finding, err);
}

pal_status pal_judge_start(struct pal_judge *judge, const struct pal_claim *claim,
                           const struct pal_claim_what *what,
                           struct pal_question_ready *ready,
                           struct pal_finding *finding, struct pal_error *err)
{
    struct pal_range range = {0, 0};
    pal_status st = pal_judge_prepare(judge, what, ready, err);
    if (st == PAL_OK) {
        st = check_kind(claim, ready, err);
    }
    if (st == PAL_OK) {
        st = pal_claim_range(claim,
                             ready->request.measure.kind == PAL_MEASURE_SHARE &&
                                 !claim->has_against,
                             claim->has_against, &range, err);
    }
    finding->has_range = claim->test != PAL_TEST_MORE_THAN_USUAL &&
                         claim->test != PAL_TEST_SPURTS_IN_TURN;
    finding->claimed_low = range.low;
    finding->claimed_high = range.high;
    finding->place_note = ready->place_note;
    finding->unit = ready->request.measure.unit;
    if (st == PAL_OK) {
        st = pal_finding_set_coverage(judge, &ready->request.measure, finding, err);
    }
    if (st == PAL_OK) {
        st =
            pal_finding_set_files(judge, ready->request.measure.coverage, finding, err);
    }
    return st == PAL_OK ? pal_finding_set_definition(judge, &ready->request.measure,
                                                     finding, err)
                        : st;
}

static pal_status test_claim(struct pal_judge *judge, const struct pal_claim *claim,
                             struct pal_finding *finding, struct pal_error *err)
{
    struct pal_question_ready ready;
    struct pal_reading *main = NULL;
    pal_status st = pal_judge_start(judge, claim, &claim->what, &ready, finding, err);
    if (st == PAL_OK) {
        st = pal_reading_new(judge, finding, &main, err);
    }
    if (st == PAL_OK) {
        st = pal_reading_fill(judge, &ready.request, &ready.dispersion, main, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    if (!isfinite(main->value)) {
        st = pal_finding_not_there(judge, &ready, finding, err);
    } else {
        st = pal_judge_dispersion(judge, &ready.request, &ready.dispersion, err);
        if (st == PAL_OK) {
            st = pal_reading_fill(judge, &ready.request, &ready.dispersion, main, err);
        }
    }
    if (st == PAL_OK && isfinite(main->value) &&
        pal_claim_is_countable(&ready.request.measure)) {
        int64_t total = 0;
        st = pal_judge_blanks(judge, &ready.request, &main->blank, &total, err);
    }
    if (st == PAL_OK && isfinite(main->value) &&
        ready.request.measure.kind == PAL_MEASURE_SHARE &&
        (double)main->n > main->base) {
        main->blank = main->n - (int64_t)llround(main->base);
    }
    main->choice = PAL_VIEW("definition");
    main->name = pal_measure_has_rules(&ready.request.measure)
                     ? PAL_VIEW("our duplicate rule (palladium-1)")
                     : ready.request.measure.title;
    main->bears = isfinite(main->value);
    if (st == PAL_OK && main->bears) {
        st = test_once(judge, claim, &ready, finding, err);
    }
    main->verdict = finding->verdict;
    if (st == PAL_OK && main->bears) {
        st = judge_readings(judge, claim, &ready, finding, err);
    }
    if (st == PAL_OK && pal_claim_is_small(&ready.request, main)) {
        pal_finding_withhold(finding);
    }
    return st == PAL_OK ? pal_finding_words(judge, finding, &ready, err) : st;
}

/* No test, but a measure: what it is about is counted, where the records have it. */
static pal_status look_only(struct pal_judge *judge, const struct pal_claim *claim,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct pal_question_ready ready;
    struct pal_reading *main = NULL;
    pal_status st = pal_judge_start(judge, claim, &claim->what, &ready, finding, err);
    if (st == PAL_OK) {
        st = pal_reading_new(judge, finding, &main, err);
    }
    if (st == PAL_OK) {
        st = pal_reading_fill(judge, &ready.request, &ready.dispersion, main, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    main->choice = PAL_VIEW("definition");
    main->name = ready.request.measure.title;
    finding->has_range = false;
    if (isfinite(main->value) && main->days_covered == main->days) {
        finding->verdict = PAL_VERDICT_NOT_TESTABLE;
        finding->why = claim->why_not;
        finding->claimed = PAL_VIEW("nothing that one figure tests");
        if (pal_claim_is_small(&ready.request, main)) {
            pal_finding_withhold(finding);
        }
        return PAL_OK;
    }
    st = pal_finding_not_there(judge, &ready, finding, err);
    if (st == PAL_OK) {
        st = pal_finding_words(judge, finding, &ready, err);
    }
    finding->claimed = PAL_VIEW("nothing that one figure tests");
    return st == PAL_OK && claim->why_not.size > 0
               ? pal_judge_words(judge, &finding->why, err, "%.*s %.*s",
                                 PAL_VIEW_ARG(finding->why),
                                 PAL_VIEW_ARG(claim->why_not))
               : st;
}

/* What is wrong with one claim ends that claim and no other. */
static pal_status fail_claim(struct pal_judge *judge, const struct pal_claim *claim,
                             struct pal_view words, struct pal_finding *finding,
                             struct pal_error *err)
{
    *finding = (struct pal_finding){.claim = claim, .verdict = PAL_VERDICT_ERROR};
    finding->low = (double)NAN;
    finding->high = (double)NAN;
    return pal_arena_copy(judge->arena, words, &finding->why, err);
}

static pal_status check_one(struct pal_judge *judge, const struct pal_claim *claim,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct pal_error problem = {PAL_OK, ""};
    *finding = (struct pal_finding){.claim = claim};
    finding->low = (double)NAN;
    finding->high = (double)NAN;
    if (claim->problem.size > 0) {
        return fail_claim(judge, claim, claim->problem, finding, err);
    }
    pal_status st = PAL_OK;
    if (claim->test != PAL_TEST_NONE && claim->why_not.size > 0) {
        finding->verdict = PAL_VERDICT_NOT_TESTABLE;
        finding->claimed = PAL_VIEW("nothing that is tested as it stands");
        finding->why = claim->why_not;
    } else if (claim->test == PAL_TEST_NONE && claim->what.measure.size > 0) {
        st = look_only(judge, claim, finding, &problem);
    } else if (claim->test == PAL_TEST_NONE) {
        finding->verdict = PAL_VERDICT_NOT_TESTABLE;
        finding->claimed = PAL_VIEW("nothing that records count");
        finding->why =
            claim->why_not.size > 0
                ? claim->why_not
                : PAL_VIEW("No measure counts what this statement is about.");
    } else if (claim->test == PAL_TEST_SPURTS_IN_TURN) {
        st = pal_judge_spurts(judge, claim, finding, &problem);
    } else {
        st = test_claim(judge, claim, finding, &problem);
    }
    if (st == PAL_OK) {
        st = pal_finding_add_contexts(judge, claim, finding, &problem);
    }
    if (st == PAL_INPUT || st == PAL_USAGE) {
        return fail_claim(judge, claim, pal_view_of(problem.text), finding, err);
    }
    return st == PAL_OK ? PAL_OK
                        : pal_fail(err, st, "claim %.*s: %s", PAL_VIEW_ARG(claim->id),
                                   problem.text);
}

/* The day for a published review: as stated, else that of the newest source. */
static int32_t reviewed_on(const struct pal_claims *claims)
{
    int32_t day = claims->reviewed;
    for (size_t i = 0; claims->reviewed == PAL_DAY_NONE && i < claims->count; i++) {
        int32_t date = claims->items[i].source_date;
        day = date > day ? date : day;
    }
    return day;
}

static pal_status check_all(struct pal_judge *judge, struct pal_error *err)
{
    struct pal_judgement *out = judge->out;
    void *memory = NULL;
    pal_status st = pal_arena_alloc(judge->arena, judge->claims->count + 1,
                                    sizeof *out->findings, &memory, err);
    out->findings = memory;
    if (st == PAL_OK) {
        st = pal_judge_load(judge, err);
    }
    for (size_t i = 0; st == PAL_OK && i < judge->claims->count; i++) {
        pal_progress_report(judge->progress, judge->claims->items[i].id, 0, 0, 0);
        st = check_one(judge, &judge->claims->items[i], &out->findings[i], err);
        if (st == PAL_OK) {
            out->count++;
            out->verdict_counts[out->findings[i].verdict]++;
        }
    }
    return st;
}

pal_status pal_claims_check(struct pal_store *store, const struct pal_claims *claims,
                            struct pal_progress *progress, struct pal_judgement **out,
                            struct pal_error *err)
{
    struct pal_judge *judge = pal_alloc_zero(1, sizeof *judge);
    *out = NULL;
    if (judge == NULL) {
        return pal_fail_memory(err);
    }
    judge->store = store;
    judge->claims = claims;
    judge->progress = progress;
    judge->out = pal_alloc_zero(1, sizeof *judge->out);
    if (judge->out == NULL) {
        pal_free(judge);
        return pal_fail_memory(err);
    }
    judge->arena = &judge->out->arena;
    pal_arena_init(judge->arena, PAL_CLAIM_ARENA_MAX);
    judge->out->reviewed = reviewed_on(claims);
    pal_status st = check_all(judge, err);
    for (size_t i = 0; i < judge->result_count; i++) {
        pal_measure_result_free(judge->results[i]);
    }
    pal_judge_drop_surges(judge);
    if (st == PAL_OK) {
        *out = judge->out;
    } else {
        pal_judgement_free(judge->out);
    }
    pal_free(judge);
    return st;
}

void pal_judgement_free(struct pal_judgement *judgement)
{
    if (judgement != NULL) {
        pal_arena_clear(&judgement->arena);
        pal_free(judgement);
    }
}
