/* A method's parameters and its table from their bytes: the part before the first zero byte
 * is JSON, the part behind it a csv. What is read runs, with low caps. */
#include <stdint.h>
#include <string.h>

#include "app/frame_file.h"
#include "app/params_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size > 0 ? memchr(data, 0, size) : NULL;
    size_t head = end != NULL ? (size_t)(end - data) : size;
    size_t tail = end != NULL ? head + 1 : size;
    struct pal_view json = {(const char *)data, head};
    struct pal_view csv = {(const char *)data + tail, size - tail};
    struct pal_arena arena;
    struct pal_params params;
    struct pal_frame in;
    struct pal_frame out;
    struct pal_error err = {PAL_OK, ""};
    pal_arena_init(&arena, 1 << 24);
    if (pal_params_parse(json, "fuzz.json", &arena, &params, &err) == PAL_OK &&
        pal_frame_parse(csv, "fuzz.csv", &arena, &in, &err) == PAL_OK) {
        pal_status st = pal_method_run(&params, &in, &arena, &out, &err);
        PAL_BUG_IF(st != PAL_OK && err.text[0] == '\0');
    }
    pal_arena_clear(&arena);
    return 0;
}
