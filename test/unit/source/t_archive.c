#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_zip.h"

enum { ROOM = 1 << 24 };

static pal_status read_first(struct pal_view zip, struct pal_buffer *out,
                             struct pal_error *err)
{
    struct pal_archive *archive = NULL;
    struct pal_part *part = NULL;
    pal_status status = pal_archive_open(zip, &helper_limits, &archive, err);

    pal_buffer_reset(out);
    if (status == PAL_OK) {
        status = pal_archive_count(archive) == 0
                     ? pal_fail(err, PAL_INPUT, "nothing in it")
                     : pal_archive_open_part(archive, 0, &part, err);
    }
    if (status == PAL_OK) {
        status = pal_part_read_all(part, out, err);
    }
    pal_part_close(part);
    pal_archive_close(archive);
    return status;
}

static void members_are_found_and_read_stored_or_deflated(void **state)
{
    static const struct helper_part parts[] = {
        {.name = "xl/Workbook.xml", .content = {"stored", 6}},
        {.name = "xl\\sheet.xml", .content = {"deflated", 8}, .is_deflated = true},
        {.name = "empty", .content = {"", 0}},
        {.name = "empty too", .content = {"", 0}, .is_deflated = true},
    };
    static const char *const want[] = {"stored", "deflated", "", ""};
    struct pal_archive *archive = NULL;
    struct pal_buffer zip;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    pal_buffer_init(&out, ROOM);
    helper_pack(&zip, parts, 4);
    assert_int_equal(
        pal_archive_open(pal_buffer_view(&zip), &helper_limits, &archive, NULL),
        PAL_OK);
    assert_int_equal(pal_archive_count(archive), 4);
    assert_int_equal(pal_archive_find(archive, PAL_VIEW("XL/workbook.xml")), 0);
    assert_int_equal(pal_archive_find(archive, PAL_VIEW("xl/sheet.xml")), 1);
    assert_true(pal_archive_find(archive, PAL_VIEW("xl/sheet2.xml")) == SIZE_MAX);
    assert_int_equal(pal_archive_stored_size(archive, 0), 6);
    for (size_t i = 0; i < 4; i++) {
        struct pal_part *part = NULL;

        pal_buffer_reset(&out);
        assert_int_equal(pal_archive_open_part(archive, i, &part, NULL), PAL_OK);
        assert_int_equal(pal_part_read_all(part, &out, NULL), PAL_OK);
        assert_true(pal_view_is_equal(pal_buffer_view(&out), pal_view_of(want[i])));
        pal_part_close(part);
    }
    pal_archive_close(archive);
    pal_buffer_clear(&zip);
    pal_buffer_clear(&out);
}

static const struct {
    const char *label;
    struct helper_part part;
    pal_status status;
    const char *want;
} lies[] = {
    {"a wrong CRC", {.crc_lie = 1}, PAL_INPUT, "data is damaged"},
    {"a size too large", {.size_lie = 1}, PAL_INPUT, "data is damaged"},
    {"a size too small", {.size_lie = -1}, PAL_INPUT, "data is damaged"},
    {"a size beyond all limits", {.size_lie = 1 << 30}, PAL_LIMIT, "is said to hold"},
    {"encryption", {.is_encrypted = true}, PAL_INPUT, "member.xml is encrypted"},
    {"method LZMA", {.method = 14}, PAL_INPUT, "method 14"},
    {"method bzip2", {.method = 12}, PAL_INPUT, "method 12"},
    {"stored said to be deflated", {.method = 8}, PAL_INPUT, "damaged"},
};

static void a_directory_that_lies_is_found_out(void **state)
{
    struct pal_buffer zip;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < 2 * sizeof lies / sizeof *lies; i++) {
        struct helper_part part = lies[i / 2].part;
        struct pal_error err = {0};
        pal_status status;

        part.name = "member.xml";
        part.content = PAL_VIEW("<some>text</some>");
        part.is_deflated = i % 2 == 1;
        if (part.method == 8 && part.is_deflated) {
            continue;
        }
        pal_buffer_reset(&zip);
        helper_pack(&zip, &part, 1);
        status = read_first(pal_buffer_view(&zip), &out, &err);
        if (status != lies[i / 2].status ||
            strstr(err.text, lies[i / 2].want) == NULL) {
            print_error("%s: %d %s\n", lies[i / 2].label, (int)status, err.text);
            fail();
        }
    }
    pal_buffer_clear(&zip);
    pal_buffer_clear(&out);
}

/* A bit may lie in a field that nobody reads (a time, a version), so what is wanted is: the
 * same text, or an error. */
static void no_flipped_bit_and_no_cut_changes_a_members_text(void **state)
{
    static const struct helper_part part = {
        .name = "a",
        .content =
            {"Area|Date\nDallas Area of Responsibility|10/1/2018\nDallas|10/2/2018",
             66},
        .is_deflated = true};
    struct pal_buffer zip;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    pal_buffer_init(&out, ROOM);
    helper_pack(&zip, &part, 1);
    assert_int_equal(read_first(pal_buffer_view(&zip), &out, NULL), PAL_OK);
    for (size_t bit = 0; bit < zip.size * 8; bit++) {
        zip.data[bit / 8] = (char)(zip.data[bit / 8] ^ 1 << bit % 8);
        if (read_first(pal_buffer_view(&zip), &out, NULL) == PAL_OK) {
            assert_true(pal_view_is_equal(pal_buffer_view(&out), part.content));
        }
        zip.data[bit / 8] = (char)(zip.data[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t size = 1; size < zip.size; size++) {
        struct pal_error err = {0};
        pal_status status = read_first((struct pal_view){zip.data, size}, &out, &err);

        assert_int_equal(status, PAL_INPUT);
        assert_non_null(strstr(err.text, "get the file again"));
    }
    pal_buffer_clear(&zip);
    pal_buffer_clear(&out);
}

static void an_archive_of_too_many_members_is_refused(void **state)
{
    struct helper_part named[51] = {{0}};
    struct pal_archive *archive = NULL;
    struct pal_buffer zip;
    char names[51][8];

    (void)state;
    for (size_t i = 0; i < 51; i++) {
        (void)snprintf(names[i], sizeof names[i], "%zu", i);
        named[i].name = names[i];
        named[i].content = PAL_VIEW("");
    }
    pal_buffer_init(&zip, ROOM);
    helper_pack(&zip, named, 51);
    assert_int_equal(
        pal_archive_open(pal_buffer_view(&zip), &helper_limits, &archive, NULL),
        PAL_LIMIT);
    assert_null(archive);
    pal_buffer_clear(&zip);
}

static void an_archive_open_fails_cleanly_at_any_allocation(void **state)
{
    static const struct helper_part part = {
        .name = "a", .content = {"text", 4}, .is_deflated = true};
    struct pal_buffer zip;
    struct pal_buffer out;
    pal_status status = PAL_MEMORY;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    pal_buffer_init(&out, ROOM);
    helper_pack(&zip, &part, 1);
    for (size_t n = 1; status != PAL_OK; n++) {
        pal_alloc_fail_after(n);
        status = read_first(pal_buffer_view(&zip), &out, NULL);
        assert_true(status == PAL_MEMORY || status == PAL_OK);
        assert_true(n < 100);
        pal_buffer_clear(&out);
    }
    pal_alloc_fail_after(0);
    pal_buffer_clear(&zip);
    pal_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_found_and_read_stored_or_deflated),
        cmocka_unit_test(a_directory_that_lies_is_found_out),
        cmocka_unit_test(no_flipped_bit_and_no_cut_changes_a_members_text),
        cmocka_unit_test(an_archive_of_too_many_members_is_refused),
        cmocka_unit_test(an_archive_open_fails_cleanly_at_any_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
