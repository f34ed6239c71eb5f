#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "helper_claim.h"

void sample_init(struct sample *sample, const char *measure, enum pal_claim_test test)
{
    pal_claims_init(&sample->claims);
    pal_claim_fill(&sample->claim);
    sample->judgement = NULL;
    sample->claims.items = &sample->claim;
    sample->claims.count = 1;
    sample->claim.id = PAL_VIEW("one");
    sample->claim.statement = PAL_VIEW("Something was said.");
    sample->claim.test = test;
    sample->claim.what.measure = pal_view_of(measure);
}

void sample_where(struct sample *sample, const char *dimension, const char *value)
{
    struct pal_claim_what *what = &sample->claim.what;
    what->where[what->where_count++] =
        (struct pal_condition){pal_view_of(dimension), pal_view_of(value)};
}

void sample_days(struct sample *sample, const char *first, const char *last)
{
    sample->claim.what.first = pal_day_from_text(first);
    sample->claim.what.last = pal_day_from_text(last);
}

void sample_value(struct sample *sample, double value)
{
    sample->claim.has_value = true;
    sample->claim.value = value;
}

const struct pal_finding *sample_check(struct sample *sample, struct pal_store *store)
{
    struct pal_error err = {PAL_OK, ""};
    pal_status st = pal_claim_review(&sample->claims, 0, &err);
    if (st == PAL_OK) {
        st = pal_claims_check(store, &sample->claims, NULL, &sample->judgement, &err);
    }
    if (st != PAL_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(st, PAL_OK);
    assert_int_equal(sample->judgement->count, 1);
    const struct pal_finding *finding = &sample->judgement->findings[0];
    print_message("%s: %.*s\n", pal_verdict_text(finding->verdict),
                  PAL_VIEW_ARG(finding->why));
    return finding;
}

void sample_clear(struct sample *sample)
{
    pal_judgement_free(sample->judgement);
    pal_claims_clear(&sample->claims);
}

void assert_said(struct pal_view text, const char *words)
{
    if (pal_view_find(text, pal_view_of(words)) == text.size) {
        fail_msg("\"%.*s\" lacks \"%s\"", PAL_VIEW_ARG(text), words);
    }
}
