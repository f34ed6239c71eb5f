/*
 * Small studies for the tests of model: in memory, rows put in by hand, tables read back as
 * one text ("cell|cell;cell|cell", NULL as "-").
 */
#ifndef PAL_TEST_MODEL_STUDY_H
#define PAL_TEST_MODEL_STUDY_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka's order
#include <setjmp.h>
// cmocka's order
#include <cmocka.h>

#include "model/model.h"

struct study {
    struct pal_store *store;
    const char *salt; /* stands for the study's key: ids are hashed with it */
    char text[65536]; /* what study_text gave last */
};

void study_open(struct study *study);
void study_close(struct study *study);
/* One statement; fails the test in words. */
void study_run(struct study *study, const char *sql);
const char *study_text(struct study *study, const char *sql);
int64_t study_count(struct study *study, const char *sql);
void study_build(struct study *study);

/* A sheet of its own file; title, first and last may be NULL. `fields` parted by blanks. */
void study_sheet(struct study *study, int sheet_id, const char *table,
                 const char *release, const char *fields);
void study_period(struct study *study, int sheet_id, const char *title,
                  const char *first, const char *last);

struct study_arrest {
    int sheet_id;
    int row;
    const char *id;
    const char *date;
    const char *time; /* NULL: a bare date */
    const char *method;
    const char *area;
};
void study_arrests(struct study *study, const struct study_arrest *rows, size_t count);

struct study_stint {
    int sheet_id;
    int row;
    const char *id;
    const char *stay_in;
    const char *stay_out;
    const char *facility;
    const char *in;
    const char *out;
};
void study_stints(struct study *study, const struct study_stint *rows, size_t count);

#define COUNT_OF(rows) (sizeof(rows) / sizeof((rows)[0]))

#endif
