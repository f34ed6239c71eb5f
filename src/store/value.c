/*
 * Values: a reader for each type of column, each giving kind, number and text.
 */
#include <stdio.h>
#include <string.h>

#include "store/value_internal.h"

enum { HEX_DIGIT_BITS = 4 };
#define MICROS_PER_SECOND INT64_C(1000000)

static void set_text(struct pal_column *column, struct pal_value *value)
{
    value->text = pal_view_of(column->text);
}

static void set_integer(struct pal_column *column, int64_t number,
                        struct pal_value *value)
{
    char digits[PAL_VALUE_TEXT_SIZE];
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

static void set_number(struct pal_column *column, double number,
                       struct pal_value *value)
{
    pal_double_text(number, column->text);
    value->kind = PAL_VALUE_NUMBER;
    value->number = number;
    set_text(column, value);
}

static void read_boolean(struct pal_column *column, idx_t row, struct pal_value *value)
{
    bool is_true = ((const bool *)column->data)[row];
    value->kind = PAL_VALUE_BOOLEAN;
    value->integer = is_true ? 1 : 0;
    value->text = pal_view_of(is_true ? "true" : "false");
}

#define READ_INTEGER(name, type)                                                       \
    static void name(struct pal_column *column, idx_t row, struct pal_value *value)    \
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

static void read_u64(struct pal_column *column, idx_t row, struct pal_value *value)
{
    uint64_t number = ((const uint64_t *)column->data)[row];
    if (number <= INT64_MAX) {
        set_integer(column, (int64_t)number, value);
    } else {
        set_number(column, (double)number, value);
    }
}

/* A sum of BIGINTs is a HUGEINT; it nearly always fits. */
static void read_huge(struct pal_column *column, idx_t row, struct pal_value *value)
{
    duckdb_hugeint number = ((const duckdb_hugeint *)column->data)[row];
    if ((number.upper == 0 && number.lower <= INT64_MAX) ||
        (number.upper == -1 && number.lower > INT64_MAX)) {
        set_integer(column, (int64_t)number.lower, value);
    } else {
        set_number(column, duckdb_hugeint_to_double(number), value);
    }
}

static void read_uhuge(struct pal_column *column, idx_t row, struct pal_value *value)
{
    duckdb_uhugeint number = ((const duckdb_uhugeint *)column->data)[row];
    if (number.upper == 0 && number.lower <= INT64_MAX) {
        set_integer(column, (int64_t)number.lower, value);
    } else {
        set_number(column, duckdb_uhugeint_to_double(number), value);
    }
}

static void read_float(struct pal_column *column, idx_t row, struct pal_value *value)
{
    set_number(column, (double)((const float *)column->data)[row], value);
}

static void read_double(struct pal_column *column, idx_t row, struct pal_value *value)
{
    set_number(column, ((const double *)column->data)[row], value);
}

static void read_decimal(struct pal_column *column, idx_t row, struct pal_value *value)
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

static void read_text(struct pal_column *column, idx_t row, struct pal_value *value)
{
    duckdb_string_t *text = &((duckdb_string_t *)column->data)[row];
    value->kind = PAL_VALUE_TEXT;
    value->text =
        (struct pal_view){duckdb_string_t_data(text), duckdb_string_t_length(*text)};
}

static void read_date(struct pal_column *column, idx_t row, struct pal_value *value)
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

static void set_moment(struct pal_column *column, int64_t micros,
                       struct pal_value *value)
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

static void read_timestamp(struct pal_column *column, idx_t row,
                           struct pal_value *value)
{
    set_moment(column, ((const int64_t *)column->data)[row], value);
}

static void read_timestamp_s(struct pal_column *column, idx_t row,
                             struct pal_value *value)
{
    set_moment(column, ((const int64_t *)column->data)[row] * MICROS_PER_SECOND, value);
}

static void read_timestamp_ms(struct pal_column *column, idx_t row,
                              struct pal_value *value)
{
    set_moment(column, ((const int64_t *)column->data)[row] * 1000, value);
}

static void read_timestamp_ns(struct pal_column *column, idx_t row,
                              struct pal_value *value)
{
    set_moment(column, ((const int64_t *)column->data)[row] / 1000, value);
}

static void read_time(struct pal_column *column, idx_t row, struct pal_value *value)
{
    put_clock(column->text, sizeof column->text, ((const int64_t *)column->data)[row]);
    value->kind = PAL_VALUE_TEXT;
    set_text(column, value);
}

static void read_interval(struct pal_column *column, idx_t row, struct pal_value *value)
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

static void read_uuid(struct pal_column *column, idx_t row, struct pal_value *value)
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

static void read_nothing(struct pal_column *column, idx_t row, struct pal_value *value)
{
    (void)column;
    (void)row;
    (void)value;
}

typedef void (*value_reader)(struct pal_column *column, idx_t row,
                             struct pal_value *value);

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

bool pal_column_is_readable(const struct pal_column *column)
{
    return (size_t)column->type < sizeof readers / sizeof readers[0] &&
           readers[column->type] != NULL;
}

void pal_column_read(struct pal_column *column, idx_t row, struct pal_value *value)
{
    readers[column->type](column, row, value);
}

enum pal_cell_kind pal_column_cell_kind(const struct pal_column *column)
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
    value_reader reader = readers[column->type];
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].reader == reader) {
            return kinds[i].kind;
        }
    }
    return PAL_CELL_NUMBER;
}
