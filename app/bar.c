#include "app/bar.h"

#include <time.h>

enum { FIRST_MS = 1000, AGAIN_MS = 250, LINE_SIZE_MAX = 640, NAME_MAX_SHOWN = 40 };

static int64_t now_ms(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 1234567 as "1,234,567". */
static void put_grouped(struct pal_buffer *out, uint64_t value)
{
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    pal_buffer_append_grouped(out, pal_view_of(digits));
}

static void put_time(struct pal_buffer *out, int64_t seconds)
{
    if (seconds >= 60) {
        pal_buffer_append_format(out, "%lld min ", (long long)(seconds / 60));
    }
    pal_buffer_append_format(out, "%lld s left", (long long)(seconds % 60));
}

static void report(struct pal_progress *self, struct pal_view what, uint64_t rows,
                   uint64_t bytes_done, uint64_t bytes_total)
{
    struct pal_bar *bar = (struct pal_bar *)self;
    int64_t now = now_ms();
    int64_t passed = now - bar->started_ms;
    struct pal_buffer line;
    if (!bar->app->has_bar || passed < FIRST_MS ||
        (bar->shown_ms != 0 && now - bar->shown_ms < AGAIN_MS)) {
        return;
    }
    pal_buffer_init(&line, LINE_SIZE_MAX);
    if (what.size > NAME_MAX_SHOWN) {
        what.data += what.size - NAME_MAX_SHOWN;
        what.size = NAME_MAX_SHOWN;
    }
    pal_buffer_append_view(&line, what);
    pal_buffer_append_text(&line, "  ");
    put_grouped(&line, rows);
    pal_buffer_append_text(&line, " rows");
    if (bytes_total > 0 && bytes_done > 0 && bytes_done <= bytes_total) {
        double share = (double)bytes_done / (double)bytes_total;
        pal_buffer_append_format(&line, "  %.1f of %.1f MB  ", (double)bytes_done / 1e6,
                                 (double)bytes_total / 1e6);
        put_time(&line, (int64_t)((double)passed / 1000 * (1 - share) / share + 0.5));
    }
    (void)fprintf(bar->app->talk, "\r\033[K%.*s", PAL_VIEW_ARG(pal_buffer_view(&line)));
    (void)fflush(bar->app->talk);
    pal_buffer_clear(&line);
    bar->shown_ms = now;
}

void pal_bar_init(struct pal_bar *bar, struct pal_app *app)
{
    *bar = (struct pal_bar){{report}, app, now_ms(), 0};
}

void pal_bar_clear(struct pal_bar *bar)
{
    if (bar->shown_ms != 0) {
        (void)fprintf(bar->app->talk, "\r\033[K");
        (void)fflush(bar->app->talk);
        bar->shown_ms = 0;
    }
}
