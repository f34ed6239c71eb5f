/* A study file from its bytes: read within its limits, or refused with a line. */
#include <stdint.h>

#include "app/study_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pal_view text = {(const char *)data, size};
    struct pal_study study;
    struct pal_error err = {PAL_OK, ""};
    pal_status st = pal_study_parse(text, "fuzz.yaml", &study, &err);

    PAL_BUG_IF(st == PAL_OK && study.pattern_count == 0);
    PAL_BUG_IF(st != PAL_OK && err.text[0] == '\0');
    (void)pal_study_match(&study, text);
    pal_study_clear(&study);
    return 0;
}
