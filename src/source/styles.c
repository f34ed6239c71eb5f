#include "source/styles.h"

#include <string.h>

#include "source/xml_text.h"

enum { FORMAT_ID_MAX = 65536, FORMAT_CODE_MAX = 64 * 1024 };

struct styles_reader {
    struct pal_xml xml;
    struct pal_buffer code;
    bool is_date[FORMAT_ID_MAX]; /* by number format id */
};

void pal_styles_clear(struct pal_styles *styles)
{
    pal_free(styles->is_date);
    *styles = (struct pal_styles){0};
}

/* Behind a [ ] part, a quoted text or an escaped character at `at`; `at` for none. */
static size_t skip_literal(struct pal_view code, size_t at)
{
    char c = code.data[at];
    char close = c == '[' ? ']' : '"';
    const char *end;

    if (c == '\\' || c == '_' || c == '*') {
        return at + 2 > code.size ? code.size : at + 2;
    }
    if (c != '[' && c != '"') {
        return at;
    }
    end = memchr(code.data + at + 1, close, code.size - at - 1);
    return end == NULL ? code.size : (size_t)(end - code.data) + 1;
}

/* [h], [mm] and the like: the whole of a length of time. */
static bool is_elapsed(struct pal_view code, size_t at, size_t end)
{
    for (size_t i = at + 1; i + 1 < end; i++) {
        char c = pal_lower(code.data[i]);

        if (c != 'h' && c != 'm' && c != 's') {
            return false;
        }
    }
    return code.data[at] == '[' && end > at + 2;
}

bool pal_format_is_date(struct pal_view code)
{
    size_t at = 0;

    if (pal_view_is_equal_fold(code, PAL_VIEW("General"))) {
        return false;
    }
    while (at < code.size && code.data[at] != ';') {
        size_t next = skip_literal(code, at);
        char c = pal_lower(code.data[at]);

        if (next > at) {
            if (is_elapsed(code, at, next)) {
                return false;
            }
            at = next;
            continue;
        }
        if (c == '0' || c == '#' || c == '?') {
            return false;
        }
        if (c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's') {
            return true;
        }
        at++;
    }
    return false;
}

/* The formats that need no code in the file (ECMA-376 part 1, 18.8.30), with those of the
 * East Asian and Thai editions. 46 is a length of time. */
static void set_builtin(bool is_date[FORMAT_ID_MAX])
{
    static const struct {
        unsigned first;
        unsigned last;
    } ranges[] = {{14, 22}, {27, 36}, {45, 45}, {47, 47}, {50, 58}, {71, 81}};

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        for (unsigned id = ranges[i].first; id <= ranges[i].last; id++) {
            is_date[id] = true;
        }
    }
}

static int64_t number_attribute(const struct pal_xml *xml, const char *name)
{
    struct pal_view value;
    int64_t number = 0;

    if (!pal_xml_attribute(xml, name, &value) ||
        !pal_parse_i64(value, 0, FORMAT_ID_MAX - 1, &number)) {
        return -1;
    }
    return number;
}

static pal_status add_format(struct styles_reader *reader, struct pal_error *err)
{
    int64_t id = number_attribute(&reader->xml, "numFmtId");
    struct pal_view code;

    if (id < 0 || !pal_xml_attribute(&reader->xml, "formatCode", &code)) {
        return PAL_OK;
    }
    pal_buffer_reset(&reader->code);
    pal_xml_append_value(&reader->code, code);
    if (reader->code.status != PAL_OK) {
        return pal_buffer_status(&reader->code, err);
    }
    reader->is_date[id] = pal_format_is_date(pal_buffer_view(&reader->code));
    return PAL_OK;
}

static pal_status add_style(struct pal_styles *styles,
                            const struct styles_reader *reader, struct pal_error *err)
{
    int64_t id = number_attribute(&reader->xml, "numFmtId");

    if (styles->count == styles->room) {
        size_t room = styles->room == 0 ? 64 : 2 * styles->room;
        bool *is_date;

        if (room > PAL_STYLE_MAX) {
            return pal_fail(err, PAL_LIMIT, "it has more than %d cell formats",
                            PAL_STYLE_MAX / 2);
        }
        is_date = pal_realloc(styles->is_date, room, sizeof *is_date);
        if (is_date == NULL) {
            return pal_fail_memory(err);
        }
        styles->is_date = is_date;
        styles->room = room;
    }
    styles->is_date[styles->count++] = id >= 0 && reader->is_date[id];
    return PAL_OK;
}

static pal_status read_all(struct pal_styles *styles, struct styles_reader *reader,
                           struct pal_error *err)
{
    struct pal_xml_token token;
    bool is_in_formats = false;
    bool is_in_cells = false;
    pal_status status;

    for (;;) {
        status = pal_xml_next(&reader->xml, &token, err);
        if (status != PAL_OK || token.kind == PAL_XML_DONE) {
            return status;
        }
        if (token.kind == PAL_XML_START && token.depth == 2) {
            is_in_formats = pal_xml_is_start(&token, "numFmts");
            is_in_cells = pal_xml_is_start(&token, "cellXfs");
        } else if (token.depth == 3 && is_in_formats &&
                   pal_xml_is_start(&token, "numFmt")) {
            status = add_format(reader, err);
        } else if (token.depth == 3 && is_in_cells && pal_xml_is_start(&token, "xf")) {
            status = add_style(styles, reader, err);
        }
        if (status != PAL_OK) {
            return status;
        }
    }
}

pal_status pal_styles_read(struct pal_styles *styles, struct pal_part *part,
                           const struct pal_source_limits *limits,
                           struct pal_error *err)
{
    struct styles_reader *reader = pal_alloc_zero(1, sizeof *reader);
    pal_status status;

    if (reader == NULL) {
        pal_part_close(part);
        return pal_fail_memory(err);
    }
    pal_xml_init(&reader->xml, part, limits);
    pal_buffer_init(&reader->code, FORMAT_CODE_MAX);
    set_builtin(reader->is_date);
    status = read_all(styles, reader, err);
    pal_xml_clear(&reader->xml);
    pal_buffer_clear(&reader->code);
    pal_free(reader);
    return status;
}
