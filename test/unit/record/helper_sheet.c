#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "helper_sheet.h"

static const uint8_t key[PAL_KEY_SIZE] = {7, 7, 7};

static struct pal_dictionary *dictionary;
static struct pal_buffer output;
static struct pal_buffer columns;
static struct pal_buffer banner;
static struct pal_buffer recorded;

static struct pal_error last_error;
struct pal_error *const helper_err = &last_error;

void helper_check(pal_status status)
{
    if (status != PAL_OK) {
        fail_msg("%s", last_error.text);
    }
}

const struct pal_dictionary *helper_dictionary(void)
{
    if (dictionary == NULL) {
        HELPER_OK(pal_dictionary_open(&dictionary, helper_err));
    }
    return dictionary;
}

void helper_clear(void)
{
    pal_dictionary_close(dictionary);
    dictionary = NULL;
    pal_buffer_clear(&output);
    pal_buffer_clear(&columns);
    pal_buffer_clear(&banner);
    pal_buffer_clear(&recorded);
}

/* ---- rows of lines ---- */

static void set_cell(struct pal_cell *cell, uint32_t column, struct pal_view text)
{
    *cell = (struct pal_cell){.column = column, .kind = PAL_CELL_TEXT, .text = text};
    switch (text.data[0]) {
    case '#':
        cell->kind = PAL_CELL_NUMBER;
        break;
    case '@':
        cell->kind = PAL_CELL_DATE;
        break;
    case '!':
        cell->kind = PAL_CELL_ERROR;
        break;
    default:
        return;
    }
    cell->text = (struct pal_view){text.data + 1, text.size - 1};
    (void)pal_parse_double(cell->text, &cell->number);
}

static pal_status next_line(struct pal_row_stream *self, struct pal_row *row,
                            struct pal_error *err)
{
    struct helper_rows *rows = (struct helper_rows *)self;
    (void)err;
    *row = (struct pal_row){0, NULL, 0};
    do {
        if (rows->at == rows->line_count) {
            return PAL_OK;
        }
        rows->number++;
    } while (strcmp(rows->lines[rows->at++], "-") == 0);
    size_t size = strlen(rows->lines[rows->at - 1]);
    assert_true(size < sizeof rows->text);
    memcpy(rows->text, rows->lines[rows->at - 1], size);
    struct pal_view rest = {rows->text, size};
    struct pal_view part;
    uint32_t column = 0;
    while (pal_view_split(&rest, '|', &part)) {
        if (part.size > 0) {
            assert_true(row->cell_count < 256);
            set_cell(&rows->cells[row->cell_count++], column, part);
        }
        column++;
    }
    row->number = rows->number;
    row->cells = rows->cells;
    return PAL_OK;
}

void helper_rows_init(struct helper_rows *rows, const char *const *lines,
                      size_t line_count)
{
    memset(rows, 0, sizeof *rows);
    rows->base.next = next_line;
    rows->lines = lines;
    rows->line_count = line_count;
}

/* ---- writing down what came ---- */

static void write_moment(int64_t microseconds)
{
    char day[16];
    int64_t of_day = microseconds % 86400000000;
    int64_t days = microseconds / 86400000000;
    if (of_day < 0) {
        of_day += 86400000000;
        days--;
    }
    pal_day_text((int32_t)days, day);
    int64_t second = of_day / 1000000;
    pal_buffer_append_format(&output, "%sT%02d:%02d:%02d", day, (int)(second / 3600),
                             (int)(second / 60 % 60), (int)(second % 60));
}

static void write_value(const struct pal_batch_column *column, size_t row,
                        const struct pal_intern *terms, struct pal_hash_id *ids,
                        size_t *id_count)
{
    char text[32];
    size_t i = 0;
    switch (column->type) {
    case PAL_FIELD_DATE:
        pal_day_text(column->values.day[row], text);
        pal_buffer_append_text(&output, text);
        break;
    case PAL_FIELD_DATE_TIME:
        write_moment(column->values.integer[row]);
        break;
    case PAL_FIELD_CATEGORY:
    case PAL_FIELD_AREA:
    case PAL_FIELD_RELEASED_ID:
        pal_buffer_append_view(&output,
                               pal_intern_text(terms, column->values.term[row]));
        break;
    case PAL_FIELD_INTEGER:
        pal_buffer_append_format(&output, "%lld",
                                 (long long)column->values.integer[row]);
        break;
    case PAL_FIELD_NUMBER:
        pal_double_text(column->values.number[row], text);
        pal_buffer_append_text(&output, text);
        break;
    case PAL_FIELD_IDENTIFIER:
        while (i < *id_count && (ids[i].high != column->values.id[row].high ||
                                 ids[i].low != column->values.id[row].low)) {
            i++;
        }
        if (i == *id_count) {
            assert_true(*id_count < 64);
            ids[(*id_count)++] = column->values.id[row];
        }
        pal_buffer_append_format(&output, "id%zu", i + 1);
        break;
    }
}

static void write_rows(const struct pal_batch *batch, const struct pal_intern *terms,
                       struct pal_hash_id *ids, size_t *id_count)
{
    const struct pal_field *fields = NULL;
    size_t count = pal_dictionary_fields(helper_dictionary(), batch->table, &fields);
    for (size_t row = 0; row < batch->row_count && batch->column_count > 0; row++) {
        pal_buffer_append_format(&output, "%lld:", (long long)batch->row[row]);
        for (size_t i = 0; i < count; i++) {
            uint64_t bit = UINT64_C(1) << i;
            bool is_valid = (batch->columns[i].valid[row / 64] >> (row % 64) & 1) != 0;
            bool is_redacted = ((uint64_t)batch->redacted[row] & bit) != 0;
            bool is_failed = ((uint64_t)batch->failed[row] & bit) != 0;
            assert_true(is_valid + is_redacted + is_failed <= 1);
            if (is_valid || is_redacted || is_failed) {
                pal_buffer_append_format(&output,
                                         " %.*s=", PAL_VIEW_ARG(fields[i].name));
            }
            if (is_valid) {
                write_value(&batch->columns[i], row, terms, ids, id_count);
            } else if (is_redacted) {
                pal_buffer_append_text(&output, "(redacted)");
            } else if (is_failed) {
                pal_buffer_append_text(&output, "(failed)");
            }
        }
        pal_buffer_append_char(&output, '\n');
    }
}

static void write_items(const struct pal_batch *batch, bool wants_notes)
{
    for (size_t i = 0; i < batch->cell_reject_count; i++) {
        const struct pal_cell_reject *reject = &batch->cell_rejects[i];
        assert_true(strlen(reject->reason) > 0);
        pal_buffer_append_format(&output, "reject %llu:%u %s '%.*s'\n",
                                 (unsigned long long)reject->row, reject->column,
                                 reject->rule, PAL_VIEW_ARG(reject->raw));
    }
    for (size_t i = 0; i < batch->row_reject_count; i++) {
        const struct pal_row_reject *reject = &batch->row_rejects[i];
        pal_buffer_append_format(&output, "row reject %llu %s '%.*s'\n",
                                 (unsigned long long)reject->row, reject->rule,
                                 PAL_VIEW_ARG(reject->raw));
    }
    for (size_t i = 0; i < batch->extra_count; i++) {
        pal_buffer_append_format(
            &output, "extra %llu:%u '%.*s'\n", (unsigned long long)batch->extras[i].row,
            batch->extras[i].column, PAL_VIEW_ARG(batch->extras[i].text));
    }
    for (size_t i = 0; i < batch->note_count && wants_notes; i++) {
        pal_buffer_append_format(
            &output, "note %llu:%u '%.*s'\n", (unsigned long long)batch->notes[i].row,
            batch->notes[i].column, PAL_VIEW_ARG(batch->notes[i].text));
    }
    for (size_t i = 0; i < batch->statistic_count; i++) {
        const struct pal_statistic *fact = &batch->statistics[i];
        char value[32];
        pal_double_text(fact->value, value);
        pal_buffer_append_format(
            &output, "fact %llu:%u %d-%d %.*s %.*s %.*s %s\n",
            (unsigned long long)fact->row, fact->column, fact->fiscal_year, fact->month,
            PAL_VIEW_ARG(fact->statistic), PAL_VIEW_ARG(fact->agency),
            PAL_VIEW_ARG(fact->category), value);
    }
}

static void write_columns(const struct pal_account *account)
{
    const struct pal_field *fields = NULL;
    (void)pal_dictionary_fields(helper_dictionary(), account->table, &fields);
    for (size_t i = 0; i < account->column_count; i++) {
        const struct pal_layout_column *column = &account->columns[i];
        pal_buffer_append_format(&columns, "%u %.*s ", column->column,
                                 PAL_VIEW_ARG(column->header));
        if (column->field >= 0) {
            pal_buffer_append_format(&columns, "-> %.*s",
                                     PAL_VIEW_ARG(fields[column->field].name));
        } else {
            pal_buffer_append_text(
                &columns,
                column->sensitivity == PAL_SENSITIVITY_DIRECT ? "direct" : "unknown");
            assert_int_equal(column->is_known,
                             column->sensitivity == PAL_SENSITIVITY_DIRECT);
        }
        pal_buffer_append_format(
            &columns,
            ", filled %lld missing %lld redacted %lld failed %lld withheld %lld\n",
            (long long)column->filled_count, (long long)column->missing_count,
            (long long)column->redacted_count, (long long)column->failed_count,
            (long long)column->withheld_count);
    }
}

static void write_recorded(const struct pal_account *account)
{
    const struct pal_field *fields = NULL;
    size_t count = pal_dictionary_fields(helper_dictionary(), account->table, &fields);
    for (size_t i = 0; i < count; i++) {
        if ((account->recorded >> i & 1) != 0) {
            pal_buffer_append_format(&recorded, "%.*s ", PAL_VIEW_ARG(fields[i].name));
        }
    }
}

static void write_banner(const struct pal_account *account)
{
    char first[16] = "";
    char last[16] = "";
    if (account->period_first != PAL_DAY_NONE) {
        pal_day_text(account->period_first, first);
        pal_day_text(account->period_last, last);
    }
    pal_buffer_append_format(&banner, "%.*s|%.*s|%s|%s|above %llu",
                             PAL_VIEW_ARG(account->release),
                             PAL_VIEW_ARG(account->title), first, last,
                             (unsigned long long)account->row_above_count);
}

/* The account's line goes before all that was written. */
static void write_account(const struct pal_account *account)
{
    struct pal_buffer whole;
    pal_buffer_init(&whole, 1 << 20);
    pal_buffer_append_format(
        &whole,
        "table %s, header %llu, read %llu, stored %llu, rejected %llu, blank %llu\n",
        pal_table_name(account->table), (unsigned long long)account->header_row,
        (unsigned long long)account->row_read_count,
        (unsigned long long)account->row_stored_count,
        (unsigned long long)account->row_rejected_count,
        (unsigned long long)account->row_blank_count);
    pal_buffer_append_view(&whole, pal_buffer_view(&output));
    pal_buffer_clear(&output);
    output = whole;
}

static void start_output(void)
{
    if (output.size_max == 0) {
        pal_buffer_init(&output, 1 << 20);
        pal_buffer_init(&columns, 1 << 20);
        pal_buffer_init(&banner, 1 << 20);
        pal_buffer_init(&recorded, 1 << 20);
    }
    pal_buffer_reset(&output);
    pal_buffer_reset(&columns);
    pal_buffer_reset(&banner);
    pal_buffer_reset(&recorded);
}

const char *helper_harvest(const struct helper_sheet *sheet, const char *const *lines,
                           size_t line_count)
{
    static struct helper_rows rows;
    struct pal_hash_id ids[64];
    size_t id_count = 0;
    struct pal_intern *terms = NULL;
    struct pal_batch *batch = NULL;
    struct pal_harvest *harvest = NULL;
    bool is_end = false;
    struct pal_harvest_options options = {
        .sheet = pal_view_of(sheet->name == NULL ? "Sheet1" : sheet->name),
        .release = pal_view_of(sheet->release),
        .digest_hex = PAL_VIEW("00ff"),
        .key = key,
        .keep_ids = sheet->keep_ids,
    };
    start_output();
    helper_rows_init(&rows, lines, line_count);
    HELPER_OK(pal_intern_new(&terms, helper_err));
    HELPER_OK(pal_batch_new(&batch, helper_err));
    HELPER_OK(pal_harvest_open(helper_dictionary(), &rows.base, terms, &options,
                               &harvest, helper_err));
    const struct pal_account *account = pal_harvest_borrow_account(harvest);
    while (!is_end) {
        HELPER_OK(pal_harvest_next(harvest, batch, &is_end, helper_err));
        assert_int_equal(batch->table, account->table);
        write_rows(batch, terms, ids, &id_count);
        write_items(batch, sheet->wants_notes);
    }
    assert_true(account->row_read_count == account->row_stored_count +
                                               account->row_rejected_count +
                                               account->row_blank_count);
    write_account(account);
    write_columns(account);
    write_banner(account);
    write_recorded(account);
    pal_harvest_close(harvest);
    pal_batch_free(batch);
    pal_intern_free(terms);
    HELPER_OK(pal_buffer_status(&output, helper_err));
    return output.data;
}

const char *helper_columns(void)
{
    return columns.data == NULL ? "" : columns.data;
}

const char *helper_banner(void)
{
    return banner.data;
}

const char *helper_recorded(void)
{
    return recorded.data == NULL ? "" : recorded.data;
}
