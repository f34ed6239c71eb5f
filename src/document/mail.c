/*
 * An e-mail (RFC 5322) with its parts (RFC 2045 to 2047) into passages. Of alternatives the
 * plain text is taken where it says anything; an attachment is named, not opened; a message
 * within is read as a part. Header lines are kept as passages that state nothing.
 */
#include <string.h>

#include "document/mail_internal.h"

enum { HEADER_LINE_LOOK_MAX = 40, BOUNDARY_MAX = 256 };

struct letter {
    struct pal_document *document;
    struct pal_view whole;
    int part_count;
    struct pal_error *err;
};

static size_t line_size(struct pal_view text, size_t at)
{
    const char *end = memchr(text.data + at, '\n', text.size - at);
    return end == NULL ? text.size - at : (size_t)(end - (text.data + at)) + 1;
}

static bool is_blank_line(struct pal_view line)
{
    return line.size == 0 || line.data[0] == '\n' ||
           (line.size > 1 && line.data[0] == '\r' && line.data[1] == '\n');
}

/* Header lines and body of a part, as places in the file. */
struct mail_part {
    struct pal_view head;
    struct pal_view body;
};

static void split_part(struct pal_view part, struct mail_part *out)
{
    size_t at = 0;
    if (pal_view_has_prefix(part, PAL_VIEW("From "))) {
        at = line_size(part, 0); /* a mailbox's own line */
    }
    size_t from = at;
    while (at < part.size) {
        size_t size = line_size(part, at);
        if (is_blank_line((struct pal_view){part.data + at, size})) {
            out->head = (struct pal_view){part.data + from, at - from};
            at += size;
            out->body = (struct pal_view){part.data + at, part.size - at};
            return;
        }
        at += size;
    }
    out->head = (struct pal_view){part.data + from, part.size - from};
    out->body = (struct pal_view){part.data + part.size, 0};
}

static bool is_folded(struct pal_view head, size_t at)
{
    return at < head.size && (head.data[at] == ' ' || head.data[at] == '\t');
}

/* The header line at `at` with its folded lines. */
static size_t header_size(struct pal_view head, size_t at)
{
    size_t size = line_size(head, at);
    while (is_folded(head, at + size)) {
        size += line_size(head, at + size);
    }
    return size;
}

/* The value of a header, unfolded by its reader; data NULL: there is none. */
static struct pal_view header_of(struct pal_view head, const char *name)
{
    struct pal_view wanted = pal_view_of(name);
    for (size_t at = 0; at < head.size;) {
        size_t size = header_size(head, at);
        struct pal_view line = {head.data + at, size};
        if (line.size > wanted.size && line.data[wanted.size] == ':' &&
            pal_view_has_prefix_fold(line, wanted)) {
            line.data += wanted.size + 1;
            line.size -= wanted.size + 1;
            return pal_view_trim(line);
        }
        at += size;
    }
    return (struct pal_view){NULL, 0};
}

/* "name=value" among the parameters of a header's value. */
static struct pal_view parameter_of(struct pal_view value, const char *name)
{
    struct pal_view wanted = pal_view_of(name);
    for (size_t at = 0; at + wanted.size + 1 < value.size; at++) {
        struct pal_view here = {value.data + at, wanted.size};
        bool begins =
            at > 0 && (value.data[at - 1] == ';' || pal_is_space(value.data[at - 1]));
        if (!begins || !pal_view_is_equal_fold(here, wanted) ||
            value.data[at + wanted.size] != '=') {
            continue;
        }
        const char *from = value.data + at + wanted.size + 1;
        const char *end = value.data + value.size;
        const char *stop = from;
        if (from < end && *from == '"') {
            from++;
            stop = memchr(from, '"', (size_t)(end - from));
            stop = stop == NULL ? end : stop;
        } else {
            while (stop < end && *stop != ';' && !pal_is_space(*stop)) {
                stop++;
            }
        }
        return (struct pal_view){from, (size_t)(stop - from)};
    }
    return (struct pal_view){NULL, 0};
}

/* "text/plain" of "text/plain; charset=x". */
static struct pal_view type_of(struct pal_view value)
{
    struct pal_view part = {"", 0};
    return value.data != NULL && pal_view_split(&value, ';', &part)
               ? pal_view_trim(part)
               : PAL_VIEW("text/plain");
}

static bool has_type(struct pal_view type, const char *prefix)
{
    struct pal_view wanted = pal_view_of(prefix);
    return pal_view_has_prefix_fold(type, wanted);
}

static void put_note(struct letter *letter, struct pal_view part, const char *reason,
                     struct pal_view text)
{
    struct pal_mapped note;
    struct pal_passages passages;
    pal_mapped_init(&note, PAL_DOCUMENT_SIZE_MAX);
    pal_mapped_put(&note, text, (size_t)(part.data - letter->whole.data),
                   part.size == 0 ? 1 : part.size);
    pal_passages_begin(&passages, letter->document, &note);
    passages.kind = PAL_PASSAGE_HEADER;
    passages.boilerplate = reason;
    pal_passages_put(&passages, 0, note.text.size);
    pal_passages_end(&passages, PAL_PASSAGE_PARAGRAPH, NULL);
    if (note.status != PAL_OK || note.text.status != PAL_OK) {
        /* Told of with the body, which must not be taken for whole. */
        letter->document->body.status = PAL_MEMORY;
    }
    pal_mapped_clear(&note);
}

static pal_status read_text(struct letter *letter, const struct mail_part *part,
                            struct pal_view type)
{
    struct pal_view content_type = header_of(part->head, "Content-Type");
    struct pal_view charset = parameter_of(content_type, "charset");
    struct pal_mapped bytes;
    struct pal_mapped text;
    enum pal_encoding encoding = PAL_ENCODING_UTF8;
    bool is_html = has_type(type, "text/html");
    pal_mapped_init(&bytes, PAL_DOCUMENT_SIZE_MAX);
    pal_mapped_init(&text, 4 * (size_t)PAL_DOCUMENT_SIZE_MAX);
    pal_status st = PAL_OK;
    if (!pal_mail_undo(header_of(part->head, "Content-Transfer-Encoding"), part->body,
                       (size_t)(part->body.data - letter->whole.data), &bytes)) {
        st = pal_fail(letter->err, PAL_INPUT,
                      "a part has a transfer encoding that is not read");
    }
    if (st == PAL_OK && charset.data == NULL && is_html) {
        charset = pal_html_charset(pal_buffer_view(&bytes.text));
    }
    if (st == PAL_OK && charset.data != NULL && !pal_charset_find(charset, &encoding)) {
        st = pal_fail(letter->err, PAL_INPUT,
                      "it is written in the character set \"%.*s\", which is not read; "
                      "save it as UTF-8",
                      charset.size > 40 ? 40 : (int)charset.size, charset.data);
    }
    if (st == PAL_OK) {
        pal_mapped_decode(&bytes, encoding, &text);
        st = pal_mapped_status(&bytes, letter->err);
    }
    if (st == PAL_OK) {
        st = pal_mapped_status(&text, letter->err);
    }
    if (st == PAL_OK) {
        st = is_html ? pal_html_read(letter->document, &text, letter->err)
                     : pal_text_read(letter->document, &text, 0, letter->err);
    }
    pal_mapped_clear(&bytes);
    pal_mapped_clear(&text);
    return st;
}

static pal_status read_part(struct letter *letter, struct pal_view whole, int depth);

/* The next part between boundary lines; false at the end. */
static bool next_part(struct pal_view body, struct pal_view boundary, size_t *at,
                      struct pal_view *part)
{
    size_t begin = SIZE_MAX;
    while (*at < body.size) {
        size_t size = line_size(body, *at);
        struct pal_view line = {body.data + *at, size};
        bool is_mark = line.size >= boundary.size + 2 && line.data[0] == '-' &&
                       line.data[1] == '-' &&
                       memcmp(line.data + 2, boundary.data, boundary.size) == 0;
        if (is_mark && begin != SIZE_MAX) {
            *part = (struct pal_view){body.data + begin, *at - begin};
            return true;
        }
        if (is_mark) {
            struct pal_view rest = {line.data + 2 + boundary.size,
                                    line.size - 2 - boundary.size};
            if (pal_view_has_prefix(rest, PAL_VIEW("--"))) {
                return false;
            }
            begin = *at + size;
        }
        *at += size;
    }
    if (begin != SIZE_MAX && begin < body.size) {
        *part = (struct pal_view){body.data + begin, body.size - begin};
        return true;
    }
    return false;
}

/* The plain one, unless it is empty or there is none. */
static struct pal_view choose(struct pal_view body, struct pal_view boundary)
{
    struct pal_view chosen = {NULL, 0};
    struct pal_view part = {"", 0};
    size_t at = 0;
    while (next_part(body, boundary, &at, &part)) {
        struct mail_part split;
        split_part(part, &split);
        struct pal_view type = type_of(header_of(split.head, "Content-Type"));
        if (has_type(type, "text/plain") && pal_view_trim(split.body).size > 0) {
            return part;
        }
        if (chosen.data == NULL || has_type(type, "text/html") ||
            has_type(type, "multipart/")) {
            chosen = part;
        }
    }
    return chosen;
}

static pal_status read_multipart(struct letter *letter, struct pal_view body,
                                 struct pal_view content_type, int depth)
{
    struct pal_view boundary = parameter_of(content_type, "boundary");
    struct pal_view part = {"", 0};
    size_t at = 0;
    if (boundary.size == 0 || boundary.size > BOUNDARY_MAX) {
        return pal_fail(letter->err, PAL_INPUT,
                        "it has parts, but does not say what parts them (no boundary)");
    }
    if (has_type(content_type, "multipart/alternative")) {
        part = choose(body, boundary);
        return part.data == NULL ? PAL_OK : read_part(letter, part, depth + 1);
    }
    pal_status st = PAL_OK;
    while (st == PAL_OK && next_part(body, boundary, &at, &part)) {
        st = read_part(letter, part, depth + 1);
    }
    return st;
}

static void put_attachment(struct letter *letter, const struct mail_part *part,
                           struct pal_view type)
{
    struct pal_buffer text;
    struct pal_view name =
        parameter_of(header_of(part->head, "Content-Disposition"), "filename");
    if (name.data == NULL) {
        name = parameter_of(header_of(part->head, "Content-Type"), "name");
    }
    pal_buffer_init(&text, PAL_DOCUMENT_SIZE_MAX);
    pal_buffer_append_text(&text, "Attachment, not read: ");
    pal_mail_words(name.data == NULL ? PAL_VIEW("without a name") : name, &text);
    pal_buffer_append_format(&text, " (%.*s)", PAL_VIEW_ARG(type));
    put_note(letter, part->head, "attachment", pal_buffer_view(&text));
    pal_buffer_clear(&text);
}

static pal_status read_part(struct letter *letter, struct pal_view whole, int depth)
{
    struct mail_part part;
    if (depth > PAL_MAIL_DEPTH_MAX || ++letter->part_count > PAL_MAIL_PART_MAX) {
        return pal_fail(letter->err, PAL_LIMIT,
                        "its parts are nested deeper than %d, or more than %d",
                        (int)PAL_MAIL_DEPTH_MAX, (int)PAL_MAIL_PART_MAX);
    }
    split_part(whole, &part);
    struct pal_view content_type = header_of(part.head, "Content-Type");
    struct pal_view type = type_of(content_type);
    struct pal_view place = header_of(part.head, "Content-Disposition");
    bool is_attached = has_type(place, "attachment");
    if (has_type(type, "multipart/")) {
        return read_multipart(letter, part.body, content_type, depth);
    }
    if (has_type(type, "message/rfc822")) {
        return read_part(letter, part.body, depth + 1);
    }
    if (!is_attached && (has_type(type, "text/plain") || has_type(type, "text/html"))) {
        return read_text(letter, &part, type);
    }
    put_attachment(letter, &part, type);
    return PAL_OK;
}

static pal_status read_headers(struct letter *letter, struct pal_view head)
{
    static const char *const names[] = {"Subject", "From", "To", "Date"};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof names / sizeof names[0]; i++) {
        struct pal_view value = header_of(head, names[i]);
        struct pal_buffer text;
        if (value.size == 0) {
            continue;
        }
        pal_buffer_init(&text, PAL_DOCUMENT_SIZE_MAX);
        pal_buffer_append_format(&text, "%s: ", names[i]);
        size_t name_size = text.size;
        pal_mail_words(value, &text);
        st = pal_buffer_status(&text, letter->err);
        if (st == PAL_OK && i == 0) {
            struct pal_view title = {text.data + name_size, text.size - name_size};
            st = pal_document_tell(letter->document, &letter->document->title, title,
                                   letter->err);
        }
        if (st == PAL_OK && strcmp(names[i], "Date") == 0) {
            letter->document->published = pal_day_in_text(value);
            letter->document->published_source =
                letter->document->published == PAL_DAY_NONE ? NULL : "stated";
        }
        put_note(letter, value, "mail header", pal_buffer_view(&text));
        pal_buffer_clear(&text);
    }
    return st;
}

pal_status pal_mail_read(struct pal_document *document, struct pal_view bytes,
                         struct pal_error *err)
{
    struct letter letter = {.document = document, .whole = bytes, .err = err};
    struct mail_part part;
    split_part(bytes, &part);
    pal_status st = read_headers(&letter, part.head);
    if (st == PAL_OK) {
        st = read_part(&letter, bytes, 0);
    }
    return st == PAL_OK ? pal_mapped_status(&document->body, err) : st;
}

/* At least two header lines that every e-mail has, before the first blank line. */
bool pal_is_mail(struct pal_view head)
{
    static const char *const names[] = {"From",       "To",          "Date",
                                        "Subject",    "Received",    "MIME-Version",
                                        "Message-ID", "Return-Path", "Content-Type"};
    struct mail_part part;
    int known = 0;
    split_part(head, &part);
    struct pal_view first = part.head;
    size_t at = 0;
    for (int i = 0; at < first.size && i < HEADER_LINE_LOOK_MAX; i++) {
        size_t size = header_size(first, at);
        const char *colon = memchr(first.data + at, ':', size);
        const char *blank = memchr(first.data + at, ' ', size);
        if (colon == NULL || (blank != NULL && blank < colon)) {
            return false;
        }
        at += size;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        known += header_of(part.head, names[i]).data != NULL;
    }
    /* A memorandum begins with From, To and Subject too; a machine's lines tell them apart. */
    return known >= 3 &&
           (header_of(part.head, "MIME-Version").data != NULL ||
            header_of(part.head, "Message-ID").data != NULL ||
            header_of(part.head, "Received").data != NULL ||
            header_of(part.head, "Return-Path").data != NULL ||
            pal_day_in_text(header_of(part.head, "Date")) != PAL_DAY_NONE);
}
