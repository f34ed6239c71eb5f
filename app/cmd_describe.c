#include "app/commands.h"
#include "app/intake.h"
#include "app/listing.h"

enum { PATHS_SIZE_MAX = 64 << 20 };

static const char *const type_names[] = {
    [PAL_FIELD_DATE] = "date",
    [PAL_FIELD_DATE_TIME] = "date and time",
    [PAL_FIELD_CATEGORY] = "category",
    [PAL_FIELD_AREA] = "area",
    [PAL_FIELD_INTEGER] = "integer",
    [PAL_FIELD_NUMBER] = "number",
    [PAL_FIELD_IDENTIFIER] = "identifier",
    [PAL_FIELD_RELEASED_ID] = "released id",
};
static const char *const sensitivity_names[] = {
    [PAL_SENSITIVITY_PUBLIC] = "public",
    [PAL_SENSITIVITY_PRIVATE] = "private",
    [PAL_SENSITIVITY_DIRECT] = "never stored",
};
static const char *const form_names[] = {
    [PAL_FORM_XLSX] = "xlsx", [PAL_FORM_CSV] = "csv", [PAL_FORM_PARQUET] = "parquet"};
static const char *const encoding_names[] = {
    [PAL_ENCODING_UTF8] = "UTF-8",
    [PAL_ENCODING_UTF16LE] = "UTF-16LE",
    [PAL_ENCODING_UTF16BE] = "UTF-16BE",
    [PAL_ENCODING_WINDOWS1252] = "Windows-1252",
};

struct describer {
    struct pal_app *app;
    struct pal_dictionary *dictionary;
    struct pal_batch *batch;
    struct pal_buffer
        text; /* --json: everything; otherwise what stands above a table */
    struct pal_json json;
};

/* What a column was taken for, in a word or two. */
struct column_words {
    struct pal_view field; /* "" when it is none */
    const char *type;
    const char *kept;
};

static struct column_words words_of(const struct describer *describer,
                                    enum pal_table table,
                                    const struct pal_layout_column *column)
{
    const struct pal_field *fields = NULL;
    size_t n = pal_dictionary_fields(describer->dictionary, table, &fields);
    struct column_words words = {{"", 0}, "", sensitivity_names[column->sensitivity]};
    if (column->field >= 0 && (size_t)column->field < n) {
        words.field = fields[column->field].name;
        words.type = type_names[fields[column->field].type];
    } else if (!column->is_known) {
        words.type = "unknown";
        words.kept = "kept as text";
    }
    return words;
}

/* Blank rows have no cells that could be missing. */
static uint64_t filled_rows(const struct pal_account *account)
{
    return account->row_read_count - account->row_blank_count;
}

static double share_of(int64_t count, uint64_t row_count)
{
    return row_count == 0 ? 0 : (double)count / (double)row_count;
}

static void put_percent(struct pal_listing *listing, int64_t count, uint64_t row_count)
{
    char text[32];
    if (row_count == 0) {
        pal_listing_null(listing);
        return;
    }
    (void)snprintf(text, sizeof text, "%.1f%%", 100 * share_of(count, row_count));
    pal_listing_text(listing, pal_view_of(text));
}

static pal_status show_columns(struct describer *describer,
                               const struct pal_account *account, struct pal_error *err)
{
    static const char *const names[] = {"column",  "field",    "type",   "kept",
                                        "missing", "redacted", "failed", "withheld"};
    struct pal_listing listing;
    pal_status st;
    pal_listing_init(&listing);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        pal_listing_column(&listing, names[i]);
    }
    for (size_t i = 0; i < account->column_count; i++) {
        const struct pal_layout_column *column = &account->columns[i];
        struct column_words words = words_of(describer, account->table, column);
        pal_listing_text(&listing, column->header);
        pal_listing_text(&listing, words.field);
        pal_listing_text(&listing, pal_view_of(words.type));
        pal_listing_text(&listing, pal_view_of(words.kept));
        put_percent(&listing, column->missing_count, filled_rows(account));
        put_percent(&listing, column->redacted_count, filled_rows(account));
        pal_listing_integer(&listing, column->failed_count);
        pal_listing_integer(&listing, column->withheld_count);
    }
    st = pal_listing_write(&listing, describer->app, PAL_LISTING_TEXT, err);
    pal_listing_clear(&listing);
    return st;
}

static void put_period(struct pal_buffer *text, const struct pal_account *account)
{
    char first[16];
    char last[16];
    if (account->period_first == PAL_DAY_NONE || account->period_last == PAL_DAY_NONE) {
        return;
    }
    pal_day_text(account->period_first, first);
    pal_day_text(account->period_last, last);
    pal_buffer_append_format(text, "period    %s to %s, as its title says\n", first,
                             last);
}

static pal_status show_sheet(struct describer *describer,
                             const struct pal_sheet_info *sheet,
                             const struct pal_account *account, struct pal_error *err)
{
    struct pal_buffer *text = &describer->text;
    pal_status st;
    pal_buffer_append_format(text, "\nsheet     %.*s%s%s\n", PAL_VIEW_ARG(sheet->name),
                             sheet->is_hidden ? " (hidden)" : "",
                             sheet->is_protected ? " (protected)" : "");
    if (sheet->member.size > 0) {
        pal_buffer_append_format(text, "member    %.*s\n", PAL_VIEW_ARG(sheet->member));
    }
    if (sheet->form == PAL_FORM_CSV) {
        pal_buffer_append_format(text, "text      %s, parted by %s\n",
                                 encoding_names[sheet->encoding],
                                 sheet->delimiter == '\t'  ? "tabs"
                                 : sheet->delimiter == '|' ? "|"
                                 : sheet->delimiter == ';' ? ";"
                                                           : ",");
    }
    pal_buffer_append_format(text, "table     %s\n",
                             account->table == PAL_TABLE_NOTE
                                 ? "none that is known; kept as notes"
                                 : pal_table_name(account->table));
    /* Above an unknown sheet any text may stand, so only a table's title is shown. */
    if (account->title.size > 0 && account->table != PAL_TABLE_NOTE) {
        pal_buffer_append_format(text, "title     %.*s\n",
                                 PAL_VIEW_ARG(account->title));
    }
    if (account->release.size > 0) {
        pal_buffer_append_format(text, "release   %.*s\n",
                                 PAL_VIEW_ARG(account->release));
    }
    put_period(text, account);
    if (account->header_row > 0) {
        pal_buffer_append_format(text, "header    row %llu, %llu rows above it\n",
                                 (unsigned long long)account->header_row,
                                 (unsigned long long)(account->header_row - 1));
    }
    pal_buffer_append_format(
        text, "rows      %llu: %llu to store, %llu rejected, %llu blank\n",
        (unsigned long long)account->row_read_count,
        (unsigned long long)account->row_stored_count,
        (unsigned long long)account->row_rejected_count,
        (unsigned long long)account->row_blank_count);
    st = pal_buffer_status(text, err);
    if (st == PAL_OK) {
        st = pal_app_write(describer->app, pal_buffer_view(text), err);
    }
    pal_buffer_reset(text);
    if (st == PAL_OK && account->column_count > 0) {
        st = show_columns(describer, account, err);
    }
    return st;
}

static void put_count(struct pal_json *json, const char *key, uint64_t count)
{
    pal_json_key(json, key);
    pal_json_i64(json, (int64_t)count);
}

static void put_view(struct pal_json *json, const char *key, struct pal_view text)
{
    pal_json_key(json, key);
    pal_json_view(json, text);
}

static void put_day(struct pal_json *json, const char *key, int32_t day)
{
    char text[16];
    pal_json_key(json, key);
    if (day == PAL_DAY_NONE) {
        pal_json_null(json);
        return;
    }
    pal_day_text(day, text);
    pal_json_text(json, text);
}

static void put_json_column(struct describer *describer,
                            const struct pal_account *account,
                            const struct pal_layout_column *column)
{
    struct pal_json *json = &describer->json;
    struct column_words words = words_of(describer, account->table, column);
    pal_json_begin_object(json);
    put_view(json, "column", column->header);
    put_count(json, "index", column->column);
    put_view(json, "field", words.field);
    put_view(json, "type", pal_view_of(words.type));
    put_view(json, "kept", pal_view_of(words.kept));
    pal_json_key(json, "known");
    pal_json_bool(json, column->is_known);
    put_count(json, "filled", (uint64_t)column->filled_count);
    put_count(json, "missing", (uint64_t)column->missing_count);
    put_count(json, "redacted", (uint64_t)column->redacted_count);
    put_count(json, "failed", (uint64_t)column->failed_count);
    put_count(json, "withheld", (uint64_t)column->withheld_count);
    pal_json_key(json, "missing_share");
    pal_json_double(json, share_of(column->missing_count, filled_rows(account)));
    pal_json_key(json, "redacted_share");
    pal_json_double(json, share_of(column->redacted_count, filled_rows(account)));
    pal_json_end_object(json);
}

static void put_json_sheet(struct describer *describer,
                           const struct pal_sheet_info *sheet,
                           const struct pal_account *account)
{
    struct pal_json *json = &describer->json;
    pal_json_begin_object(json);
    put_view(json, "sheet", sheet->name);
    put_view(json, "member", sheet->member);
    put_view(json, "form", pal_view_of(form_names[sheet->form]));
    put_view(json, "table", pal_view_of(pal_table_name(account->table)));
    put_view(json, "title",
             account->table == PAL_TABLE_NOTE ? PAL_VIEW("") : account->title);
    put_view(json, "release", account->release);
    put_day(json, "period_first", account->period_first);
    put_day(json, "period_last", account->period_last);
    put_count(json, "header_row", account->header_row);
    put_count(json, "rows_above", account->row_above_count);
    put_count(json, "rows_read", account->row_read_count);
    put_count(json, "rows_stored", account->row_stored_count);
    put_count(json, "rows_rejected", account->row_rejected_count);
    put_count(json, "rows_blank", account->row_blank_count);
    pal_json_key(json, "columns");
    pal_json_begin_array(json);
    for (size_t i = 0; i < account->column_count; i++) {
        put_json_column(describer, account, &account->columns[i]);
    }
    pal_json_end_array(json);
    pal_json_end_object(json);
}

/* Reads the whole sheet, so that the shares are of all its rows; no value is shown. */
static pal_status describe_sheet(struct describer *describer, struct pal_intake *intake,
                                 size_t index, struct pal_error *err)
{
    static const uint8_t no_key[PAL_KEY_SIZE] = {0};
    const struct pal_sheet_info *sheet = &pal_intake_borrow_info(intake)->sheets[index];
    struct pal_harvest_options options = {.sheet = sheet->name,
                                          .is_1904 = sheet->is_1904,
                                          .digest_hex = pal_intake_borrow_hex(intake),
                                          .key = no_key};
    struct pal_row_stream *rows = NULL;
    struct pal_intern *terms = NULL;
    struct pal_harvest *harvest = NULL;
    bool is_end = false;
    pal_status st = pal_intern_new(&terms, err);
    if (st == PAL_OK) {
        st = pal_intake_open_sheet(intake, index, &rows, err);
    }
    if (st == PAL_OK) {
        st = pal_harvest_open(describer->dictionary, rows, terms, &options, &harvest,
                              err);
    }
    while (st == PAL_OK && !is_end) {
        st = pal_harvest_next(harvest, describer->batch, &is_end, err);
    }
    if (st == PAL_OK && describer->app->is_json) {
        put_json_sheet(describer, sheet, pal_harvest_borrow_account(harvest));
    } else if (st == PAL_OK) {
        st = show_sheet(describer, sheet, pal_harvest_borrow_account(harvest), err);
    }
    pal_harvest_close(harvest);
    pal_intake_close_sheet(intake);
    pal_intern_free(terms);
    return st;
}

static void begin_file(struct describer *describer, const struct pal_intake *intake,
                       bool is_first)
{
    const struct pal_source_info *info = pal_intake_borrow_info(intake);
    struct pal_view hex = pal_intake_borrow_hex(intake);
    struct pal_buffer *text = &describer->text;
    if (describer->app->is_json) {
        struct pal_json *json = &describer->json;
        pal_json_begin_object(json);
        put_view(json, "file", info->file);
        put_view(json, "sha256", hex);
        put_count(json, "size", info->size);
        pal_json_key(json, "skipped");
        pal_json_begin_array(json);
        for (size_t i = 0; i < info->skip_count; i++) {
            pal_json_begin_object(json);
            put_view(json, "member", info->skips[i].member);
            put_view(json, "reason", pal_view_of(info->skips[i].reason));
            pal_json_end_object(json);
        }
        pal_json_end_array(json);
        pal_json_key(json, "sheets");
        pal_json_begin_array(json);
        return;
    }
    pal_buffer_append_format(text,
                             "%sfile      %.*s\nsha256    %.*s\nsize      %llu bytes\n",
                             is_first ? "" : "\n", PAL_VIEW_ARG(info->file),
                             PAL_VIEW_ARG(hex), (unsigned long long)info->size);
    for (size_t i = 0; i < info->skip_count; i++) {
        pal_buffer_append_format(text, "not read  %.*s: %s\n",
                                 PAL_VIEW_ARG(info->skips[i].member),
                                 info->skips[i].reason);
    }
}

static pal_status describe_file(struct describer *describer, const char *path,
                                bool is_first, struct pal_error *err)
{
    struct pal_intake *intake = NULL;
    pal_status st = pal_intake_open(path, &intake, err);
    if (st == PAL_OK) {
        begin_file(describer, intake, is_first);
        for (size_t i = 0;
             st == PAL_OK && i < pal_intake_borrow_info(intake)->sheet_count; i++) {
            st = describe_sheet(describer, intake, i, err);
        }
        if (describer->app->is_json) {
            pal_json_end_array(&describer->json);
            pal_json_end_object(&describer->json);
        }
    }
    pal_intake_close(intake);
    return st;
}

static pal_status describe_all(struct describer *describer, const char *const *paths,
                               size_t path_count, struct pal_error *err)
{
    pal_status st = PAL_OK;
    pal_json_init(&describer->json, &describer->text, true);
    if (describer->app->is_json) {
        pal_json_begin_array(&describer->json);
    }
    for (size_t i = 0; st == PAL_OK && i < path_count; i++) {
        st = describe_file(describer, paths[i], i == 0, err);
    }
    if (st == PAL_OK && describer->app->is_json) {
        pal_json_end_array(&describer->json);
        pal_buffer_append_char(&describer->text, '\n');
    }
    if (st == PAL_OK) {
        st = pal_buffer_status(&describer->text, err);
    }
    if (st == PAL_OK) {
        st = pal_app_write(describer->app, pal_buffer_view(&describer->text), err);
    }
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct describer describer = {.app = app};
    const char *const *paths = NULL;
    size_t path_count = 0;
    struct pal_arena arena;
    pal_status st;
    if (given->operand_count == 0) {
        return pal_fail(err, PAL_USAGE, "describe needs at least one file or folder");
    }
    pal_arena_init(&arena, PATHS_SIZE_MAX);
    pal_buffer_init(&describer.text, PAL_OUTPUT_SIZE_MAX);
    st = pal_intake_expand(given->operands, given->operand_count, &arena, &paths,
                           &path_count, err);
    if (st == PAL_OK) {
        st = pal_dictionary_open(&describer.dictionary, err);
    }
    if (st == PAL_OK) {
        st = pal_batch_new(&describer.batch, err);
    }
    if (st == PAL_OK) {
        st = describe_all(&describer, paths, path_count, err);
    }
    pal_batch_free(describer.batch);
    pal_dictionary_close(describer.dictionary);
    pal_buffer_clear(&describer.text);
    pal_arena_clear(&arena);
    return st;
}

const struct pal_command pal_command_describe = {
    .name = "describe",
    .summary = "Say what is in a released file.",
    .operands = "FILE...",
    .explained =
        "Shows the sheets of each file, the table each is taken for, its header "
        "row, what each column is taken for, and which share of its cells is "
        "missing or redacted. Shows no values. Nothing is stored.",
    .has_table = true,
    .run = run,
};
