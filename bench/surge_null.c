/*
 * How often surges are listed where there are none: the series of a real study drawn anew from
 * the fitted usual; with each area's years (52 weeks each) in another order after all that
 * stands out by the spread alone was taken out; and the same with only what is listed taken
 * out, in which smaller true surges are left. surge_null STUDY [REPLICATES].
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detect/study.h"
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

/* Days of listed surges are drawn from the usual. */
static void take_out(const struct pal_surge_study *study,
                     const struct pal_detection *listed, double *counts,
                     struct pal_random *random)
{
    const struct pal_surge_input *in = &study->input;
    for (size_t i = 0; i < listed->surge_count; i++) {
        const struct pal_surge *surge = &listed->surges[i];
        for (size_t k = 0; k < surge->area_count; k++) {
            for (size_t g = 0; g < in->group_count; g++) {
                if (surge->group != PAL_SURGE_ALL && surge->group != g) {
                    continue;
                }
                size_t area = surge->parts[k].area;
                const struct pal_baseline *baseline =
                    pal_detection_baseline(study->detection, area, g);
                for (int32_t day = surge->first; day <= surge->last; day++) {
                    size_t at = (size_t)(day - in->first);
                    counts[(area * in->group_count + g) * in->day_count + at] =
                        draw(random, baseline, at);
                }
            }
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

/* Whole years from the end back, those covered in every group of the area. */
static void shuffle_years(const struct pal_surge_study *study, const double *from,
                          double *counts, struct pal_random *random)
{
    const struct pal_surge_input *in = &study->input;
    uint32_t years = (uint32_t)(in->day_count / YEAR_DAYS);
    uint32_t order[256];
    years = years > 256 ? 256 : years;
    for (size_t area = 0; area < in->area_count; area++) {
        const int16_t *source = in->source + area * in->group_count * in->day_count;
        uint32_t covered = 0;
        while (covered < years &&
               source[in->day_count - (covered + 1) * YEAR_DAYS] >= 0) {
            covered++;
        }
        pal_random_permutation(random, order, covered);
        for (size_t g = 0; g < in->group_count; g++) {
            const double *old = from + (area * in->group_count + g) * in->day_count;
            double *made = counts + (area * in->group_count + g) * in->day_count;
            memcpy(made, old, in->day_count * sizeof *made);
            for (uint32_t y = 0; y < covered; y++) {
                memcpy(made + in->day_count - (y + 1) * YEAR_DAYS,
                       old + in->day_count - (order[y] + 1) * YEAR_DAYS,
                       YEAR_DAYS * sizeof *made);
            }
        }
    }
}

int main(int argc, char **argv)
{
    static const char *const names[] = {
        "drawn from the usual",
        "years shuffled, what stands out by the spread taken out",
        "years shuffled, what is listed taken out"};
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = NULL;
    struct pal_surge_request request;
    struct pal_surge_study *study = NULL;
    size_t replicates = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 20;
    if (argc < 2 || pal_hash_setup(&err) != PAL_OK ||
        pal_store_open(argv[1], PAL_STORE_READ, NULL, &store, &err) != PAL_OK ||
        pal_surge_request_default(&request, &err) != PAL_OK) {
        fprintf(stderr, "surge_null STUDY [REPLICATES]: %s\n", err.text);
        return 1;
    }
    request.setting.thread_count = 2;
    if (pal_surge_study_run(store, &request, &study, &err) != PAL_OK) {
        fprintf(stderr, "surge_null: %s\n", err.text);
        return 1;
    }
    const struct pal_surge_input *in = &study->input;
    size_t cells = in->area_count * in->group_count * in->day_count;
    double *clean = malloc(cells * sizeof *clean);
    double *counts = malloc(cells * sizeof *counts);
    if (clean == NULL || counts == NULL) {
        return 1;
    }
    struct pal_surge_setting spread = request.setting;
    struct pal_detection *by_spread = NULL;
    spread.is_by_spread_alone = true;
    if (pal_detect_run(in, &spread, &by_spread, &err) != PAL_OK) {
        fprintf(stderr, "surge_null: %s\n", err.text);
        return 1;
    }
    printf("by the spread alone: %zu surges\n", by_spread->surge_count);
    printf("listed in the study: %zu surges\n", study->detection->surge_count);
    for (int way = 0; way < 3; way++) {
        size_t with_one = 0;
        size_t all = 0;
        double years = 0;
        for (size_t r = 0; r < replicates; r++) {
            struct pal_random random;
            struct pal_surge_input made = *in;
            struct pal_detection *detection = NULL;
            pal_random_init(&random, 20200201 + (uint64_t)way, r);
            if (way == 0) {
                draw_all(study, counts, &random);
            } else {
                memcpy(clean, in->counts, cells * sizeof *clean);
                take_out(study, way == 1 ? by_spread : study->detection, clean,
                         &random);
                shuffle_years(study, clean, counts, &random);
            }
            made.counts = counts;
            if (pal_detect_run(&made, &request.setting, &detection, &err) != PAL_OK) {
                fprintf(stderr, "surge_null: %s\n", err.text);
                return 1;
            }
            with_one += detection->surge_count > 0 ? 1 : 0;
            all += detection->surge_count;
            years += detection->series_years;
            pal_detection_free(detection);
        }
        printf("%s: %zu of %zu list a surge; %zu surges, %.5f a series-year\n",
               names[way], with_one, replicates, all, (double)all / years);
        fflush(stdout);
    }
    free(clean);
    free(counts);
    pal_detection_free(by_spread);
    pal_surge_study_free(study);
    pal_store_close(store);
    return 0;
}
