/*
 * What a power calculation says, with the names of a study: a sentence a series, tables.
 */
#ifndef PAL_DETECT_POWER_WORDS_H
#define PAL_DETECT_POWER_WORDS_H

#include "detect/power.h"
#include "detect/study.h"

/* "Chicago", "all areas". */
struct pal_view pal_power_area(const struct pal_surge_study *study,
                               const struct pal_power_line *line);
/* "In Chicago, a week with half again as many arrests would have been seen 9 times of 10." Of
 * the length `days` (an index); `name` is how the place is called, empty: its area. */
void pal_power_sentence(const struct pal_power *power,
                        const struct pal_power_line *line,
                        const struct pal_surge_study *study, struct pal_view name,
                        size_t days, struct pal_buffer *out);
/* The rule and its false alarms: asked for, and counted where they were. */
void pal_power_rule(const struct pal_power *power, struct pal_buffer *out);
/* area,method_group,days,effect,usual,seen,replicates,power,low,high,smallest: a row a cell. */
void pal_power_csv(const struct pal_power *power, const struct pal_surge_study *study,
                   struct pal_buffer *out);
void pal_power_json(const struct pal_power *power, const struct pal_surge_study *study,
                    struct pal_json *out);

#endif
