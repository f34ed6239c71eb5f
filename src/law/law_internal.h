/*
 * What the files of room law share: the open table, conditions, dates.
 */
#ifndef PAL_LAW_LAW_INTERNAL_H
#define PAL_LAW_LAW_INTERNAL_H

#include "law/law.h"

#define PAL_LAW_QUESTION_HOLD "hold past release on the document alone"
#define PAL_LAW_QUESTION_HAND "hand over"
#define PAL_LAW_QUESTION_NOTIFY "notify of release"

struct pal_law {
    struct pal_arena arena;
    size_t rule_count;
    struct pal_law_rule *rules;
    size_t place_count;
    struct pal_law_place places[PAL_LAW_PLACE_MAX];
    size_t document_count;
    struct pal_law_document documents[PAL_LAW_DOCUMENT_MAX];
};

/* "2014", "2014-05", "2014-05-29" or ""; false for anything else. */
bool pal_law_date_read(struct pal_view text, struct pal_law_date *out);
enum pal_law_force { PAL_LAW_NOT_IN_FORCE, PAL_LAW_MAY_BE_IN_FORCE, PAL_LAW_IN_FORCE };
enum pal_law_force pal_law_force_on(const struct pal_law_date *from,
                                    const struct pal_law_date *to, int32_t day);

/* Terms of a condition; false for a word that is none. */
bool pal_law_terms_read(struct pal_view condition, uint32_t *out);
enum pal_law_truth { PAL_LAW_FALSE, PAL_LAW_NOT_STATED, PAL_LAW_TRUE };
enum pal_law_truth pal_law_terms_hold(uint32_t terms,
                                      const struct pal_law_facts *facts);

/* The place and those it lies in, itself first. */
size_t pal_law_chain(const struct pal_law *law, int place,
                     int chain[PAL_LAW_CHAIN_MAX]);
/* One question to one actor about one document under some facts. */
struct pal_law_ask {
    int place;
    int32_t day;
    enum pal_law_actor actor;
    int document;
    struct pal_view question;
    struct pal_law_facts facts;
};
pal_status pal_law_answer(const struct pal_law *law, const struct pal_law_ask *ask,
                          struct pal_arena *arena, struct pal_law_decision *out,
                          struct pal_error *err) PAL_MUST_USE;
/* The rule says that it conflicts with the one of that id. */
bool pal_law_rule_names(const struct pal_law_rule *rule, struct pal_view id);
/* PAL_INPUT with both rules named when two overlap. */
pal_status pal_law_check_overlap(const struct pal_law *law, const char *name,
                                 struct pal_error *err) PAL_MUST_USE;

#endif
