#include "app/prefetch.h"

#include <pthread.h>

struct pal_prefetch {
    const char *path;
    struct pal_intake *intake; /* NULL: it failed, or was taken */
    pal_status status;
    struct pal_error err;
    pthread_t thread;
    bool is_running;
};

static void *open_file(void *argument)
{
    struct pal_prefetch *prefetch = argument;
    prefetch->status =
        pal_intake_open(prefetch->path, &prefetch->intake, &prefetch->err);
    if (prefetch->status == PAL_OK) {
        pal_intake_warm(prefetch->intake);
    }
    return NULL;
}

struct pal_prefetch *pal_prefetch_new(const char *path)
{
    struct pal_prefetch *prefetch = pal_alloc_zero(1, sizeof *prefetch);
    if (prefetch == NULL) {
        return NULL;
    }
    prefetch->path = path;
    prefetch->is_running =
        pthread_create(&prefetch->thread, NULL, open_file, prefetch) == 0;
    if (!prefetch->is_running) {
        pal_free(prefetch);
        return NULL;
    }
    return prefetch;
}

static void wait_for(struct pal_prefetch *prefetch)
{
    if (prefetch->is_running) {
        int joined = pthread_join(prefetch->thread, NULL);
        PAL_BUG_IF(joined != 0);
        prefetch->is_running = false;
    }
}

pal_status pal_prefetch_take(struct pal_prefetch *prefetch, struct pal_intake **out,
                             struct pal_error *err)
{
    wait_for(prefetch);
    *out = prefetch->intake;
    prefetch->intake = NULL;
    return prefetch->status == PAL_OK
               ? PAL_OK
               : pal_fail(err, prefetch->status, "%s", prefetch->err.text);
}

void pal_prefetch_free(struct pal_prefetch *prefetch)
{
    if (prefetch == NULL) {
        return;
    }
    wait_for(prefetch);
    pal_intake_close(prefetch->intake);
    pal_free(prefetch);
}
