/*
 * The status list: what a call answers, the exit code a program ends with, and its name.
 */
#ifndef PAL_BASE_STATUS_H
#define PAL_BASE_STATUS_H

/* name, process exit code, text */
#define PAL_STATUS_LIST(X)                                                             \
    X(PAL_OK, 0, "ok")                                                                 \
    X(PAL_USAGE, 2, "usage")                                                           \
    X(PAL_INPUT, 3, "input")                                                           \
    X(PAL_IO, 4, "input or output")                                                    \
    X(PAL_DATABASE, 5, "database")                                                     \
    X(PAL_LIMIT, 6, "limit")                                                           \
    X(PAL_MEMORY, 6, "out of memory")                                                  \
    X(PAL_BUG, 70, "internal error")

#define PAL_STATUS_ENUM(name, code, text) name,
typedef enum { PAL_STATUS_LIST(PAL_STATUS_ENUM) PAL_STATUS_COUNT } pal_status;
#undef PAL_STATUS_ENUM

#define PAL_MUST_USE __attribute__((warn_unused_result))
#define PAL_PRINTF(text, first) __attribute__((format(printf, text, first)))

int pal_status_exit_code(pal_status status);
const char *pal_status_text(pal_status status);

#endif
