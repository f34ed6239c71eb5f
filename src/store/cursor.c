/*
 * Cursors: the engine's column vectors read as rows of typed values, each with its text.
 */
#include <stdio.h>
#include <string.h>

#include "store/store_internal.h"

enum { VALUE_TEXT_SIZE = 64, HEX_DIGIT_BITS = 4 };
#define MICROS_PER_SECOND INT64_C(1000000)

struct column {
    duckdb_type type;
    duckdb_type stored_type; /* of a DECIMAL: the integer it is kept in */
    double scale;            /* of a DECIMAL: its value is integer / scale */
    void *data;
    uint64_t *valid; /* NULL: every row has a value */
    char text[VALUE_TEXT_SIZE];
};

struct pal_cursor {
    struct pal_store *store;
    duckdb_prepared_statement statement;
    duckdb_result result;
    duckdb_data_chunk chunk;
    idx_t chunk_size;
    idx_t next;     /* row of the chunk */
    bool is_locked; /* a user's statement: a stream, within a transaction */
    bool is_end;
    size_t column_count;
    struct column *columns;
    struct pal_value *values;
};

static void set_text(struct column *column, struct pal_value *value)
{
    value->text = pal_view_of(column->text);
}

static void set_integer(struct column *column, int64_t number, struct pal_value *value)
{
    char digits[VALUE_TEXT_SIZE];
    size_t at = sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) {
        digits[--at] = '-';
    }
    memcpy(column->text, digits + at, sizeof digits - at);
    value->kind = PAL_VALUE_INTEGER;
    value->integer = number;
    value->number = (double)number;
    value->text = (struct pal_view){column->text, sizeof digits - at};
}

static void set_number(struct column *column, double number, struct pal_value *value)
{
    pal_double_text(number, column->text);
    value->kind = PAL_VALUE_NUMBER;
    value->number = number;
    set_text(column, value);
}

static void read_boolean(struct column *column, idx_t row, struct pal_value *value)
{
    bool is_true = ((const bool *)column->data)[row];
    value->kind = PAL_VALUE_BOOLEAN;
    value->integer = is_true ? 1 : 0;
    value->text = pal_view_of(is_true ? "true" : "false");
}

#define READ_INTEGER(name, type)                                                       \
    static void name(struct column *column, idx_t row, struct pal_value *value)        \
    {                                                                                  \
        set_integer(column, (int64_t)((const type *)column->data)[row], value);        \
    }
READ_INTEGER(read_i8, int8_t)
READ_INTEGER(read_i16, int16_t)
READ_INTEGER(read_i32, int32_t)
READ_INTEGER(read_i64, int64_t)
READ_INTEGER(read_u8, uint8_t)
READ_INTEGER(read_u16, uint16_t)
READ_INTEGER(read_u32, uint32_t)
#undef READ_INTEGER

static void read_u64(struct column *column, idx_t row, struct pal_value *value)
{
    uint64_t number = ((const uint64_t *)column->data)[row];
    if (number <= INT64_MAX) {
        set_integer(column, (int64_t)number, value);
    } else {
        set_number(column, (double)number, value);
    }
}

/* A sum of BIGINTs is a HUGEINT; it nearly always fits. */
static void read_huge(struct column *column, idx_t row, struct pal_value *value)
{
    duckdb_hugeint number = ((const duckdb_hugeint *)column->data)[row];
    if ((number.upper == 0 && number.lower <= INT64_MAX) ||
        (number.upper == -1 && number.lower > INT64_MAX)) {
        set_integer(column, (int64_t)number.lower, value);
    } else {
        set_number(column, duckdb_hugeint_to_double(number), value);
    }
}

static void read_uhuge(struct column *column, idx_t row, struct pal_value *value)
{
    duckdb_uhugeint number = ((const duckdb_uhugeint *)column->data)[row];
    if (number.upper == 0 && number.lower <= INT64_MAX) {
        set_integer(column, (int64_t)number.lower, value);
    } else {
        set_number(column, duckdb_uhugeint_to_double(number), value);
    }
}

static void read_float(struct column *column, idx_t row, struct pal_value *value)
{
    set_number(column, (double)((const float *)column->data)[row], value);
}

static void read_double(struct column *column, idx_t row, struct pal_value *value)
{
    set_number(column, ((const double *)column->data)[row], value);
}

static void read_decimal(struct column *column, idx_t row, struct pal_value *value)
{
    double number = 0;
    if (column->stored_type == DUCKDB_TYPE_SMALLINT) {
        number = (double)((const int16_t *)column->data)[row];
    } else if (column->stored_type == DUCKDB_TYPE_INTEGER) {
        number = (double)((const int32_t *)column->data)[row];
    } else if (column->stored_type == DUCKDB_TYPE_BIGINT) {
        number = (double)((const int64_t *)column->data)[row];
    } else {
        number = duckdb_hugeint_to_double(((const duckdb_hugeint *)column->data)[row]);
    }
    set_number(column, number / column->scale, value);
}

static void read_text(struct column *column, idx_t row, struct pal_value *value)
{
    duckdb_string_t *text = &((duckdb_string_t *)column->data)[row];
    value->kind = PAL_VALUE_TEXT;
    value->text =
        (struct pal_view){duckdb_string_t_data(text), duckdb_string_t_length(*text)};
}

static void read_date(struct column *column, idx_t row, struct pal_value *value)
{
    int32_t day = ((const int32_t *)column->data)[row];
    pal_day_text(day, column->text);
    value->kind = PAL_VALUE_DAY;
    value->integer = day;
    set_text(column, value);
}

/* Seconds and, where there are any, micros: "15:06:00", "15:06:00.250000". */
static void put_clock(char *out, size_t size, int64_t micros)
{
    int64_t seconds = micros / MICROS_PER_SECOND;
    int64_t rest = micros % MICROS_PER_SECOND;
    int written =
        snprintf(out, size, "%02lld:%02lld:%02lld", (long long)(seconds / 3600),
                 (long long)(seconds / 60 % 60), (long long)(seconds % 60));
    if (rest != 0 && written > 0 && (size_t)written < size) {
        (void)snprintf(out + written, size - (size_t)written, ".%06lld",
                       (long long)rest);
    }
}

static void set_moment(struct column *column, int64_t micros, struct pal_value *value)
{
    char day_text[16];
    int64_t day = micros / PAL_MICROS_PER_DAY;
    int64_t rest = micros % PAL_MICROS_PER_DAY;
    if (rest < 0) {
        rest += PAL_MICROS_PER_DAY;
        day--;
    }
    pal_day_text((int32_t)day, day_text);
    int written = snprintf(column->text, sizeof column->text, "%s ", day_text);
    if (written > 0) {
        put_clock(column->text + written, sizeof column->text - (size_t)written, rest);
    }
    value->kind = PAL_VALUE_TEXT;
    value->integer = micros;
    set_text(column, value);
}

static void read_timestamp(struct column *column, idx_t row, struct pal_value *value)
{
    set_moment(column, ((const int64_t *)column->data)[row], value);
}

static void read_timestamp_s(struct column *column, idx_t row, struct pal_value *value)
{
    set_moment(column, ((const int64_t *)column->data)[row] * MICROS_PER_SECOND, value);
}

static void read_timestamp_ms(struct column *column, idx_t row, struct pal_value *value)
{
    set_moment(column, ((const int64_t *)column->data)[row] * 1000, value);
}

static void read_timestamp_ns(struct column *column, idx_t row, struct pal_value *value)
{
    set_moment(column, ((const int64_t *)column->data)[row] / 1000, value);
}

static void read_time(struct column *column, idx_t row, struct pal_value *value)
{
    put_clock(column->text, sizeof column->text, ((const int64_t *)column->data)[row]);
    value->kind = PAL_VALUE_TEXT;
    set_text(column, value);
}

static void read_interval(struct column *column, idx_t row, struct pal_value *value)
{
    duckdb_interval span = ((const duckdb_interval *)column->data)[row];
    const char *sign = span.micros < 0 ? "-" : "";
    int written = snprintf(column->text, sizeof column->text, "%d months %d days %s",
                           (int)span.months, (int)span.days, sign);
    if (written > 0) {
        put_clock(column->text + written, sizeof column->text - (size_t)written,
                  span.micros < 0 ? -span.micros : span.micros);
    }
    value->kind = PAL_VALUE_TEXT;
    set_text(column, value);
}

static void read_uuid(struct column *column, idx_t row, struct pal_value *value)
{
    static const char digits[] = "0123456789abcdef";
    duckdb_hugeint id = ((const duckdb_hugeint *)column->data)[row];
    uint64_t halves[2] = {(uint64_t)id.upper ^ (UINT64_C(1) << 63), id.lower};
    size_t at = 0;
    for (size_t i = 0; i < 32; i++) {
        if (i == 8 || i == 12 || i == 16 || i == 20) {
            column->text[at++] = '-';
        }
        unsigned shift = (unsigned)(15 - i % 16) * HEX_DIGIT_BITS;
        column->text[at++] = digits[(halves[i / 16] >> shift) & 0x0Fu];
    }
    column->text[at] = '\0';
    value->kind = PAL_VALUE_TEXT;
    set_text(column, value);
}

static void read_nothing(struct column *column, idx_t row, struct pal_value *value)
{
    (void)column;
    (void)row;
    (void)value;
}

typedef void (*value_reader)(struct column *column, idx_t row, struct pal_value *value);

static const value_reader readers[] = {
    [DUCKDB_TYPE_BOOLEAN] = read_boolean,
    [DUCKDB_TYPE_TINYINT] = read_i8,
    [DUCKDB_TYPE_SMALLINT] = read_i16,
    [DUCKDB_TYPE_INTEGER] = read_i32,
    [DUCKDB_TYPE_BIGINT] = read_i64,
    [DUCKDB_TYPE_UTINYINT] = read_u8,
    [DUCKDB_TYPE_USMALLINT] = read_u16,
    [DUCKDB_TYPE_UINTEGER] = read_u32,
    [DUCKDB_TYPE_UBIGINT] = read_u64,
    [DUCKDB_TYPE_FLOAT] = read_float,
    [DUCKDB_TYPE_DOUBLE] = read_double,
    [DUCKDB_TYPE_TIMESTAMP] = read_timestamp,
    [DUCKDB_TYPE_DATE] = read_date,
    [DUCKDB_TYPE_TIME] = read_time,
    [DUCKDB_TYPE_INTERVAL] = read_interval,
    [DUCKDB_TYPE_HUGEINT] = read_huge,
    [DUCKDB_TYPE_VARCHAR] = read_text,
    [DUCKDB_TYPE_DECIMAL] = read_decimal,
    [DUCKDB_TYPE_TIMESTAMP_S] = read_timestamp_s,
    [DUCKDB_TYPE_TIMESTAMP_MS] = read_timestamp_ms,
    [DUCKDB_TYPE_TIMESTAMP_NS] = read_timestamp_ns,
    [DUCKDB_TYPE_UUID] = read_uuid,
    [DUCKDB_TYPE_TIMESTAMP_TZ] = read_timestamp,
    [DUCKDB_TYPE_UHUGEINT] = read_uhuge,
    [DUCKDB_TYPE_SQLNULL] = read_nothing,
};

static pal_status look_at_column(struct pal_cursor *cursor, size_t index,
                                 struct pal_error *err)
{
    struct column *column = &cursor->columns[index];
    column->type = duckdb_column_type(&cursor->result, index);
    if ((size_t)column->type >= sizeof readers / sizeof readers[0] ||
        readers[column->type] == NULL) {
        return pal_fail(
            err, cursor->is_locked ? PAL_USAGE : PAL_DATABASE,
            "column %s has a type that is no single value; cast it to VARCHAR",
            duckdb_column_name(&cursor->result, index));
    }
    if (column->type == DUCKDB_TYPE_DECIMAL) {
        duckdb_logical_type type = duckdb_column_logical_type(&cursor->result, index);
        column->stored_type = duckdb_decimal_internal_type(type);
        column->scale = 1;
        for (uint8_t i = duckdb_decimal_scale(type); i > 0; i--) {
            column->scale *= 10;
        }
        duckdb_destroy_logical_type(&type);
    }
    return PAL_OK;
}

pal_status pal_cursor_new(struct pal_store *store, duckdb_prepared_statement statement,
                          duckdb_result *result, struct pal_cursor **out,
                          struct pal_error *err)
{
    pal_status status = PAL_OK;
    *out = NULL;
    struct pal_cursor *cursor = pal_alloc_zero(1, sizeof *cursor);
    if (cursor == NULL) {
        duckdb_destroy_result(result);
        duckdb_destroy_prepare(&statement);
        if (store->is_locked) {
            pal_status ended = pal_engine_run(store, "rollback.sql", NULL);
            (void)ended;
        }
        return pal_fail_memory(err);
    }
    cursor->store = store;
    cursor->statement = statement;
    cursor->result = *result;
    cursor->is_locked = store->is_locked;
    store->has_locked_cursor = store->is_locked;
    size_t count = duckdb_column_count(&cursor->result);
    cursor->column_count = count;
    cursor->columns = pal_alloc_zero(count, sizeof *cursor->columns);
    cursor->values = pal_alloc_zero(count, sizeof *cursor->values);
    if (cursor->columns == NULL || cursor->values == NULL) {
        status = pal_fail_memory(err);
    }
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        status = look_at_column(cursor, i, err);
    }
    if (status != PAL_OK) {
        pal_cursor_close(cursor);
        return status;
    }
    *out = cursor;
    return PAL_OK;
}

size_t pal_cursor_column_count(const struct pal_cursor *cursor)
{
    return cursor->column_count;
}

const char *pal_cursor_column_name(const struct pal_cursor *cursor, size_t column)
{
    /* The engine only reads the result here, but does not say so. */
    duckdb_result result = cursor->result;
    return duckdb_column_name(&result, column);
}

enum pal_cell_kind pal_cursor_cell_kind(const struct pal_cursor *cursor, size_t column)
{
    static const struct {
        value_reader reader;
        enum pal_cell_kind kind;
    } kinds[] = {
        {read_text, PAL_CELL_TEXT},         {read_uuid, PAL_CELL_TEXT},
        {read_time, PAL_CELL_TEXT},         {read_interval, PAL_CELL_TEXT},
        {read_nothing, PAL_CELL_TEXT},      {read_boolean, PAL_CELL_BOOLEAN},
        {read_date, PAL_CELL_DATE},         {read_timestamp, PAL_CELL_DATE},
        {read_timestamp_s, PAL_CELL_DATE},  {read_timestamp_ms, PAL_CELL_DATE},
        {read_timestamp_ns, PAL_CELL_DATE},
    };
    value_reader reader = readers[cursor->columns[column].type];
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].reader == reader) {
            return kinds[i].kind;
        }
    }
    return PAL_CELL_NUMBER;
}

/* The next chunk that holds rows. A stream ends in the same way whether it is complete or
 * has failed: the error has to be asked for. */
static pal_status fetch(struct pal_cursor *cursor, struct pal_error *err)
{
    cursor->next = 0;
    do {
        if (cursor->chunk != NULL) {
            duckdb_destroy_data_chunk(&cursor->chunk);
        }
        cursor->chunk = duckdb_fetch_chunk(cursor->result);
        cursor->chunk_size =
            cursor->chunk == NULL ? 0 : duckdb_data_chunk_get_size(cursor->chunk);
    } while (cursor->chunk != NULL && cursor->chunk_size == 0);
    if (cursor->chunk == NULL) {
        const char *message = duckdb_result_error(&cursor->result);
        cursor->is_end = true;
        if (message != NULL && message[0] != '\0') {
            pal_status status =
                pal_engine_fail(err, duckdb_result_error_type(&cursor->result), message,
                                "the statement");
            return cursor->is_locked && status == PAL_DATABASE
                       ? pal_while(err, PAL_USAGE, "sql")
                       : status;
        }
        return PAL_OK;
    }
    for (size_t i = 0; i < cursor->column_count; i++) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(cursor->chunk, i);
        cursor->columns[i].data = duckdb_vector_get_data(vector);
        cursor->columns[i].valid = duckdb_vector_get_validity(vector);
    }
    return PAL_OK;
}

pal_status pal_cursor_next(struct pal_cursor *cursor, const struct pal_value **row,
                           struct pal_error *err)
{
    *row = NULL;
    if (!cursor->is_end && cursor->next >= cursor->chunk_size) {
        pal_status status = fetch(cursor, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    if (cursor->is_end) {
        return PAL_OK;
    }
    idx_t at = cursor->next;
    cursor->next++;
    for (size_t i = 0; i < cursor->column_count; i++) {
        struct column *column = &cursor->columns[i];
        cursor->values[i] = (struct pal_value){.kind = PAL_VALUE_NULL};
        if (column->valid == NULL ||
            ((column->valid[at / 64] >> (at % 64)) & 1u) != 0) {
            readers[column->type](column, at, &cursor->values[i]);
        }
    }
    *row = cursor->values;
    return PAL_OK;
}

void pal_cursor_close(struct pal_cursor *cursor)
{
    if (cursor == NULL) {
        return;
    }
    if (cursor->chunk != NULL) {
        duckdb_destroy_data_chunk(&cursor->chunk);
    }
    duckdb_destroy_result(&cursor->result);
    duckdb_destroy_prepare(&cursor->statement);
    if (cursor->is_locked) {
        pal_status ended = pal_engine_run(cursor->store, "rollback.sql", NULL);
        (void)ended;
        cursor->store->has_locked_cursor = false;
    }
    pal_free(cursor->columns);
    pal_free(cursor->values);
    pal_free(cursor);
}
