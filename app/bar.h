/*
 * The progress bar: one line on a terminal, from the second second on, rewritten four times a
 * second: what, rows, bytes, time left.
 */
#ifndef PAL_APP_BAR_H
#define PAL_APP_BAR_H

#include "app/app.h"

struct pal_bar {
    struct pal_progress progress; /* first, so that a report finds its bar */
    struct pal_app *app;
    int64_t started_ms;
    int64_t shown_ms; /* 0: nothing stands on the line */
};

void pal_bar_init(struct pal_bar *bar, struct pal_app *app);
/* Takes the line away. */
void pal_bar_clear(struct pal_bar *bar);

#endif
