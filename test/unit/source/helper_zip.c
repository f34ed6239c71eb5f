#include "helper_zip.h"

#include <stdlib.h>
#include <string.h>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

const struct pal_source_limits helper_limits = {.inflated_size_max = 64 << 20,
                                                .inflate_ratio_max = 100,
                                                .row_max = 2000000,
                                                .column_max = 16384,
                                                .cell_size_max = 40000,
                                                .shared_string_max = 100000,
                                                .shared_string_size_max = 1 << 20,
                                                .nesting_max = 32,
                                                .part_max = 50};

void helper_deflate(struct pal_buffer *out, struct pal_view content)
{
    size_t room = content.size + content.size / 8 + 1024;
    unsigned char *bytes = malloc(room);
    struct isal_zstream *stream = calloc(1, sizeof *stream);

    PAL_BUG_IF(bytes == NULL || stream == NULL);
    isal_deflate_stateless_init(stream);
    stream->next_in = (uint8_t *)(uintptr_t)content.data;
    stream->avail_in = (uint32_t)content.size;
    stream->end_of_stream = 1;
    stream->next_out = bytes;
    stream->avail_out = (uint32_t)room;
    PAL_BUG_IF(isal_deflate_stateless(stream) != COMP_OK);
    pal_buffer_append(out, bytes, stream->total_out);
    free(stream);
    free(bytes);
}

static void put(struct pal_buffer *out, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        pal_buffer_append_char(out, (char)(value >> (8 * i) & 0xff));
    }
}

static uint32_t crc_of(struct pal_view content)
{
    return crc32_gzip_refl(0, (const unsigned char *)content.data, content.size);
}

void helper_gzip_deflated(struct pal_buffer *out, struct pal_view content)
{
    pal_buffer_append(out, "\x1f\x8b\x08\x08\0\0\0\0\0\x03name\0", 15);
    helper_deflate(out, content);
    put(out, crc_of(content), 4);
    put(out, content.size, 4);
}

/* The fields that a member's own header and its directory entry share. */
static void put_entry(struct pal_buffer *out, const struct helper_part *part,
                      size_t stored_size)
{
    put(out, 20, 2);
    put(out, part->is_encrypted ? 1 : 0, 2);
    put(out, part->method != 0 ? part->method : (part->is_deflated ? 8U : 0U), 2);
    put(out, 0, 2);
    put(out, 0x21, 2); /* 1980-01-01 */
    put(out, crc_of(part->content) ^ part->crc_lie, 4);
    put(out, stored_size, 4);
    put(out, part->content.size + (uint64_t)part->size_lie, 4);
    put(out, strlen(part->name), 2);
    put(out, 0, 2);
}

void helper_pack(struct pal_buffer *out, const struct helper_part *parts, size_t count)
{
    size_t start = out->size;
    size_t directory;
    size_t offsets[64];
    size_t sizes[64];

    PAL_BUG_IF(count > 64);
    for (size_t i = 0; i < count; i++) {
        struct pal_buffer stored;

        pal_buffer_init(&stored, SIZE_MAX / 2);
        if (parts[i].is_deflated) {
            helper_deflate(&stored, parts[i].content);
        } else {
            pal_buffer_append_view(&stored, parts[i].content);
        }
        offsets[i] = out->size - start;
        sizes[i] = stored.size;
        pal_buffer_append(out, "PK\3\4", 4);
        put_entry(out, &parts[i], stored.size);
        pal_buffer_append_text(out, parts[i].name);
        pal_buffer_append_view(out, pal_buffer_view(&stored));
        pal_buffer_clear(&stored);
    }
    directory = out->size - start;
    for (size_t i = 0; i < count; i++) {
        pal_buffer_append(out, "PK\1\2", 4);
        put(out, 20, 2);
        put_entry(out, &parts[i], sizes[i]);
        put(out, 0, 8);
        put(out, 0, 2);
        put(out, offsets[i], 4);
        pal_buffer_append_text(out, parts[i].name);
    }
    put(out, 0x06054b50, 4);
    put(out, 0, 4);
    put(out, count, 2);
    put(out, count, 2);
    put(out, out->size - start - directory - 12, 4);
    put(out, directory, 4);
    put(out, 0, 2);
    PAL_BUG_IF(out->status != PAL_OK);
}

#define RELATION_TYPE                                                                  \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

void helper_pack_book(struct pal_buffer *out, const struct helper_book *book)
{
    static const char relations[] =
        "<Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"r1\" Type=\"" RELATION_TYPE "/worksheet\" "
        "Target=\"worksheets/sheet1.xml\"/>"
        "<Relationship Id=\"r2\" Type=\"" RELATION_TYPE "/styles\" "
        "Target=\"/xl/styles.xml\"/>"
        "<Relationship Id=\"r3\" Type=\"" RELATION_TYPE "/sharedStrings\" "
        "Target=\"../xl/./sharedStrings.xml\"/></Relationships>";
    struct helper_part parts[5] = {{0}};
    struct pal_buffer text[3];
    size_t count = 3;

    for (size_t i = 0; i < 3; i++) {
        pal_buffer_init(&text[i], SIZE_MAX / 2);
    }
    pal_buffer_append_format(&text[0],
                             "<workbook xmlns=\"" HELPER_MAIN
                             "\" xmlns:r=\"" RELATION_TYPE "\">%s<sheets>"
                             "<sheet name=\"One &amp; only\" sheetId=\"1\" r:id=\"r1\" "
                             "%s/></sheets></workbook>",
                             book->settings == NULL ? "" : book->settings,
                             book->state == NULL ? "" : book->state);
    parts[0] = (struct helper_part){.name = "xl/workbook.xml",
                                    .content = pal_buffer_view(&text[0])};
    parts[1] = (struct helper_part){.name = "xl/_rels/workbook.xml.rels",
                                    .content = pal_view_of(relations)};
    parts[2] = (struct helper_part){.name = "xl/worksheets/sheet1.xml",
                                    .content = pal_view_of(book->sheet)};
    if (book->styles != NULL) {
        pal_buffer_append_format(
            &text[1], "<styleSheet xmlns=\"" HELPER_MAIN "\">%s</styleSheet>",
            book->styles);
        parts[count++] = (struct helper_part){.name = "xl/styles.xml",
                                              .content = pal_buffer_view(&text[1])};
    }
    if (book->strings != NULL) {
        pal_buffer_append_format(&text[2], "<sst xmlns=\"" HELPER_MAIN "\">%s</sst>",
                                 book->strings);
        parts[count++] = (struct helper_part){.name = "xl/sharedStrings.xml",
                                              .content = pal_buffer_view(&text[2])};
    }
    for (size_t i = 0; i < count; i++) {
        parts[i].is_deflated = book->is_deflated;
    }
    helper_pack(out, parts, count);
    for (size_t i = 0; i < 3; i++) {
        pal_buffer_clear(&text[i]);
    }
}

void helper_show_row(struct pal_buffer *out, const struct pal_row *row)
{
    pal_buffer_append_format(out, "%llu:", (unsigned long long)row->number);
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        char name[8] = {0};
        size_t at = sizeof name - 1;
        char number[32];

        for (uint64_t left = (uint64_t)cell->column + 1; left > 0;
             left = (left - 1) / 26) {
            name[--at] = (char)('A' + (left - 1) % 26);
        }
        pal_buffer_append_format(out, " %s=%c:", name + at, "tndbe"[cell->kind]);
        pal_buffer_append_view(out, cell->text);
        if (cell->kind != PAL_CELL_TEXT && cell->kind != PAL_CELL_ERROR) {
            pal_double_text(cell->number, number);
            pal_buffer_append_format(out, ":%s", number);
        }
    }
    pal_buffer_append_char(out, '\n');
}

static pal_status show_rows(struct pal_row_reader *reader, struct pal_buffer *out,
                            struct pal_error *err)
{
    struct pal_row row = {0};
    pal_status status;

    while ((status = reader->next(reader, &row, err)) == PAL_OK && row.cells != NULL) {
        helper_show_row(out, &row);
    }
    reader->close(reader);
    return status;
}

pal_status helper_read_sheet(struct pal_view xml,
                             const struct pal_sheet_context *context,
                             const struct pal_source_limits *limits, size_t piece,
                             struct pal_buffer *out, struct pal_error *err)
{
    struct pal_part *part = NULL;
    struct pal_row_reader *reader = NULL;
    pal_status status = pal_part_open_memory(xml, false, limits, &part, err);

    if (status != PAL_OK) {
        return status;
    }
    if (piece > 0) {
        pal_part_limit_piece(part, piece);
    }
    status = pal_sheet_reader_open(part, context, limits, &reader, err);
    return status == PAL_OK ? show_rows(reader, out, err) : status;
}

pal_status helper_read_book(struct pal_view zip, const struct pal_source_limits *limits,
                            struct pal_buffer *out, struct pal_error *err)
{
    struct pal_archive *archive = NULL;
    struct pal_workbook *book = NULL;
    struct pal_row_reader *reader = NULL;
    pal_status status = pal_archive_open(zip, limits, &archive, err);

    if (status == PAL_OK) {
        status = pal_workbook_open(archive, limits, &book, err);
    }
    if (status == PAL_OK && pal_workbook_sheet_count(book) > 0) {
        status = pal_workbook_open_sheet(book, 0, false, &reader, err);
    }
    if (reader != NULL) {
        status = show_rows(reader, out, err);
    }
    pal_workbook_close(book);
    pal_archive_close(archive);
    return status;
}

struct pal_sheet_context helper_context(void)
{
    static char text[] = "alphabeta gamma <&";
    static size_t begins[] = {0, 5, 5, 9, 10, 18};
    static bool is_date[] = {false, true};
    static const struct pal_shared_strings strings = {
        .text = {.data = text, .size = 18}, .begins = begins, .count = 5};
    static const struct pal_styles styles = {.is_date = is_date, .count = 2};

    return (struct pal_sheet_context){.strings = &strings, .styles = &styles};
}
