/* A simulation's specification from its bytes: within its ranges, or refused with words. */
#include <stdint.h>

#include "app/spec_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pal_simulate_spec spec;
    struct pal_view text = {(const char *)data, size};
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    pal_arena_init(&arena, PAL_SPEC_ARENA_MAX);
    pal_status st = pal_spec_parse(text, "fuzz.yaml", &arena, &spec, &err);

    PAL_BUG_IF(st == PAL_OK && pal_simulate_check(&spec, NULL) != PAL_OK);
    PAL_BUG_IF(st != PAL_OK && err.text[0] == '\0');
    pal_arena_clear(&arena);
    return 0;
}
