#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"

#define BYTES(literal)                                                                 \
    {                                                                                  \
        "" literal, sizeof(literal) - 1                                                \
    }

static const struct {
    const char *label;
    enum pal_encoding encoding;
    struct pal_view bytes;
    struct pal_view want;
    enum pal_encoding found; /* once all is read */
} rows[] = {
    {"ascii", PAL_ENCODING_UTF8, BYTES("Male, 10/1/2015\n"), BYTES("Male, 10/1/2015\n"),
     PAL_ENCODING_UTF8},
    {"two bytes", PAL_ENCODING_UTF8, BYTES("Le\xC3\xB3n"), BYTES("Le\xC3\xB3n"),
     PAL_ENCODING_UTF8},
    {"three and four", PAL_ENCODING_UTF8, BYTES("\xE2\x82\xAC\xF0\x9F\x98\x80"),
     BYTES("\xE2\x82\xAC\xF0\x9F\x98\x80"), PAL_ENCODING_UTF8},
    {"mark is dropped", PAL_ENCODING_UTF8, BYTES("\xEF\xBB\xBFx"), BYTES("x"),
     PAL_ENCODING_UTF8},
    {"only the first mark", PAL_ENCODING_UTF8, BYTES("x\xEF\xBB\xBFy"),
     BYTES("x\xEF\xBB\xBFy"), PAL_ENCODING_UTF8},
    {"lone lead", PAL_ENCODING_UTF8, BYTES("Le\xCC_n"), BYTES("Le\xC3\x8C_n"),
     PAL_ENCODING_WINDOWS1252},
    {"lead at the end", PAL_ENCODING_UTF8, BYTES("Le\xCC"), BYTES("Le\xC3\x8C"),
     PAL_ENCODING_WINDOWS1252},
    {"cut off at the end", PAL_ENCODING_UTF8, BYTES("\xE2\x82"),
     BYTES("\xC3\xA2\xE2\x80\x9A"), PAL_ENCODING_WINDOWS1252},
    {"lone continuation", PAL_ENCODING_UTF8, BYTES("\x93x\x94"),
     BYTES("\xE2\x80\x9Cx\xE2\x80\x9D"), PAL_ENCODING_WINDOWS1252},
    {"overlong", PAL_ENCODING_UTF8, BYTES("\xC0\xAF"), BYTES("\xC3\x80\xC2\xAF"),
     PAL_ENCODING_WINDOWS1252},
    {"surrogate in utf-8", PAL_ENCODING_UTF8, BYTES("\xED\xA0\xBD"),
     BYTES("\xC3\xAD\xC2\xA0\xC2\xBD"), PAL_ENCODING_WINDOWS1252},
    {"beyond U+10FFFF", PAL_ENCODING_UTF8, BYTES("\xF4\x90\xA0\xA0"),
     BYTES("\xC3\xB4\xC2\x90\xC2\xA0\xC2\xA0"), PAL_ENCODING_WINDOWS1252},
    {"both in one file", PAL_ENCODING_UTF8, BYTES("\xC3\xB3\xF3"),
     BYTES("\xC3\xB3\xC3\xB3"), PAL_ENCODING_WINDOWS1252},
    {"undefined in 1252", PAL_ENCODING_WINDOWS1252, BYTES("\x81"), BYTES("\xC2\x81"),
     PAL_ENCODING_WINDOWS1252},
    {"little end first", PAL_ENCODING_UTF16LE,
     BYTES("\xFF\xFE"
           "a\0\xF3\0\xAC\x20"),
     BYTES("a\xC3\xB3\xE2\x82\xAC"), PAL_ENCODING_UTF16LE},
    {"big end first", PAL_ENCODING_UTF16BE, BYTES("\xFE\xFF\0a\0\xF3\x20\xAC"),
     BYTES("a\xC3\xB3\xE2\x82\xAC"), PAL_ENCODING_UTF16BE},
    {"pair", PAL_ENCODING_UTF16LE, BYTES("\x3D\xD8\x00\xDE"), BYTES("\xF0\x9F\x98\x80"),
     PAL_ENCODING_UTF16LE},
    {"lone high", PAL_ENCODING_UTF16LE,
     BYTES("\x3D\xD8"
           "a\0"),
     BYTES("\xEF\xBF\xBD"
           "a"),
     PAL_ENCODING_UTF16LE},
    {"lone high at the end", PAL_ENCODING_UTF16LE, BYTES("\x3D\xD8"),
     BYTES("\xEF\xBF\xBD"), PAL_ENCODING_UTF16LE},
    {"lone low", PAL_ENCODING_UTF16LE, BYTES("\x00\xDE"), BYTES("\xEF\xBF\xBD"),
     PAL_ENCODING_UTF16LE},
    {"half a unit", PAL_ENCODING_UTF16LE, BYTES("a\0b"), BYTES("a\xEF\xBF\xBD"),
     PAL_ENCODING_UTF16LE},
};

static void text_is_the_same_whatever_the_pieces(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 7, 4096};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t j = 0; j < 2 * (sizeof sizes / sizeof *sizes); j++) {
            bool is_last_told_alone = j % 2 == 1;
            struct pal_view rest = rows[i].bytes;
            struct pal_decoder decoder;
            char out[512];
            size_t written = 0;

            pal_decoder_init(&decoder, rows[i].encoding);
            while (rest.size > 0) {
                struct pal_view piece = rest;
                bool is_last;
                size_t added;

                if (piece.size > sizes[j / 2]) {
                    piece.size = sizes[j / 2];
                }
                is_last = piece.size == rest.size && !is_last_told_alone;
                added = pal_decode(&decoder, piece, is_last, out + written);
                assert_true(added <= pal_decoder_room(piece.size));
                written += added;
                rest.data += piece.size;
                rest.size -= piece.size;
            }
            if (is_last_told_alone) {
                written +=
                    pal_decode(&decoder, (struct pal_view){0}, true, out + written);
            }
            if (!pal_view_is_equal((struct pal_view){out, written}, rows[i].want) ||
                decoder.encoding != rows[i].found) {
                print_error("%s in pieces of %zu\n", rows[i].label, sizes[j / 2]);
                fail();
            }
        }
    }
}

static void every_windows_1252_byte_has_its_character(void **state)
{
    (void)state;
    /* The characters of 0x80..0x9F, with the WHATWG's reading of the five undefined ones. */
    static const char want[] = "€\xC2\x81‚ƒ„…†‡ˆ‰Š‹Œ\xC2\x8DŽ\xC2\x8F"
                               "\xC2\x90‘’“”•–—˜™š›œ\xC2\x9DžŸ";
    char out[256];
    size_t written = 0;

    for (int c = 0x80; c < 0xA0; c++) {
        char byte = (char)c;
        struct pal_decoder decoder;

        pal_decoder_init(&decoder, PAL_ENCODING_WINDOWS1252);
        written +=
            pal_decode(&decoder, (struct pal_view){&byte, 1}, true, out + written);
    }
    assert_true(pal_view_is_equal((struct pal_view){out, written}, pal_view_of(want)));
}

static void the_encoding_is_found_in_the_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct pal_view bytes;
        bool is_whole;
        enum pal_encoding want;
    } heads[] = {
        {"nothing", BYTES(""), true, PAL_ENCODING_UTF8},
        {"ascii", BYTES("a,b\n"), true, PAL_ENCODING_UTF8},
        {"utf-8", BYTES("Le\xC3\xB3n"), true, PAL_ENCODING_UTF8},
        {"utf-8 cut off by the head", BYTES("Le\xC3"), false, PAL_ENCODING_UTF8},
        {"utf-8 cut off by the file", BYTES("Le\xC3"), true, PAL_ENCODING_WINDOWS1252},
        {"windows-1252", BYTES("Le\xF3n"), false, PAL_ENCODING_WINDOWS1252},
        {"mark, then not utf-8", BYTES("\xEF\xBB\xBFLe\xF3n"), true,
         PAL_ENCODING_WINDOWS1252},
        {"mark, little end", BYTES("\xFF\xFE\x41\x00"), true, PAL_ENCODING_UTF16LE},
        {"mark, big end", BYTES("\xFE\xFF\x00\x41"), true, PAL_ENCODING_UTF16BE},
        {"zeros behind", BYTES("a\0,\0b\0\n\0"), true, PAL_ENCODING_UTF16LE},
        {"zeros before", BYTES("\0a\0,\0b\0\n"), true, PAL_ENCODING_UTF16BE},
        {"one stray zero", BYTES("a,b\nc,\0d\ne,f\n"), true, PAL_ENCODING_UTF8},
    };

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        enum pal_encoding found = pal_encoding_find(heads[i].bytes, heads[i].is_whole);

        if (found != heads[i].want) {
            print_error("%s: %d\n", heads[i].label, (int)found);
            fail();
        }
    }
}

static void an_invalid_byte_is_found_wherever_it_stands(void **state)
{
    (void)state;
    char text[64];

    for (size_t i = 0; i < sizeof text; i++) {
        memset(text, 'a', sizeof text);
        assert_int_equal(pal_utf8_find_invalid((struct pal_view){text, i}, true), i);
        text[i] = (char)0xFF;
        assert_int_equal(
            pal_utf8_find_invalid((struct pal_view){text, sizeof text}, true), i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_the_same_whatever_the_pieces),
        cmocka_unit_test(every_windows_1252_byte_has_its_character),
        cmocka_unit_test(the_encoding_is_found_in_the_bytes),
        cmocka_unit_test(an_invalid_byte_is_found_wherever_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
