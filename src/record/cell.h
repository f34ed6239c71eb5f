/*
 * One column's cells become values: date, number, text number, keyed id; or missing, or
 * redacted, or failed with a rule. Text columns remember what each different text became, so
 * that a value seen before costs one look-up.
 */
#ifndef PAL_RECORD_CELL_H
#define PAL_RECORD_CELL_H

#include "record/dictionary_internal.h"

enum pal_outcome {
    PAL_OUTCOME_VALUE,
    PAL_OUTCOME_MISSING,
    PAL_OUTCOME_REDACTED,
    PAL_OUTCOME_FAILED
};

/* rule, its name, its words */
#define PAL_CELL_RULE_LIST(X)                                                          \
    X(PAL_CELL_RULE_NONE, "", "")                                                      \
    X(PAL_CELL_RULE_DATE_IMPOSSIBLE, "date.impossible",                                \
      "no such day, or not between 1900 and 2100")                                     \
    X(PAL_CELL_RULE_DATE_PARTIAL, "date.partial",                                      \
      "a year, or a month and a year, alone")                                          \
    X(PAL_CELL_RULE_NOT_A_DATE, "date.not_a_date", "something else than a date")       \
    X(PAL_CELL_RULE_NOT_A_NUMBER, "number.not_a_number",                               \
      "something else than a number")                                                  \
    X(PAL_CELL_RULE_NOT_WHOLE, "number.not_whole",                                     \
      "a count with a fraction, or too large")                                         \
    X(PAL_CELL_RULE_NOT_A_YEAR, "number.not_a_year", "a number that is no year")       \
    X(PAL_CELL_RULE_SUPPRESSED, "count.suppressed",                                    \
      "the agency withheld a small count")                                             \
    X(PAL_CELL_RULE_IS_A_DATE, "text.is_a_date", "a date in a column that holds none") \
    X(PAL_CELL_RULE_ID_TOO_LONG, "identifier.number_too_long",                         \
      "an id saved as a number keeps only 15 digits")                                  \
    X(PAL_CELL_RULE_DIRECT, "text.direct_identifier",                                  \
      "it names a person: an alien, telephone or other such number")                   \
    X(PAL_CELL_RULE_ERROR, "cell.error", "a spreadsheet error in place of a value")

#define PAL_CELL_RULE_ENUM(name, text, words) name,
enum pal_cell_rule { PAL_CELL_RULE_LIST(PAL_CELL_RULE_ENUM) PAL_CELL_RULE_COUNT };
#undef PAL_CELL_RULE_ENUM
const char *pal_cell_rule_name(enum pal_cell_rule rule);
const char *pal_cell_rule_words(enum pal_cell_rule rule);

struct pal_cell_value {
    enum pal_outcome outcome;
    enum pal_cell_rule rule; /* FAILED */
    int32_t day;
    uint32_t term;   /* CATEGORY, AREA; IDENTIFIER with keep_ids */
    int64_t integer; /* INTEGER; microseconds since 1970 of DATE and DATE_TIME */
    bool has_time;   /* DATE: a time of day stands in the cell */
    double number;
    struct pal_hash_id id;
};

/* What all columns of a harvest share; borrowed. */
struct pal_cell_setting {
    const struct pal_dictionary *dictionary;
    struct pal_intern *terms;
    struct pal_id_key id_key; /* the study's, for this release */
    bool keep_ids;
    bool allow_month;        /* YYYYMM is a date */
    bool is_1904;            /* a bare number counts days from 1904-01-01 */
    struct pal_buffer *room; /* scratch */
};

struct pal_cell_memory; /* the texts seen in one column */
struct pal_cell_shared; /* and the numbers of those that cells share */

struct pal_cell_reader {
    struct pal_view field_name;
    enum pal_field_type type;
    bool is_year;
    struct pal_cell_memory *memory;
    struct pal_cell_shared *shared; /* PAL_CELL_SHARED_SLOTS; NULL before the first */
};

void pal_cell_reader_init(struct pal_cell_reader *reader,
                          const struct pal_field *field);
void pal_cell_reader_clear(struct pal_cell_reader *reader);
/* A status is memory or a limit; bad input is an outcome. */
pal_status pal_cell_read(struct pal_cell_reader *reader,
                         const struct pal_cell_setting *setting,
                         const struct pal_cell *cell, struct pal_cell_value *out,
                         struct pal_error *err) PAL_MUST_USE;

/* "21,022", "$1,500.00", "-3": commas only between groups of three. */
bool pal_cell_read_grouped(struct pal_view text, double *out);

#endif
