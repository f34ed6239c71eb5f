/*
 * How often areas that have nothing to do with each other seem to take turns, or to come
 * together: bench_turns_null STUDIES [SEED]. Drawn are nine areas of four years with six spurts
 * each, at times of their own, from too small to be seen to plain. Their surges are searched as
 * listed and each area by itself, and each list is put to the question of turns.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "detect/surge.h"
#include "detect/turns.h"
#include "stat/random.h"

enum { AREAS = 9, WEEKS = 208, DAYS = 7 * WEEKS, SPURTS = 6, FIRST = 16713 };

static const double usual_day = 8;
static const double usual_weekend = 1.5;
static const double most_times = 4; /* the usual, in the largest spurt */
static const double alpha_inverse = 8;

struct drawn {
    double counts[AREAS * DAYS];
    bool is_surge[AREAS * DAYS];
};

/* What came out of one way to search. */
struct tally {
    const char *name;
    bool is_each_alone;
    size_t surges;
    size_t tested;
    size_t in_turn;
    size_t together;
};

static void draw(struct drawn *drawn, struct pal_random *random)
{
    double times[AREAS][WEEKS];
    for (size_t area = 0; area < AREAS; area++) {
        for (size_t week = 0; week < WEEKS; week++) {
            times[area][week] = 1;
        }
        for (size_t i = 0; i < SPURTS; i++) {
            times[area][pal_random_below(random, WEEKS)] =
                1 + (most_times - 1) * pal_random_uniform(random);
        }
        for (size_t day = 0; day < DAYS; day++) {
            bool is_working = pal_weekday_of(FIRST + (int32_t)day) < 5;
            double mean = is_working ? usual_day * times[area][day / 7] : usual_weekend;
            drawn->counts[area * DAYS + day] =
                (double)pal_random_negative_binomial(random, mean, alpha_inverse);
        }
    }
}

static void mark(struct drawn *drawn, const struct pal_detection *detection)
{
    for (size_t i = 0; i < AREAS * (size_t)DAYS; i++) {
        drawn->is_surge[i] = false;
    }
    for (size_t i = 0; i < detection->surge_count; i++) {
        const struct pal_surge *surge = &detection->surges[i];
        for (size_t k = 0; k < surge->area_count; k++) {
            for (int32_t day = surge->first; day <= surge->last; day++) {
                size_t at = surge->parts[k].area * DAYS + (size_t)(day - FIRST);
                drawn->is_surge[at] = true;
            }
        }
    }
}

static pal_status ask(struct drawn *drawn, struct tally *tally, struct pal_error *err)
{
    struct pal_surge_setting setting = pal_surge_default;
    struct pal_surge_input input = {.first = FIRST,
                                    .day_count = DAYS,
                                    .area_count = AREAS,
                                    .group_count = 1,
                                    .counts = drawn->counts};
    struct pal_turns_input question = {.area_count = AREAS,
                                       .day_count = DAYS,
                                       .is_surge = drawn->is_surge,
                                       .seed = 1,
                                       .replicate_count = 1999};
    struct pal_detection *detection = NULL;
    struct pal_turns turns;
    setting.is_each_alone = tally->is_each_alone;
    pal_status st = pal_detect_run(&input, &setting, &detection, err);
    if (st == PAL_OK) {
        mark(drawn, detection);
        st = pal_turns_run(&question, &turns, err);
    }
    if (st == PAL_OK) {
        enum pal_turns_answer answer = pal_turns_answer(&turns);
        tally->surges += detection->surge_count;
        tally->tested += answer != PAL_TURNS_UNKNOWN ? 1 : 0;
        tally->in_turn += answer == PAL_TURNS_IN_TURN ? 1 : 0;
        tally->together += answer == PAL_TURNS_TOGETHER ? 1 : 0;
    }
    pal_detection_free(detection);
    return st;
}

int main(int argc, char **argv)
{
    static struct drawn drawn;
    struct tally tallies[] = {{.name = "as listed"},
                              {.name = "each area by itself", .is_each_alone = true}};
    struct pal_error err = {PAL_OK, ""};
    long studies = argc > 1 ? strtol(argv[1], NULL, 10) : 100;
    uint64_t seed = argc > 2 ? (uint64_t)strtoll(argv[2], NULL, 10) : 1;
    for (long i = 0; i < studies; i++) {
        struct pal_random random;
        pal_random_init(&random, seed, (uint64_t)i);
        draw(&drawn, &random);
        for (size_t k = 0; k < 2; k++) {
            if (ask(&drawn, &tallies[k], &err) != PAL_OK) {
                (void)fprintf(stderr, "%s\n", err.text);
                return 1;
            }
        }
    }
    printf("surges\tstudies\ttested\tin_turn\ttogether\tsearched\n");
    for (size_t k = 0; k < 2; k++) {
        printf("%zu\t%ld\t%zu\t%zu\t%zu\t%s\n", tallies[k].surges, studies,
               tallies[k].tested, tallies[k].in_turn, tallies[k].together,
               tallies[k].name);
    }
    return 0;
}
