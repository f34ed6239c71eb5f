#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "base/nearest.h"

static void a_slip_of_the_hand_finds_the_word(void **state)
{
    static const struct {
        const char *word;
        const char *known;
        size_t distance;
    } rows[] = {
        {"places", "places", 0}, {"plces", "places", 1},
        {"palces", "places", 1}, {"placess", "places", 1},
        {"Places", "places", 0}, {"pla", "places", 3},
        {"", "ab", 2},           {"kitten", "sitting", 3},
        {"ab", "", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t distance =
            pal_word_distance(pal_view_of(rows[i].word), pal_view_of(rows[i].known));
        if (distance != rows[i].distance) {
            fail_msg("%s to %s: %zu", rows[i].word, rows[i].known, distance);
        }
        distance =
            pal_word_distance(pal_view_of(rows[i].known), pal_view_of(rows[i].word));
        assert_int_equal(distance, rows[i].distance);
    }
}

static void the_nearest_of_several_words_is_kept(void **state)
{
    static const char *const known[] = {"describe", "import", "export", "report"};
    static const struct {
        const char *word;
        const char *want;
    } rows[] = {
        {"imprt", "import"},  {"exprot", "export"}, {"reprot", "report"},
        {"desc", "describe"}, {"xyzzy", NULL},      {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_nearest nearest = {.word = pal_view_of(rows[i].word)};
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
            pal_nearest_try(&nearest, pal_view_of(known[k]));
        }
        if (rows[i].want == NULL) {
            assert_null(nearest.best.data);
        } else {
            assert_true(pal_view_is_equal(nearest.best, pal_view_of(rows[i].want)));
        }
    }
}

static void a_text_too_long_to_be_a_word_is_unlike_any(void **state)
{
    char text[PAL_NEAREST_SIZE_MAX + 2];
    struct pal_nearest nearest = {.word = {text, sizeof text}};
    (void)state;
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = 'a';
    }
    pal_nearest_try(&nearest, PAL_VIEW("a"));
    assert_null(nearest.best.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_of_the_hand_finds_the_word),
        cmocka_unit_test(the_nearest_of_several_words_is_kept),
        cmocka_unit_test(a_text_too_long_to_be_a_word_is_unlike_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
