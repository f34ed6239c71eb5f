/*
 * An answer as rows and named columns, for a command to print and a report to keep. Cells are
 * added row by row in the order of the columns; the first failure is kept and told at the end.
 */
#ifndef PAL_MEASURE_ANSWER_H
#define PAL_MEASURE_ANSWER_H

#include "measure/bounds.h"
#include "measure/compare.h"
#include "measure/effort.h"
#include "measure/outcomes.h"

enum { PAL_ANSWER_COLUMN_MAX = 24, PAL_ANSWER_ARENA_MAX = 1 << 30 };

struct pal_answer_cell {
    enum {
        PAL_ANSWER_NULL,
        PAL_ANSWER_TEXT,
        PAL_ANSWER_INTEGER,
        PAL_ANSWER_NUMBER
    } kind;
    struct pal_view text;
    int64_t integer;
    double number; /* finite */
};
struct pal_answer {
    struct pal_arena arena; /* of the texts, and of what is computed on the way */
    size_t column_count;
    const char *columns[PAL_ANSWER_COLUMN_MAX];
    size_t cell_count;
    size_t cell_room;
    struct pal_answer_cell *cells;
    pal_status status;
};

void pal_answer_init(struct pal_answer *answer);
/* Frees names, cells and texts with the arena. */
void pal_answer_clear(struct pal_answer *answer);
/* All columns before the first cell, at most PAL_ANSWER_COLUMN_MAX; `name` is copied. */
void pal_answer_column(struct pal_answer *answer, const char *name);
/* The next cell of the row; a text is copied, a number is finite. */
void pal_answer_text(struct pal_answer *answer, struct pal_view text);
void pal_answer_integer(struct pal_answer *answer, int64_t value);
void pal_answer_number(struct pal_answer *answer, double value);
void pal_answer_null(struct pal_answer *answer);
/* The first failure of all that was put in: PAL_LIMIT, or out of memory. */
pal_status pal_answer_status(const struct pal_answer *answer,
                             struct pal_error *err) PAL_MUST_USE;
/* As CSV with a header line. */
void pal_answer_csv(const struct pal_answer *answer, struct pal_buffer *out);

/* The answers of palladium bounds --of targets, effort, outcomes and change, a row of numbers
 * each. Shares are from 0 to 1, days as text; what is not recorded has no value and says why in
 * a column of its own. Columns and cells are put into an answer that has none yet. */
void pal_answer_targets(const struct pal_bounds_request *request,
                        const struct pal_bounds_row *rows, size_t count,
                        struct pal_answer *answer);
void pal_answer_effort(const struct pal_effort_row *rows, size_t count,
                       struct pal_answer *answer);
void pal_answer_outcomes(const struct pal_outcome_request *request,
                         const struct pal_outcome_row *rows, size_t count,
                         struct pal_answer *answer);
void pal_answer_change(const struct pal_comparison *campaign,
                       const struct pal_comparison *placebo, struct pal_answer *answer);

#endif
