/* A claims file from its bytes: each entry read or with a problem in words, or all refused. */
#include <stdint.h>

#include "app/claims_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pal_view text = {(const char *)data, size};
    struct pal_claims claims;
    struct pal_error err = {PAL_OK, ""};
    pal_status st = pal_claims_parse(text, "fuzz.yaml", &claims, &err);

    PAL_BUG_IF(st != PAL_OK && err.text[0] == '\0');
    for (size_t i = 0; st == PAL_OK && i < claims.count; i++) {
        PAL_BUG_IF(claims.items[i].what.where_count > PAL_CLAIM_CONDITION_MAX);
        PAL_BUG_IF(claims.items[i].problem.size == 0 && claims.items[i].id.size == 0);
    }
    pal_claims_clear(&claims);
    return 0;
}
