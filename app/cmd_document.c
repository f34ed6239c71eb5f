#include <string.h>

#include "app/commands.h"
#include "app/document_store.h"
#include "app/listing.h"

extern const struct pal_asset_table pal_app_assets;

enum {
    OPTION_TITLE,
    OPTION_PUBLISHER,
    OPTION_DATE,
    OPTION_URL,
    OPTION_PASSAGE,
    OPTION_COUNT
};
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_TITLE] = {"title", 0, PAL_OPTION_TEXT, "TEXT",
                      "add: the document's title, where it does not say it itself.",
                      NULL},
    [OPTION_PUBLISHER] = {"publisher", 0, PAL_OPTION_TEXT, "TEXT",
                          "add: who published it.", NULL},
    [OPTION_DATE] =
        {"date", 0, PAL_OPTION_DAY, "DAY",
         "add: the day of the document, from which \"last month\" is counted.", NULL},
    [OPTION_URL] = {"url", 0, PAL_OPTION_TEXT, "TEXT", "add: where it was found.",
                    NULL},
    [OPTION_PASSAGE] = {"passage", 'p', PAL_OPTION_INTEGER, "N",
                        "show: this passage only.", NULL},
};

static void take_given(struct pal_document *document, const struct pal_given *given)
{
    const struct pal_option_value *values = given->options;
    const struct {
        int option;
        struct pal_view *field;
    } texts[] = {{OPTION_TITLE, &document->title},
                 {OPTION_PUBLISHER, &document->publisher},
                 {OPTION_URL, &document->url}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (values[texts[i].option].is_given) {
            *texts[i].field = pal_view_of(values[texts[i].option].text);
        }
    }
    if (values[OPTION_DATE].is_given) {
        document->published = values[OPTION_DATE].day;
        document->published_source = "given";
    }
}

static void say_added(struct pal_app *app, const struct pal_document *document,
                      const char *path, int64_t id)
{
    char day[16];
    size_t said = 0;
    for (size_t i = 0; i < document->passage_count; i++) {
        said += document->passages[i].boilerplate == NULL;
    }
    pal_app_say(app,
                "added %s as document %lld: %s, %zu passage%s, %zu of them boilerplate",
                path, (long long)id, pal_document_form_name(document->form),
                document->passage_count, document->passage_count == 1 ? "" : "s",
                document->passage_count - said);
    pal_day_text(document->published, day);
    if (document->published == PAL_DAY_NONE) {
        pal_app_warn(app,
                     "%s: its day is not known; give it with --date, or \"last month\" "
                     "in it cannot be dated",
                     path);
    } else if (strcmp(document->published_source, "text") == 0) {
        pal_app_warn(app,
                     "%s: its day is taken to be %s, the first full date in its text; "
                     "give another with --date",
                     path, day);
    }
}

static pal_status add(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_document document;
    struct pal_store *store = NULL;
    int64_t id = 0;
    bool is_new = false;
    if (given->operand_count != 3) {
        return pal_fail(err, PAL_USAGE, "document add needs a study and a file");
    }
    const char *path = given->operands[2];
    pal_status st = pal_document_read(path, &document, err);
    if (st == PAL_OK) {
        take_given(&document, given);
        st = pal_store_open(given->operands[1], PAL_STORE_CREATE, &store_options,
                            &store, err);
    }
    if (st == PAL_OK) {
        st = pal_document_store(&document, pal_path_name(path), store, &id, &is_new,
                                err);
    }
    pal_store_close(store);
    if (st == PAL_OK && is_new) {
        say_added(app, &document, path, id);
    } else if (st == PAL_OK) {
        pal_app_say(app,
                    "%s is in the study already, as document %lld; nothing is changed",
                    path, (long long)id);
    }
    pal_document_clear(&document);
    return st;
}

static pal_status open_for_reading(struct pal_app *app, const char *path,
                                   struct pal_store **out, struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    return pal_store_open(path, PAL_STORE_READ, &store_options, out, err);
}

static pal_status list(struct pal_app *app, const struct pal_given *given,
                       struct pal_error *err)
{
    struct pal_store *store = NULL;
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_listing listing;
    if (given->operand_count != 2) {
        return pal_fail(err, PAL_USAGE, "document list needs one study");
    }
    pal_listing_init(&listing);
    pal_status st = open_for_reading(app, given->operands[1], &store, err);
    if (st == PAL_OK) {
        st =
            pal_store_query(store, pal_asset_find(&pal_app_assets, "document_list.sql"),
                            NULL, 0, &cursor, err);
    }
    size_t columns = st == PAL_OK ? pal_cursor_column_count(cursor) : 0;
    for (size_t i = 0; i < columns; i++) {
        pal_listing_column(&listing, pal_cursor_column_name(cursor, i));
    }
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    while (st == PAL_OK && row != NULL) {
        for (size_t i = 0; i < columns; i++) {
            if (row[i].kind == PAL_VALUE_INTEGER) {
                pal_listing_integer(&listing, row[i].integer);
            } else if (row[i].kind == PAL_VALUE_NULL) {
                pal_listing_null(&listing);
            } else {
                pal_listing_text(&listing, row[i].text);
            }
        }
        st = pal_cursor_next(cursor, &row, err);
    }
    if (st == PAL_OK) {
        st = pal_listing_show(&listing, app, err);
    }
    pal_listing_clear(&listing);
    pal_cursor_close(cursor);
    pal_store_close(store);
    return st;
}

static void put_member(struct pal_json *json, const char *key, struct pal_view text)
{
    pal_json_key(json, key);
    if (text.data == NULL) {
        pal_json_null(json);
    } else {
        pal_json_view(json, text);
    }
}

static void write_json(const struct pal_document *document, struct pal_view file,
                       size_t first, size_t end, struct pal_buffer *out)
{
    struct pal_json json;
    char hex[PAL_DIGEST_HEX_SIZE + 1];
    char day[16];
    pal_digest_hex(&document->digest, hex);
    pal_day_text(document->published, day);
    pal_json_init(&json, out, true);
    pal_json_begin_object(&json);
    put_member(&json, "file", file);
    put_member(&json, "sha256", pal_view_of(hex));
    put_member(&json, "form", pal_view_of(pal_document_form_name(document->form)));
    put_member(&json, "language", pal_view_of(document->language));
    put_member(&json, "title", document->title);
    put_member(&json, "publisher", document->publisher);
    put_member(&json, "url", document->url);
    put_member(&json, "published",
               day[0] == '\0' ? (struct pal_view){NULL, 0} : pal_view_of(day));
    pal_json_key(&json, "published_source");
    pal_json_text(&json, document->published_source);
    pal_json_key(&json, "passages");
    pal_json_begin_array(&json);
    for (size_t i = first; i < end; i++) {
        const struct pal_passage *passage = &document->passages[i];
        pal_json_begin_object(&json);
        pal_json_key(&json, "passage");
        pal_json_i64(&json, (int64_t)i + 1);
        put_member(&json, "kind", pal_view_of(pal_passage_kind_name(passage->kind)));
        pal_json_key(&json, "boilerplate");
        pal_json_text(&json, passage->boilerplate);
        if (passage->page > 0) {
            pal_json_key(&json, "page");
            pal_json_i64(&json, passage->page);
        }
        pal_json_key(&json, passage->page > 0 ? "first_character" : "first_byte");
        pal_json_i64(&json, (int64_t)passage->first_byte);
        pal_json_key(&json, passage->page > 0 ? "last_character" : "last_byte");
        pal_json_i64(&json, (int64_t)passage->last_byte);
        put_member(&json, "text", pal_passage_text(document, passage));
        pal_json_end_object(&json);
    }
    pal_json_end_array(&json);
    pal_json_end_object(&json);
    pal_buffer_append_char(out, '\n');
}

static void write_fact(struct pal_buffer *out, const char *name, struct pal_view value)
{
    if (value.size > 0) {
        pal_buffer_append_format(out, "%s: %.*s\n", name, PAL_VIEW_ARG(value));
    }
}

static void write_text(const struct pal_document *document, struct pal_view file,
                       size_t first, size_t end, struct pal_buffer *out)
{
    char hex[PAL_DIGEST_HEX_SIZE + 1];
    char day[16];
    pal_digest_hex(&document->digest, hex);
    pal_day_text(document->published, day);
    write_fact(out, "file", file);
    write_fact(out, "sha256", pal_view_of(hex));
    write_fact(out, "title", document->title);
    write_fact(out, "publisher", document->publisher);
    write_fact(out, "date", pal_view_of(day));
    write_fact(out, "url", document->url);
    for (size_t i = first; i < end; i++) {
        const struct pal_passage *passage = &document->passages[i];
        pal_buffer_append_format(out, "\n[%zu] %s", i + 1,
                                 pal_passage_kind_name(passage->kind));
        if (passage->page > 0) {
            pal_buffer_append_format(out, ", page %d, characters", (int)passage->page);
        } else {
            pal_buffer_append_text(out, ", bytes");
        }
        pal_buffer_append_format(out, " %llu to %llu",
                                 (unsigned long long)passage->first_byte,
                                 (unsigned long long)passage->last_byte);
        if (passage->boilerplate != NULL) {
            pal_buffer_append_format(out, ", boilerplate (%s)", passage->boilerplate);
        }
        pal_buffer_append_char(out, '\n');
        pal_buffer_append_view(out, pal_passage_text(document, passage));
        pal_buffer_append_char(out, '\n');
    }
}

static pal_status write_document(struct pal_app *app,
                                 const struct pal_document *document,
                                 struct pal_view file,
                                 const struct pal_option_value *passage,
                                 struct pal_error *err)
{
    struct pal_buffer out;
    size_t first = 0;
    size_t end = document->passage_count;
    if (passage->is_given) {
        if (passage->integer < 1 || (size_t)passage->integer > end) {
            return pal_fail(err, PAL_USAGE, "the document has the passages 1 to %zu",
                            end);
        }
        first = (size_t)passage->integer - 1;
        end = first + 1;
    }
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    if (app->is_json) {
        write_json(document, file, first, end, &out);
    } else {
        write_text(document, file, first, end, &out);
    }
    return pal_app_write_out(app, &out, PAL_OK, err);
}

static pal_status show(struct pal_app *app, const struct pal_given *given,
                       struct pal_error *err)
{
    struct pal_document document;
    struct pal_store *store = NULL;
    struct pal_view file = {"", 0};
    int64_t id = 0;
    if (given->operand_count != 3) {
        return pal_fail(err, PAL_USAGE,
                        "document show needs a study and a document's number");
    }
    pal_document_init(&document);
    pal_status st = open_for_reading(app, given->operands[1], &store, err);
    if (st == PAL_OK) {
        st = pal_document_pick(store, given->operands[2], &id, err);
    }
    if (st == PAL_OK) {
        st = pal_document_load(store, id, &document, &file, err);
    }
    if (st == PAL_OK) {
        st = write_document(app, &document, file, &given->options[OPTION_PASSAGE], err);
    }
    pal_document_clear(&document);
    pal_store_close(store);
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    static const struct {
        const char *name;
        pal_status (*run)(struct pal_app *app, const struct pal_given *given,
                          struct pal_error *err);
    } verbs[] = {{"add", add}, {"list", list}, {"show", show}};
    struct pal_view verb =
        pal_view_of(given->operand_count == 0 ? "" : given->operands[0]);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (pal_view_is_equal(verb, pal_view_of(verbs[i].name))) {
            return verbs[i].run(app, given, err);
        }
    }
    return pal_fail(err, PAL_USAGE, "document wants one of: add, list, show");
}

const struct pal_command pal_command_document = {
    .name = "document",
    .summary = "Keep a document as evidence, and show what it says and where.",
    .operands = "add STUDY FILE | list STUDY | show STUDY DOCUMENT",
    .explained = "add reads a text, page, e-mail or pdf and keeps its text by passage, "
                 "each with its "
                 "place in the file; the file itself is not kept. list shows the "
                 "documents, show one "
                 "of them, named by its number or by the beginning of its SHA-256.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
