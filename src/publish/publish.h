/*
 * publish -- the report of a study: one page, its charts, and the numbers behind each.
 *
 * Takes    a study that was imported and modelled
 * Gives    report.html, figures/<name>.svg and figures/<name>.csv, the same bytes from the
 *          same study with any number of threads
 * Owns     nothing after the call
 * Never    computes a figure that no measure defines; shows a record, an id, a landmark or a
 *          time of day; draws "not covered" or "not recorded" as zero; asks the clock or the
 *          locale
 * Threads  one store handle, one thread
 * Limits   PAL_REPORT_SIZE_MAX, PAL_REPORT_FIGURE_MAX, PAL_REPORT_PLACE_MAX
 */
#ifndef PAL_PUBLISH_PUBLISH_H
#define PAL_PUBLISH_PUBLISH_H

#include "base/base.h"
#include "claim/claim.h"
#include "store/store.h"

enum {
    PAL_REPORT_SIZE_MAX = 64 << 20, /* bytes of the page */
    PAL_REPORT_FIGURE_MAX = 128,
    PAL_REPORT_PLACE_MAX = 64
};

/* Writes the report of a study into `folder`, which is made when it is not there. A study
 * that keeps released ids is PAL_INPUT: it may not be published. A study without a campaign
 * gets a report of all its areas. */
pal_status pal_publish_report(struct pal_store *store, const char *folder,
                              struct pal_progress *progress,
                              struct pal_error *err) PAL_MUST_USE;
/* Verdicts as a piece of HTML: a table of all, then each with what it is followed back by. */
pal_status pal_publish_claims(const struct pal_judgement *judgement,
                              struct pal_buffer *out,
                              struct pal_error *err) PAL_MUST_USE;

#endif
