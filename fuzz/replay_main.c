/*
 * Runs a fuzz harness over each file of a folder, so that a corpus is an ordinary test
 * everywhere.
 */
#include <stdint.h>
#include <stdio.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_SIZE_MAX = 64 * 1024 * 1024, PATHS_SIZE_MAX = 64 * 1024 * 1024 };

int main(int argc, char **argv)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    struct pal_buffer input;
    const char *const *paths = NULL;
    size_t count = 0;
    pal_arena_init(&arena, PATHS_SIZE_MAX);
    pal_buffer_init(&input, INPUT_SIZE_MAX);
    pal_status st = argc == 2 ? PAL_OK : pal_fail(&err, PAL_USAGE, "give one folder");
    if (st == PAL_OK) {
        st = pal_hash_setup(&err);
    }
    if (st == PAL_OK) {
        st = pal_folder_list(argv[1], &arena, &paths, &count, &err);
    }
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        pal_buffer_reset(&input);
        st = pal_file_read(paths[i], &input, &err);
        if (st == PAL_OK) {
            (void)LLVMFuzzerTestOneInput((const uint8_t *)input.data, input.size);
        }
    }
    if (st == PAL_OK && count == 0) {
        st = pal_fail(&err, PAL_INPUT, "%s holds no file", argv[1]);
    }
    (void)fprintf(stderr, "%zu inputs %s\n", count,
                  st == PAL_OK ? "replayed" : err.text);
    pal_buffer_clear(&input);
    pal_arena_clear(&arena);
    return pal_status_exit_code(st);
}
