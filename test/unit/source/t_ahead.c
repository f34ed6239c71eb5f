#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "helper_zip.h"
#include "source/part.h"

enum { ROOM = 1 << 26, TEXT_SIZE = 3 * 1000 * 1000 };

static const size_t pieces[] = {0, 7, 4096, 1 << 20};

/* Text of which a third remains when it is deflated: more than the least for a thread. */
static void make_gzip(struct pal_buffer *text, struct pal_buffer *gzip)
{
    uint32_t seed = 1;

    pal_buffer_init(text, ROOM);
    pal_buffer_init(gzip, ROOM);
    while (text->size < TEXT_SIZE) {
        seed = seed * 1664525 + 1013904223;
        pal_buffer_append_format(text, "%08x arrests in area %u\n", seed, seed >> 20);
    }
    helper_gzip_deflated(gzip, pal_buffer_view(text));
    assert_true(gzip->size > 500 * 1000);
}

/* All of it up to the end or the first failure, in reads of `piece` bytes. */
static pal_status read_to_end(struct pal_part *part, size_t piece,
                              struct pal_buffer *out, struct pal_error *err)
{
    static char bytes[1 << 20];
    size_t room = piece == 0 ? sizeof bytes : piece;
    pal_status status;
    size_t size = 0;

    pal_buffer_reset(out);
    do {
        status = pal_part_read_into(part, bytes, room, &size, err);
        pal_buffer_append(out, bytes, size);
    } while (status == PAL_OK && size > 0);
    return status;
}

static struct pal_part *open_part(struct pal_view gzip, bool reads_ahead)
{
    struct pal_part *part = NULL;

    assert_int_equal(pal_part_open_memory(gzip, true, &helper_limits, &part, NULL),
                     PAL_OK);
    if (reads_ahead) {
        pal_part_read_ahead(part);
    }
    return part;
}

static void a_part_inflated_ahead_reads_the_same(void **state)
{
    struct pal_buffer text;
    struct pal_buffer gzip;
    struct pal_buffer out;

    (void)state;
    make_gzip(&text, &gzip);
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct pal_part *part = open_part(pal_buffer_view(&gzip), true);

        assert_int_equal(read_to_end(part, pieces[i], &out, NULL), PAL_OK);
        assert_true(pal_view_is_equal(pal_buffer_view(&out), pal_buffer_view(&text)));
        assert_int_equal(pal_part_bytes_read(part), gzip.size);
        /* The end stays the end. */
        assert_int_equal(read_to_end(part, pieces[i], &out, NULL), PAL_OK);
        assert_int_equal(out.size, 0);
        pal_part_close(part);
    }
    pal_buffer_clear(&text);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&out);
}

/* Damage in many places: the same words behind as many bytes as without the thread, give or
 * take those that a failing read throws away. */
static void damage_is_found_where_it_is_without_a_thread(void **state)
{
    enum { PLACE_COUNT = 24 };
    struct pal_buffer text;
    struct pal_buffer gzip;
    struct pal_buffer plain;
    struct pal_buffer ahead;

    (void)state;
    make_gzip(&text, &gzip);
    pal_buffer_init(&plain, ROOM);
    pal_buffer_init(&ahead, ROOM);
    for (size_t i = 0; i < PLACE_COUNT; i++) {
        struct pal_error errors[2] = {{0}};
        size_t at = 20 + (gzip.size - 21) / (PLACE_COUNT - 1) * i;
        bool is_cut = i % 3 == 2;
        struct pal_view bytes = {gzip.data, is_cut ? at : gzip.size};

        gzip.data[at] = (char)(gzip.data[at] ^ 0x10);
        for (int k = 0; k < 2; k++) {
            struct pal_part *part = open_part(bytes, k == 1);
            pal_status status =
                read_to_end(part, 65536, k == 1 ? &ahead : &plain, &errors[k]);

            assert_int_equal(status, PAL_INPUT);
            /* It stays damaged. */
            assert_int_not_equal(read_to_end(part, 65536, &text, NULL), PAL_OK);
            pal_part_close(part);
        }
        assert_string_equal(errors[0].text, errors[1].text);
        assert_true(
            pal_view_has_prefix(pal_buffer_view(&plain), pal_buffer_view(&ahead)));
        gzip.data[at] = (char)(gzip.data[at] ^ 0x10);
    }
    pal_buffer_clear(&text);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&plain);
    pal_buffer_clear(&ahead);
}

static void a_part_may_be_closed_before_its_end(void **state)
{
    struct pal_buffer text;
    struct pal_buffer gzip;
    char bytes[100];
    size_t size = 0;

    (void)state;
    make_gzip(&text, &gzip);
    for (int read_count = 0; read_count < 3; read_count++) {
        struct pal_part *part = open_part(pal_buffer_view(&gzip), true);

        for (int i = 0; i < read_count; i++) {
            assert_int_equal(pal_part_read_into(part, bytes, sizeof bytes, &size, NULL),
                             PAL_OK);
            assert_memory_equal(bytes, text.data + (size_t)i * sizeof bytes,
                                sizeof bytes);
        }
        pal_part_close(part);
    }
    pal_buffer_clear(&text);
    pal_buffer_clear(&gzip);
}

static void without_memory_for_a_thread_the_part_is_read_as_ever(void **state)
{
    struct pal_buffer text;
    struct pal_buffer gzip;
    struct pal_buffer out;
    size_t n = 0;

    (void)state;
    make_gzip(&text, &gzip);
    pal_buffer_init(&out, ROOM);
    for (bool has_failed = true; has_failed;) {
        struct pal_part *part = open_part(pal_buffer_view(&gzip), false);

        pal_alloc_fail_after(++n);
        pal_part_read_ahead(part);
        has_failed = pal_alloc_has_failed();
        pal_alloc_fail_after(0);
        assert_int_equal(read_to_end(part, 65536, &out, NULL), PAL_OK);
        assert_true(pal_view_is_equal(pal_buffer_view(&out), pal_buffer_view(&text)));
        pal_part_close(part);
    }
    assert_true(n > 4);
    pal_buffer_clear(&text);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&out);
}

/* A workbook of 40,000 rows, in a zip beside a csv. */
static void make_archive(struct pal_buffer *zip)
{
    struct pal_buffer rows;
    struct pal_buffer xml;
    struct pal_buffer sheet;
    struct pal_buffer csv;

    pal_buffer_init(&rows, ROOM);
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&sheet, ROOM);
    pal_buffer_init(&csv, ROOM);
    pal_buffer_append_text(&csv, "a,b\n");
    for (uint32_t i = 1; i <= 40000; i++) {
        uint32_t number = i * 2654435761U;

        pal_buffer_append_format(
            &rows, "<row r=\"%u\"><c r=\"A%u\"><v>%u</v></c><c r=\"B%u\"/></row>", i, i,
            number, i);
        pal_buffer_append_format(&csv, "%u,%x\n", number, number ^ i);
    }
    pal_buffer_append_format(&xml, HELPER_SHEET("%s"), rows.data);
    const struct helper_book book = {.sheet = xml.data, .is_deflated = true};
    helper_pack_book(&sheet, &book);
    const struct helper_part parts[] = {
        {.name = "book.xlsx", .content = pal_buffer_view(&sheet)},
        {.name = "table.csv", .content = pal_buffer_view(&csv), .is_deflated = true},
    };
    helper_pack(zip, parts, 2);
    pal_buffer_clear(&rows);
    pal_buffer_clear(&xml);
    pal_buffer_clear(&sheet);
    pal_buffer_clear(&csv);
}

static void show_source(struct pal_view zip, bool reads_ahead, struct pal_buffer *out)
{
    struct pal_source *source = NULL;

    pal_buffer_reset(out);
    assert_int_equal(pal_source_open_memory(zip, "x.zip", NULL, &source, NULL), PAL_OK);
    if (reads_ahead) {
        pal_source_read_ahead(source);
    }
    for (size_t i = 0; i < pal_source_borrow_info(source)->sheet_count; i++) {
        struct pal_sheet *sheet = NULL;
        struct pal_row row = {0};

        assert_int_equal(pal_sheet_open(source, i, &sheet, NULL), PAL_OK);
        do {
            assert_int_equal(pal_sheet_next(sheet, &row, NULL), PAL_OK);
            helper_show_row(out, &row);
        } while (row.cells != NULL);
        pal_sheet_close(sheet);
    }
    pal_source_close(source);
}

static void the_sheets_of_a_source_read_ahead_are_the_same(void **state)
{
    struct pal_buffer zip;
    struct pal_buffer plain;
    struct pal_buffer ahead;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    pal_buffer_init(&plain, ROOM);
    pal_buffer_init(&ahead, ROOM);
    make_archive(&zip);
    show_source(pal_buffer_view(&zip), false, &plain);
    show_source(pal_buffer_view(&zip), true, &ahead);
    assert_true(plain.size > 1000 * 1000);
    assert_true(pal_view_is_equal(pal_buffer_view(&plain), pal_buffer_view(&ahead)));
    pal_buffer_clear(&zip);
    pal_buffer_clear(&plain);
    pal_buffer_clear(&ahead);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_inflated_ahead_reads_the_same),
        cmocka_unit_test(damage_is_found_where_it_is_without_a_thread),
        cmocka_unit_test(a_part_may_be_closed_before_its_end),
        cmocka_unit_test(without_memory_for_a_thread_the_part_is_read_as_ever),
        cmocka_unit_test(the_sheets_of_a_source_read_ahead_are_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
