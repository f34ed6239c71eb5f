/*
 * Importing: one transaction a file, in it sheet after sheet, each closed by its account.
 */
#include "store/store_internal.h"

static const char *const form_names[] = {
    [PAL_FORM_XLSX] = "xlsx", [PAL_FORM_CSV] = "csv", [PAL_FORM_PARQUET] = "parquet"};

static const char *const encoding_names[] = {[PAL_ENCODING_UTF8] = "UTF-8",
                                             [PAL_ENCODING_UTF16LE] = "UTF-16LE",
                                             [PAL_ENCODING_UTF16BE] = "UTF-16BE",
                                             [PAL_ENCODING_WINDOWS1252] =
                                                 "Windows-1252"};

static struct pal_value text_of(const char *text)
{
    return pal_value_of_text(pal_view_of(text));
}

static struct pal_value count_of(uint64_t count)
{
    return pal_value_of_i64((int64_t)count);
}

pal_status pal_store_has_file(struct pal_store *store, const struct pal_digest *digest,
                              bool *has, struct pal_error *err)
{
    char hex[PAL_DIGEST_HEX_SIZE + 1];
    int64_t count = 0;
    *has = false;
    pal_digest_hex(digest, hex);
    struct pal_value value = text_of(hex);
    pal_status status = pal_engine_first(store, "has_file.sql", &value, 1, &count, err);
    *has = status == PAL_OK && count > 0;
    return status;
}

static pal_status put_file(struct pal_store *store, const struct pal_source_info *info,
                           struct pal_view release, struct pal_error *err)
{
    int64_t next[2] = {0, 0};
    char hex[PAL_DIGEST_HEX_SIZE + 1];
    pal_status status = pal_engine_first(store, "next_ids.sql", NULL, 0, next, err);
    if (status != PAL_OK) {
        return status;
    }
    store->file_id = (int32_t)next[0];
    store->sheet_next = (int32_t)next[1];
    pal_digest_hex(&info->digest, hex);
    const char *form = info->sheet_count > 0 ? form_names[info->sheets[0].form] : "";
    struct pal_value values[] = {
        pal_value_of_i64(store->file_id),
        pal_value_of_text(info->file),
        pal_value_of_text(info->path),
        text_of(hex),
        count_of(info->size),
        pal_value_of_text(release),
        text_of(form),
    };
    return pal_store_run(store, pal_engine_statement("insert_file.sql"), values,
                         sizeof values / sizeof values[0], err);
}

/* As before the file. Its texts stay until nobody can be adding to them. */
static void give_up_file(struct pal_store *store)
{
    pal_append_free(store->append);
    store->append = NULL;
    store->sheet_id = 0;
    /* The engine may have rolled back by itself, after a failed commit; then this fails. */
    pal_status status = pal_engine_run(store, "rollback.sql", NULL);
    (void)status;
    store->in_file = false;
    store->has_spare_terms = true;
}

pal_status pal_store_begin_file(struct pal_store *store,
                                const struct pal_source_info *info,
                                struct pal_view release, int32_t *file_id,
                                struct pal_error *err)
{
    *file_id = 0;
    if (store->mode == PAL_STORE_READ || store->is_locked || store->in_file) {
        return pal_fail(err, PAL_BUG,
                        store->in_file ? "a file is still being imported"
                                       : "the study is open for reading only");
    }
    pal_status status = pal_schema_ensure(store, err);
    /* The other core parses; and each thread that writes out takes memory of its own (a second
     * one 70 MB). */
    if (status == PAL_OK) {
        status = pal_engine_set_threads(store, 1, err);
    }
    if (status == PAL_OK) {
        status = pal_engine_run(store, "begin.sql", err);
    }
    if (status != PAL_OK) {
        return status;
    }
    store->in_file = true;
    store->has_rows_ended = false;
    status = put_file(store, info, release, err);
    if (status != PAL_OK) {
        give_up_file(store);
        return pal_while(err, status, "%.*s", PAL_VIEW_ARG(info->file));
    }
    *file_id = store->file_id;
    return PAL_OK;
}

pal_status pal_store_begin_sheet(struct pal_store *store, int32_t file_id,
                                 const struct pal_sheet_info *sheet,
                                 enum pal_table table, int32_t *sheet_id,
                                 struct pal_error *err)
{
    *sheet_id = 0;
    if (!store->in_file || file_id != store->file_id || store->append != NULL) {
        return pal_fail(err, PAL_BUG, "a sheet is begun outside its file");
    }
    char delimiter[2] = {sheet->delimiter, '\0'};
    bool is_csv = sheet->form == PAL_FORM_CSV;
    struct pal_value values[] = {
        pal_value_of_i64(store->sheet_next),
        pal_value_of_i64(file_id),
        pal_value_of_text(sheet->name),
        pal_value_of_text(sheet->member),
        text_of(pal_table_name(table)),
        text_of(form_names[sheet->form]),
        text_of(is_csv ? encoding_names[sheet->encoding] : ""),
        text_of(is_csv ? delimiter : ""),
    };
    pal_status status = pal_store_run(store, pal_engine_statement("insert_sheet.sql"),
                                      values, sizeof values / sizeof values[0], err);
    if (status == PAL_OK) {
        status = pal_append_new(store, table, &store->append, err);
    }
    if (status != PAL_OK) {
        return pal_while(err, status, "sheet %.*s", PAL_VIEW_ARG(sheet->name));
    }
    store->sheet_id = store->sheet_next;
    store->sheet_next++;
    *sheet_id = store->sheet_id;
    return PAL_OK;
}

static pal_status check_account(const struct pal_append *append,
                                const struct pal_account *account,
                                struct pal_error *err)
{
    uint64_t sum = account->row_stored_count + account->row_rejected_count +
                   account->row_blank_count;
    if (account->table != pal_append_table(append)) {
        return pal_fail(err, PAL_BUG, "the account is that of another table");
    }
    if (sum != account->row_read_count) {
        return pal_fail(err, PAL_BUG,
                        "the account does not hold: %llu rows read, but %llu stored + "
                        "%llu rejected + "
                        "%llu blank",
                        (unsigned long long)account->row_read_count,
                        (unsigned long long)account->row_stored_count,
                        (unsigned long long)account->row_rejected_count,
                        (unsigned long long)account->row_blank_count);
    }
    if (pal_append_has_rows(account->table) &&
        account->row_stored_count != pal_append_row_count(append)) {
        return pal_fail(
            err, PAL_BUG,
            "the account does not hold: %llu rows stored, but %llu appended",
            (unsigned long long)account->row_stored_count,
            (unsigned long long)pal_append_row_count(append));
    }
    return PAL_OK;
}

static pal_status put_account(struct pal_store *store,
                              const struct pal_account *account, struct pal_error *err)
{
    struct pal_value values[] = {
        pal_value_of_i64(store->sheet_id),
        count_of(account->header_row),
        pal_value_of_day(account->period_first),
        pal_value_of_day(account->period_last),
        pal_value_of_text(account->title),
        pal_value_of_text(account->release),
        count_of(account->row_above_count),
        count_of(account->row_read_count),
        count_of(account->row_stored_count),
        count_of(account->row_rejected_count),
        count_of(account->row_blank_count),
        pal_value_of_i64((int64_t)account->recorded),
        pal_value_of_i64(pal_append_part(store->append)),
    };
    return pal_store_run(store, pal_engine_statement("update_sheet.sql"), values,
                         sizeof values / sizeof values[0], err);
}

pal_status pal_store_append(struct pal_store *store, int32_t sheet_id,
                            const struct pal_batch *batch, struct pal_error *err)
{
    if (store->append == NULL || sheet_id != store->sheet_id) {
        return pal_fail(err, PAL_BUG, "rows are appended outside their sheet");
    }
    return pal_append_batch(store->append, sheet_id, batch, err);
}

pal_status pal_store_end_sheet(struct pal_store *store, int32_t sheet_id,
                               const struct pal_account *account, struct pal_error *err)
{
    if (store->append == NULL || sheet_id != store->sheet_id) {
        return pal_fail(err, PAL_BUG, "a sheet is ended that is not open");
    }
    pal_status status = check_account(store->append, account, err);
    if (status == PAL_OK) {
        status = pal_append_columns(store->append, sheet_id, account, err);
    }
    if (status == PAL_OK) {
        status = pal_append_finish(store->append, err);
    }
    if (status == PAL_OK) {
        status = put_account(store, account, err);
    }
    pal_append_free(store->append);
    store->append = NULL;
    store->sheet_id = 0;
    return status;
}

pal_status pal_store_end_rows(struct pal_store *store, struct pal_error *err)
{
    if (!store->in_file || store->append != NULL || store->has_rows_ended) {
        return pal_fail(err, PAL_BUG, "a file is ended that is not complete");
    }
    uint32_t count = store->terms == NULL ? 0 : pal_intern_count(store->terms);
    pal_status status = PAL_OK;
    store->term_appended = store->term_stored;
    if (count > store->term_stored) {
        status = pal_append_terms(store, store->terms, store->term_stored, err);
    }
    if (status == PAL_OK) {
        store->term_appended = store->terms == NULL ? store->term_stored : count;
        store->has_rows_ended = true;
    }
    return status;
}

pal_status pal_store_commit_file(struct pal_store *store, struct pal_error *err)
{
    if (!store->in_file || store->append != NULL) {
        return pal_fail(err, PAL_BUG, "a file is committed that is not complete");
    }
    pal_status status = store->has_rows_ended ? PAL_OK : pal_store_end_rows(store, err);
    if (status == PAL_OK) {
        status = pal_engine_run(store, "commit.sql", err);
    }
    if (status != PAL_OK) {
        give_up_file(store);
        return pal_while(err, status,
                         "the file was not stored, the study is as before");
    }
    store->in_file = false;
    store->term_stored = store->term_appended;
    return PAL_OK;
}

void pal_store_abort_file(struct pal_store *store)
{
    if (store->in_file) {
        give_up_file(store);
    }
    if (store->has_spare_terms && store->terms != NULL) {
        pal_intern_truncate(store->terms, store->term_stored);
    }
    store->has_spare_terms = false;
}

void pal_store_end_files(struct pal_store *store)
{
    PAL_BUG_IF(store->in_file);
    /* If this fails the study goes on with one thread: slower, not wrong. */
    pal_status status = pal_engine_set_threads(store, store->thread_count, NULL);
    (void)status;
}
