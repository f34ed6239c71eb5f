/*
 * Plain text into passages. A blank line ends a passage; so does a line that was broken on
 * purpose: where the first word of the next line would still have fitted into it, going by the
 * longest line around, nobody wrapped it there. A line that begins with a bullet begins an
 * item.
 */
#include <string.h>

#include "document/document_internal.h"

enum {
    LINE_UNWRAPPED_MIN = 130,
    HEADING_SIZE_MAX = 120,
    AROUND = 8,
    RING = 2 * AROUND
};

struct line {
    size_t at;
    size_t size; /* without blanks at its ends */
};

struct lines {
    struct pal_view text;
    size_t at;              /* where the next line begins */
    struct line next[RING]; /* ring: some behind, some ahead */
    size_t first;           /* number of the first in the ring */
    size_t count;           /* lines read so far */
    bool is_done;
};

static struct line trimmed(struct pal_view text, size_t at, size_t end)
{
    struct pal_view view = pal_view_trim((struct pal_view){text.data + at, end - at});
    size_t from = view.size == 0 ? at : (size_t)(view.data - text.data);
    return (struct line){from, view.size};
}

static bool has_read_line(struct lines *lines)
{
    if (lines->at >= lines->text.size) {
        return false;
    }
    const char *begin = lines->text.data + lines->at;
    size_t rest = lines->text.size - lines->at;
    const char *end = memchr(begin, '\n', rest);
    const char *stop = memchr(begin, '\f', end == NULL ? rest : (size_t)(end - begin));
    if (stop != NULL) {
        end = stop;
    }
    size_t size = end == NULL ? rest : (size_t)(end - begin);
    lines->next[lines->count % RING] =
        trimmed(lines->text, lines->at, lines->at + size);
    lines->count++;
    lines->at += size + (end == NULL ? 0 : 1);
    return true;
}

static const struct line *line_at(const struct lines *lines, size_t number)
{
    return &lines->next[number % RING];
}

/* The longest line of the block around `number`, blank lines end it. */
static size_t width_around(const struct lines *lines, size_t number)
{
    size_t width = 0;
    size_t low = number >= AROUND - 1 ? number - (AROUND - 1) : 0;
    for (size_t i = number + 1; i-- > low;) {
        size_t size = line_at(lines, i)->size;
        if (size == 0) {
            break;
        }
        width = size > width ? size : width;
    }
    for (size_t i = number + 1; i < lines->count; i++) {
        size_t size = line_at(lines, i)->size;
        if (size == 0) {
            break;
        }
        width = size > width ? size : width;
    }
    return width;
}

static bool is_bullet(struct pal_view line)
{
    static const char *const marks[] = {
        "- ", "* ", "\xE2\x80\xA2", "\xC2\xB7 ", "\xE2\x80\x93 ", "\xE2\x96\xAA", "o "};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (pal_view_has_prefix(line, pal_view_of(marks[i]))) {
            return true;
        }
    }
    size_t digits = 0;
    while (digits < line.size && digits < 3 && pal_is_digit(line.data[digits])) {
        digits++;
    }
    return digits > 0 && digits + 1 < line.size &&
           (line.data[digits] == '.' || line.data[digits] == ')') &&
           line.data[digits + 1] == ' ';
}

static bool ends_sentence(struct pal_view line)
{
    size_t size = line.size;
    while (size > 0 && (line.data[size - 1] == '"' || line.data[size - 1] == '\'' ||
                        line.data[size - 1] == ')' || (line.data[size - 1] & 0x80))) {
        size--;
    }
    return size > 0 && strchr(".?!:", line.data[size - 1]) != NULL;
}

static struct pal_view view_of(const struct lines *lines, const struct line *line)
{
    return (struct pal_view){lines->text.data + line->at, line->size};
}

/* Does the passage end behind line `number`, with another line behind it? */
static bool ends_behind(const struct lines *lines, size_t number)
{
    const struct line *line = line_at(lines, number);
    const struct line *next = line_at(lines, number + 1);
    struct pal_view following = view_of(lines, next);
    bool is_quoted = line->size > 0 && lines->text.data[line->at] == '>';
    bool is_next_quoted = next->size > 0 && following.data[0] == '>';
    if (next->size == 0 || is_bullet(following) || is_quoted != is_next_quoted) {
        return true;
    }
    if (line->size >= LINE_UNWRAPPED_MIN) {
        return true;
    }
    const char *blank = memchr(following.data, ' ', following.size);
    size_t word = blank == NULL ? following.size : (size_t)(blank - following.data);
    size_t width = width_around(lines, number);
    return line->size + 1 + word <= width &&
           (ends_sentence(view_of(lines, line)) || line->size * 10 < width * 8);
}

static enum pal_passage_kind kind_of(const struct pal_passages *passages, bool is_item)
{
    struct pal_view body = pal_buffer_view(&passages->document->body.text);
    struct pal_view text = {body.data + passages->text_at,
                            body.size - passages->text_at};
    if (is_item) {
        return PAL_PASSAGE_ITEM;
    }
    return text.size > 0 && text.size <= HEADING_SIZE_MAX && !ends_sentence(text)
               ? PAL_PASSAGE_HEADING
               : PAL_PASSAGE_PARAGRAPH;
}

pal_status pal_text_read(struct pal_document *document,
                         const struct pal_mapped *content, int32_t page,
                         struct pal_error *err)
{
    struct pal_passages passages;
    struct lines lines = {.text = pal_buffer_view(&content->text)};
    bool is_item = false;
    pal_passages_begin(&passages, document, content);
    passages.page = page;
    for (size_t number = 0; document->body.status == PAL_OK; number++) {
        while (lines.count <= number + AROUND && has_read_line(&lines)) {
        }
        if (number >= lines.count) {
            break;
        }
        const struct line *line = line_at(&lines, number);
        struct pal_view text = view_of(&lines, line);
        bool is_quoted = text.size > 0 && text.data[0] == '>';
        if (pal_passages_is_empty(&passages)) {
            is_item = is_bullet(text);
            passages.boilerplate = is_quoted ? "quoted reply" : NULL;
        }
        if (line->size > 0) {
            pal_passages_put(&passages, line->at, line->size);
            /* The line's end is a blank of its own. */
            passages.has_blank = true;
            passages.blank_at = line->at + line->size - 1;
        }
        if (line->size == 0 || number + 1 >= lines.count ||
            ends_behind(&lines, number)) {
            passages.kind = kind_of(&passages, is_item);
            pal_passages_end(&passages, PAL_PASSAGE_PARAGRAPH, NULL);
        }
    }
    return pal_mapped_status(&document->body, err);
}
