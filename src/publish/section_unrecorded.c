/*
 * What was not recorded: bounds and ranges instead of guesses. Each of its parts stands in a
 * file of its own.
 */
#include "publish/report_internal.h"

pal_status pal_section_unrecorded(struct pal_report *report, struct pal_error *err)
{
    pal_status st = PAL_OK;
    pal_page_section(&report->page, 9, "unrecorded",
                     "What was not recorded, bounded instead of guessed");
    if (report->has_arrests) {
        st = pal_section_targets(report, err);
    }
    if (st == PAL_OK && report->has_arrests) {
        st = pal_section_effort(report, err);
    }
    if (st == PAL_OK) {
        st = pal_section_outcomes(report, err);
    }
    if (st == PAL_OK && report->has_arrests) {
        st = pal_section_change(report, err);
    }
    pal_page_section_close(&report->page);
    return st;
}
