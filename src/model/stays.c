/*
 * Stays from spells, and arrests linked to stays one to one.
 */
#include "model/model_internal.h"

pal_status pal_model_stays(struct pal_store *store, struct pal_error *err)
{
    static const char *const names[] = {"stay_spell_build",  "stay_longest_build",
                                        "stay_codes_build",  "stay_bond_build",
                                        "stay_number_build", "stay_several_build"};
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < sizeof names / sizeof names[0]; i++) {
        status = pal_model_run(store, names[i], PAL_NO_SLOTS, NULL, 0, err);
    }
    return status == PAL_OK
               ? pal_model_run_rule(store, "stay_insert", PAL_NO_SLOTS, err)
               : status;
}

/* Each round links those who are each other's best among the free; both sides prefer by one
 * and the same order, so the rounds end in the one stable matching. */
pal_status pal_model_links(struct pal_store *store, struct pal_error *err)
{
    int64_t linked = 1;
    pal_status status =
        pal_model_run(store, "link_candidate_build", PAL_NO_SLOTS, NULL, 0, err);
    for (int64_t round = 1; status == PAL_OK && linked > 0; round++) {
        struct pal_value values[] = {pal_model_text(PAL_VIEW(PAL_RULE_VERSION)),
                                     pal_model_integer(round)};
        if (round > PAL_LINK_ROUND_MAX) {
            return pal_fail(err, PAL_LIMIT,
                            "linking arrests to stays needs more than %d rounds",
                            (int)PAL_LINK_ROUND_MAX);
        }
        status = pal_model_run(store, "link_round", PAL_NO_SLOTS, values, 2, err);
        if (status == PAL_OK) {
            status = pal_model_count(store, "link_count", &values[1], 1, &linked, err);
        }
    }
    return status;
}
