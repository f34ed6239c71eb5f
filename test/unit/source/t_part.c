#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_zip.h"

enum { ROOM = 1 << 26 };

static const size_t pieces[] = {0, 1, 2, 7, 4096};

/* Text that deflates with both matches and literals. */
static void make_text(struct pal_buffer *out, size_t size)
{
    uint32_t seed = 1;

    pal_buffer_init(out, ROOM);
    while (out->size < size) {
        seed = seed * 1664525 + 1013904223;
        pal_buffer_append_format(out, "%u arrests in area %u\n", seed >> 20, seed % 25);
    }
}

static pal_status read_part(struct pal_part *part, size_t piece, struct pal_buffer *out,
                            struct pal_error *err)
{
    struct pal_view got;
    pal_status status;

    if (piece > 0) {
        pal_part_limit_piece(part, piece);
    }
    while ((status = pal_part_read(part, &got, err)) == PAL_OK && got.size > 0) {
        assert_true(piece == 0 || got.size <= piece);
        pal_buffer_append_view(out, got);
    }
    if (status == PAL_OK) {
        /* The end stays the end. */
        assert_int_equal(pal_part_read(part, &got, err), PAL_OK);
        assert_int_equal(got.size, 0);
    }
    return status;
}

static pal_status read_memory(struct pal_view content, bool is_gzip, size_t piece,
                              struct pal_buffer *out, struct pal_error *err)
{
    struct pal_part *part = NULL;
    pal_status status =
        pal_part_open_memory(content, is_gzip, &helper_limits, &part, err);

    pal_buffer_reset(out);
    if (status == PAL_OK) {
        status = read_part(part, piece, out, err);
        if (status == PAL_OK) {
            assert_int_equal(pal_part_bytes_read(part), content.size);
        }
    }
    pal_part_close(part);
    return status;
}

static void bytes_and_gzip_read_the_same_in_pieces_of_any_size(void **state)
{
    struct pal_buffer text;
    struct pal_buffer gzip;
    struct pal_buffer out;

    (void)state;
    make_text(&text, 600 * 1000);
    pal_buffer_init(&gzip, ROOM);
    pal_buffer_init(&out, ROOM);
    helper_gzip_deflated(&gzip, pal_buffer_view(&text));
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        for (int is_gzip = 0; is_gzip < 2; is_gzip++) {
            struct pal_view content = pal_buffer_view(is_gzip ? &gzip : &text);

            assert_int_equal(read_memory(content, is_gzip, pieces[i], &out, NULL),
                             PAL_OK);
            assert_true(
                pal_view_is_equal(pal_buffer_view(&out), pal_buffer_view(&text)));
        }
    }
    pal_buffer_clear(&text);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&out);
}

static void all_members_of_a_gzip_file_are_read(void **state)
{
    struct pal_buffer gzip;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&gzip, ROOM);
    pal_buffer_init(&out, ROOM);
    helper_gzip_deflated(&gzip, PAL_VIEW("one "));
    helper_gzip_deflated(&gzip, PAL_VIEW(""));
    helper_gzip_deflated(&gzip, PAL_VIEW("two "));
    /* With a file name, a comment and a header checksum. */
    pal_buffer_append(&gzip, "\x1f\x8b\x08\x1e\0\0\0\0\0\x03\2\0xxname\0comment\0\0\0",
                      29);
    helper_deflate(&gzip, PAL_VIEW("three"));
    pal_buffer_append(&gzip, "\xf5\xd8\xc5\x46\5\0\0\0", 8);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        assert_int_equal(
            read_memory(pal_buffer_view(&gzip), true, pieces[i], &out, NULL), PAL_OK);
        assert_string_equal(out.data, "one two three");
    }
    pal_buffer_clear(&gzip);
    pal_buffer_init(&gzip, ROOM);
    helper_gzip_deflated(&gzip, PAL_VIEW("one "));
    helper_gzip_deflated(&gzip, PAL_VIEW("two"));
    pal_buffer_append(&gzip, "\0\0\0\0\0\0\0\0\0", 9);
    assert_int_equal(read_memory(pal_buffer_view(&gzip), true, 0, &out, NULL), PAL_OK);
    assert_string_equal(out.data, "one two");
    pal_buffer_append(&gzip, "x", 1);
    assert_int_equal(read_memory(pal_buffer_view(&gzip), true, 0, &out, NULL),
                     PAL_INPUT);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&out);
}

static void a_gzip_file_cut_off_anywhere_is_refused(void **state)
{
    struct pal_buffer text;
    struct pal_buffer gzip;
    struct pal_buffer out;

    (void)state;
    make_text(&text, 3000);
    pal_buffer_init(&gzip, ROOM);
    pal_buffer_init(&out, ROOM);
    helper_gzip_deflated(&gzip, pal_buffer_view(&text));
    for (size_t size = 0; size < gzip.size; size++) {
        struct pal_error err = {0};

        assert_int_equal(
            read_memory((struct pal_view){gzip.data, size}, true, 100, &out, &err),
            PAL_INPUT);
        assert_non_null(strstr(err.text, "get the file again"));
    }
    pal_buffer_clear(&text);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&out);
}

/* Without the CRC one flipped bit can give another text and no error. */
static void no_flipped_bit_in_gzip_data_goes_unnoticed(void **state)
{
    enum { HEAD_SIZE = 15 };
    struct pal_buffer text;
    struct pal_buffer gzip;
    struct pal_buffer out;

    (void)state;
    make_text(&text, 2000);
    pal_buffer_init(&gzip, ROOM);
    pal_buffer_init(&out, ROOM);
    helper_gzip_deflated(&gzip, pal_buffer_view(&text));
    for (size_t bit = HEAD_SIZE * 8; bit < gzip.size * 8; bit++) {
        pal_status status;

        gzip.data[bit / 8] = (char)(gzip.data[bit / 8] ^ 1 << bit % 8);
        status = read_memory(pal_buffer_view(&gzip), true, 0, &out, NULL);
        /* Padding bits behind the last block are nobody's. */
        assert_true(status == PAL_INPUT ||
                    pal_view_is_equal(pal_buffer_view(&out), pal_buffer_view(&text)));
        gzip.data[bit / 8] = (char)(gzip.data[bit / 8] ^ 1 << bit % 8);
    }
    pal_buffer_clear(&text);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&out);
}

static void a_bomb_is_stopped_by_ratio_and_by_size(void **state)
{
    struct pal_source_limits limits = helper_limits;
    struct pal_part *part = NULL;
    struct pal_buffer zeros;
    struct pal_buffer gzip;
    struct pal_buffer out;
    struct pal_error err = {0};

    (void)state;
    pal_buffer_init(&zeros, ROOM);
    pal_buffer_init(&gzip, ROOM);
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < 20 * 1024; i++) {
        static const char block[1024] = {0};

        pal_buffer_append(&zeros, block, sizeof block);
    }
    helper_gzip_deflated(&gzip, pal_buffer_view(&zeros));
    assert_int_equal(read_memory(pal_buffer_view(&gzip), true, 0, &out, &err),
                     PAL_LIMIT);
    assert_non_null(strstr(err.text, "100 times"));
    limits.inflate_ratio_max = 2000;
    limits.inflated_size_max = 1 << 20;
    assert_int_equal(
        pal_part_open_memory(pal_buffer_view(&gzip), true, &limits, &part, &err),
        PAL_OK);
    assert_int_equal(read_part(part, 0, &out, &err), PAL_LIMIT);
    assert_non_null(strstr(err.text, "1048576 bytes"));
    pal_part_close(part);
    pal_buffer_clear(&zeros);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&out);
}

static void all_of_a_part_is_read_up_to_the_buffers_cap(void **state)
{
    struct pal_part *part = NULL;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&out, 5);
    assert_int_equal(
        pal_part_open_memory(PAL_VIEW("12345"), false, &helper_limits, &part, NULL),
        PAL_OK);
    assert_int_equal(pal_part_read_all(part, &out, NULL), PAL_OK);
    assert_string_equal(out.data, "12345");
    pal_part_close(part);
    pal_buffer_reset(&out);
    assert_int_equal(
        pal_part_open_memory(PAL_VIEW("123456"), false, &helper_limits, &part, NULL),
        PAL_OK);
    assert_int_equal(pal_part_read_all(part, &out, NULL), PAL_LIMIT);
    pal_part_close(part);
    pal_buffer_clear(&out);
    assert_int_equal(
        pal_part_open_memory(PAL_VIEW(""), false, &helper_limits, &part, NULL), PAL_OK);
    assert_int_equal(pal_part_read_all(part, &out, NULL), PAL_OK);
    assert_int_equal(out.size, 0);
    pal_part_close(part);
    pal_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_and_gzip_read_the_same_in_pieces_of_any_size),
        cmocka_unit_test(all_members_of_a_gzip_file_are_read),
        cmocka_unit_test(a_gzip_file_cut_off_anywhere_is_refused),
        cmocka_unit_test(no_flipped_bit_in_gzip_data_goes_unnoticed),
        cmocka_unit_test(a_bomb_is_stopped_by_ratio_and_by_size),
        cmocka_unit_test(all_of_a_part_is_read_up_to_the_buffers_cap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
