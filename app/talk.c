#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "app/app.h"

pal_status pal_app_write(struct pal_app *app, struct pal_view data,
                         struct pal_error *err)
{
    if (fwrite(data.data, 1, data.size, app->out) != data.size ||
        fflush(app->out) != 0) {
        char why[128];
        if (strerror_r(errno, why, sizeof why) != 0) {
            why[0] = 0;
        }
        return pal_fail(err, PAL_IO, "cannot write the output: %s", why);
    }
    return PAL_OK;
}

pal_status pal_app_write_out(struct pal_app *app, struct pal_buffer *out, pal_status st,
                             struct pal_error *err)
{
    if (st == PAL_OK) {
        st = pal_buffer_status(out, err);
    }
    if (st == PAL_OK) {
        st = pal_app_write(app, pal_buffer_view(out), err);
    }
    pal_buffer_clear(out);
    return st;
}

/* What cannot be said cannot be reported either: the results are not looked at. */
__attribute__((format(printf, 2, 0))) static void say(struct pal_app *app,
                                                      const char *format,
                                                      va_list arguments)
{
    (void)vfprintf(app->talk, format, arguments);
    (void)fputc('\n', app->talk);
    (void)fflush(app->talk);
}

void pal_app_say(struct pal_app *app, const char *format, ...)
{
    va_list arguments;
    if (app->is_quiet) {
        return;
    }
    va_start(arguments, format);
    say(app, format, arguments);
    va_end(arguments);
}

void pal_app_warn(struct pal_app *app, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(app, format, arguments);
    va_end(arguments);
}
