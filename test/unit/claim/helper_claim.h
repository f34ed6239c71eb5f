/* One claim in a list of its own, for the tests of room claim. */
#ifndef PAL_TEST_CLAIM_H
#define PAL_TEST_CLAIM_H

#include "claim/claim.h"

struct sample {
    struct pal_claims claims;
    struct pal_claim claim;
    struct pal_judgement *judgement;
};

void sample_init(struct sample *sample, const char *measure, enum pal_claim_test test);
void sample_where(struct sample *sample, const char *dimension, const char *value);
void sample_days(struct sample *sample, const char *first, const char *last);
void sample_value(struct sample *sample, double value);
/* Checks it, or fails the test; the finding is good until sample_clear. */
const struct pal_finding *sample_check(struct sample *sample, struct pal_store *store);
void sample_clear(struct sample *sample);
/* Fails the test where the text lacks the words. */
void assert_said(struct pal_view text, const char *words);

#endif
