/* A folder of the test's own, and a study in it that is not there yet: set-up and tear-down. */
#ifndef PAL_TEST_OWN_FOLDER_H
#define PAL_TEST_OWN_FOLDER_H

#include "helper_study.h"

static char folder[STUDY_PATH_SIZE];
static char path[STUDY_PATH_SIZE];

static int make_folder(void **state)
{
    (void)state;
    study_folder_make(folder);
    study_path(path, folder, "s.duckdb");
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    study_folder_remove(folder);
    return 0;
}

#endif
