/*
 * The agency's own monthly statistics around the campaign's beginning: the fiscal year it
 * began in and the year before.
 */
#include <string.h>

#include "publish/report_internal.h"

static bool has_numbers(const struct pal_measure_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        if (result->figures[i].has_value) {
            return true;
        }
    }
    return false;
}

const struct pal_figure *pal_custody_figure(const struct pal_measure_result *result,
                                            const char *agency, int32_t month)
{
    char day[16];
    if (result == NULL) {
        return NULL;
    }
    pal_day_text(month, day);
    if (strlen(day) < 7) {
        return NULL;
    }
    const struct pal_figure *figure = pal_result_find(
        result, pal_view_of(agency), (struct pal_view){day, 7}, PAL_VIEW(""));
    return figure != NULL && figure->has_value ? figure : NULL;
}

static int32_t fiscal_year_first(int32_t year)
{
    return pal_day_of((struct pal_civil){year - 1, 10, 1});
}

/* Without a campaign: the last fiscal year that has figures. */
static pal_status find_last_year(struct pal_report *report, struct pal_error *err)
{
    const struct pal_measure_result *years = NULL;
    struct pal_question question = {.measure = "book_ins",
                                    .by = {"fiscal_year"},
                                    .first = PAL_DAY_NONE,
                                    .last = PAL_DAY_NONE};
    pal_status st = pal_report_ask(report, &question, &years, err);
    for (size_t i = 0; st == PAL_OK && i < years->count; i++) {
        int64_t year = 0;
        if (years->figures[i].has_value &&
            pal_parse_i64(years->figures[i].keys[0], 1900, 2200, &year)) {
            report->custody.fiscal_year = (int32_t)year;
        }
    }
    return st;
}

pal_status pal_custody_load(struct pal_report *report, struct pal_error *err)
{
    struct pal_custody *custody = &report->custody;
    pal_status st = PAL_OK;
    if (pal_report_rows(report, PAL_VIEW("custody_statistic")) == 0) {
        return PAL_OK;
    }
    if (report->facts.has_campaign) {
        custody->fiscal_year = pal_fiscal_year_of(report->facts.first);
    } else {
        st = find_last_year(report, err);
    }
    if (st != PAL_OK || custody->fiscal_year == 0) {
        return st;
    }
    custody->first = fiscal_year_first(custody->fiscal_year - 1);
    custody->last = fiscal_year_first(custody->fiscal_year + 1) - 1;
    custody->book_in_question = (struct pal_question){.measure = "book_ins",
                                                      .by = {"agency", "month"},
                                                      .first = custody->first,
                                                      .last = custody->last};
    custody->population_question = custody->book_in_question;
    custody->population_question.measure = "daily_population";
    st = pal_report_ask(report, &custody->book_in_question, &custody->book_ins, err);
    if (st == PAL_OK) {
        custody->has_book_ins = has_numbers(custody->book_ins);
        st = pal_report_ask(report, &custody->population_question, &custody->population,
                            err);
    }
    if (st == PAL_OK) {
        custody->has_population = has_numbers(custody->population);
    }
    return st;
}
