/*
 * Spurts in turn: whether the surges of different areas came one after the other. The
 * statistic is room detect's (doc/method-surge.md, Spurts in turn): how many other areas have
 * a surge on a mean day of one, held against shifts of each area's own days.
 *
 * Surges are searched only for days that are covered: it is the dearest question of all.
 */
#include <math.h>

#include "claim/spurts.h"

enum { SEED = 1 };
static const struct pal_view unit = {"times chance", 12};

/* ---- what is asked ---- */

static pal_status take_condition(const struct pal_condition *condition,
                                 struct pal_spurts *out, struct pal_error *err)
{
    struct pal_nearest nearest = {.word = condition->dimension};
    if (pal_view_is_equal(condition->dimension, PAL_VIEW("areas"))) {
        out->words = condition->value;
        out->has_areas = true;
        return PAL_OK;
    }
    if (pal_view_is_equal(condition->dimension, PAL_VIEW("kind"))) {
        out->has_kind = true;
        return pal_surge_kind_find(condition->value, &out->kind, err);
    }
    pal_nearest_try(&nearest, PAL_VIEW("areas"));
    pal_nearest_try(&nearest, PAL_VIEW("kind"));
    return pal_fail(
        err, PAL_INPUT,
        "the test %s knows the conditions areas and kind, and not "
        "\"%.*s\"%s%.*s%s",
        pal_claim_test_text(PAL_TEST_SPURTS_IN_TURN),
        (int)(condition->dimension.size < 80 ? condition->dimension.size : 80),
        condition->dimension.data, nearest.best.data == NULL ? "" : "; did you mean ",
        PAL_VIEW_ARG(nearest.best), nearest.best.data == NULL ? "" : "?");
}

static pal_status read_claim(const struct pal_claim *claim, struct pal_spurts *out,
                             struct pal_error *err)
{
    const char *name = pal_claim_test_text(claim->test);
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < claim->what.where_count; i++) {
        st = take_condition(&claim->what.where[i], out, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    if (claim->what.first == PAL_DAY_NONE || claim->what.last == PAL_DAY_NONE) {
        return pal_fail(err, PAL_INPUT, "the test %s needs from and to", name);
    }
    if (claim->what.release.size > 0) {
        return pal_fail(err, PAL_INPUT,
                        "the test %s takes the releases that serve each day; leave "
                        "release out",
                        name);
    }
    if (claim->has_against) {
        return pal_fail(err, PAL_INPUT,
                        "the test %s compares areas with each other; leave against out",
                        name);
    }
    return PAL_OK;
}

static pal_status read_measure(struct pal_judge *judge, const struct pal_claim *claim,
                               const struct pal_measure *measure,
                               struct pal_spurts *out, struct pal_error *err)
{
    struct pal_dimension dimension;
    if (measure->kind != PAL_MEASURE_COUNT ||
        !pal_dimension_find(measure->table, PAL_VIEW("area"), &dimension)) {
        return pal_fail(err, PAL_INPUT,
                        "the test %s needs a count that is known by area, such as "
                        "arrests; %.*s is none",
                        pal_claim_test_text(claim->test), PAL_VIEW_ARG(measure->name));
    }
    pal_status st = pal_surge_request_of(measure, &out->request, err);
    if (!out->has_kind) {
        /* Without a method on record no surge is called more than unclear. */
        bool has_method =
            pal_dimension_find(measure->table, PAL_VIEW("method"), &dimension);
        out->kind = has_method ? PAL_SURGE_STREET : PAL_SURGE_UNCLEAR;
    }
    if (!out->has_areas) {
        out->words = judge->place_count > 0 ? PAL_VIEW("announced") : PAL_VIEW("all");
    }
    return st == PAL_OK ? pal_turns_areas(judge->store, &out->request, out->words,
                                          judge->arena, &out->areas, err)
                        : st;
}

/* ---- surges, each kind of search once ---- */

static pal_status find_surges(struct pal_judge *judge, const struct pal_spurts *spurts,
                              struct pal_view rule, const struct pal_surge_study **out,
                              struct pal_error *err)
{
    struct pal_surge_request request = spurts->request;
    for (size_t i = 0; i < judge->surge_count; i++) {
        const struct pal_surge_request *had = &judge->surges[i]->request;
        if (pal_view_is_equal(had->measure.name, request.measure.name) &&
            pal_view_is_equal(had->rule, rule)) {
            *out = judge->surges[i];
            return PAL_OK;
        }
    }
    if (judge->surge_count == PAL_CLAIM_SURGES_MAX) {
        pal_judge_drop_surges(judge);
    }
    request.rule = rule;
    /* In windows that areas share a small surge shows only while others have one. */
    request.setting.is_each_alone = true;
    struct pal_surge_study **slot = &judge->surges[judge->surge_count];
    pal_status st = pal_surge_study_run(judge->store, &request, slot, err);
    if (st == PAL_OK) {
        judge->surge_count++;
        *out = *slot;
    }
    return st;
}

void pal_judge_drop_surges(struct pal_judge *judge)
{
    for (size_t i = 0; i < judge->surge_count; i++) {
        pal_surge_study_free(judge->surges[i]);
    }
    judge->surge_count = 0;
}

/* ---- one reading ---- */

/* What is counted, and where. */
struct variant {
    struct pal_view rule;
    bool is_everywhere; /* all areas, whatever the claim says */
};

static pal_status set_command(struct pal_judge *judge, const struct pal_spurts *spurts,
                              const struct variant *variant, struct pal_reading *out,
                              struct pal_error *err)
{
    struct pal_buffer text;
    char first[16];
    char last[16];
    pal_day_text(out->first, first);
    pal_day_text(out->last, last);
    pal_buffer_init(&text, PAL_CLAIM_WORDS_MAX);
    pal_buffer_append_format(&text, "palladium surge study.duckdb --measure %.*s",
                             PAL_VIEW_ARG(spurts->request.measure.name));
    pal_buffer_append_text(&text, " --show turns --areas ");
    pal_buffer_append_shell_word(&text, variant->is_everywhere ? PAL_VIEW("all")
                                                               : spurts->words);
    pal_buffer_append_format(&text, " --from %s --to %s", first, last);
    if (spurts->kind != PAL_SURGE_STREET) {
        pal_buffer_append_text(&text, " --kind ");
        pal_buffer_append_shell_word(&text,
                                     pal_view_of(pal_surge_kind_text(spurts->kind)));
    }
    if (variant->rule.size > 0) {
        pal_buffer_append_text(&text, " --rule ");
        pal_buffer_append_shell_word(&text, variant->rule);
    }
    pal_status st = pal_buffer_keep(&text, judge->arena, &out->command, err);
    return st;
}

static enum pal_verdict verdict_of(const struct pal_turns *turns)
{
    switch (pal_turns_answer(turns)) {
    case PAL_TURNS_IN_TURN:
        return PAL_VERDICT_SUPPORTED;
    case PAL_TURNS_TOGETHER:
        return PAL_VERDICT_CONTRADICTED;
    case PAL_TURNS_UNKNOWN:
    case PAL_TURNS_NEITHER:
    default:
        return PAL_VERDICT_CANNOT_TELL;
    }
}

/* The meetings over those of shifts, and over both ends of what 95 % of shifts give: on one
 * side of 1 where the meetings are out of their range. */
static void set_ratio(const struct pal_turns *turns, struct pal_reading *out)
{
    out->value = (double)NAN;
    out->low = (double)NAN;
    out->high = (double)NAN;
    if (turns->status != PAL_FIT_OK || turns->by_chance <= 0) {
        /* Without surges enough, or none that could meet. */
        out->status = PAL_FIGURE_NO_DATA;
        return;
    }
    out->status = PAL_FIGURE_NUMBER;
    out->value = turns->together / turns->by_chance;
    out->low = turns->high > 0 ? turns->together / turns->high : 0;
    out->high = turns->low > 0 ? turns->together / turns->low : (double)INFINITY;
}

static pal_status fill(struct pal_judge *judge, const struct pal_spurts *spurts,
                       const struct variant *variant, struct pal_reading *out,
                       struct pal_error *err)
{
    const struct pal_surge_study *study = NULL;
    struct pal_turns_question question = {
        .kind = spurts->kind, .first = out->first, .last = out->last, .seed = SEED};
    void *room = NULL;
    if (!variant->is_everywhere && spurts->areas.count > 0) {
        question.areas = spurts->areas.names;
        question.area_count = spurts->areas.count;
    }
    pal_status st = pal_arena_alloc(judge->arena, 1, sizeof *out->turns, &room, err);
    struct pal_turns *turns = room;
    if (st == PAL_OK) {
        st = find_surges(judge, spurts, variant->rule, &study, err);
    }
    if (st == PAL_OK) {
        st = pal_surge_study_turns(study, &question, turns, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    out->turns = turns;
    out->rule = variant->rule;
    out->unit = unit;
    out->n = (int64_t)turns->surge_count;
    set_ratio(turns, out);
    out->verdict = isfinite(out->value) ? verdict_of(turns) : PAL_VERDICT_CANNOT_TELL;
    /* Too few surges under another definition tell nothing against the first. */
    out->bears = isfinite(out->value);
    st = pal_spurts_note(judge, turns, out, err);
    return st == PAL_OK ? set_command(judge, spurts, variant, out, err) : st;
}

static pal_status add(struct pal_judge *judge, const struct pal_spurts *spurts,
                      const struct variant *variant, struct pal_finding *finding,
                      struct pal_reading **out, struct pal_error *err)
{
    const struct pal_reading *main = &finding->readings[0];
    pal_status st = pal_reading_new(judge, finding, out, err);
    if (st != PAL_OK) {
        return st;
    }
    (*out)->measure = main->measure;
    (*out)->first = main->first;
    (*out)->last = main->last;
    (*out)->days = main->days;
    (*out)->days_covered = main->days_covered;
    return fill(judge, spurts, variant, *out, err);
}

/* ---- the other choices ---- */

static pal_status add_rules(struct pal_judge *judge, const struct pal_spurts *spurts,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct pal_view table = spurts->request.measure.table;
    bool is_same[PAL_CLAIM_READING_MAX] = {false};
    struct pal_rule rule;
    if (!pal_measure_has_rules(&spurts->request.measure)) {
        return PAL_OK;
    }
    pal_status st = pal_rules_compare(judge, table, is_same, err);
    for (size_t i = 1;
         st == PAL_OK && i < PAL_CLAIM_READING_MAX && pal_rule_at(table, i, &rule);
         i++) {
        struct variant variant = {.rule = rule.name};
        struct pal_reading *reading = NULL;
        if (is_same[i]) {
            st = pal_reading_new(judge, finding, &reading, err);
            if (st != PAL_OK) {
                return st;
            }
            *reading = finding->readings[0];
            reading->rule = rule.name;
            reading->note = pal_rule_same_note();
            st = set_command(judge, spurts, &variant, reading, err);
        } else {
            st = add(judge, spurts, &variant, finding, &reading, err);
        }
        if (st == PAL_OK) {
            reading->choice = PAL_VIEW("duplicate rule");
            reading->name = rule.title;
        }
    }
    return st;
}

/* Only where the claim's own figure is a number: what could not be told is not told by another
 * choice. */
static pal_status add_choices(struct pal_judge *judge, const struct pal_spurts *spurts,
                              struct pal_finding *finding, struct pal_error *err)
{
    const struct variant everywhere = {.rule = PAL_VIEW(""), .is_everywhere = true};
    struct pal_reading *reading = NULL;
    pal_status st = PAL_OK;
    if (spurts->areas.count > 0) {
        st = add(judge, spurts, &everywhere, finding, &reading, err);
    }
    if (st == PAL_OK && spurts->areas.count > 0) {
        reading->choice = PAL_VIEW("areas");
        reading->name = PAL_VIEW("all areas");
        /* A claim that names its areas is about these. */
        reading->bears = reading->bears && !spurts->has_areas;
    }
    return st == PAL_OK ? add_rules(judge, spurts, finding, err) : st;
}

/* ---- the test ---- */

static pal_status test(struct pal_judge *judge, const struct pal_spurts *spurts,
                       struct pal_finding *finding, struct pal_error *err)
{
    const struct variant own = {.rule = PAL_VIEW("")};
    struct pal_reading *main = &finding->readings[0];
    pal_status st = fill(judge, spurts, &own, main, err);
    main->choice = PAL_VIEW("definition");
    main->name = spurts->areas.count == 0     ? PAL_VIEW("all areas")
                 : spurts->areas.is_announced ? PAL_VIEW("the announced areas")
                                              : PAL_VIEW("the areas named");
    finding->verdict = main->verdict;
    if (st != PAL_OK || !main->bears) {
        return st;
    }
    finding->has_value = true;
    finding->value = main->value;
    finding->low = main->low;
    finding->high = main->high;
    st = add_choices(judge, spurts, finding, err);
    main = &finding->readings[0];
    for (size_t i = 1; st == PAL_OK && i < finding->reading_count; i++) {
        if (finding->readings[i].bears &&
            finding->readings[i].verdict != main->verdict) {
            finding->verdict = PAL_VERDICT_DEPENDS;
        }
    }
    return st;
}

/* Whether the days are covered and areas are on record; *is_ready false: the finding has its
 * verdict. */
static pal_status look(struct pal_judge *judge, struct pal_question_ready *ready,
                       struct pal_finding *finding, bool *is_ready,
                       struct pal_error *err)
{
    struct pal_reading *main = NULL;
    bool has_areas = true;
    *is_ready = false;
    pal_status st = pal_reading_new(judge, finding, &main, err);
    if (st == PAL_OK) {
        st = pal_reading_fill(judge, &ready->request, &ready->dispersion, main, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    main->choice = PAL_VIEW("definition");
    main->name = ready->request.measure.title;
    if (!isfinite(main->value)) {
        return pal_finding_not_there(judge, ready, finding, err);
    }
    st = pal_measure_is_recorded(judge->store, &ready->request.measure,
                                 PAL_VIEW("area"), &has_areas, err);
    *is_ready = has_areas && main->days_covered == main->days;
    if (st == PAL_OK && !*is_ready) {
        /* What was counted is no figure of this test. */
        main->value = (double)NAN;
        main->low = (double)NAN;
        main->high = (double)NAN;
        main->status = has_areas ? PAL_FIGURE_NOT_COVERED : PAL_FIGURE_NOT_RECORDED;
        finding->verdict =
            has_areas ? PAL_VERDICT_NOT_COVERED : PAL_VERDICT_NOT_RECORDED;
        if (has_areas) {
            st = pal_judge_words(judge, &finding->why, err,
                                 "Only %d of the %d days are covered, and turns are "
                                 "not told from a part of them. %.*s",
                                 main->days_covered, main->days,
                                 PAL_VIEW_ARG(finding->coverage));
        }
    }
    return st;
}

pal_status pal_judge_spurts(struct pal_judge *judge, const struct pal_claim *claim,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct pal_spurts spurts = {.kind = PAL_SURGE_STREET};
    struct pal_question_ready ready;
    struct pal_claim_what what = claim->what;
    bool is_ready = false;
    what.where_count = 0; /* areas and kind are no conditions of the measure */
    pal_status st = read_claim(claim, &spurts, err);
    if (st == PAL_OK) {
        st = pal_judge_start(judge, claim, &what, &ready, finding, err);
    }
    if (st == PAL_OK) {
        st = read_measure(judge, claim, &ready.request.measure, &spurts, err);
    }
    if (st == PAL_OK) {
        st = pal_spurts_define(judge, &spurts, finding, err);
    }
    if (st == PAL_OK) {
        st = look(judge, &ready, finding, &is_ready, err);
    }
    if (st == PAL_OK && is_ready) {
        st = test(judge, &spurts, finding, err);
    }
    finding->unit = unit;
    if (st == PAL_OK && is_ready) {
        st = pal_spurts_why(judge, &spurts, finding, err);
    }
    return st == PAL_OK ? pal_finding_words(judge, finding, &ready, err) : st;
}
