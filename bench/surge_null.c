/*
 * How often surges are listed where there are none. Of the series of a real study are made,
 * many times over:
 *   drawn       counts drawn anew from the usual that was fitted
 *   departures  how far each day lay from its usual, as a share of chance, goes with the years
 *               of its area into another order, onto the usual of the days there: weeks of
 *               bursts stay as they were, holidays, seasons and levels in their places
 *   shuffled    the counts themselves with the years in another order, holidays for holidays:
 *               the days about them stand where they did not, and levels jump
 *   listed      as shuffled; smaller true surges are left in: no null
 * From the second and third all that stands out by the spread alone is taken out first, from
 * the fourth only what is listed.
 * Counted are the surges that a made study lists at the rate asked for, and those whose p is
 * at most the largest that the real study lists: the chance that its own list holds.
 * surge_null STUDY [REPLICATES] [-v] [WAY]...; -v says which.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "detect/study.h"
#include "stat/distribution.h"
#include "stat/interval.h"
#include "stat/random.h"

enum { YEAR_DAYS = 364 };

static double draw(struct pal_random *random, const struct pal_baseline *baseline,
                   size_t day)
{
    int32_t at = baseline->first + (int32_t)day;
    bool is_free = pal_weekday_of(at) >= 5 || pal_is_federal_holiday(at);
    double alpha = baseline->alpha[is_free ? 1 : 0];
    double mean = baseline->expected[day];
    if (mean <= 0) {
        return 0;
    }
    return (double)(alpha > 0 ? pal_random_negative_binomial(random, mean, 1 / alpha)
                              : pal_random_poisson(random, mean));
}

static double *line_of(const struct pal_surge_input *in, double *counts, size_t area,
                       size_t group)
{
    return counts + (area * in->group_count + group) * in->day_count;
}

/* One area's days of a surge are drawn from the usual. */
static void take_out_area(const struct pal_surge_study *study,
                          const struct pal_surge *surge, size_t area, double *counts,
                          struct pal_random *random)
{
    const struct pal_surge_input *in = &study->input;
    for (size_t g = 0; g < in->group_count; g++) {
        const struct pal_baseline *baseline =
            pal_detection_baseline(study->detection, area, g);
        double *line = line_of(in, counts, area, g);
        size_t last = (size_t)(surge->last - in->first);
        for (size_t day = (size_t)(surge->first - in->first);
             day <= last && (surge->group == PAL_SURGE_ALL || surge->group == g);
             day++) {
            line[day] = draw(random, baseline, day);
        }
    }
}

static void take_out(const struct pal_surge_study *study,
                     const struct pal_detection *listed, double *counts,
                     struct pal_random *random)
{
    for (size_t i = 0; i < listed->surge_count; i++) {
        const struct pal_surge *surge = &listed->surges[i];
        for (size_t k = 0; k < surge->area_count; k++) {
            take_out_area(study, surge, surge->parts[k].area, counts, random);
        }
        /* 0: all areas together. */
        for (size_t area = 0; surge->area_count == 0 && area < study->input.area_count;
             area++) {
            take_out_area(study, surge, area, counts, random);
        }
    }
}

static void draw_all(const struct pal_surge_study *study, double *counts,
                     struct pal_random *random)
{
    const struct pal_surge_input *in = &study->input;
    for (size_t line = 0; line < in->area_count * in->group_count; line++) {
        const struct pal_baseline *baseline = pal_detection_baseline(
            study->detection, line / in->group_count, line % in->group_count);
        for (size_t day = 0; day < in->day_count; day++) {
            counts[line * in->day_count + day] = draw(random, baseline, day);
        }
    }
}

/* On a Monday to Friday. */
static bool is_holiday(const struct pal_surge_input *in, size_t day)
{
    int32_t at = in->first + (int32_t)day;
    return pal_weekday_of(at) < 5 && pal_is_federal_holiday(at);
}

/* The day whose count is moved to `to`: `at`, the same weekday of another year, but a holiday
 * changes places with the working day on which it falls in the other year. */
static size_t stands_for(const struct pal_surge_input *in, size_t to, size_t at)
{
    bool is_to = is_holiday(in, to);
    if (is_to == is_holiday(in, at)) {
        return at;
    }
    for (size_t off = 1; off <= 7; off++) {
        size_t near[] = {(is_to ? at : to) - off, (is_to ? at : to) + off};
        for (size_t i = 0; i < 2; i++) {
            if (near[i] < in->day_count && is_holiday(in, near[i])) {
                size_t found = is_to ? near[i] : near[i] + at - to;
                return found < in->day_count ? found : at;
            }
        }
    }
    return at;
}

enum { YEAR_MAX = 256 };

/* Years of one series, the last first, come from those of `order`. */
static void move_years(const struct pal_surge_input *in, const double *old,
                       const uint32_t *order, uint32_t years, double *made)
{
    memcpy(made, old, in->day_count * sizeof *made);
    for (size_t y = 0; y < years; y++) {
        size_t to = in->day_count - (y + 1) * YEAR_DAYS;
        size_t at = in->day_count - ((size_t)order[y] + 1) * YEAR_DAYS;
        for (size_t i = 0; i < YEAR_DAYS; i++) {
            made[to + i] = old[stands_for(in, to + i, at + i)];
        }
    }
}

/* Whole years from the end back, those covered in the area's first group. */
static void shuffle_years(const struct pal_surge_study *study, double *from,
                          double *counts, struct pal_random *random)
{
    const struct pal_surge_input *in = &study->input;
    size_t years = in->day_count / YEAR_DAYS;
    uint32_t order[YEAR_MAX];
    years = years > YEAR_MAX ? YEAR_MAX : years;
    for (size_t area = 0; area < in->area_count; area++) {
        const int16_t *source = in->source + area * in->group_count * in->day_count;
        uint32_t covered = 0;
        while (covered < years &&
               source[in->day_count - ((size_t)covered + 1) * YEAR_DAYS] >= 0) {
            covered++;
        }
        pal_random_permutation(random, order, covered);
        for (size_t g = 0; g < in->group_count; g++) {
            move_years(in, line_of(in, from, area, g), order, covered,
                       line_of(in, counts, area, g));
        }
    }
}

/* The law of one day's count. */
struct day_law {
    double mean;
    double size; /* 0: Poisson */
};

static struct day_law law_of(const struct pal_baseline *baseline, size_t day)
{
    int32_t at = baseline->first + (int32_t)day;
    bool is_free = pal_weekday_of(at) >= 5 || pal_is_federal_holiday(at);
    double alpha = baseline->alpha[is_free ? 1 : 0];
    return (struct day_law){baseline->expected[day], alpha > 0 ? 1 / alpha : 0};
}

static double upper_of(struct day_law law, double count)
{
    if (count < 0) {
        return 1;
    }
    return law.size > 0 ? pal_negative_binomial_share(count, law.size,
                                                      law.size / (law.size + law.mean),
                                                      PAL_TAIL_UPPER)
                        : pal_poisson_share(count, law.mean, PAL_TAIL_UPPER);
}

static double count_of(struct day_law law, double upper)
{
    return law.size > 0
               ? pal_negative_binomial_quantile(
                     upper, law.size, law.size / (law.size + law.mean), PAL_TAIL_UPPER)
               : pal_poisson_quantile(upper, law.mean, PAL_TAIL_UPPER);
}

/* What a count would have been on another day, as likely or unlikely there. */
static double carry(double count, struct day_law from, struct day_law to,
                    struct pal_random *random)
{
    double more = upper_of(from, count);
    double with = upper_of(from, count - 1);
    double upper = more + pal_random_uniform(random) * (with - more);
    return count_of(to, fmin(fmax(upper, 1e-290), 1 - 1e-12));
}

/* Years of equal whole weeks, from the end back, come from those of `order`. */
static void move_departures(const struct pal_baseline *baseline, const double *old,
                            const uint32_t *order, size_t years, double *made,
                            struct pal_random *random)
{
    size_t length = baseline->count / years / 7 * 7;
    size_t start = baseline->count - years * length;
    for (size_t day = 0; day < baseline->count; day++) {
        size_t year = day < start ? 0 : (day - start) / length;
        size_t at =
            day < start ? day : start + order[year] * length + (day - start) % length;
        struct day_law there = law_of(baseline, at);
        struct day_law here = law_of(baseline, day);
        made[day] = here.mean <= 0    ? 0
                    : there.mean <= 0 ? draw(random, baseline, day)
                                      : carry(old[at], there, here, random);
    }
}

/* As many years as come nearest to the days there are. */
static void shuffle_departures(const struct pal_surge_study *study, double *from,
                               double *counts, struct pal_random *random)
{
    const struct pal_surge_input *in = &study->input;
    uint32_t order[YEAR_MAX];
    size_t years = (in->day_count + YEAR_DAYS / 2) / YEAR_DAYS;
    years = years < 1 ? 1 : years > YEAR_MAX ? YEAR_MAX : years;
    for (size_t area = 0; area < in->area_count; area++) {
        pal_random_permutation(random, order, (uint32_t)years);
        for (size_t g = 0; g < in->group_count; g++) {
            move_departures(pal_detection_baseline(study->detection, area, g),
                            line_of(in, from, area, g), order, years,
                            line_of(in, counts, area, g), random);
        }
    }
}

/* ---- counting ---- */

enum way { DRAWN, DEPARTURES, SHUFFLED, LISTED_OUT, WAY_COUNT };
static const char *const way_names[WAY_COUNT] = {"drawn", "departures", "shuffled",
                                                 "listed"};

struct null {
    const struct pal_surge_study *study;
    const struct pal_detection *by_spread;
    double *clean;
    double *counts;
    bool is_verbose;
};

static size_t cell_count(const struct pal_surge_input *in)
{
    return in->area_count * in->group_count * in->day_count;
}

static void make(const struct null *null, enum way way, struct pal_random *random)
{
    const struct pal_surge_input *in = &null->study->input;
    if (way == DRAWN) {
        draw_all(null->study, null->counts, random);
        return;
    }
    memcpy(null->clean, in->counts, cell_count(in) * sizeof *null->clean);
    take_out(null->study, way == LISTED_OUT ? null->study->detection : null->by_spread,
             null->clean, random);
    if (way == DEPARTURES) {
        shuffle_departures(null->study, null->clean, null->counts, random);
    } else {
        shuffle_years(null->study, null->clean, null->counts, random);
    }
}

static void say_surge(const struct null *null, size_t replicate,
                      const struct pal_detection *detection,
                      const struct pal_surge *surge)
{
    const struct pal_surge_study *study = null->study;
    const char *all = "all";
    const struct pal_surge_part *part = &surge->parts[0];
    const struct pal_baseline *baseline =
        pal_detection_baseline(detection, part->area, surge->group);
    struct pal_view area =
        part->area == PAL_SURGE_ALL ? pal_view_of(all) : study->areas[part->area];
    struct pal_view group =
        surge->group == PAL_SURGE_ALL ? pal_view_of(all) : study->groups[surge->group];
    int32_t end = study->input.first + (int32_t)study->input.day_count;
    int32_t from_end = (end - surge->first) % YEAR_DAYS;
    char day[16];
    const struct pal_baseline *old =
        pal_detection_baseline(study->detection, part->area, surge->group);
    struct pal_window was =
        pal_baseline_window(old, (size_t)(surge->first - study->input.first),
                            (size_t)(surge->last - study->input.first));
    pal_day_text(surge->first, day);
    printf(
        "  %zu: %.*s%s, %.*s, %s, %d days, join %d; %.0f of %.1f, a day %.2f, -log p "
        "%.1f by spread %.1f, adjusted %.4f, tail %.1f %.2f; in the study %.0f of "
        "%.1f\n",
        replicate, PAL_VIEW_ARG(area), surge->area_count > 1 ? "+" : "",
        PAL_VIEW_ARG(group), day, surge->last - surge->first + 1,
        from_end > YEAR_DAYS / 2 ? from_end - YEAR_DAYS : from_end, surge->observed,
        surge->expected, baseline->total / (double)baseline->covered_count,
        surge->log_p, pal_tail_needed(&baseline->tail, surge->log_p), surge->p_adjusted,
        baseline->tail.start, baseline->tail.spread / baseline->tail.shape,
        was.observed, was.expected);
}

struct tally {
    size_t with_one;
    size_t at_rate;
    size_t at_limit;
    double years;
};

static pal_status count_one(const struct null *null, enum way way, size_t replicate,
                            struct tally *tally, struct pal_error *err)
{
    struct pal_random random;
    struct pal_surge_input made = null->study->input;
    struct pal_surge_setting setting = null->study->request.setting;
    struct pal_detection *detection = NULL;
    size_t at_rate = 0;
    pal_random_init(&random, 20200201 + (uint64_t)way, replicate);
    make(null, way, &random);
    made.counts = null->counts;
    setting.p_fixed = null->study->detection->p_limit;
    pal_status st = pal_detect_run(&made, &setting, &detection, err);
    for (size_t i = 0; st == PAL_OK && i < detection->surge_count; i++) {
        const struct pal_surge *surge = &detection->surges[i];
        at_rate += surge->p_adjusted <= setting.false_discovery_rate ? 1 : 0;
        if (null->is_verbose) {
            say_surge(null, replicate, detection, surge);
        }
    }
    if (st == PAL_OK) {
        tally->with_one += at_rate > 0 ? 1 : 0;
        tally->at_rate += at_rate;
        tally->at_limit += detection->surge_count;
        tally->years += detection->series_years;
    }
    pal_detection_free(detection);
    return st;
}

/* A rate for every 100 listed and for a series-year, with the count's exact 95 % interval. */
static void say_rate(const char *what, size_t count, size_t listed, double years)
{
    struct pal_interval interval;
    if (pal_interval_count((int64_t)count, 0.95, &interval, NULL) == PAL_OK) {
        printf(
            "  %s: %zu; of 100 listed %.1f (%.1f to %.1f); a series-year %.4f (%.4f to "
            "%.4f)\n",
            what, count, 100 * (double)count / (double)listed,
            100 * interval.low / (double)listed, 100 * interval.high / (double)listed,
            (double)count / years, interval.low / years, interval.high / years);
    }
}

static pal_status run(const struct null *null, const bool *is_wanted, size_t replicates,
                      struct pal_error *err)
{
    size_t listed = null->study->detection->surge_count;
    pal_status st = PAL_OK;
    for (int way = 0; way < WAY_COUNT; way++) {
        struct tally tally = {0};
        for (size_t r = 0; st == PAL_OK && is_wanted[way] && r < replicates; r++) {
            st = count_one(null, (enum way)way, r, &tally, err);
        }
        if (st == PAL_OK && is_wanted[way]) {
            printf("%s: %zu of %zu list a surge\n", way_names[way], tally.with_one,
                   replicates);
            say_rate("at the rate", tally.at_rate, listed * replicates, tally.years);
            say_rate("at the study's limit", tally.at_limit, listed * replicates,
                     tally.years);
            (void)fflush(stdout);
        }
    }
    return st;
}

static pal_status load(const char *path, struct pal_store **store,
                       struct pal_surge_study **study, struct pal_detection **by_spread,
                       struct pal_error *err)
{
    struct pal_surge_request request;
    pal_status st = pal_hash_setup(err);
    if (st == PAL_OK) {
        st = pal_store_open(path, PAL_STORE_READ, NULL, store, err);
    }
    if (st == PAL_OK) {
        st = pal_surge_request_default(&request, err);
    }
    if (st == PAL_OK) {
        request.setting.thread_count = 2;
        st = pal_surge_study_run(*store, &request, study, err);
    }
    if (st == PAL_OK && (*study)->detection == NULL) {
        st = pal_fail(err, PAL_INPUT, "no day is covered");
    }
    if (st == PAL_OK) {
        request.setting.is_by_spread_alone = true;
        st = pal_detect_run(&(*study)->input, &request.setting, by_spread, err);
    }
    return st;
}

int main(int argc, char **argv)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = NULL;
    struct pal_surge_study *study = NULL;
    struct pal_detection *by_spread = NULL;
    struct null null = {NULL, NULL, NULL, NULL, false};
    size_t replicates = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 20;
    bool is_wanted[WAY_COUNT] = {false};
    bool has_way = false;
    for (int i = 3; i < argc; i++) {
        null.is_verbose = null.is_verbose || strcmp(argv[i], "-v") == 0;
        for (int way = 0; way < WAY_COUNT; way++) {
            is_wanted[way] = is_wanted[way] || strcmp(argv[i], way_names[way]) == 0;
            has_way = has_way || is_wanted[way];
        }
    }
    for (int way = 0; way < WAY_COUNT; way++) {
        is_wanted[way] = is_wanted[way] || !has_way;
    }
    pal_status st = argc < 2 ? pal_fail(&err, PAL_USAGE, "give a study")
                             : load(argv[1], &store, &study, &by_spread, &err);
    if (st == PAL_OK) {
        null.study = study;
        null.by_spread = by_spread;
        null.clean = pal_alloc_zero(cell_count(&study->input), sizeof *null.clean);
        null.counts = pal_alloc_zero(cell_count(&study->input), sizeof *null.counts);
        st = null.clean == NULL || null.counts == NULL ? pal_fail_memory(&err) : PAL_OK;
    }
    if (st == PAL_OK) {
        printf("by the spread alone: %zu surges\nlisted in the study: %zu surges, "
               "largest p %.2g\n",
               by_spread->surge_count, study->detection->surge_count,
               study->detection->p_limit);
        st = run(&null, is_wanted, replicates, &err);
    }
    if (st != PAL_OK) {
        (void)fprintf(stderr, "surge_null STUDY [REPLICATES] [-v] [WAY]...: %s\n",
                      err.text);
    }
    pal_free(null.clean);
    pal_free(null.counts);
    pal_detection_free(by_spread);
    pal_surge_study_free(study);
    pal_store_close(store);
    return st == PAL_OK ? 0 : 1;
}
