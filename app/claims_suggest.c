#include "app/claims_suggest.h"

#include <math.h>
#include <string.h>

#include "app/document_store.h"
#include "document/suggest.h"

enum { CLAIMS_SIZE_MAX = 4 << 20 };

/* A text in quotation marks: what JSON escapes, YAML reads. */
static void put_text(struct pal_buffer *out, const char *key, struct pal_view text)
{
    struct pal_json json;
    if (text.size == 0) {
        return;
    }
    pal_buffer_append_format(out, "    %s: ", key);
    pal_json_init(&json, out, false);
    pal_json_view(&json, text);
    pal_buffer_append_char(out, '\n');
}

static void put_number(struct pal_buffer *out, const char *key, double value)
{
    char text[32];
    /* A third is 33.33 %. */
    pal_double_text(round(value * 100) / 100, text);
    pal_buffer_append_format(out, "    %s: %s\n", key, text);
}

static void put_day(struct pal_buffer *out, const char *key, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    if (text[0] != '\0') {
        pal_buffer_append_format(out, "    %s: %s\n", key, text);
    }
}

static void put_source(struct pal_buffer *out, const struct pal_document *document)
{
    const struct {
        const char *key;
        struct pal_view text;
    } texts[] = {{"title", document->title},
                 {"publisher", document->publisher},
                 {"url", document->url}};
    char day[16];
    bool is_first = true;
    struct pal_json json;
    pal_json_init(&json, out, false);
    pal_day_text(document->published, day);
    pal_buffer_append_text(out, "    source: {");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].text.size > 0) {
            pal_buffer_append_format(out, "%s%s: ", is_first ? "" : ", ", texts[i].key);
            pal_json_view(&json, texts[i].text);
            json = (struct pal_json){.out = out};
            is_first = false;
        }
    }
    if (day[0] != '\0') {
        pal_buffer_append_format(out, "%sdate: %s", is_first ? "" : ", ", day);
    }
    pal_buffer_append_text(out, "}\n");
}

static void put_place(struct pal_buffer *out, const struct pal_suggestion *suggestion)
{
    struct pal_json json;
    if (suggestion->dimension == NULL || suggestion->place.size == 0) {
        return;
    }
    bool is_city = strcmp(suggestion->dimension, "city") == 0;
    pal_buffer_append_format(out, "%s: ", is_city ? "state" : suggestion->dimension);
    pal_json_init(&json, out, false);
    pal_json_view(&json, suggestion->place);
}

/* The place, and the condition that the words add to the measure ("outcome=declined"). */
static void put_where(struct pal_buffer *out, const struct pal_suggestion *suggestion)
{
    struct pal_view rest = suggestion->where;
    struct pal_view name = {"", 0};
    bool has_place = suggestion->dimension != NULL && suggestion->place.size > 0;
    bool has_condition = rest.size > 0 && pal_view_split(&rest, '=', &name);
    if (!has_place && !has_condition) {
        return;
    }
    pal_buffer_append_text(out, "    where: {");
    put_place(out, suggestion);
    if (has_condition) {
        pal_buffer_append_format(out, "%s%.*s: %.*s", has_place ? ", " : "",
                                 PAL_VIEW_ARG(name), PAL_VIEW_ARG(rest));
    }
    pal_buffer_append_text(out, "}\n");
}

static void put_against(struct pal_buffer *out, const struct pal_suggestion *suggestion)
{
    char from[16];
    char to[16];
    pal_day_text(suggestion->against_from, from);
    pal_day_text(suggestion->against_to, to);
    if (suggestion->has_against && suggestion->measure != NULL && from[0] != '\0' &&
        to[0] != '\0') {
        pal_buffer_append_format(out, "    against: {from: %s, to: %s}\n", from, to);
    }
}

static struct pal_view view_or_none(const char *text)
{
    return text == NULL ? PAL_VIEW("") : pal_view_of(text);
}

static void put_claim(struct pal_buffer *out, const struct pal_document *document,
                      const struct pal_suggestion *suggestion, size_t number,
                      const char *hex)
{
    pal_buffer_append_format(out, "\n  - id: p%zu-%zu\n", suggestion->passage, number);
    put_text(out, "statement", suggestion->statement);
    put_text(out, "quotation", suggestion->quotation);
    put_text(out, "speaker", suggestion->speaker);
    put_text(out, "role", view_or_none(suggestion->role));
    put_text(out, "speech", view_or_none(suggestion->speech));
    put_source(out, document);
    pal_buffer_append_format(out, "    document: \"%s\"\n    passage: %zu\n", hex,
                             suggestion->passage);
    pal_buffer_append_format(out, "    first_byte: %llu\n    last_byte: %llu\n",
                             (unsigned long long)suggestion->first_byte,
                             (unsigned long long)suggestion->last_byte);
    put_text(out, "measure", view_or_none(suggestion->measure));
    put_where(out, suggestion);
    put_day(out, "from", suggestion->from);
    put_day(out, "to", suggestion->to);
    put_against(out, suggestion);
    put_text(out, "test", view_or_none(suggestion->test));
    if (suggestion->has_value) {
        put_number(out, "value", suggestion->value);
    }
    if (suggestion->has_value_high) {
        put_number(out, "value_high", suggestion->value_high);
    }
    put_text(out, "unit", suggestion->unit);
    put_text(out, "hedge", suggestion->hedge);
    put_text(out, "comparison", suggestion->comparison);
    put_text(out, "why_not", suggestion->why_not);
    put_text(out, "note", suggestion->note);
}

static pal_status write_claims(const struct pal_document *document,
                               const struct pal_suggestions *suggestions,
                               const char *path, struct pal_error *err)
{
    struct pal_buffer out;
    char hex[PAL_DIGEST_HEX_SIZE + 1];
    pal_digest_hex(&document->digest, hex);
    pal_buffer_init(&out, CLAIMS_SIZE_MAX);
    pal_buffer_append_text(
        &out,
        "# Proposed from a document by rules. Keep what is a claim, take out the rest, "
        "write each\n# statement in your own words, then: palladium claims check\n");
    pal_buffer_append_text(&out,
                           suggestions->count == 0 ? "claims: []\n" : "claims:\n");
    for (size_t i = 0; i < suggestions->count; i++) {
        put_claim(&out, document, &suggestions->items[i], i + 1, hex);
    }
    pal_status st = pal_buffer_status(&out, err);
    if (st == PAL_OK) {
        st = pal_file_write(path, pal_buffer_view(&out), err);
    }
    pal_buffer_clear(&out);
    return st;
}

pal_status pal_claims_suggest(struct pal_app *app, const char *study,
                              const char *document_name, const char *out_path,
                              struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_document document;
    struct pal_suggestions suggestions = {0};
    struct pal_store *store = NULL;
    struct pal_view file = {"", 0};
    int64_t id = 0;
    pal_document_init(&document);
    pal_status st = pal_store_open(study, PAL_STORE_READ, &store_options, &store, err);
    if (st == PAL_OK) {
        st = pal_document_pick(store, document_name, &id, err);
    }
    if (st == PAL_OK) {
        st = pal_document_load(store, id, &document, &file, err);
    }
    pal_store_close(store);
    if (st == PAL_OK) {
        st = pal_suggest(&document, &suggestions, err);
    }
    if (st == PAL_OK) {
        st = write_claims(&document, &suggestions, out_path, err);
    }
    if (st == PAL_OK) {
        pal_app_say(app, "wrote %s: %zu claim%s proposed from %zu sentence%s of %.*s",
                    out_path, suggestions.count, suggestions.count == 1 ? "" : "s",
                    suggestions.sentence_count,
                    suggestions.sentence_count == 1 ? "" : "s", PAL_VIEW_ARG(file));
        if (suggestions.left_out > 0) {
            pal_app_warn(app,
                         "%zu further claims are left out: a claims file holds at most "
                         "%d claims; add the document in parts",
                         suggestions.left_out, (int)PAL_SUGGESTION_MAX);
        }
    }
    pal_suggestions_clear(&suggestions);
    pal_document_clear(&document);
    return st;
}
