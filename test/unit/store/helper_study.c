#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper_study.h"
#include "record/batch.h"

enum { TEXT_SIZE_MAX = 16 * 1024 * 1024, TEXT_KIND_COUNT = 40 };

void study_folder_make(char folder[STUDY_PATH_SIZE])
{
    const char *top = getenv("TMPDIR");
    (void)snprintf(folder, STUDY_PATH_SIZE, "%s/pal_store_XXXXXX",
                   top == NULL || top[0] == '\0' ? "/tmp" : top);
    assert_non_null(mkdtemp(folder));
}

void study_folder_remove(const char *folder)
{
    char path[2 * STUDY_PATH_SIZE];
    DIR *files = opendir(folder);
    const struct dirent *entry = NULL;
    while (files != NULL && (entry = readdir(files)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            if (unlink(path) != 0) {
                (void)rmdir(path);
            }
        }
    }
    if (files != NULL) {
        (void)closedir(files);
    }
    (void)rmdir(folder);
}

void study_path(char out[STUDY_PATH_SIZE], const char *folder, const char *name)
{
    int written = snprintf(out, STUDY_PATH_SIZE, "%s/%s", folder, name);
    assert_true(written > 0 && written < STUDY_PATH_SIZE);
}

void assert_ok(pal_status status, const struct pal_error *err)
{
    if (status != PAL_OK) {
        fail_msg("%s: %s", pal_status_text(status), err->text);
    }
}

struct pal_store *study_open(const char *path, enum pal_store_mode mode)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = NULL;
    struct pal_store_options options = {.thread_count = 1};
    assert_ok(pal_store_open(path, mode, &options, &store, &err), &err);
    return store;
}

static pal_status set_value(struct pal_batch_column *column, size_t at, uint64_t row,
                            size_t field, struct pal_intern *terms,
                            struct pal_error *err)
{
    char text[64];
    column->valid[at / 64] |= UINT64_C(1) << (at % 64);
    switch (column->type) {
    case PAL_FIELD_DATE:
        column->values.day[at] = (int32_t)(17000 + row % 900 + field);
        return PAL_OK;
    case PAL_FIELD_DATE_TIME:
        column->values.integer[at] =
            ((int64_t)(17000 + row % 900 + field) * 86400 + 54360) * 1000000;
        return PAL_OK;
    case PAL_FIELD_INTEGER:
        column->values.integer[at] = (int64_t)(row + field);
        return PAL_OK;
    case PAL_FIELD_NUMBER:
        column->values.number[at] = (double)row + 0.5;
        return PAL_OK;
    case PAL_FIELD_IDENTIFIER:
        column->values.id[at] =
            (struct pal_hash_id){UINT64_C(0x8000000000000001) + row, row};
        return PAL_OK;
    case PAL_FIELD_CATEGORY:
    case PAL_FIELD_AREA:
    case PAL_FIELD_RELEASED_ID:
        (void)snprintf(text, sizeof text, "text %d",
                       (int)((row * 7 + field) % TEXT_KIND_COUNT));
        return pal_intern_add(terms, pal_view_of(text), &column->values.term[at], err);
    }
    return PAL_BUG;
}

pal_status study_fill(struct pal_batch *batch, const struct pal_dictionary *dictionary,
                      struct pal_intern *terms, struct made_rows rows, size_t done,
                      struct pal_error *err)
{
    const struct pal_field *fields = NULL;
    size_t field_count = pal_dictionary_fields(dictionary, rows.table, &fields);
    size_t left = rows.row_count - done;
    pal_status status = PAL_OK;
    pal_batch_begin(batch, rows.table, fields, field_count);
    batch->row_count = left < PAL_BATCH_ROW_MAX ? left : PAL_BATCH_ROW_MAX;
    for (size_t at = 0; status == PAL_OK && at < batch->row_count; at++) {
        uint64_t row = rows.first_row + done + at;
        batch->row[at] = (int64_t)row;
        batch->redacted[at] = 0;
        batch->failed[at] = 0;
        for (size_t field = 0; status == PAL_OK && field < field_count; field++) {
            uint64_t kind = (row + field) % 7;
            if (kind == 4) {
                batch->redacted[at] |= INT64_C(1) << field;
            } else if (kind == 5) {
                batch->failed[at] |= INT64_C(1) << field;
            } else if (kind != 3) {
                status = set_value(&batch->columns[field], at, row, field, terms, err);
            }
        }
    }
    return status;
}

struct pal_source_info study_source(const char *name,
                                    const struct pal_sheet_info *sheet)
{
    struct pal_source_info info = {.path = pal_view_of(name),
                                   .file = pal_view_of(name),
                                   .size = 1000,
                                   .sheet_count = 1,
                                   .sheets = sheet};
    struct pal_sha256 sha;
    pal_sha256_init(&sha);
    pal_sha256_add(&sha, name, strlen(name));
    pal_sha256_finish(&sha, &info.digest);
    return info;
}

static pal_status append_made(struct pal_store *store, int32_t sheet_id,
                              struct made_rows rows, struct pal_error *err)
{
    struct pal_dictionary *dictionary = NULL;
    struct pal_batch *batch = NULL;
    struct pal_intern *terms = NULL;
    pal_status status = pal_dictionary_open(&dictionary, err);
    if (status == PAL_OK) {
        status = pal_batch_new(&batch, err);
    }
    if (status == PAL_OK) {
        status = pal_store_borrow_terms(store, &terms, err);
    }
    for (size_t done = 0; status == PAL_OK && done < rows.row_count;) {
        status = study_fill(batch, dictionary, terms, rows, done, err);
        if (status == PAL_OK) {
            done += batch->row_count;
            status = pal_store_append(store, sheet_id, batch, err);
        }
    }
    pal_batch_free(batch);
    pal_dictionary_close(dictionary);
    return status;
}

pal_status study_import(struct pal_store *store, const char *name,
                        struct made_rows rows, bool commit, struct pal_error *err)
{
    struct pal_sheet_info sheet = {.name = PAL_VIEW("Sheet 1"), .form = PAL_FORM_XLSX};
    struct pal_source_info info = study_source(name, &sheet);
    struct pal_layout_column columns[] = {
        {.column = 0, .header = PAL_VIEW("First"), .field = 0, .is_known = true},
        {.column = 1, .header = PAL_VIEW("Second"), .field = 1, .is_known = true}};
    struct pal_account account = {.table = rows.table,
                                  .header_row = 6,
                                  .period_first = 17000,
                                  .period_last = PAL_DAY_NONE,
                                  .title = PAL_VIEW("A title"),
                                  .row_above_count = 6,
                                  .row_read_count = rows.row_count + 3,
                                  .row_stored_count = rows.row_count,
                                  .row_rejected_count = 1,
                                  .row_blank_count = 2,
                                  .recorded = 3,
                                  .column_count = 2,
                                  .columns = columns};
    int32_t file_id = 0;
    int32_t sheet_id = 0;
    struct pal_intern *terms = NULL;
    pal_status status = pal_store_borrow_terms(store, &terms, err);
    if (status == PAL_OK) {
        status =
            pal_store_begin_file(store, &info, PAL_VIEW("Release 1"), &file_id, err);
    }
    if (status == PAL_OK) {
        status =
            pal_store_begin_sheet(store, file_id, &sheet, rows.table, &sheet_id, err);
    }
    if (status == PAL_OK) {
        status = append_made(store, sheet_id, rows, err);
    }
    if (status == PAL_OK) {
        status = pal_store_end_sheet(store, sheet_id, &account, err);
    }
    if (status == PAL_OK && commit) {
        status = pal_store_commit_file(store, err);
    }
    if (status != PAL_OK) {
        pal_store_abort_file(store);
    }
    return status;
}

int64_t study_number(struct pal_store *store, const char *statement)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    assert_ok(pal_store_query(store, pal_view_of(statement), NULL, 0, &cursor, &err),
              &err);
    assert_ok(pal_cursor_next(cursor, &row, &err), &err);
    int64_t number = row == NULL ? -1 : row[0].integer;
    pal_cursor_close(cursor);
    return number;
}

char *study_text(struct pal_store *store, const char *statement)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_buffer text;
    pal_buffer_init(&text, TEXT_SIZE_MAX);
    assert_ok(pal_store_query(store, pal_view_of(statement), NULL, 0, &cursor, &err),
              &err);
    assert_ok(pal_cursor_next(cursor, &row, &err), &err);
    while (row != NULL) {
        for (size_t i = 0; i < pal_cursor_column_count(cursor); i++) {
            if (i > 0) {
                pal_buffer_append_char(&text, '|');
            }
            pal_buffer_append_view(&text, row[i].kind == PAL_VALUE_NULL ? PAL_VIEW("-")
                                                                        : row[i].text);
        }
        assert_ok(pal_cursor_next(cursor, &row, &err), &err);
        if (row != NULL) {
            pal_buffer_append_char(&text, ';');
        }
    }
    pal_cursor_close(cursor);
    assert_ok(pal_buffer_status(&text, &err), &err);
    char *copy = pal_string_copy(pal_buffer_view(&text));
    assert_non_null(copy);
    pal_buffer_clear(&text);
    return copy;
}
