/* An edited table of rules from its bytes: read, or refused with a line. What is read answers
 * any question, and no answer decides without a rule unless it is unknown. */
#include <stdint.h>

#include "law/law.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pal_view text = {size > 0 ? (const char *)data : "", size};
    struct pal_law_query query = {.day = pal_day_from_text("2020-03-01")};
    struct pal_law_decision *decisions = NULL;
    struct pal_law *law = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    pal_arena_init(&arena, 64U << 20);
    pal_status st = pal_law_open(text, "fuzz.csv", &law, &err);

    PAL_BUG_IF(st != PAL_OK && err.text[0] == '\0');
    query.place = st == PAL_OK ? (int)(size % pal_law_place_count(law)) : 0;
    if (st == PAL_OK) {
        st = pal_law_decide(law, &query, &arena, &decisions, &count, &err);
    }
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        PAL_BUG_IF(decisions[i].outcome != PAL_LAW_UNKNOWN &&
                   decisions[i].deciding_count == 0);
    }
    pal_arena_clear(&arena);
    pal_law_close(law);
    return 0;
}
