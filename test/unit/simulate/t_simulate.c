/* The simulated release: same bytes twice, truth that adds up, wrong specifications refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "simulate/simulate.h"

static struct pal_simulate_spec small_spec(void)
{
    struct pal_simulate_spec spec;
    pal_simulate_defaults(&spec);
    spec.seed = 7;
    spec.first = pal_day_from_text("2024-09-01");
    spec.last = pal_day_from_text("2024-11-30");
    spec.campaign.first = pal_day_from_text("2024-10-01");
    spec.campaign.last = pal_day_from_text("2024-11-09");
    spec.campaign.spurt_days = 7;
    spec.area_count = 3;
    spec.areas[0] = (struct pal_simulate_area){.roster = {5, 2, 8},
                                               .name = PAL_VIEW("Boston"),
                                               .state = PAL_VIEW("MASSACHUSETTS"),
                                               .city = PAL_VIEW("BOSTON"),
                                               .arrests_a_day = 6,
                                               .detainers_a_day = 2,
                                               .declined_share = 0.3,
                                               .is_in_campaign = true};
    spec.areas[1] = spec.areas[0];
    spec.areas[1].name = PAL_VIEW("Chicago");
    spec.areas[2] = spec.areas[0];
    spec.areas[2].name = PAL_VIEW("Dallas");
    spec.areas[2].is_in_campaign = false;
    return spec;
}

static void make_folder(char out[64])
{
    (void)snprintf(out, 64, "/tmp/pal-simulate-XXXXXX");
    assert_non_null(mkdtemp(out));
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"/truth", ""};
    for (size_t n = 0; n < 2; n++) {
        struct pal_arena arena;
        const char *const *paths = NULL;
        size_t count = 0;
        char path[128];
        (void)snprintf(path, sizeof path, "%s%s", folder, names[n]);
        pal_arena_init(&arena, 1U << 20);
        assert_int_equal(pal_folder_list(path, &arena, &paths, &count, NULL), PAL_OK);
        for (size_t i = 0; i < count; i++) {
            (void)unlink(paths[i]);
        }
        (void)rmdir(path);
        pal_arena_clear(&arena);
    }
}

static void the_same_specification_gives_the_same_bytes(void **state)
{
    char folders[2][64];
    struct pal_simulate_counts counts[2];
    struct pal_simulate_spec spec = small_spec();
    struct pal_arena arena;
    const char *const *paths[2] = {NULL, NULL};
    size_t count[2] = {0, 0};
    (void)state;
    pal_arena_init(&arena, 1U << 20);
    for (int i = 0; i < 2; i++) {
        make_folder(folders[i]);
        assert_int_equal(
            pal_simulate_write(&spec, folders[i], NULL, NULL, &counts[i], NULL),
            PAL_OK);
        assert_int_equal(
            pal_folder_list(folders[i], &arena, &paths[i], &count[i], NULL), PAL_OK);
    }
    assert_memory_equal(&counts[0], &counts[1], sizeof counts[0]);
    assert_int_equal(count[0], count[1]);
    assert_true(count[0] >=
                9); /* two fiscal years of three tables, three truth files */
    for (size_t i = 0; i < count[0]; i++) {
        struct pal_digest digest[2];
        uint64_t size;
        for (int k = 0; k < 2; k++) {
            assert_int_equal(pal_sha256_file(paths[k][i], &digest[k], &size, NULL),
                             PAL_OK);
        }
        assert_memory_equal(&digest[0], &digest[1], sizeof digest[0]);
    }
    pal_arena_clear(&arena);
    remove_folder(folders[0]);
    remove_folder(folders[1]);
}

static void the_truth_adds_up_and_spurts_take_turns(void **state)
{
    char folder[64];
    char path[128];
    char line[256];
    struct pal_simulate_counts counts;
    struct pal_simulate_spec spec = small_spec();
    int64_t arrests = 0;
    int64_t campaign = 0;
    int spurts = 0;
    int32_t starts[16];
    (void)state;
    make_folder(folder);
    assert_int_equal(pal_simulate_write(&spec, folder, NULL, NULL, &counts, NULL),
                     PAL_OK);
    (void)snprintf(path, sizeof path, "%s/truth/arrests_by_area_month.csv", folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        long long a;
        long long c;
        if (sscanf(line, "%*[^,],%*[^,],%lld,%lld", &a, &c) == 2) {
            arrests += a;
            campaign += c;
        }
    }
    (void)fclose(file);
    assert_int_equal(arrests, counts.arrests);
    assert_int_equal(campaign, counts.campaign_arrests);
    assert_true(counts.campaign_arrests > 0);
    assert_true(counts.arrest_rows > counts.arrests);
    (void)snprintf(path, sizeof path, "%s/truth/spurts.csv", folder);
    file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL && spurts < 16) {
        char first[16];
        assert_int_equal(sscanf(line, "%*[^,],%15[^,],", first), 1);
        starts[spurts++] = pal_day_from_text(first);
    }
    (void)fclose(file);
    assert_int_equal(spurts, 4);
    /* Boston, Boston, Chicago, Chicago: in time they alternate. */
    assert_true(starts[0] < starts[2] && starts[2] < starts[1] &&
                starts[1] < starts[3]);
    remove_folder(folder);
}

static void a_wrong_specification_is_refused(void **state)
{
    struct pal_error err;
    struct pal_simulate_spec spec = small_spec();
    (void)state;
    spec.duplicate_share = 1.5;
    assert_int_equal(pal_simulate_check(&spec, &err), PAL_USAGE);
    assert_non_null(strstr(err.text, "duplicate_share"));
    spec = small_spec();
    spec.last = spec.first - 1;
    assert_int_equal(pal_simulate_check(&spec, &err), PAL_USAGE);
    spec = small_spec();
    spec.areas[0].arrests_a_day = -1;
    assert_int_equal(pal_simulate_check(&spec, &err), PAL_USAGE);
    spec = small_spec();
    spec.campaign.effect = 0.5;
    assert_int_equal(pal_simulate_check(&spec, &err), PAL_USAGE);
    spec = small_spec();
    spec.areas[0].arrests_a_day = 9000;
    for (size_t i = 0; i < 3; i++) {
        spec.areas[i].arrests_a_day = 10000;
    }
    spec.campaign.effect = 100;
    spec.last = spec.first + 9000;
    assert_int_equal(pal_simulate_check(&spec, &err), PAL_LIMIT);
}

static void no_memory_is_said_in(enum pal_simulate_format format)
{
    char folder[64];
    const struct pal_simulate_options options = {.format = format, .thread_count = 2};
    struct pal_simulate_spec spec = small_spec();
    struct pal_simulate_counts counts;
    pal_status st = PAL_MEMORY;
    spec.last = spec.first + 5;
    make_folder(folder);
    for (size_t n = 1; st != PAL_OK; n++) {
        assert_true(n < 2000);
        pal_alloc_fail_after(n);
        st = pal_simulate_write(&spec, folder, &options, NULL, &counts, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || st == PAL_MEMORY);
    }
    remove_folder(folder);
}

static void no_memory_is_said(void **state)
{
    (void)state;
    no_memory_is_said_in(PAL_SIMULATE_XLSX);
    no_memory_is_said_in(PAL_SIMULATE_CSV);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_specification_gives_the_same_bytes),
        cmocka_unit_test(the_truth_adds_up_and_spurts_take_turns),
        cmocka_unit_test(a_wrong_specification_is_refused),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
