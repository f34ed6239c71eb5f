/*
 * Passages being put together. Blanks of every kind become one blank, controls, soft hyphens
 * and marks of direction are left out: what is stored can be shown in a terminal and found by
 * its words, and every byte of it still knows where it is from.
 */
#include <string.h>

#include "document/document_internal.h"

void pal_passages_begin(struct pal_passages *passages, struct pal_document *document,
                        const struct pal_mapped *content)
{
    *passages = (struct pal_passages){
        .document = document,
        .content = content,
        .kind = PAL_PASSAGE_PARAGRAPH,
        .text_at = document->body.text.size,
    };
}

enum character { ORDINARY, BLANK, NOTHING };

/* Of a character of more than one byte. */
static enum character kind_of(uint32_t code)
{
    if (code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
        code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F ||
        code == 0x3000 || code == 0x85) {
        return BLANK;
    }
    if (code < 0xA0 || code == 0xAD || code == 0xFEFF ||
        (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
        (code >= 0x2060 && code <= 0x206F) || code == 0xFFFE || code == 0xFFFF) {
        return NOTHING;
    }
    return ORDINARY;
}

static uint32_t code_at(const unsigned char *bytes, size_t size, size_t *used)
{
    static const unsigned char lead_mask[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    size_t want = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    if (want > size) {
        *used = size;
        return 0xFFFD;
    }
    uint32_t code = bytes[0] & lead_mask[want];
    for (size_t i = 1; i < want; i++) {
        code = code << 6 | (bytes[i] & 0x3Fu);
    }
    *used = want;
    return code;
}

static enum character character_at(struct pal_view text, size_t *used)
{
    unsigned char c = (unsigned char)text.data[0];
    *used = 1;
    if (c > 0x20 && c < 0x7F) {
        return ORDINARY;
    }
    if (c <= 0x20) {
        return BLANK;
    }
    if (c == 0x7F) {
        return NOTHING;
    }
    return kind_of(code_at((const unsigned char *)text.data, text.size, used));
}

static void put_due_blank(struct pal_passages *passages)
{
    struct pal_mapped *body = &passages->document->body;
    if (passages->has_blank && body->text.size > passages->text_at) {
        pal_mapped_put_made(body, PAL_VIEW(" "), passages->content, passages->blank_at,
                            1);
    }
    passages->has_blank = false;
}

void pal_passages_put(struct pal_passages *passages, size_t at, size_t size)
{
    struct pal_view text = {passages->content->text.data, at + size};
    while (at < text.size) {
        size_t from = at;
        size_t used = 0;
        enum character kind = ORDINARY;
        while (at < text.size) {
            kind =
                character_at((struct pal_view){text.data + at, text.size - at}, &used);
            if (kind != ORDINARY) {
                break;
            }
            at += used;
        }
        if (at > from) {
            put_due_blank(passages);
            pal_mapped_put_slice(&passages->document->body, passages->content, from,
                                 at - from);
        }
        if (at < text.size) {
            if (kind == BLANK && !passages->has_blank) {
                passages->has_blank = true;
                passages->blank_at = at;
            }
            at += used;
        }
    }
}

void pal_passages_put_made(struct pal_passages *passages, struct pal_view text,
                           size_t at, size_t size)
{
    while (text.size > 0) {
        size_t used = 0;
        enum character kind = character_at(text, &used);
        if (kind == BLANK && !passages->has_blank) {
            passages->has_blank = true;
            passages->blank_at = at;
        } else if (kind == ORDINARY) {
            put_due_blank(passages);
            pal_mapped_put_made(&passages->document->body,
                                (struct pal_view){text.data, used}, passages->content,
                                at, size);
        }
        text.data += used;
        text.size -= used;
    }
}

bool pal_passages_is_empty(const struct pal_passages *passages)
{
    return passages->document->body.text.size == passages->text_at;
}

static struct pal_passage *new_passage(struct pal_document *document)
{
    if (document->passage_count == document->passage_room) {
        size_t room = document->passage_room == 0 ? 64 : 2 * document->passage_room;
        if (room > 2 * (size_t)PAL_DOCUMENT_PASSAGE_MAX) {
            document->body.status = PAL_LIMIT;
            return NULL;
        }
        struct pal_passage *grown =
            pal_realloc(document->passages, room, sizeof(struct pal_passage));
        if (grown == NULL) {
            document->body.status = PAL_MEMORY;
            return NULL;
        }
        document->passages = grown;
        document->passage_room = room;
    }
    return &document->passages[document->passage_count++];
}

void pal_passages_end(struct pal_passages *passages, enum pal_passage_kind next,
                      const char *boilerplate)
{
    struct pal_document *document = passages->document;
    size_t size = document->body.text.size - passages->text_at;
    if (size > 0 && document->body.status == PAL_OK) {
        struct pal_passage *passage = new_passage(document);
        if (passage != NULL) {
            uint64_t end = 0;
            *passage = (struct pal_passage){
                .kind = passages->kind,
                .boilerplate = passages->boilerplate,
                .page = passages->page,
                .text_at = (uint32_t)passages->text_at,
                .text_size = (uint32_t)size,
            };
            pal_mapped_locate(&document->body, passages->text_at, size,
                              &passage->first_byte, &end);
            passage->last_byte = end > 0 ? end - 1 : 0;
        }
    }
    passages->text_at = document->body.text.size;
    passages->has_blank = false;
    passages->kind = next;
    passages->boilerplate = boilerplate;
}

struct pal_view pal_passage_text(const struct pal_document *document,
                                 const struct pal_passage *passage)
{
    return (struct pal_view){document->body.text.data + passage->text_at,
                             passage->text_size};
}

void pal_document_locate(const struct pal_document *document, size_t text_at,
                         size_t text_size, uint64_t *first_byte, uint64_t *last_byte)
{
    uint64_t end = 0;
    pal_mapped_locate(&document->body, text_at, text_size, first_byte, &end);
    *last_byte = end > *first_byte ? end - 1 : *first_byte;
}

void pal_passage_map_text(const struct pal_document *document,
                          const struct pal_passage *passage, struct pal_buffer *out)
{
    const struct pal_mapped *body = &document->body;
    size_t end = (size_t)passage->text_at + passage->text_size;
    for (size_t i = pal_mapped_run_at(body, passage->text_at);
         i < body->run_count && body->runs[i].text_at < end; i++) {
        uint64_t first = 0;
        uint64_t stop = 0;
        size_t from = body->runs[i].text_at;
        size_t to = from + body->runs[i].text_size;
        from = from < passage->text_at ? passage->text_at : from;
        to = to > end ? end : to;
        pal_mapped_locate(body, from, to - from, &first, &stop);
        pal_buffer_append_format(out, "%s%zu:%llu:%zu:%llu", out->size == 0 ? "" : " ",
                                 from - passage->text_at, (unsigned long long)first,
                                 to - from, (unsigned long long)(stop - first));
    }
}

static bool read_run(struct pal_view text, int64_t numbers[4])
{
    for (int i = 0; i < 4; i++) {
        struct pal_view part = {"", 0};
        if (!pal_view_split(&text, ':', &part) ||
            !pal_parse_i64(part, 0, UINT32_MAX, &numbers[i])) {
            return false;
        }
    }
    return text.data == NULL && numbers[2] > 0 && numbers[3] > 0;
}

pal_status pal_document_add_passage(struct pal_document *document,
                                    const struct pal_passage *passage,
                                    struct pal_view text, struct pal_view map,
                                    struct pal_error *err)
{
    struct pal_mapped *body = &document->body;
    size_t text_at = body->text.size;
    size_t done = 0;
    struct pal_view part = {"", 0};
    while (map.size > 0 && pal_view_split(&map, ' ', &part)) {
        int64_t run[4];
        if (!read_run(part, run) || (size_t)run[0] != done ||
            (size_t)run[2] > text.size - done) {
            return pal_fail(err, PAL_INPUT, "a passage's map is damaged");
        }
        pal_mapped_put(body, (struct pal_view){text.data + done, (size_t)run[2]},
                       (size_t)run[1], (size_t)run[3]);
        done += (size_t)run[2];
    }
    if (done != text.size) {
        return pal_fail(err, PAL_INPUT, "a passage's map is damaged");
    }
    struct pal_passage *added = new_passage(document);
    if (added != NULL) {
        *added = *passage;
        added->text_at = (uint32_t)text_at;
        added->text_size = (uint32_t)text.size;
    }
    return pal_mapped_status(body, err);
}
