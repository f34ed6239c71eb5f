#include "app/accounts.h"

extern const struct pal_asset_table pal_app_assets;

/* The columns of accounts.sql. */
enum account_column {
    AT_FILE,
    AT_SHA256,
    AT_SHEET,
    AT_MEMBER,
    AT_TABLE,
    AT_HEADER_ROW,
    AT_RELEASE,
    AT_PERIOD_FIRST,
    AT_PERIOD_LAST,
    AT_READ,
    AT_STORED,
    AT_REJECTED,
    AT_BLANK,
    AT_SHEET_ID
};
/* The columns of accounts_columns.sql. */
enum account_detail { AT_HEADER, AT_IS_KNOWN, AT_WITHHELD, AT_FAILED, AT_FILLED };

static void put_view(struct pal_json *json, const char *key,
                     const struct pal_value *value)
{
    pal_json_key(json, key);
    if (value->kind == PAL_VALUE_NULL) {
        pal_json_null(json);
    } else {
        pal_json_view(json, value->text);
    }
}

static void put_count(struct pal_json *json, const char *key, int64_t count)
{
    pal_json_key(json, key);
    pal_json_i64(json, count);
}

static void put_detail(struct pal_json *json, const struct pal_value *row)
{
    pal_json_begin_object(json);
    put_view(json, "column", &row[AT_HEADER]);
    pal_json_key(json, "known");
    pal_json_bool(json, row[AT_IS_KNOWN].integer == 1);
    put_count(json, "cells_withheld", row[AT_WITHHELD].integer);
    put_count(json, "cells_failed", row[AT_FAILED].integer);
    if (row[AT_IS_KNOWN].integer != 1) {
        put_count(json, "cells_kept_as_text", row[AT_FILLED].integer);
    }
    pal_json_end_object(json);
}

static pal_status put_columns(struct pal_store *store, struct pal_json *json,
                              int64_t sheet_id, struct pal_error *err)
{
    struct pal_value value = {.kind = PAL_VALUE_INTEGER, .integer = sheet_id};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st =
        pal_store_query(store, pal_asset_find(&pal_app_assets, "accounts_columns.sql"),
                        &value, 1, &cursor, err);
    pal_json_key(json, "columns");
    pal_json_begin_array(json);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    while (st == PAL_OK && row != NULL) {
        put_detail(json, row);
        st = pal_cursor_next(cursor, &row, err);
    }
    pal_json_end_array(json);
    pal_cursor_close(cursor);
    return st;
}

static pal_status put_sheet(struct pal_store *store, struct pal_json *json,
                            const struct pal_value *row, struct pal_error *err)
{
    pal_status st;
    pal_json_begin_object(json);
    put_view(json, "file", &row[AT_FILE]);
    put_view(json, "sha256", &row[AT_SHA256]);
    put_view(json, "member", &row[AT_MEMBER]);
    put_view(json, "sheet", &row[AT_SHEET]);
    put_view(json, "table", &row[AT_TABLE]);
    put_view(json, "release", &row[AT_RELEASE]);
    put_count(json, "header_row", row[AT_HEADER_ROW].integer);
    put_view(json, "period_first", &row[AT_PERIOD_FIRST]);
    put_view(json, "period_last", &row[AT_PERIOD_LAST]);
    put_count(json, "rows_read", row[AT_READ].integer);
    put_count(json, "rows_stored", row[AT_STORED].integer);
    put_count(json, "rows_rejected", row[AT_REJECTED].integer);
    put_count(json, "rows_blank", row[AT_BLANK].integer);
    st = put_columns(store, json, row[AT_SHEET_ID].integer, err);
    pal_json_end_object(json);
    return st;
}

pal_status pal_accounts_skipped(const struct pal_source_info *info,
                                struct pal_arena *arena, struct pal_unread_file *out,
                                bool *has, struct pal_error *err)
{
    enum { SHOWN_MAX = 5, LINE_SIZE_MAX = 64 * 1024 };
    struct pal_buffer members;
    struct pal_buffer reasons;
    struct pal_view reason = {"", 0};
    size_t shown = info->skip_count < SHOWN_MAX ? info->skip_count : SHOWN_MAX;
    pal_status st = PAL_OK;
    *out = (struct pal_unread_file){.reason = ""};
    *has = shown > 0;
    if (!*has) {
        return PAL_OK;
    }
    pal_buffer_init(&members, LINE_SIZE_MAX);
    pal_buffer_init(&reasons, LINE_SIZE_MAX);
    for (size_t i = 0; i < shown; i++) {
        const struct pal_source_skip *skip = &info->skips[i];
        pal_buffer_append_format(&members, "%s%.*s", i == 0 ? "" : ", ",
                                 PAL_VIEW_ARG(skip->member));
        pal_buffer_append_format(&reasons, "%s%.*s is %s", i == 0 ? "" : ", ",
                                 PAL_VIEW_ARG(skip->member), skip->reason);
    }
    if (info->skip_count > shown) {
        pal_buffer_append_format(&members, " and %zu more", info->skip_count - shown);
        pal_buffer_append_format(&reasons, ", and %zu more", info->skip_count - shown);
    }
    st = pal_buffer_status(&members, err);
    if (st == PAL_OK) {
        st = pal_buffer_status(&reasons, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_copy(arena, pal_buffer_view(&members), &out->member, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_copy(arena, info->file, &out->file, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_format(arena, &reason, err, "%s", reasons.data);
        out->reason = reason.data;
    }
    pal_digest_hex(&info->digest, out->sha256);
    pal_buffer_clear(&members);
    pal_buffer_clear(&reasons);
    return st;
}

static void put_unread(struct pal_json *json, const struct pal_unread_file *unread)
{
    pal_json_begin_object(json);
    pal_json_key(json, "file");
    pal_json_view(json, unread->file);
    pal_json_key(json, "sha256");
    pal_json_text(json, unread->sha256);
    pal_json_key(json, "member");
    pal_json_view(json, unread->member);
    pal_json_key(json, "sheet");
    pal_json_text(json, "");
    pal_json_key(json, "table");
    pal_json_text(json, "not read");
    put_count(json, "rows_read", 0);
    put_count(json, "rows_stored", 0);
    put_count(json, "rows_rejected", 0);
    put_count(json, "rows_blank", 0);
    pal_json_key(json, "reason");
    pal_json_text(json, unread->reason);
    pal_json_end_object(json);
}

static pal_status open_accounts(struct pal_store *store, struct pal_cursor **cursor,
                                const struct pal_value **row, struct pal_error *err)
{
    pal_status st = pal_store_query(
        store, pal_asset_find(&pal_app_assets, "accounts.sql"), NULL, 0, cursor, err);
    *row = NULL;
    return st == PAL_OK ? pal_cursor_next(*cursor, row, err) : st;
}

static pal_status put_sheets(struct pal_store *store, struct pal_json *json,
                             struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st = open_accounts(store, &cursor, &row, err);
    while (st == PAL_OK && row != NULL) {
        st = put_sheet(store, json, row, err);
        if (st == PAL_OK) {
            st = pal_cursor_next(cursor, &row, err);
        }
    }
    pal_cursor_close(cursor);
    return st;
}

pal_status pal_accounts_put(struct pal_store *store, struct pal_json *json,
                            struct pal_error *err)
{
    pal_status st;
    pal_json_begin_array(json);
    st = put_sheets(store, json, err);
    pal_json_end_array(json);
    return st;
}

pal_status pal_accounts_json(struct pal_store *store,
                             const struct pal_unread_file *unread, size_t unread_count,
                             struct pal_buffer *out, struct pal_error *err)
{
    struct pal_json json;
    pal_status st;
    pal_json_init(&json, out, true);
    pal_json_begin_array(&json);
    st = put_sheets(store, &json, err);
    for (size_t i = 0; i < unread_count; i++) {
        put_unread(&json, &unread[i]);
    }
    pal_json_end_array(&json);
    pal_buffer_append_char(out, '\n');
    return st == PAL_OK ? pal_buffer_status(out, err) : st;
}

static bool is_wanted(struct pal_view hex, const struct pal_digest *digests,
                      size_t count)
{
    char text[PAL_DIGEST_HEX_SIZE + 1];
    for (size_t i = 0; digests != NULL && i < count; i++) {
        pal_digest_hex(&digests[i], text);
        if (pal_view_is_equal(hex, pal_view_of(text))) {
            return true;
        }
    }
    return digests == NULL;
}

pal_status pal_accounts_grid(struct pal_store *store, const struct pal_digest *digests,
                             size_t digest_count, struct pal_listing *listing,
                             struct pal_error *err)
{
    static const char *const names[] = {"file",      "sheet",       "table",
                                        "rows_read", "rows_stored", "rows_rejected",
                                        "rows_blank"};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st = open_accounts(store, &cursor, &row, err);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        pal_listing_column(listing, names[i]);
    }
    while (st == PAL_OK && row != NULL) {
        if (is_wanted(row[AT_SHA256].text, digests, digest_count)) {
            pal_listing_text(listing, row[AT_FILE].text);
            pal_listing_text(listing, row[AT_SHEET].text);
            pal_listing_text(listing, row[AT_TABLE].text);
            for (size_t i = AT_READ; i <= AT_BLANK; i++) {
                pal_listing_integer(listing, row[i].integer);
            }
        }
        st = pal_cursor_next(cursor, &row, err);
    }
    pal_cursor_close(cursor);
    return st;
}

void pal_accounts_grid_unread(const struct pal_unread_file *unread,
                              struct pal_listing *listing)
{
    pal_listing_text(listing, unread->file);
    pal_listing_text(listing, unread->member);
    pal_listing_text(listing, pal_view_of("not read"));
    for (size_t i = AT_READ; i <= AT_BLANK; i++) {
        pal_listing_integer(listing, 0);
    }
}
