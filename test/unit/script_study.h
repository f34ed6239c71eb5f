/* A study in memory that a script of SQL fills: set-up and tear-down of a cmocka group, whose
 * state is the store. */
#ifndef PAL_TEST_SCRIPT_STUDY_H
#define PAL_TEST_SCRIPT_STUDY_H

#include "base/hash.h"
#include "store/store.h"

/* 0, or 1 with the reason printed; for a set-up function that knows its script. */
static int script_study_open(void **state, const char *script)
{
    struct pal_store *store = NULL;
    struct pal_error err = {PAL_OK, ""};
    pal_status st = pal_hash_setup(&err);
    if (st == PAL_OK) {
        st = pal_store_open(NULL, PAL_STORE_CREATE, NULL, &store, &err);
    }
    if (st == PAL_OK) {
        st = pal_store_run_script(store, pal_view_of(script), &err);
    }
    if (st != PAL_OK) {
        print_error("%s\n", err.text);
        pal_store_close(store);
        return 1;
    }
    *state = store;
    return 0;
}

static int script_study_close(void **state)
{
    pal_store_close(*state);
    return 0;
}

#endif
