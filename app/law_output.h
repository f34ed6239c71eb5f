/*
 * What `law show` writes: the rules that were in force for a place on a day, decision by
 * decision, as text for people or as JSON. Out of memory marks `out` failed.
 */
#ifndef PAL_APP_LAW_OUTPUT_H
#define PAL_APP_LAW_OUTPUT_H

#include "base/buffer.h"
#include "law/law.h"

struct pal_law_answer {
    const struct pal_law *law;
    const struct pal_law_query *query;
    const struct pal_law_decision *decisions; /* `count` of them */
    size_t count;
};

void pal_law_answer_text(const struct pal_law_answer *answer, struct pal_buffer *out);
void pal_law_answer_json(const struct pal_law_answer *answer, struct pal_buffer *out);

#endif
