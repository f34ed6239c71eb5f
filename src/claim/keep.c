/*
 * Claims in the study: written as the claims file states them, entries with a problem too, and
 * read back the same.
 */
#include <math.h>

#include "claim/claim_internal.h"

enum { COLUMN_COUNT = 26, PART_WHAT = 0, PART_AGAINST = 1, PART_CONTEXT = 2 };

static struct pal_value text_value(struct pal_view text)
{
    if (text.size == 0) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_TEXT, .text = text};
}

static struct pal_value day_value(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_DAY, .integer = day};
}

static struct pal_value count_value(int64_t count)
{
    if (count < 0) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_INTEGER, .integer = count};
}

static struct pal_value number_value(bool has, double number)
{
    if (!has) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_NUMBER, .number = number};
}

static pal_status put(struct pal_store *store, const char *name,
                      const struct pal_value *values, size_t count,
                      struct pal_error *err)
{
    return pal_store_run(store, pal_claim_asset(name), values, count, err);
}

static pal_status put_part(struct pal_store *store, int64_t position, int64_t part,
                           const struct pal_claim_what *what,
                           const struct pal_claim_context *context,
                           struct pal_error *err)
{
    static const struct pal_claim_context none = {.note = {"", 0}};
    const struct pal_claim_context *beside = context == NULL ? &none : context;
    const struct pal_value values[] = {
        count_value(position),        count_value(part),
        text_value(what->measure),    day_value(what->first),
        day_value(what->last),        text_value(what->release),
        text_value(beside->note),     text_value(beside->law),
        text_value(beside->document), text_value(beside->actor),
    };
    pal_status st = put(store, "claim_insert_part.sql", values,
                        sizeof values / sizeof values[0], err);
    for (size_t i = 0; st == PAL_OK && i < what->where_count; i++) {
        const struct pal_value condition[] = {
            count_value(position),
            count_value(part),
            count_value((int64_t)i + 1),
            {.kind = PAL_VALUE_TEXT, .text = what->where[i].dimension},
            {.kind = PAL_VALUE_TEXT, .text = what->where[i].value},
        };
        st = put(store, "claim_insert_where.sql", condition,
                 sizeof condition / sizeof condition[0], err);
    }
    return st;
}

static pal_status put_claim(struct pal_store *store, const struct pal_claim *claim,
                            int64_t position, struct pal_error *err)
{
    const struct pal_value values[COLUMN_COUNT] = {
        count_value(position),
        text_value(claim->id),
        text_value(claim->statement),
        text_value(claim->quotation),
        text_value(claim->speaker),
        text_value(claim->role),
        text_value(claim->speech),
        text_value(claim->source_title),
        text_value(claim->source_publisher),
        day_value(claim->source_date),
        text_value(claim->source_url),
        text_value(claim->document),
        count_value(claim->passage),
        count_value(claim->first_byte),
        count_value(claim->last_byte),
        text_value(pal_view_of(pal_claim_test_text(claim->test))),
        number_value(claim->has_value, claim->value),
        number_value(claim->has_value_high, claim->value_high),
        text_value(claim->unit),
        text_value(claim->hedge),
        text_value(claim->comparison),
        text_value(claim->note),
        text_value(claim->settled_by),
        text_value(claim->why_not),
        text_value(claim->problem),
        count_value((int64_t)claim->line),
    };
    pal_status st = put(store, "claim_insert.sql", values, COLUMN_COUNT, err);
    if (st == PAL_OK) {
        st = put_part(store, position, PART_WHAT, &claim->what, NULL, err);
    }
    if (st == PAL_OK && claim->has_against) {
        st = put_part(store, position, PART_AGAINST, &claim->against, NULL, err);
    }
    for (size_t i = 0; st == PAL_OK && i < claim->context_count; i++) {
        st = put_part(store, position, PART_CONTEXT + (int64_t)i,
                      &claim->contexts[i].what, &claim->contexts[i], err);
    }
    return st;
}

pal_status pal_claims_store(const struct pal_claims *claims, struct pal_store *store,
                            struct pal_error *err)
{
    static const char *const clear[] = {"claim_clear.sql", "claim_clear_part.sql",
                                        "claim_clear_where.sql",
                                        "claim_reviewed_clear.sql"};
    struct pal_value reviewed = day_value(claims->reviewed);
    pal_status st = pal_store_begin(store, err);
    if (st != PAL_OK) {
        return st;
    }
    for (size_t i = 0; st == PAL_OK && i < sizeof clear / sizeof clear[0]; i++) {
        st = put(store, clear[i], NULL, 0, err);
    }
    if (st == PAL_OK && claims->reviewed != PAL_DAY_NONE) {
        st = put(store, "claim_reviewed_insert.sql", &reviewed, 1, err);
    }
    for (size_t i = 0; st == PAL_OK && i < claims->count; i++) {
        st = put_claim(store, &claims->items[i], (int64_t)i + 1, err);
    }
    if (st == PAL_OK) {
        st = pal_store_commit(store, err);
    }
    if (st != PAL_OK) {
        pal_store_undo(store);
    }
    return st;
}

/* ---- back ---- */

struct reader {
    struct pal_claims *claims;
    pal_status (*take)(struct reader *reader, const struct pal_value *row,
                       struct pal_error *err);
};

static pal_status copy(struct reader *reader, const struct pal_value *value,
                       struct pal_view *out, struct pal_error *err)
{
    *out = PAL_VIEW("");
    return value->kind == PAL_VALUE_TEXT
               ? pal_arena_copy(&reader->claims->arena, value->text, out, err)
               : PAL_OK;
}

static int32_t day_of(const struct pal_value *value)
{
    return value->kind == PAL_VALUE_DAY ? (int32_t)value->integer : PAL_DAY_NONE;
}

static int64_t count_of(const struct pal_value *value)
{
    return value->kind == PAL_VALUE_INTEGER ? value->integer : -1;
}

static pal_status take_claim(struct reader *reader, const struct pal_value *row,
                             struct pal_error *err)
{
    struct pal_claims *claims = reader->claims;
    if (claims->count == PAL_CLAIM_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d claims", PAL_CLAIM_MAX);
    }
    struct pal_claim *claim = &claims->items[claims->count++];
    pal_claim_fill(claim);
    const struct {
        size_t column;
        struct pal_view *at;
    } texts[] = {
        {1, &claim->id},           {2, &claim->statement},
        {3, &claim->quotation},    {4, &claim->speaker},
        {5, &claim->role},         {6, &claim->speech},
        {7, &claim->source_title}, {8, &claim->source_publisher},
        {10, &claim->source_url},  {11, &claim->document},
        {18, &claim->unit},        {19, &claim->hedge},
        {20, &claim->comparison},  {21, &claim->note},
        {22, &claim->settled_by},  {23, &claim->why_not},
        {24, &claim->problem},
    };
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof texts / sizeof texts[0]; i++) {
        st = copy(reader, &row[texts[i].column], texts[i].at, err);
    }
    claim->source_date = day_of(&row[9]);
    claim->passage = count_of(&row[12]);
    claim->first_byte = count_of(&row[13]);
    claim->last_byte = count_of(&row[14]);
    if (!pal_claim_test_find(row[15].text, &claim->test)) {
        return pal_fail(err, PAL_DATABASE,
                        "the study holds a claim with no known test");
    }
    claim->has_value = row[16].kind == PAL_VALUE_NUMBER;
    claim->value = claim->has_value ? row[16].number : 0;
    claim->has_value_high = row[17].kind == PAL_VALUE_NUMBER;
    claim->value_high = claim->has_value_high ? row[17].number : 0;
    claim->line = row[25].kind == PAL_VALUE_INTEGER ? (size_t)row[25].integer : 0;
    return st;
}

/* The part that a row names; NULL: the claim has none of that number. */
static struct pal_claim_what *part_of(struct reader *reader, int64_t position,
                                      int64_t part)
{
    if (position < 1 || position > (int64_t)reader->claims->count || part < 0 ||
        part >= PART_CONTEXT + PAL_CLAIM_CONTEXT_MAX) {
        return NULL;
    }
    struct pal_claim *claim = &reader->claims->items[position - 1];
    if (part == PART_WHAT) {
        return &claim->what;
    }
    return part == PART_AGAINST ? &claim->against
                                : &claim->contexts[part - PART_CONTEXT].what;
}

static pal_status take_part(struct reader *reader, const struct pal_value *row,
                            struct pal_error *err)
{
    struct pal_claim_what *what = part_of(reader, row[0].integer, row[1].integer);
    if (what == NULL) {
        return pal_fail(err, PAL_DATABASE, "the study's claims are damaged");
    }
    struct pal_claim *claim = &reader->claims->items[row[0].integer - 1];
    pal_status st = copy(reader, &row[2], &what->measure, err);
    what->first = day_of(&row[3]);
    what->last = day_of(&row[4]);
    if (st == PAL_OK) {
        st = copy(reader, &row[5], &what->release, err);
    }
    if (row[1].integer == PART_AGAINST) {
        claim->has_against = true;
    } else if (st == PAL_OK && row[1].integer >= PART_CONTEXT) {
        struct pal_claim_context *context = &claim->contexts[claim->context_count++];
        struct pal_view *const texts[] = {&context->note, &context->law,
                                          &context->document, &context->actor};
        for (size_t i = 0; st == PAL_OK && i < sizeof texts / sizeof texts[0]; i++) {
            st = copy(reader, &row[6 + i], texts[i], err);
        }
    }
    return st;
}

static pal_status take_where(struct reader *reader, const struct pal_value *row,
                             struct pal_error *err)
{
    struct pal_claim_what *what = part_of(reader, row[0].integer, row[1].integer);
    if (what == NULL || what->where_count == PAL_CLAIM_CONDITION_MAX) {
        return pal_fail(err, PAL_DATABASE, "the study's claims are damaged");
    }
    struct pal_condition *condition = &what->where[what->where_count++];
    pal_status st = copy(reader, &row[2], &condition->dimension, err);
    return st == PAL_OK ? copy(reader, &row[3], &condition->value, err) : st;
}

static pal_status take_reviewed(struct reader *reader, const struct pal_value *row,
                                struct pal_error *err)
{
    struct pal_view text = {"", 0};
    pal_status st = copy(reader, &row[0], &text, err);
    /* The copy has a NUL behind it. */
    reader->claims->reviewed =
        st == PAL_OK ? pal_day_from_text(text.data) : PAL_DAY_NONE;
    return st;
}

static pal_status read_rows(struct pal_store *store, const char *name,
                            struct reader *reader, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st =
        pal_store_query(store, pal_claim_asset(name), NULL, 0, &cursor, err);
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        st = reader->take(reader, row, err);
    }
    pal_cursor_close(cursor);
    return st;
}

pal_status pal_claims_load(struct pal_store *store, struct pal_claims *out,
                           struct pal_error *err)
{
    struct reader reader = {.claims = out};
    void *memory = NULL;
    pal_claims_init(out);
    pal_status st =
        pal_arena_alloc(&out->arena, PAL_CLAIM_MAX, sizeof *out->items, &memory, err);
    out->items = memory;
    reader.take = take_claim;
    if (st == PAL_OK) {
        st = read_rows(store, "claim_read.sql", &reader, err);
    }
    reader.take = take_part;
    if (st == PAL_OK) {
        st = read_rows(store, "claim_read_part.sql", &reader, err);
    }
    reader.take = take_where;
    if (st == PAL_OK) {
        st = read_rows(store, "claim_read_where.sql", &reader, err);
    }
    reader.take = take_reviewed;
    return st == PAL_OK ? read_rows(store, "claim_reviewed_read.sql", &reader, err)
                        : st;
}
