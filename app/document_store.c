#include "app/document_store.h"

extern const struct pal_asset_table pal_app_assets;

enum { PASSAGES_SIZE_MAX = 1 << 30 };

static struct pal_value integer_value(int64_t value)
{
    return (struct pal_value){.kind = PAL_VALUE_INTEGER, .integer = value};
}

static struct pal_value text_value(struct pal_view text)
{
    if (text.data == NULL) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_TEXT, .text = text};
}

static pal_status first_number(struct pal_store *store, const char *name,
                               const struct pal_value *values, size_t count,
                               int64_t *out, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    *out = 0;
    pal_status st = pal_store_query(store, pal_asset_find(&pal_app_assets, name),
                                    values, count, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    if (st == PAL_OK && row != NULL) {
        *out = row[0].integer;
    }
    pal_cursor_close(cursor);
    return st;
}

static void put_text(struct pal_json *json, const char *key, const char *text)
{
    pal_json_key(json, key);
    pal_json_text(json, text);
}

static pal_status write_passages(const struct pal_document *document,
                                 struct pal_buffer *out, struct pal_error *err)
{
    struct pal_json json;
    struct pal_buffer map;
    pal_json_init(&json, out, false);
    pal_buffer_init(&map, PASSAGES_SIZE_MAX);
    pal_json_begin_array(&json);
    for (size_t i = 0; i < document->passage_count; i++) {
        const struct pal_passage *passage = &document->passages[i];
        pal_buffer_reset(&map);
        pal_passage_map_text(document, passage, &map);
        pal_json_begin_object(&json);
        pal_json_key(&json, "passage");
        pal_json_i64(&json, (int64_t)i + 1);
        put_text(&json, "kind", pal_passage_kind_name(passage->kind));
        put_text(&json, "boilerplate", passage->boilerplate);
        pal_json_key(&json, "page");
        if (passage->page == 0) {
            pal_json_null(&json);
        } else {
            pal_json_i64(&json, passage->page);
        }
        pal_json_key(&json, "first_byte");
        pal_json_i64(&json, (int64_t)passage->first_byte);
        pal_json_key(&json, "last_byte");
        pal_json_i64(&json, (int64_t)passage->last_byte);
        pal_json_key(&json, "text");
        pal_json_view(&json, pal_passage_text(document, passage));
        pal_json_key(&json, "text_map");
        pal_json_view(&json, pal_buffer_view(&map));
        pal_json_end_object(&json);
    }
    pal_json_end_array(&json);
    pal_status st = pal_buffer_status(&map, err);
    pal_buffer_clear(&map);
    return st == PAL_OK ? pal_buffer_status(out, err) : st;
}

static pal_status insert(const struct pal_document *document, struct pal_view file,
                         struct pal_store *store, int64_t id, struct pal_error *err)
{
    char hex[PAL_DIGEST_HEX_SIZE + 1];
    struct pal_buffer passages;
    pal_digest_hex(&document->digest, hex);
    const char *source = document->published_source;
    struct pal_value day = {.kind = PAL_VALUE_NULL};
    if (document->published != PAL_DAY_NONE) {
        day = (struct pal_value){.kind = PAL_VALUE_DAY, .integer = document->published};
    }
    struct pal_value values[] = {
        integer_value(id),
        text_value(file),
        text_value(pal_view_of(hex)),
        integer_value((int64_t)document->size),
        text_value(pal_view_of(pal_document_form_name(document->form))),
        text_value(pal_view_of(document->language)),
        text_value(document->title),
        text_value(document->publisher),
        day,
        text_value(source == NULL ? (struct pal_view){NULL, 0} : pal_view_of(source)),
        text_value(document->url),
        document->page_count == 0 ? (struct pal_value){.kind = PAL_VALUE_NULL}
                                  : integer_value(document->page_count),
    };
    pal_status st =
        pal_store_run(store, pal_asset_find(&pal_app_assets, "document_insert.sql"),
                      values, sizeof values / sizeof values[0], err);
    pal_buffer_init(&passages, PASSAGES_SIZE_MAX);
    if (st == PAL_OK) {
        st = write_passages(document, &passages, err);
    }
    if (st == PAL_OK) {
        struct pal_value rows[] = {integer_value(id),
                                   text_value(pal_buffer_view(&passages))};
        st = pal_store_run(
            store, pal_asset_find(&pal_app_assets, "document_insert_passages.sql"),
            rows, 2, err);
    }
    pal_buffer_clear(&passages);
    return st;
}

pal_status pal_document_store(const struct pal_document *document, struct pal_view file,
                              struct pal_store *store, int64_t *id, bool *is_new,
                              struct pal_error *err)
{
    char hex[PAL_DIGEST_HEX_SIZE + 1];
    pal_digest_hex(&document->digest, hex);
    struct pal_value digest = text_value(pal_view_of(hex));
    *is_new = false;
    pal_status st = first_number(store, "document_find.sql", &digest, 1, id, err);
    if (st != PAL_OK || *id > 0) {
        return st;
    }
    st = pal_store_begin(store, err);
    if (st != PAL_OK) {
        return st;
    }
    st = first_number(store, "document_next.sql", NULL, 0, id, err);
    if (st == PAL_OK) {
        st = insert(document, file, store, *id, err);
    }
    if (st == PAL_OK) {
        st = pal_store_commit(store, err);
    }
    if (st != PAL_OK) {
        pal_store_undo(store);
        *id = 0;
        return st;
    }
    *is_new = true;
    return PAL_OK;
}

pal_status pal_document_pick(struct pal_store *store, const char *text, int64_t *id,
                             struct pal_error *err)
{
    struct pal_value value = text_value(pal_view_of(text));
    pal_status st = first_number(store, "document_pick.sql", &value, 1, id, err);
    if (st == PAL_OK && *id == 0) {
        return pal_fail(err, PAL_INPUT,
                        "there is no document %s in this study; \"palladium document "
                        "list\" shows those there are",
                        text);
    }
    return st;
}

static pal_status load_head(const struct pal_value *row, struct pal_document *out,
                            struct pal_view *file, struct pal_error *err)
{
    static const char *const sources[] = {"given", "stated", "text"};
    const struct {
        int column;
        struct pal_view *field;
    } texts[] = {{0, file}, {5, &out->title}, {6, &out->publisher}, {9, &out->url}};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof texts / sizeof texts[0]; i++) {
        if (row[texts[i].column].kind != PAL_VALUE_NULL) {
            st = pal_arena_copy(&out->arena, row[texts[i].column].text, texts[i].field,
                                err);
        }
    }
    for (size_t i = 0; i < PAL_DIGEST_SIZE && row[1].text.size == PAL_DIGEST_HEX_SIZE;
         i++) {
        unsigned byte = 0;
        for (size_t k = 0; k < 2; k++) {
            char c = row[1].text.data[2 * i + k];
            byte = byte * 16 + (unsigned)(pal_is_digit(c) ? c - '0' : c - 'a' + 10);
        }
        out->digest.bytes[i] = (uint8_t)byte;
    }
    out->size = (uint64_t)row[2].integer;
    out->language =
        pal_view_is_equal(row[4].text, PAL_VIEW("english")) ? "english" : "unknown";
    out->published =
        row[7].kind == PAL_VALUE_NULL ? PAL_DAY_NONE : (int32_t)row[7].integer;
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        if (pal_view_is_equal(row[8].text, pal_view_of(sources[i]))) {
            out->published_source = sources[i];
        }
    }
    out->page_count = row[10].kind == PAL_VALUE_NULL ? 0 : (int32_t)row[10].integer;
    if (st == PAL_OK && !pal_document_form_find(row[3].text, &out->form)) {
        st = pal_fail(err, PAL_INPUT, "a document of an unknown form");
    }
    return st;
}

static pal_status load_passage(const struct pal_value *row, struct pal_document *out,
                               struct pal_error *err)
{
    struct pal_passage passage = {0};
    if (!pal_passage_kind_find(row[0].text, &passage.kind)) {
        return pal_fail(err, PAL_INPUT, "a passage of an unknown kind");
    }
    if (row[1].kind != PAL_VALUE_NULL) {
        struct pal_view kept = {"", 0};
        pal_status st = pal_arena_copy(&out->arena, row[1].text, &kept, err);
        if (st != PAL_OK) {
            return st;
        }
        passage.boilerplate = kept.data;
    }
    passage.page = row[2].kind == PAL_VALUE_NULL ? 0 : (int32_t)row[2].integer;
    passage.first_byte = (uint64_t)row[3].integer;
    passage.last_byte = (uint64_t)row[4].integer;
    return pal_document_add_passage(out, &passage, row[5].text, row[6].text, err);
}

pal_status pal_document_load(struct pal_store *store, int64_t id,
                             struct pal_document *out, struct pal_view *file,
                             struct pal_error *err)
{
    struct pal_value value = integer_value(id);
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_document_init(out);
    *file = (struct pal_view){"", 0};
    pal_status st =
        pal_store_query(store, pal_asset_find(&pal_app_assets, "document_get.sql"),
                        &value, 1, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    if (st == PAL_OK) {
        st = row == NULL ? pal_fail(err, PAL_INPUT, "there is no such document")
                         : load_head(row, out, file, err);
    }
    pal_cursor_close(cursor);
    cursor = NULL;
    if (st == PAL_OK) {
        st = pal_store_query(store,
                             pal_asset_find(&pal_app_assets, "document_passages.sql"),
                             &value, 1, &cursor, err);
    }
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    while (st == PAL_OK && row != NULL) {
        st = load_passage(row, out, err);
        if (st == PAL_OK) {
            st = pal_cursor_next(cursor, &row, err);
        }
    }
    pal_cursor_close(cursor);
    return st;
}
