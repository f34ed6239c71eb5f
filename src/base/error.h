/*
 * The words beside a status. A struct pal_error lives on the caller's stack, has a fixed
 * size and never allocates, so that "out of memory" can be reported without memory.
 */
#ifndef PAL_BASE_ERROR_H
#define PAL_BASE_ERROR_H

#include "base/status.h"

enum { PAL_ERROR_TEXT_MAX = 1024 };

struct pal_error {
    pal_status status;
    char text[PAL_ERROR_TEXT_MAX];
};

/* Writes what happened; the deepest frame calls it. Gives `status` back; err may be NULL. */
pal_status pal_fail(struct pal_error *err, pal_status status, const char *format, ...)
    PAL_PRINTF(3, 4);

/* Puts "<words>: " before the text there is; a frame on the way up adds what it alone
 * knows. Gives `status` back; err may be NULL. */
pal_status pal_while(struct pal_error *err, pal_status status, const char *format, ...)
    PAL_PRINTF(3, 4);

/* Fails with PAL_MEMORY. */
pal_status pal_fail_memory(struct pal_error *err);

/* A broken invariant: says where and aborts. Never for input. */
_Noreturn void pal_bug(const char *file, int line, const char *what);
#define PAL_BUG_IF(condition)                                                          \
    do {                                                                               \
        if (condition) {                                                               \
            pal_bug(__FILE__, __LINE__, #condition);                                   \
        }                                                                              \
    } while (0)

#endif
