/*
 * What the system refused, in words for a person.
 */
#ifndef PAL_BASE_FILE_INTERNAL_H
#define PAL_BASE_FILE_INTERNAL_H

#include "base/error.h"

/* Fails with PAL_IO: "cannot <verb> <path>: <why the system refused>". */
pal_status pal_file_fail(struct pal_error *err, const char *verb, const char *path,
                         int error_number);

#endif
