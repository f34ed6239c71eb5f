/*
 * Judging claims: one after another, each to a finding. A claim that is wrong, or asks for
 * what is not known, becomes a finding with the verdict "error", and the others go on.
 */
#include <math.h>

#include "claim/claim_internal.h"

enum { PLACE_MAX = 256, RELEASE_MAX = 256, FILE_MAX = 64, COVER_TEXT_MAX = 1500 };

/* ---- what the study says of itself ---- */

static pal_status take_place(void *taker, const struct pal_value *row,
                             struct pal_error *err)
{
    struct pal_judge *judge = taker;
    if (judge->place_count == PLACE_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d places in a study", PLACE_MAX);
    }
    struct pal_claim_place *place = &judge->places[judge->place_count++];
    struct pal_view *texts[] = {&place->place, &place->area, &place->state, &place->note};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = PAL_VIEW("");
        if (row[i].kind == PAL_VALUE_TEXT) {
            st = pal_arena_copy(judge->arena, row[i].text, texts[i], err);
        }
    }
    return st;
}

static pal_status take_release(void *taker, const struct pal_value *row,
                               struct pal_error *err)
{
    struct pal_judge *judge = taker;
    if (judge->release_count == RELEASE_MAX) {
        return PAL_OK;
    }
    return pal_arena_copy(judge->arena, row[0].text,
                          &judge->releases[judge->release_count++], err);
}

static pal_status take_setting(void *taker, const struct pal_value *row,
                               struct pal_error *err)
{
    struct pal_judge *judge = taker;
    struct pal_judgement *out = judge->out;
    struct pal_view *at = &out->title;
    if (pal_view_is_equal(row[0].text, PAL_VIEW("program_version"))) {
        at = &out->program_version;
    } else if (pal_view_is_equal(row[0].text, PAL_VIEW("rule_version"))) {
        at = &out->rule_version;
    }
    return pal_arena_copy(judge->arena, row[1].text, at, err);
}

static pal_status load(struct pal_judge *judge, struct pal_error *err)
{
    void *places = NULL;
    void *releases = NULL;
    pal_status st = pal_arena_alloc(judge->arena, PLACE_MAX, sizeof *judge->places,
                                    &places, err);
    if (st == PAL_OK) {
        st = pal_arena_alloc(judge->arena, RELEASE_MAX, sizeof *judge->releases,
                             &releases, err);
    }
    judge->places = places;
    judge->releases = releases;
    if (st == PAL_OK) {
        st = pal_judge_rows(judge, "place.sql", NULL, 0, take_place, judge, err);
    }
    if (st == PAL_OK) {
        st = pal_judge_rows(judge, "release.sql", NULL, 0, take_release, judge, err);
    }
    return st == PAL_OK ? pal_judge_rows(judge, "setting.sql", NULL, 0, take_setting,
                                         judge, err)
                        : st;
}

/* ---- coverage, files, definition ---- */

struct cover_words {
    struct pal_buffer text;
    size_t count;
};

static pal_status take_cover(void *taker, const struct pal_value *row,
                             struct pal_error *err)
{
    struct cover_words *words = taker;
    char first[16];
    char last[16];
    (void)err;
    if (row[3].integer == 0) {
        return PAL_OK;
    }
    pal_day_text((int32_t)row[1].integer, first);
    pal_day_text((int32_t)row[2].integer, last);
    pal_buffer_append_format(&words->text, "%s%s to %s (release %.*s)",
                             words->count++ == 0 ? "" : ", ", first, last,
                             PAL_VIEW_ARG(row[0].text));
    return PAL_OK;
}

static pal_status set_coverage(struct pal_judge *judge, const struct pal_measure *measure,
                               struct pal_finding *finding, struct pal_error *err)
{
    struct cover_words words = {.count = 0};
    struct pal_value table = {.kind = PAL_VALUE_TEXT, .text = measure->coverage};
    if (measure->kind == PAL_MEASURE_STATED || measure->kind == PAL_MEASURE_STOCK ||
        pal_view_is_equal(measure->table, PAL_VIEW("custody_statistic"))) {
        finding->coverage = PAL_VIEW("As published, month by month.");
        return PAL_OK;
    }
    /* The buffer's cap ends a long list; what was put in stays whole. */
    pal_buffer_init(&words.text, COVER_TEXT_MAX);
    pal_status st =
        pal_judge_rows(judge, "cover.sql", &table, 1, take_cover, &words, err);
    if (st == PAL_OK && words.count == 0) {
        finding->coverage = PAL_VIEW("No such records are loaded.");
    } else if (st == PAL_OK) {
        st = pal_judge_words(judge, &finding->coverage, err,
                             "The loaded records of this kind cover %.*s.",
                             (int)words.text.size, words.text.data);
    }
    pal_buffer_clear(&words.text);
    return st;
}

struct file_taker {
    struct pal_judge *judge;
    struct pal_finding *finding;
    struct pal_view table;
};

static pal_status take_file(void *taker, const struct pal_value *row,
                            struct pal_error *err)
{
    struct file_taker *files = taker;
    struct pal_finding *finding = files->finding;
    if (finding->file_count == FILE_MAX) {
        return PAL_OK;
    }
    struct pal_claim_file *file = &finding->files[finding->file_count++];
    file->table = files->table;
    file->rows = row[3].integer;
    pal_status st = pal_arena_copy(files->judge->arena, row[0].text, &file->file, err);
    if (st == PAL_OK) {
        st = pal_arena_copy(files->judge->arena, row[1].text, &file->sha256, err);
    }
    file->release = PAL_VIEW("");
    if (st == PAL_OK && row[2].kind == PAL_VALUE_TEXT) {
        st = pal_arena_copy(files->judge->arena, row[2].text, &file->release, err);
    }
    return st;
}

static pal_status set_files(struct pal_judge *judge, struct pal_view table,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct file_taker files = {judge, finding, table};
    struct pal_value value = {.kind = PAL_VALUE_TEXT, .text = table};
    void *memory = NULL;
    for (size_t i = 0; i < finding->file_count; i++) {
        if (pal_view_is_equal(finding->files[i].table, table)) {
            return PAL_OK;
        }
    }
    if (finding->files == NULL) {
        pal_status st = pal_arena_alloc(judge->arena, FILE_MAX, sizeof *finding->files,
                                        &memory, err);
        if (st != PAL_OK) {
            return st;
        }
        finding->files = memory;
    }
    return pal_judge_rows(judge, "file.sql", &value, 1, take_file, &files, err);
}

static pal_status set_definition(struct pal_judge *judge,
                                 const struct pal_measure *measure,
                                 struct pal_finding *finding, struct pal_error *err)
{
    bool is_divided = measure->denominator.size > 0;
    return pal_judge_words(judge, &finding->definition, err, "%.*s%s%.*s. %.*s",
                           PAL_VIEW_ARG(measure->numerator),
                           is_divided ? ", divided by " : "",
                           PAL_VIEW_ARG(measure->denominator),
                           PAL_VIEW_ARG(measure->caveats));
}

/* ---- small cells ---- */

/* Conditions that single out few people, as the breakdowns of a publication do. */
static bool is_attribute(struct pal_view dimension)
{
    static const char *const names[] = {"citizenship", "sex",    "criminality",
                                        "threat_level", "country", "county",
                                        "city",        "facility", "disposition"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (pal_view_is_equal(dimension, pal_view_of(names[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_small(const struct pal_measure_request *request, int64_t n)
{
    bool is_breakdown = false;
    for (size_t i = 0; i < request->where_count; i++) {
        is_breakdown = is_breakdown || is_attribute(request->where[i].dimension);
    }
    return is_breakdown && n > 0 && n < PAL_CLAIM_SMALL_CELL;
}

static void withhold(struct pal_reading *reading)
{
    reading->value = (double)NAN;
    reading->low = (double)NAN;
    reading->high = (double)NAN;
    reading->n = 0;
    reading->note = PAL_VIEW("fewer than 11: not shown");
}

static void withhold_finding(struct pal_finding *finding)
{
    finding->is_withheld = true;
    finding->has_value = false;
    for (size_t i = 0; i < finding->reading_count; i++) {
        withhold(&finding->readings[i]);
    }
}

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
                            const struct pal_dispersion *dispersion,
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
               ? pal_judge_rank(judge, claim, ready, dispersion, finding, err)
               : pal_judge_compare(judge, claim, ready, dispersion, finding, err);
}

/* The verdict under another definition: the same test on a copy of the question. */
static pal_status test_reading(struct pal_judge *judge, const struct pal_claim *claim,
                               const struct pal_question_ready *ready,
                               const struct pal_dispersion *dispersion,
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
    st = test_once(judge, claim, &other, dispersion, &scratch, err);
    reading->verdict = scratch.verdict;
    return st;
}

static pal_status judge_readings(struct pal_judge *judge, const struct pal_claim *claim,
                                 const struct pal_question_ready *ready,
                                 const struct pal_dispersion *dispersion,
                                 struct pal_finding *finding,
                                 struct pal_error *err)
{
    enum pal_verdict own = finding->verdict;
    finding->readings[0].verdict = own;
    pal_status st = pal_readings_add(judge, ready, dispersion, finding, err);
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
            st = test_reading(judge, claim, ready, dispersion, finding, reading, err);
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

/* Dates that no release covers: where the loaded records do not even record such a thing,
 * that is what is said. */
static pal_status look_beyond(struct pal_judge *judge,
                              const struct pal_question_ready *ready,
                              struct pal_finding *finding, struct pal_error *err)
{
    struct pal_measure_request request = ready->request;
    struct pal_figure figure;
    bool is_dated = request.first != PAL_DAY_NONE || request.last != PAL_DAY_NONE;
    bool is_specific = request.where_count > 0 ||
                       request.measure.kind == PAL_MEASURE_SHARE;
    if (finding->verdict != PAL_VERDICT_NOT_COVERED || !is_dated || !is_specific) {
        return PAL_OK;
    }
    request.first = PAL_DAY_NONE;
    request.last = PAL_DAY_NONE;
    pal_status st = pal_judge_figure(judge, &request, &figure, err);
    if (st == PAL_OK && figure.status == PAL_FIGURE_NOT_RECORDED) {
        finding->verdict = PAL_VERDICT_NOT_RECORDED;
        finding->readings[0].note = PAL_VIEW("nor on any other day");
    }
    return st;
}

static pal_status start(struct pal_judge *judge, const struct pal_claim *claim,
                        struct pal_question_ready *ready, struct pal_finding *finding,
                        struct pal_error *err)
{
    struct pal_range range = {0, 0};
    pal_status st = pal_judge_prepare(judge, &claim->what, ready, err);
    if (st == PAL_OK) {
        st = check_kind(claim, ready, err);
    }
    if (st == PAL_OK) {
        st = pal_claim_range(claim,
                             ready->request.measure.kind == PAL_MEASURE_SHARE &&
                                 !claim->has_against,
                             claim->has_against, &range, err);
    }
    finding->has_range = claim->test != PAL_TEST_MORE_THAN_USUAL;
    finding->claimed_low = range.low;
    finding->claimed_high = range.high;
    finding->place_note = ready->place_note;
    finding->unit = ready->request.measure.unit;
    if (st == PAL_OK) {
        st = set_coverage(judge, &ready->request.measure, finding, err);
    }
    if (st == PAL_OK) {
        st = set_files(judge, ready->request.measure.coverage, finding, err);
    }
    return st == PAL_OK ? set_definition(judge, &ready->request.measure, finding, err)
                        : st;
}

static pal_status test_claim(struct pal_judge *judge, const struct pal_claim *claim,
                             struct pal_finding *finding, struct pal_error *err)
{
    struct pal_question_ready ready;
    struct pal_reading *main = NULL;
    struct pal_dispersion dispersion = {.status = PAL_FIT_TOO_FEW, .value = 1};
    pal_status st = start(judge, claim, &ready, finding, err);
    if (st == PAL_OK) {
        st = pal_reading_new(judge, finding, &main, err);
    }
    if (st == PAL_OK) {
        st = pal_reading_fill(judge, &ready.request, &dispersion, main, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    if (!isfinite(main->value)) {
        verdict_of_status(finding);
        st = look_beyond(judge, &ready, finding, err);
    } else {
        st = pal_judge_dispersion(judge, &ready.request, &dispersion, err);
        if (st == PAL_OK) {
            st = pal_reading_fill(judge, &ready.request, &dispersion, main, err);
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
        st = test_once(judge, claim, &ready, &dispersion, finding, err);
    }
    main->verdict = finding->verdict;
    if (st == PAL_OK && main->bears) {
        st = judge_readings(judge, claim, &ready, &dispersion, finding, err);
    }
    if (st == PAL_OK && is_small(&ready.request, main->n)) {
        withhold_finding(finding);
    }
    return st == PAL_OK ? pal_finding_words(judge, finding, &ready, err) : st;
}

/* No test, but a measure: what it is about is counted, where the records have it. */
static pal_status look_only(struct pal_judge *judge, const struct pal_claim *claim,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct pal_dispersion dispersion = {.status = PAL_FIT_TOO_FEW, .value = 1};
    struct pal_question_ready ready;
    struct pal_reading *main = NULL;
    pal_status st = start(judge, claim, &ready, finding, err);
    if (st == PAL_OK) {
        st = pal_reading_new(judge, finding, &main, err);
    }
    if (st == PAL_OK) {
        st = pal_reading_fill(judge, &ready.request, &dispersion, main, err);
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
        if (is_small(&ready.request, main->n)) {
            withhold_finding(finding);
        }
        return PAL_OK;
    }
    verdict_of_status(finding);
    st = look_beyond(judge, &ready, finding, err);
    if (st == PAL_OK) {
        st = pal_finding_words(judge, finding, &ready, err);
    }
    finding->claimed = PAL_VIEW("nothing that one figure tests");
    return st == PAL_OK && claim->why_not.size > 0
               ? pal_judge_words(judge, &finding->why, err, "%.*s %.*s",
                                 PAL_VIEW_ARG(finding->why), PAL_VIEW_ARG(claim->why_not))
               : st;
}

static pal_status add_context(struct pal_judge *judge,
                              const struct pal_claim_context *context,
                              struct pal_finding *finding, struct pal_error *err)
{
    struct pal_question_ready ready;
    struct pal_reading *reading = &finding->contexts[finding->context_count];
    struct pal_dispersion dispersion = {.status = PAL_FIT_TOO_FEW, .value = 1};
    struct pal_buffer scope;
    if (context->law.size > 0) {
        finding->context_count++;
        return pal_judge_law(judge, context, reading, err);
    }
    pal_status st = pal_judge_prepare(judge, &context->what, &ready, err);
    *reading = (struct pal_reading){.value = (double)NAN,
                                    .low = (double)NAN,
                                    .high = (double)NAN,
                                    .dispersion = 1,
                                    .choice = PAL_VIEW("context"),
                                    .note = context->note,
                                    .verdict = PAL_VERDICT_NOT_TESTABLE};
    if (st == PAL_OK) {
        st = pal_judge_dispersion(judge, &ready.request, &dispersion, err);
    }
    if (st == PAL_OK) {
        st = pal_reading_fill(judge, &ready.request, &dispersion, reading, err);
    }
    if (st != PAL_OK) {
        return pal_while(err, st, "context");
    }
    if (is_small(&ready.request, reading->n)) {
        withhold(reading);
    }
    finding->context_count++;
    pal_buffer_init(&scope, PAL_CLAIM_WORDS_MAX);
    pal_buffer_append_view(&scope, ready.request.measure.title);
    pal_claim_scope(&scope, &ready.request);
    st = pal_arena_copy(judge->arena, pal_buffer_view(&scope), &reading->name, err);
    pal_buffer_clear(&scope);
    if (st == PAL_OK && finding->place_note.size == 0) {
        finding->place_note = ready.place_note;
    }
    return st == PAL_OK
               ? set_files(judge, ready.request.measure.coverage, finding, err)
               : st;
}

static pal_status add_contexts(struct pal_judge *judge, const struct pal_claim *claim,
                               struct pal_finding *finding, struct pal_error *err)
{
    void *memory = NULL;
    pal_status st = PAL_OK;
    if (claim->context_count == 0) {
        return PAL_OK;
    }
    st = pal_arena_alloc(judge->arena, claim->context_count, sizeof *finding->contexts,
                         &memory, err);
    finding->contexts = memory;
    for (size_t i = 0; st == PAL_OK && i < claim->context_count; i++) {
        st = add_context(judge, &claim->contexts[i], finding, err);
    }
    return st;
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
    if (claim->test == PAL_TEST_NONE && claim->what.measure.size > 0) {
        st = look_only(judge, claim, finding, &problem);
    } else if (claim->test == PAL_TEST_NONE) {
        finding->verdict = PAL_VERDICT_NOT_TESTABLE;
        finding->claimed = PAL_VIEW("nothing that records count");
        finding->why = claim->why_not.size > 0
                           ? claim->why_not
                           : PAL_VIEW("No measure counts what this statement is about.");
    } else {
        st = test_claim(judge, claim, finding, &problem);
    }
    if (st == PAL_OK) {
        st = add_contexts(judge, claim, finding, &problem);
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
        st = load(judge, err);
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
