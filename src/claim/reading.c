/*
 * The same figure under other definitions: other duplicate rules, other releases that cover the
 * days, parts by method group. The first two bear on the verdict, a part does not: who says
 * "arrests" says all of them.
 */
#include <math.h>
#include <string.h>

#include "claim/claim_internal.h"

pal_status pal_reading_new(struct pal_judge *judge, struct pal_finding *finding,
                           struct pal_reading **out, struct pal_error *err)
{
    if (finding->readings == NULL) {
        void *memory = NULL;
        pal_status st = pal_arena_alloc(judge->arena, PAL_CLAIM_READING_MAX,
                                        sizeof *finding->readings, &memory, err);
        if (st != PAL_OK) {
            return st;
        }
        finding->readings = memory;
    }
    if (finding->reading_count == PAL_CLAIM_READING_MAX) {
        (void)pal_fail(err, PAL_LIMIT, "more than %d readings of one claim",
                       PAL_CLAIM_READING_MAX);
        return PAL_LIMIT;
    }
    *out = &finding->readings[finding->reading_count++];
    **out = (struct pal_reading){.first = PAL_DAY_NONE,
                                 .last = PAL_DAY_NONE,
                                 .value = (double)NAN,
                                 .low = (double)NAN,
                                 .high = (double)NAN,
                                 .dispersion = 1,
                                 .verdict = PAL_VERDICT_NOT_TESTABLE};
    return PAL_OK;
}

void pal_request_command(const struct pal_measure_request *request,
                         struct pal_buffer *out)
{
    char day[16];
    pal_buffer_append_format(out, "palladium measure run %.*s study.duckdb",
                             PAL_VIEW_ARG(request->measure.name));
    for (size_t i = 0; i < request->by_count; i++) {
        pal_buffer_append_format(out, "%s%.*s", i == 0 ? " --by " : ",",
                                 PAL_VIEW_ARG(request->by[i]));
    }
    for (size_t i = 0; i < request->where_count; i++) {
        pal_buffer_append_format(
            out, " --where %.*s=", PAL_VIEW_ARG(request->where[i].dimension));
        pal_buffer_append_shell_word(out, request->where[i].value);
    }
    if (request->first != PAL_DAY_NONE) {
        pal_day_text(request->first, day);
        pal_buffer_append_format(out, " --from %s", day);
    }
    if (request->last != PAL_DAY_NONE) {
        pal_day_text(request->last, day);
        pal_buffer_append_format(out, " --to %s", day);
    }
    if (request->release.size > 0) {
        pal_buffer_append_text(out, " --release ");
        pal_buffer_append_shell_word(out, request->release);
    }
    if (request->rule.size > 0) {
        pal_buffer_append_text(out, " --rule ");
        pal_buffer_append_shell_word(out, request->rule);
    }
}

static pal_status set_command(struct pal_judge *judge,
                              const struct pal_measure_request *request,
                              struct pal_reading *out, struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_CLAIM_WORDS_MAX);
    pal_request_command(request, &text);
    pal_status st = pal_buffer_keep(&text, judge->arena, &out->command, err);
    return st;
}

static pal_status set_figure(const struct pal_measure *measure,
                             const struct pal_figure *figure,
                             const struct pal_dispersion *dispersion,
                             struct pal_reading *out, struct pal_error *err)
{
    struct pal_interval interval = {figure->low, figure->high};
    bool is_wider = dispersion->spread != PAL_SPREAD_NONE;
    pal_status st = PAL_OK;
    out->status = figure->status;
    out->n = figure->n;
    out->base = figure->base;
    out->days = figure->days;
    out->days_covered = figure->days_covered;
    if (!figure->has_value) {
        return PAL_OK;
    }
    out->value = figure->value;
    if (is_wider && pal_claim_is_countable(measure)) {
        double per = measure->kind == PAL_MEASURE_RATE ? figure->days_covered : 1;
        st = pal_claim_count_interval(figure->n, per, dispersion, &interval, err);
        out->dispersion = dispersion->value;
    } else if (is_wider && measure->kind == PAL_MEASURE_SHARE &&
               isfinite(figure->low)) {
        int64_t whole = (int64_t)llround(figure->base);
        int64_t part = (int64_t)llround(figure->value * figure->base);
        st = pal_claim_share_interval(part, whole, dispersion, &interval, err);
        out->dispersion = dispersion->value;
    }
    out->low = interval.low;
    out->high = interval.high;
    return st;
}

pal_status pal_reading_fill(struct pal_judge *judge,
                            const struct pal_measure_request *request,
                            const struct pal_dispersion *dispersion,
                            struct pal_reading *out, struct pal_error *err)
{
    struct pal_figure figure;
    pal_status st = pal_judge_figure(judge, request, &figure, err);
    if (st != PAL_OK) {
        return st;
    }
    out->measure = request->measure.name;
    out->rule = request->rule;
    out->release = request->release;
    out->first = request->first;
    out->last = request->last;
    st = set_figure(&request->measure, &figure, dispersion, out, err);
    return st == PAL_OK ? set_command(judge, request, out, err) : st;
}

/* ---- duplicate rules ---- */

struct rules {
    struct pal_judge *judge;
    size_t count;
    struct pal_view names[PAL_CLAIM_READING_MAX]; /* that keep every row */
};

static pal_status take_rule(void *taker, const struct pal_value *row,
                            struct pal_error *err)
{
    struct rules *rules = taker;
    if (rules->count == PAL_CLAIM_READING_MAX) {
        return PAL_OK;
    }
    return pal_arena_copy(rules->judge->arena, row[0].text,
                          &rules->names[rules->count++], err);
}

static bool keeps_all(const struct rules *rules, struct pal_view name)
{
    if (pal_view_is_equal(name, PAL_VIEW("all"))) {
        return true;
    }
    for (size_t i = 0; i < rules->count; i++) {
        if (pal_view_is_equal(rules->names[i], name)) {
            return true;
        }
    }
    return false;
}

struct pal_view pal_rule_same_note(void)
{
    return PAL_VIEW("no record of these releases is left out by this rule or by ours");
}

pal_status pal_rules_compare(struct pal_judge *judge, struct pal_view table,
                             bool is_same[PAL_CLAIM_READING_MAX], struct pal_error *err)
{
    struct rules rules = {.judge = judge};
    struct pal_value value = {.kind = PAL_VALUE_TEXT, .text = table};
    struct pal_rule rule;
    pal_status st = pal_judge_rows(judge, "rule_same.sql", &value, 1,
                                   (struct pal_row_sink){take_rule, &rules}, err);
    PAL_BUG_IF(!pal_rule_at(table, 0, &rule));
    bool ours_keeps_all = keeps_all(&rules, rule.name);
    for (size_t i = 0; i < PAL_CLAIM_READING_MAX && pal_rule_at(table, i, &rule); i++) {
        is_same[i] = ours_keeps_all && keeps_all(&rules, rule.name);
    }
    return st;
}

/* Where neither rule leaves a row out, the figure is the one had already. */
static pal_status add_rules(struct pal_judge *judge,
                            const struct pal_question_ready *ready,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct pal_view table = ready->request.measure.table;
    bool is_same[PAL_CLAIM_READING_MAX] = {false};
    struct pal_rule rule;
    if (!pal_measure_has_rules(&ready->request.measure)) {
        return PAL_OK;
    }
    pal_status st = pal_rules_compare(judge, table, is_same, err);
    for (size_t i = 1;
         st == PAL_OK && i < PAL_CLAIM_READING_MAX && pal_rule_at(table, i, &rule);
         i++) {
        struct pal_measure_request request = ready->request;
        struct pal_reading *reading = NULL;
        request.rule = rule.name;
        st = pal_reading_new(judge, finding, &reading, err);
        if (st != PAL_OK) {
            return st;
        }
        if (is_same[i]) {
            *reading = finding->readings[0];
            reading->rule = rule.name;
            reading->note = pal_rule_same_note();
            st = set_command(judge, &request, reading, err);
        } else {
            st = pal_reading_fill(judge, &request, &ready->dispersion, reading, err);
        }
        reading->choice = PAL_VIEW("duplicate rule");
        reading->name = rule.title;
        reading->bears = true;
    }
    return st;
}

/* ---- releases ---- */

struct covers {
    struct pal_judge *judge;
    int32_t first;
    int32_t last;
    size_t count;
    struct pal_view names[4]; /* that cover all the days and are not counted */
};

static pal_status take_cover(void *taker, const struct pal_value *row,
                             struct pal_error *err)
{
    struct covers *covers = taker;
    /* A regional release is another view of its own area only. */
    bool is_other = row[3].integer == 0 && row[4].kind != PAL_VALUE_TEXT;
    bool has_all = covers->first != PAL_DAY_NONE && covers->last != PAL_DAY_NONE &&
                   row[1].integer <= covers->first && row[2].integer >= covers->last;
    if (!is_other || !has_all ||
        covers->count == sizeof covers->names / sizeof covers->names[0]) {
        return PAL_OK;
    }
    return pal_arena_copy(covers->judge->arena, row[0].text,
                          &covers->names[covers->count++], err);
}

static pal_status add_releases(struct pal_judge *judge,
                               const struct pal_question_ready *ready,
                               struct pal_finding *finding, struct pal_error *err)
{
    struct covers covers = {
        .judge = judge, .first = ready->request.first, .last = ready->request.last};
    struct pal_value table = {.kind = PAL_VALUE_TEXT,
                              .text = ready->request.measure.coverage};
    if (ready->request.release.size > 0) {
        return PAL_OK;
    }
    pal_status st = pal_judge_rows(judge, "cover.sql", &table, 1,
                                   (struct pal_row_sink){take_cover, &covers}, err);
    for (size_t i = 0; st == PAL_OK && i < covers.count; i++) {
        struct pal_measure_request request = ready->request;
        struct pal_reading *reading = NULL;
        request.release = covers.names[i];
        st = pal_reading_new(judge, finding, &reading, err);
        if (st != PAL_OK) {
            return st;
        }
        st = pal_reading_fill(judge, &request, &ready->dispersion, reading, err);
        reading->choice = PAL_VIEW("release");
        reading->name = covers.names[i];
        reading->bears = true;
    }
    return st;
}

/* ---- parts by method group ---- */

static bool has_condition(const struct pal_measure_request *request, const char *name)
{
    for (size_t i = 0; i < request->where_count; i++) {
        if (pal_view_is_equal(request->where[i].dimension, pal_view_of(name))) {
            return true;
        }
    }
    return false;
}

static pal_status add_groups(struct pal_judge *judge,
                             const struct pal_question_ready *ready,
                             struct pal_finding *finding, struct pal_error *err)
{
    struct pal_measure_request request = ready->request;
    struct pal_dimension dimension;
    const struct pal_measure_result *result = NULL;
    if (!pal_claim_is_countable(&request.measure) ||
        !pal_dimension_find(request.measure.table, PAL_VIEW("method_group"),
                            &dimension) ||
        has_condition(&request, "method") || has_condition(&request, "method_group")) {
        return PAL_OK;
    }
    request.by_count = 1;
    request.by[0] = PAL_VIEW("method_group");
    pal_status st = pal_judge_ask(judge, &request, &result, err);
    for (size_t i = 0; st == PAL_OK && i < result->count; i++) {
        struct pal_reading *reading = NULL;
        st = pal_reading_new(judge, finding, &reading, err);
        if (st != PAL_OK) {
            return st;
        }
        st = pal_arena_copy(judge->arena, result->figures[i].keys[0], &reading->name,
                            err);
        reading->choice = PAL_VIEW("method group");
        reading->measure = request.measure.name;
        reading->first = request.first;
        reading->last = request.last;
        if (st == PAL_OK) {
            st = set_figure(&request.measure, &result->figures[i], &ready->dispersion,
                            reading, err);
        }
        if (reading->n > 0 && reading->n < PAL_CLAIM_SMALL_CELL) {
            reading->value = (double)NAN;
            reading->low = (double)NAN;
            reading->high = (double)NAN;
            reading->n = 0;
            reading->note = PAL_VIEW("fewer than 11: not broken out");
        }
        if (st == PAL_OK) {
            st = set_command(judge, &request, reading, err);
        }
    }
    return st;
}

pal_status pal_readings_add(struct pal_judge *judge,
                            const struct pal_question_ready *ready,
                            struct pal_finding *finding, struct pal_error *err)
{
    pal_status st = add_rules(judge, ready, finding, err);
    if (st == PAL_OK) {
        st = add_releases(judge, ready, finding, err);
    }
    return st == PAL_OK ? add_groups(judge, ready, finding, err) : st;
}
