/*
 * A file opened by a thread of its own while the study is: its digest, its directory and the
 * texts that its cells share take as long as the engine's start.
 */
#ifndef PAL_APP_PREFETCH_H
#define PAL_APP_PREFETCH_H

#include "app/intake.h"

struct pal_prefetch;

/* Starts; NULL where there is no memory or no thread for it: then the file is opened when its
 * turn comes. The path is borrowed until it is taken or freed. */
struct pal_prefetch *pal_prefetch_new(const char *path);
/* Waits; gives what pal_intake_open gave, the intake the caller's. Once. */
pal_status pal_prefetch_take(struct pal_prefetch *prefetch, struct pal_intake **out,
                             struct pal_error *err) PAL_MUST_USE;
void pal_prefetch_free(struct pal_prefetch *prefetch);

#endif
