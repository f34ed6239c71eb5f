#include "stat/event_study.h"

#include <math.h>
#include <string.h>

#include "stat/random.h"

enum { BISECTION_COUNT = 48, WIDEN_COUNT = 40 };

/* The choices, one a row: the units that are chosen, by number. */
struct choices {
    size_t count;
    size_t chosen_count;
    uint16_t *units;
    double *effects; /* room for one value a choice, and its part of a shift */
    double *shifts;
};

/* n over k, or more than the cap. */
static size_t choices_of(size_t n, size_t k, size_t cap)
{
    double count = 1;
    for (size_t i = 1; i <= k; i++) {
        count = count * (double)(n - k + i) / (double)i;
    }
    return count > (double)cap ? cap + 1 : (size_t)llround(count);
}

static bool next_combination(uint16_t *units, size_t k, size_t n)
{
    size_t i = k;
    while (i > 0 && units[i - 1] == n - k + i - 1) {
        i--;
    }
    if (i == 0) {
        return false;
    }
    units[i - 1]++;
    for (; i < k; i++) {
        units[i] = (uint16_t)(units[i - 1] + 1);
    }
    return true;
}

static void fill_exact(struct choices *choices, size_t n)
{
    size_t k = choices->chosen_count;
    uint16_t now[PAL_EVENT_STUDY_UNIT_MAX];
    for (size_t i = 0; i < k; i++) {
        now[i] = (uint16_t)i;
    }
    size_t row = 0;
    do {
        memcpy(&choices->units[row * k], now, k * sizeof now[0]);
        row++;
    } while (row < choices->count && next_combination(now, k, n));
}

/* The choice that was made stands first. */
static void fill_drawn(struct choices *choices, const struct pal_event_study_data *data,
                       uint64_t seed)
{
    struct pal_random random;
    size_t k = choices->chosen_count;
    uint32_t order[PAL_EVENT_STUDY_UNIT_MAX];
    size_t at = 0;
    pal_random_init(&random, seed, 0);
    for (size_t i = 0; i < data->unit_count; i++) {
        if (data->is_chosen[i]) {
            choices->units[at++] = (uint16_t)i;
        }
    }
    for (size_t row = 1; row < choices->count; row++) {
        pal_random_permutation(&random, order, (uint32_t)data->unit_count);
        for (size_t i = 0; i < k; i++) {
            choices->units[row * k + i] = (uint16_t)order[i];
        }
    }
}

static pal_status make_choices(const struct pal_event_study_data *data,
                               const struct pal_event_study_setting *setting,
                               struct pal_arena *arena, struct choices *out,
                               bool *is_exact, struct pal_error *err)
{
    void *memory = NULL;
    size_t all =
        choices_of(data->unit_count, out->chosen_count, PAL_EVENT_STUDY_EXACT_MAX);
    *is_exact = all <= PAL_EVENT_STUDY_EXACT_MAX;
    out->count = *is_exact ? all : setting->draw_count + 1;
    pal_status st = pal_arena_alloc(arena, out->count * out->chosen_count,
                                    sizeof *out->units, &memory, err);
    out->units = memory;
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, out->count, sizeof *out->effects, &memory, err);
        out->effects = memory;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, out->count, sizeof *out->shifts, &memory, err);
        out->shifts = memory;
    }
    if (st != PAL_OK) {
        return st;
    }
    if (*is_exact) {
        fill_exact(out, data->unit_count);
    } else {
        fill_drawn(out, data, setting->seed);
    }
    return PAL_OK;
}

/* For every choice its effect on `values`, and how much of a shift of the units that were really
 * chosen it would show. */
static void evaluate(const struct pal_event_study_data *data, const double *values,
                     struct choices *choices)
{
    double n = (double)data->unit_count;
    double k = (double)choices->chosen_count;
    double sum = 0;
    for (size_t i = 0; i < data->unit_count; i++) {
        sum += values[i];
    }
    for (size_t row = 0; row < choices->count; row++) {
        double chosen = 0;
        double shared = 0;
        for (size_t i = 0; i < choices->chosen_count; i++) {
            size_t unit = choices->units[row * choices->chosen_count + i];
            chosen += values[unit];
            shared += data->is_chosen[unit] ? 1 : 0;
        }
        choices->effects[row] = chosen / k - (sum - chosen) / (n - k);
        choices->shifts[row] = shared / k - (k - shared) / (n - k);
    }
}

/* The share of choices at least as far from none, were the shift delta taken away. */
static double p_of(const struct choices *choices, double value, double delta)
{
    double far = fabs(value - delta);
    double slack = 1e-12 * (1 + far);
    size_t count = 0;
    for (size_t row = 0; row < choices->count; row++) {
        double effect = choices->effects[row] - delta * choices->shifts[row];
        count += fabs(effect) >= far - slack ? 1 : 0;
    }
    return (double)count / (double)choices->count;
}

/* Where delta leaves the interval on one side; false when it never does. */
static bool find_end(const struct choices *choices, double value, double alpha,
                     double direction, double *out)
{
    double inside = 0;
    double step = 0.01;
    int i = 0;
    for (; i < WIDEN_COUNT && p_of(choices, value, value + direction * step) > alpha;
         i++) {
        inside = step;
        step *= 2;
    }
    if (i == WIDEN_COUNT) {
        return false;
    }
    for (int k = 0; k < BISECTION_COUNT; k++) {
        double middle = (inside + step) / 2;
        if (p_of(choices, value, value + direction * middle) > alpha) {
            inside = middle;
        } else {
            step = middle;
        }
    }
    *out = value + direction * inside;
    return true;
}

static double effect_of(const struct pal_event_study_data *data, const double *values,
                        size_t chosen_count)
{
    double chosen = 0;
    double others = 0;
    for (size_t i = 0; i < data->unit_count; i++) {
        chosen += data->is_chosen[i] ? values[i] : 0;
        others += data->is_chosen[i] ? 0 : values[i];
    }
    return chosen / (double)chosen_count -
           others / (double)(data->unit_count - chosen_count);
}

static void judge(const struct pal_event_study_data *data, const double *values,
                  double level, struct choices *choices, struct pal_effect *out)
{
    evaluate(data, values, choices);
    out->value = effect_of(data, values, choices->chosen_count);
    out->p_value = p_of(choices, out->value, 0);
    out->has_interval = find_end(choices, out->value, 1 - level, -1, &out->low) &&
                        find_end(choices, out->value, 1 - level, 1, &out->high);
}

/* value - the unit's mean over the periods before, of period `period`, or of the mean of all
 * periods after when it is past the last. */
static void contrast(const struct pal_event_study_data *data, size_t period,
                     double *out)
{
    for (size_t unit = 0; unit < data->unit_count; unit++) {
        const double *values = &data->values[unit * data->period_count];
        double before = 0;
        double after = 0;
        double before_count = 0;
        double after_count = 0;
        for (size_t t = 0; t < data->period_count; t++) {
            before += data->is_before[t] ? values[t] : 0;
            before_count += data->is_before[t] ? 1 : 0;
            after += data->is_after[t] ? values[t] : 0;
            after_count += data->is_after[t] ? 1 : 0;
        }
        out[unit] =
            (period < data->period_count ? values[period] : after / after_count) -
            before / before_count;
    }
}

static pal_status check(const struct pal_event_study_data *data,
                        const struct pal_event_study_setting *setting,
                        struct pal_error *err)
{
    if (data->unit_count > PAL_EVENT_STUDY_UNIT_MAX ||
        setting->draw_count > PAL_EVENT_STUDY_DRAW_MAX) {
        return pal_fail(err, PAL_LIMIT, "at most %d units and %d draws",
                        PAL_EVENT_STUDY_UNIT_MAX, PAL_EVENT_STUDY_DRAW_MAX);
    }
    if (!(setting->level > 0 && setting->level < 1) || setting->draw_count == 0) {
        return pal_fail(err, PAL_INPUT,
                        "the level lies between 0 and 1, and draws are made");
    }
    for (size_t i = 0; i < data->unit_count * data->period_count; i++) {
        if (!isfinite(data->values[i])) {
            return pal_fail(err, PAL_INPUT, "a value of the event study is no number");
        }
    }
    return PAL_OK;
}

static bool has_enough(const struct pal_event_study_data *data, size_t chosen_count,
                       bool *has_after)
{
    size_t before = 0;
    *has_after = false;
    for (size_t t = 0; t < data->period_count; t++) {
        before += data->is_before[t] ? 1 : 0;
        *has_after = *has_after || data->is_after[t];
    }
    return chosen_count > 0 && chosen_count < data->unit_count && before > 0;
}

pal_status pal_event_study_run(const struct pal_event_study_data *data,
                               const struct pal_event_study_setting *setting,
                               struct pal_arena *arena, struct pal_event_study *out,
                               struct pal_error *err)
{
    struct choices choices = {0, 0, NULL, NULL, NULL};
    double values[PAL_EVENT_STUDY_UNIT_MAX];
    void *memory = NULL;
    *out = (struct pal_event_study){.status = PAL_FIT_TOO_FEW};
    pal_status st = check(data, setting, err);
    for (size_t i = 0; st == PAL_OK && i < data->unit_count; i++) {
        choices.chosen_count += data->is_chosen[i] ? 1 : 0;
    }
    if (st != PAL_OK || !has_enough(data, choices.chosen_count, &out->has_after)) {
        return st;
    }
    st = make_choices(data, setting, arena, &choices, &out->is_exact, err);
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, data->period_count + 1, sizeof *out->periods,
                             &memory, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    out->periods = memory;
    for (size_t t = 0; t < data->period_count; t++) {
        contrast(data, t, values);
        judge(data, values, setting->level, &choices, &out->periods[t]);
    }
    if (out->has_after) {
        contrast(data, data->period_count, values);
        judge(data, values, setting->level, &choices, &out->after);
    }
    out->choice_count = choices.count;
    out->status = PAL_FIT_OK;
    return PAL_OK;
}
