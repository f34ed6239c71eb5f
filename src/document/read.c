/*
 * Reading a file: which form it is, by what it holds and not by its name alone, then its form's
 * reader, then what holds for all: language, boilerplate by words, a day from the text.
 */
#include <string.h>

#include "document/document_internal.h"

enum {
    HEAD_SIZE = 4096,
    BODY_SIZE_MAX = 200 * 1000 * 1000,
    TELL_SIZE_MAX = 2000,
    DAY_LOOK_PASSAGES = 8,
    ARENA_SIZE_MAX = 1000 * 1000
};

static const char *const form_names[] = {
    [PAL_DOCUMENT_TXT] = "txt",
    [PAL_DOCUMENT_HTML] = "html",
    [PAL_DOCUMENT_EML] = "eml",
    [PAL_DOCUMENT_PDF] = "pdf",
};

static const char *const kind_names[PAL_PASSAGE_KIND_COUNT] = {
    [PAL_PASSAGE_HEADING] = "heading",     [PAL_PASSAGE_PARAGRAPH] = "paragraph",
    [PAL_PASSAGE_ITEM] = "item",           [PAL_PASSAGE_CELL] = "cell",
    [PAL_PASSAGE_QUOTATION] = "quotation", [PAL_PASSAGE_HEADER] = "header",
};

const char *pal_document_form_name(enum pal_document_form form)
{
    return form_names[form];
}

bool pal_document_form_find(struct pal_view name, enum pal_document_form *out)
{
    for (size_t i = 0; i < sizeof form_names / sizeof form_names[0]; i++) {
        if (pal_view_is_equal(name, pal_view_of(form_names[i]))) {
            *out = (enum pal_document_form)i;
            return true;
        }
    }
    return false;
}

const char *pal_passage_kind_name(enum pal_passage_kind kind)
{
    return kind_names[kind];
}

bool pal_passage_kind_find(struct pal_view name, enum pal_passage_kind *out)
{
    for (size_t i = 0; i < PAL_PASSAGE_KIND_COUNT; i++) {
        if (pal_view_is_equal(name, pal_view_of(kind_names[i]))) {
            *out = (enum pal_passage_kind)i;
            return true;
        }
    }
    return false;
}

void pal_document_init(struct pal_document *document)
{
    *document = (struct pal_document){.language = "unknown", .published = PAL_DAY_NONE};
    pal_arena_init(&document->arena, ARENA_SIZE_MAX);
    pal_mapped_init(&document->body, BODY_SIZE_MAX);
}

void pal_document_clear(struct pal_document *document)
{
    pal_arena_clear(&document->arena);
    pal_mapped_clear(&document->body);
    pal_free(document->passages);
    pal_document_init(document);
}

pal_status pal_document_tell(struct pal_document *document, struct pal_view *field,
                             struct pal_view text, struct pal_error *err)
{
    text = pal_view_trim(text);
    if (field->data != NULL || text.size == 0) {
        return PAL_OK;
    }
    if (text.size > TELL_SIZE_MAX) {
        text.size = TELL_SIZE_MAX;
        while (text.size > 0 && (text.data[text.size] & 0xC0) == 0x80) {
            text.size--;
        }
    }
    return pal_arena_copy(&document->arena, text, field, err);
}

/* Files that people take for text, by their first bytes. */
static const char *known_binary(struct pal_view head)
{
    static const struct {
        const char *mark;
        size_t size;
        const char *words;
    } known[] = {
        {"PK\x03\x04", 4, "a zip file or an Office document; save it as pdf or text"},
        {"\xD0\xCF\x11\xE0", 4, "an old Office document; save it as pdf or text"},
        {"{\\rtf", 5, "a rich text file; save it as pdf or text"},
        {"\x89PNG", 4, "a picture; run text recognition over it"},
        {"\xFF\xD8\xFF", 3, "a picture; run text recognition over it"},
        {"GIF8", 4, "a picture; run text recognition over it"},
        {"II*\0", 4, "a picture; run text recognition over it"},
        {"\x1F\x8B", 2, "a compressed file; unpack it"},
        {"\x7F"
         "ELF",
         4, "a program"},
        {"SQLite format", 13, "a database"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (pal_view_has_prefix(head,
                                (struct pal_view){known[i].mark, known[i].size})) {
            return known[i].words;
        }
    }
    return NULL;
}

static bool has_tag(struct pal_view head, struct pal_view tag)
{
    return pal_view_find_fold(head, tag) < head.size;
}

static bool has_suffix_fold(const char *name, const char *suffix)
{
    struct pal_view text = pal_view_of(name);
    struct pal_view end = pal_view_of(suffix);
    return text.size > end.size &&
           pal_view_is_equal_fold(
               (struct pal_view){text.data + text.size - end.size, end.size}, end);
}

static enum pal_document_form form_of(struct pal_view bytes, const char *name)
{
    struct pal_view head = {bytes.data,
                            bytes.size < HEAD_SIZE ? bytes.size : HEAD_SIZE};
    struct pal_view start = {head.data, head.size < 1024 ? head.size : 1024};
    if (pal_view_find(start, PAL_VIEW("%PDF-")) < start.size) {
        return PAL_DOCUMENT_PDF;
    }
    if (pal_is_mail(head)) {
        return PAL_DOCUMENT_EML;
    }
    if (has_tag(head, PAL_VIEW("<!doctype html")) || has_tag(head, PAL_VIEW("<html")) ||
        has_tag(head, PAL_VIEW("<body")) || has_suffix_fold(name, ".html") ||
        has_suffix_fold(name, ".htm")) {
        return PAL_DOCUMENT_HTML;
    }
    return PAL_DOCUMENT_TXT;
}

static pal_status read_words(struct pal_document *document, struct pal_view bytes,
                             struct pal_error *err)
{
    struct pal_mapped whole;
    struct pal_mapped content;
    enum pal_encoding encoding = pal_encoding_find(bytes, true);
    struct pal_view charset = {NULL, 0};
    bool is_html = document->form == PAL_DOCUMENT_HTML;
    if (is_html && encoding == PAL_ENCODING_WINDOWS1252) {
        enum pal_encoding named = PAL_ENCODING_UTF8;
        charset = pal_html_charset(bytes);
        if (charset.data != NULL && !pal_charset_find(charset, &named)) {
            return pal_fail(err, PAL_INPUT,
                            "it is written in the character set \"%.*s\", which is not "
                            "read; save it as UTF-8",
                            charset.size > 40 ? 40 : (int)charset.size, charset.data);
        }
    }
    pal_mapped_init(&whole, PAL_DOCUMENT_SIZE_MAX);
    pal_mapped_init(&content, BODY_SIZE_MAX);
    pal_mapped_put(&whole, bytes, 0, bytes.size);
    pal_mapped_decode(&whole, encoding, &content);
    pal_status st = pal_mapped_status(&whole, err);
    if (st == PAL_OK) {
        st = pal_mapped_status(&content, err);
    }
    if (st == PAL_OK) {
        st = is_html ? pal_html_read(document, &content, err)
                     : pal_text_read(document, &content, 0, err);
    }
    pal_mapped_clear(&whole);
    pal_mapped_clear(&content);
    return st;
}

static pal_status read_form(struct pal_document *document, struct pal_view bytes,
                            struct pal_error *err)
{
    struct pal_view head = {bytes.data,
                            bytes.size < HEAD_SIZE ? bytes.size : HEAD_SIZE};
    const char *binary = known_binary(head);
    if (document->form == PAL_DOCUMENT_PDF) {
        return pal_pdf_read(document, bytes, err);
    }
    if (binary != NULL) {
        return pal_fail(err, PAL_INPUT, "it is %s", binary);
    }
    if (!pal_is_text(bytes, pal_encoding_find(head, false))) {
        return pal_fail(err, PAL_INPUT,
                        "it is no text, page, e-mail or pdf; its bytes are of no text");
    }
    return document->form == PAL_DOCUMENT_EML ? pal_mail_read(document, bytes, err)
                                              : read_words(document, bytes, err);
}

static void find_day(struct pal_document *document)
{
    size_t looked = 0;
    for (size_t i = 0; i < document->passage_count && looked < DAY_LOOK_PASSAGES &&
                       document->published == PAL_DAY_NONE;
         i++) {
        const struct pal_passage *passage = &document->passages[i];
        if (passage->boilerplate == NULL) {
            looked++;
            document->published = pal_day_in_text(pal_passage_text(document, passage));
            document->published_source =
                document->published == PAL_DAY_NONE ? NULL : "text";
        }
    }
}

/* The first heading, when the document gives no title in its head. */
static pal_status find_title(struct pal_document *document, struct pal_error *err)
{
    for (size_t i = 0; i < document->passage_count; i++) {
        const struct pal_passage *passage = &document->passages[i];
        if (passage->boilerplate == NULL) {
            return passage->kind == PAL_PASSAGE_HEADING
                       ? pal_document_tell(document, &document->title,
                                           pal_passage_text(document, passage), err)
                       : PAL_OK;
        }
    }
    return PAL_OK;
}

static bool has_attachment(const struct pal_document *document)
{
    for (size_t i = 0; i < document->passage_count; i++) {
        const char *reason = document->passages[i].boilerplate;
        if (reason != NULL && strcmp(reason, "attachment") == 0) {
            return true;
        }
    }
    return false;
}

static pal_status finish(struct pal_document *document, struct pal_error *err)
{
    size_t said = 0;
    pal_boilerplate_mark(document);
    for (size_t i = 0; i < document->passage_count; i++) {
        const struct pal_passage *passage = &document->passages[i];
        said += passage->boilerplate == NULL ? passage->text_size : 0;
    }
    if (said == 0) {
        return pal_fail(err, PAL_INPUT,
                        has_attachment(document)
                            ? "it holds no text of its own; save its attachments as "
                              "files and add those"
                            : "it holds no text; add the file that has the words");
    }
    document->language = pal_language_of(document);
    if (strcmp(document->language, "other") == 0) {
        return pal_fail(
            err, PAL_INPUT,
            "it is in another language than English; only English is read, so "
            "add a translation");
    }
    if (document->published == PAL_DAY_NONE) {
        find_day(document);
    }
    return find_title(document, err);
}

pal_status pal_document_read_memory(struct pal_view bytes, const char *name,
                                    struct pal_document *out, struct pal_error *err)
{
    struct pal_sha256 sha;
    pal_document_init(out);
    if (bytes.size == 0) {
        return pal_fail(err, PAL_INPUT,
                        "%s: it is empty; add the file that has the words", name);
    }
    if (bytes.size > PAL_DOCUMENT_SIZE_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "%s: it is larger than %d MB, the most for a document", name,
                        (int)PAL_DOCUMENT_SIZE_MAX / 1000000);
    }
    pal_sha256_init(&sha);
    pal_sha256_add(&sha, bytes.data, bytes.size);
    pal_sha256_finish(&sha, &out->digest);
    out->size = bytes.size;
    out->form = form_of(bytes, name);
    pal_status st = read_form(out, bytes, err);
    if (st == PAL_OK) {
        st = finish(out, err);
    }
    if (st != PAL_OK) {
        pal_document_clear(out);
        return pal_while(err, st, "%s", name);
    }
    return PAL_OK;
}

pal_status pal_document_read(const char *path, struct pal_document *out,
                             struct pal_error *err)
{
    struct pal_buffer bytes;
    pal_document_init(out);
    pal_buffer_init(&bytes, PAL_DOCUMENT_SIZE_MAX);
    pal_status st = pal_hash_setup(err);
    if (st == PAL_OK) {
        st = pal_file_read(path, &bytes, err);
    }
    if (st == PAL_LIMIT) {
        st = pal_fail(err, PAL_LIMIT,
                      "%s: it is larger than %d MB, the most for a document", path,
                      (int)PAL_DOCUMENT_SIZE_MAX / 1000000);
    }
    if (st == PAL_OK) {
        st = pal_document_read_memory(pal_buffer_view(&bytes), path, out, err);
    }
    pal_buffer_clear(&bytes);
    return st;
}
