#include "source/shared_strings.h"

#include <inttypes.h>
#include <string.h>

#include "source/xml_markup.h"
#include "source/xml_text.h"

enum { COUNT_FIRST = 1024 };

void pal_shared_strings_init(struct pal_shared_strings *table,
                             const struct pal_source_limits *limits)
{
    *table = (struct pal_shared_strings){0};
    pal_buffer_init(&table->text, (size_t)limits->shared_string_size_max);
}

void pal_shared_strings_clear(struct pal_shared_strings *table)
{
    pal_buffer_clear(&table->text);
    pal_free(table->begins);
    table->begins = NULL;
    table->count = 0;
    table->room = 0;
}

/* The text appended last becomes the next string. */
static pal_status add(struct pal_shared_strings *table,
                      const struct pal_source_limits *limits, struct pal_error *err)
{
    size_t begin = table->count == 0 ? 0 : table->begins[table->count];

    if (table->text.status == PAL_LIMIT) {
        return pal_fail(err, PAL_LIMIT,
                        "its shared strings are longer than the %" PRIu64
                        " bytes that are read",
                        limits->shared_string_size_max);
    }
    if (table->text.status != PAL_OK) {
        return pal_buffer_status(&table->text, err);
    }
    if (table->count == limits->shared_string_max) {
        return pal_fail(err, PAL_LIMIT,
                        "it has more than the %" PRIu32 " shared strings that are read",
                        limits->shared_string_max);
    }
    if (table->text.size - begin > limits->cell_size_max) {
        return pal_fail(err, PAL_LIMIT,
                        "shared string %zu is longer than the %" PRIu32
                        " bytes that are read",
                        table->count, limits->cell_size_max);
    }
    if (table->count + 2 > table->room) {
        size_t room = table->room == 0 ? COUNT_FIRST : 2 * table->room;
        size_t *begins = pal_realloc(table->begins, room, sizeof *begins);

        if (begins == NULL) {
            return pal_fail_memory(err);
        }
        table->begins = begins;
        table->room = room;
    }
    table->begins[table->count] = begin;
    table->begins[++table->count] = table->text.size;
    return PAL_OK;
}

/* Takes strings of the common form <si><t>text</t></si>, with nothing in them to decode,
 * straight out of the window; anything else is left for the tokenizer. Bytes in the window
 * end with a NUL and have been checked. */
static pal_status add_plain(struct pal_shared_strings *table, struct pal_xml *xml,
                            const struct pal_source_limits *limits,
                            struct pal_error *err)
{
    pal_status status = PAL_OK;

    while (status == PAL_OK && !xml->has_empty) {
        const char *at = xml->window.data + xml->window.begin;
        size_t size;

        if (strncmp(at, "<si><t>", 7) != 0) {
            break;
        }
        at += 7;
        size = (size_t)(pal_xml_plain_end(at) - at);
        if (strncmp(at + size, "</t></si>", 9) != 0) {
            break;
        }
        pal_buffer_append(&table->text, at, size);
        xml->window.begin += 7 + size + 9;
        status = add(table, limits, err);
    }
    return status;
}

static pal_status read_all(struct pal_shared_strings *table, struct pal_xml *xml,
                           const struct pal_source_limits *limits,
                           struct pal_error *err)
{
    struct pal_xml_token token;
    bool has_table = false;
    pal_status status;

    for (;;) {
        status = pal_xml_next(xml, &token, err);
        if (status != PAL_OK || token.kind == PAL_XML_DONE) {
            return status;
        }
        if (pal_xml_is_start(&token, "sst") && token.depth == 1) {
            has_table = true;
        } else if (pal_xml_is_start(&token, "si") && token.depth == 2 && has_table) {
            status = pal_xml_read_runs(xml, token.depth, &table->text, err);
            if (status == PAL_OK || table->text.status != PAL_OK) {
                status = add(table, limits, err);
            }
        } else if (token.kind == PAL_XML_START) {
            status = pal_xml_skip(xml, token.depth, err);
        }
        if (status == PAL_OK && xml->depth == 1 && has_table && xml->depth_max > 3 &&
            pal_xml_is_default_main(xml)) {
            status = add_plain(table, xml, limits, err);
        }
        if (status != PAL_OK) {
            return status;
        }
    }
}

pal_status pal_shared_strings_read(struct pal_shared_strings *table,
                                   struct pal_part *part,
                                   const struct pal_source_limits *limits,
                                   struct pal_error *err)
{
    struct pal_xml *xml = pal_alloc(sizeof *xml);
    pal_status status;

    if (xml == NULL) {
        pal_part_close(part);
        return pal_fail_memory(err);
    }
    pal_xml_init(xml, part, limits);
    /* Even a table of empty strings has a place that its views point to. */
    pal_buffer_append(&table->text, "", 0);
    status = pal_buffer_status(&table->text, err);
    if (status == PAL_OK) {
        status = read_all(table, xml, limits, err);
    }
    pal_xml_clear(xml);
    pal_free(xml);
    return status;
}
