/*
 * Text with its origin. Runs are kept as few as can be: a piece that goes on where the last
 * one ended, at the same ratio of text to source, is added to it. Ratios are those of whole
 * characters (1:1, 1:2 for UTF-16, 3:4 for base64), so a place found by proportion is exact at
 * every character.
 */
#include <string.h>

#include "document/document_internal.h"

void pal_mapped_init(struct pal_mapped *mapped, size_t size_max)
{
    *mapped = (struct pal_mapped){.status = PAL_OK};
    pal_buffer_init(&mapped->text, size_max);
}

void pal_mapped_clear(struct pal_mapped *mapped)
{
    pal_buffer_clear(&mapped->text);
    pal_free(mapped->runs);
    mapped->runs = NULL;
    mapped->run_count = 0;
    mapped->run_room = 0;
}

static bool has_room(struct pal_mapped *mapped)
{
    if (mapped->run_count < mapped->run_room) {
        return true;
    }
    if (mapped->run_count >= PAL_DOCUMENT_RUN_MAX) {
        mapped->status = PAL_LIMIT;
        return false;
    }
    size_t room = mapped->run_room == 0 ? 64 : 2 * mapped->run_room;
    struct pal_text_run *runs =
        pal_realloc(mapped->runs, room, sizeof(struct pal_text_run));
    if (runs == NULL) {
        mapped->status = PAL_MEMORY;
        return false;
    }
    mapped->runs = runs;
    mapped->run_room = room;
    return true;
}

static bool goes_on(const struct pal_text_run *last, const struct pal_text_run *next)
{
    return last->text_at + last->text_size == next->text_at &&
           last->source_at + last->source_size == next->source_at &&
           (uint64_t)last->text_size * next->source_size ==
               (uint64_t)next->text_size * last->source_size;
}

void pal_mapped_put(struct pal_mapped *mapped, struct pal_view text, size_t source_at,
                    size_t source_size)
{
    struct pal_text_run next = {(uint32_t)mapped->text.size, (uint32_t)source_at,
                                (uint32_t)text.size, (uint32_t)source_size};
    if (text.size == 0 || mapped->status != PAL_OK) {
        return;
    }
    if (mapped->run_count > 0) {
        struct pal_text_run *last = &mapped->runs[mapped->run_count - 1];
        if (goes_on(last, &next)) {
            last->text_size += next.text_size;
            last->source_size += next.source_size;
            pal_buffer_append_view(&mapped->text, text);
            return;
        }
    }
    if (has_room(mapped)) {
        mapped->runs[mapped->run_count++] = next;
        pal_buffer_append_view(&mapped->text, text);
    }
}

size_t pal_mapped_run_at(const struct pal_mapped *mapped, size_t at)
{
    size_t low = 0;
    size_t high = mapped->run_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (mapped->runs[middle].text_at <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint64_t begin_in(const struct pal_text_run *run, size_t at)
{
    uint64_t delta = at > run->text_at ? at - run->text_at : 0;
    return run->source_at + delta * run->source_size / run->text_size;
}

static uint64_t end_in(const struct pal_text_run *run, size_t end)
{
    uint64_t delta = end > run->text_at ? end - run->text_at : 0;
    return run->source_at +
           (delta * run->source_size + run->text_size - 1) / run->text_size;
}

void pal_mapped_locate(const struct pal_mapped *mapped, size_t at, size_t size,
                       uint64_t *first, uint64_t *end)
{
    *first = 0;
    *end = 0;
    if (mapped->run_count == 0) {
        return;
    }
    *first = begin_in(&mapped->runs[pal_mapped_run_at(mapped, at)], at);
    if (size == 0) {
        *end = *first;
        return;
    }
    *end = end_in(&mapped->runs[pal_mapped_run_at(mapped, at + size - 1)], at + size);
}

/* A slice of a run keeps the run's own places where they are exact; within a run of another
 * ratio it keeps the proportion. */
void pal_mapped_put_slice(struct pal_mapped *mapped, const struct pal_mapped *from,
                          size_t at, size_t size)
{
    size_t end = at + size;
    size_t i = pal_mapped_run_at(from, at);
    while (at < end && i < from->run_count && mapped->status == PAL_OK) {
        const struct pal_text_run *run = &from->runs[i];
        size_t run_end = (size_t)run->text_at + run->text_size;
        size_t stop = run_end < end ? run_end : end;
        if (stop > at) {
            uint64_t first = begin_in(run, at);
            pal_mapped_put(mapped, (struct pal_view){from->text.data + at, stop - at},
                           first, end_in(run, stop) - first);
            at = stop;
        }
        i++;
    }
}

void pal_mapped_put_made(struct pal_mapped *mapped, struct pal_view text,
                         const struct pal_mapped *from, size_t at, size_t size)
{
    uint64_t first = 0;
    uint64_t end = 0;
    pal_mapped_locate(from, at, size, &first, &end);
    pal_mapped_put(mapped, text, first, end > first ? end - first : 1);
}

pal_status pal_mapped_status(const struct pal_mapped *mapped, struct pal_error *err)
{
    if (mapped->status == PAL_LIMIT) {
        return pal_fail(err, PAL_LIMIT, "its text is cut into more than %d pieces",
                        (int)PAL_DOCUMENT_RUN_MAX);
    }
    if (mapped->status != PAL_OK) {
        return pal_fail_memory(err);
    }
    return pal_buffer_status(&mapped->text, err);
}

static void decode_bytes(const struct pal_mapped *bytes, struct pal_mapped *out)
{
    struct pal_view all = pal_buffer_view(&bytes->text);
    size_t at = pal_view_has_prefix(all, PAL_VIEW("\xEF\xBB\xBF")) ? 3 : 0;
    while (at < all.size && out->status == PAL_OK) {
        struct pal_view rest = {all.data + at, all.size - at};
        size_t valid = pal_utf8_find_invalid(rest, true);
        pal_mapped_put_slice(out, bytes, at, valid);
        at += valid;
        if (at < all.size) {
            struct pal_decoder decoder;
            char text[16];
            pal_decoder_init(&decoder, PAL_ENCODING_WINDOWS1252);
            size_t size =
                pal_decode(&decoder, (struct pal_view){all.data + at, 1}, true, text);
            pal_mapped_put_made(out, (struct pal_view){text, size}, bytes, at, 1);
            at++;
        }
    }
}

static void decode_units(const struct pal_mapped *bytes, enum pal_encoding encoding,
                         struct pal_mapped *out)
{
    struct pal_view all = pal_buffer_view(&bytes->text);
    struct pal_decoder decoder;
    size_t begun = 0;
    pal_decoder_init(&decoder, encoding);
    for (size_t at = 0; at < all.size && out->status == PAL_OK;) {
        char text[32];
        size_t step = all.size - at < 2 ? 1 : 2;
        size_t size = pal_decode(&decoder, (struct pal_view){all.data + at, step},
                                 at + step == all.size, text);
        at += step;
        if (size > 0) {
            pal_mapped_put_made(out, (struct pal_view){text, size}, bytes, begun,
                                at - begun);
        }
        /* Half a pair has given nothing yet: its text will be of both halves. */
        if (decoder.carry_size == 0) {
            begun = at;
        }
    }
}

void pal_mapped_decode(const struct pal_mapped *bytes, enum pal_encoding encoding,
                       struct pal_mapped *out)
{
    if (encoding == PAL_ENCODING_UTF16LE || encoding == PAL_ENCODING_UTF16BE) {
        decode_units(bytes, encoding, out);
    } else {
        decode_bytes(bytes, out);
    }
}

bool pal_charset_find(struct pal_view name, enum pal_encoding *out)
{
    static const struct {
        const char *name;
        enum pal_encoding encoding;
    } known[] = {
        {"utf-8", PAL_ENCODING_UTF8},
        {"utf8", PAL_ENCODING_UTF8},
        {"us-ascii", PAL_ENCODING_UTF8},
        {"ascii", PAL_ENCODING_UTF8},
        {"unicode-1-1-utf-8", PAL_ENCODING_UTF8},
        {"iso-8859-1", PAL_ENCODING_WINDOWS1252},
        {"iso8859-1", PAL_ENCODING_WINDOWS1252},
        {"iso-8859-15", PAL_ENCODING_WINDOWS1252},
        {"latin1", PAL_ENCODING_WINDOWS1252},
        {"windows-1252", PAL_ENCODING_WINDOWS1252},
        {"cp1252", PAL_ENCODING_WINDOWS1252},
        {"utf-16", PAL_ENCODING_UTF16LE},
        {"utf-16le", PAL_ENCODING_UTF16LE},
        {"utf-16be", PAL_ENCODING_UTF16BE},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (pal_view_is_equal_fold(name, pal_view_of(known[i].name))) {
            *out = known[i].encoding;
            return true;
        }
    }
    return false;
}
