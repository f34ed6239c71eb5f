/*
 * Comparisons without an amount: more or fewer than usual, and ranks ("the most arrests of any
 * office", "ranked second in removals").
 */
#include <string.h>

#include "document/statement_internal.h"

static const struct pal_lexeme *unit_near(const struct pal_sentence *s, size_t i,
                                          size_t back, size_t ahead)
{
    for (size_t k = i; k < s->count && k < i + ahead; k++) {
        const struct pal_lexeme *unit = pal_find(s, k, PAL_CLASS(UNIT));
        if (unit != NULL && pal_is_event_or_person(unit)) {
            return unit;
        }
    }
    for (size_t k = i; k-- > 0 && k + back > i;) {
        const struct pal_lexeme *unit = pal_find(s, k, PAL_CLASS(UNIT));
        if (unit != NULL && pal_is_event_or_person(unit)) {
            return unit;
        }
    }
    return NULL;
}

static size_t back_to(const struct pal_sentence *s, size_t i, const char *const *words,
                      size_t count, size_t back)
{
    for (size_t k = i; k-- > 0 && k + back > i;) {
        for (size_t w = 0; w < count; w++) {
            if (pal_is_word(s, k, words[w])) {
                return k;
            }
        }
    }
    return SIZE_MAX;
}

pal_status pal_usual_make(struct pal_sentence *s, struct pal_suggestions *out,
                          struct pal_error *err)
{
    static const char *const more[] = {"more", "higher", "above", "greater",
                                       "exceeded"};
    static const char *const less[] = {"fewer", "less", "lower", "below"};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < s->count; i++) {
        const struct pal_lexeme *usual = pal_find(s, i, PAL_CLASS(USUAL));
        if (usual == NULL) {
            continue;
        }
        size_t up = back_to(s, i, more, sizeof more / sizeof more[0], 6);
        size_t down = back_to(s, i, less, sizeof less / sizeof less[0], 6);
        const struct pal_lexeme *subject = unit_near(s, i, 20, 0);
        size_t end = i + usual->word_count;
        i = end - 1;
        if (subject == NULL || (up == SIZE_MAX && down == SIZE_MAX) ||
            pal_is(s, end, PAL_CLASS(NUMBER)) ||
            (end < s->count && s->tokens[end].kind == PAL_TOKEN_NUMBER)) {
            continue;
        }
        bool is_up = up != SIZE_MAX && (down == SIZE_MAX || up > down);
        size_t first = is_up ? up : down;
        struct pal_draft draft = {
            .first = first,
            .end = end,
            .test = is_up ? "more-than-usual" : "fell",
            .comparison = pal_token_text(s, first, end),
            .unit = subject->text,
            .subject = subject->text,
            .is_person = subject->kind == PAL_UNIT_PERSON,
        };
        st = pal_draft_put(s, &draft, out, err);
    }
    return st;
}

static bool is_rank(const struct pal_sentence *s, size_t i,
                    const struct pal_lexeme *rank)
{
    static const char *const more[] = {"more", "most"};
    size_t end = i + rank->word_count;
    if (pal_view_has_prefix(rank->phrase, PAL_VIEW("than"))) {
        return back_to(s, i, more, 2, 20) != SIZE_MAX;
    }
    if (pal_view_has_suffix(rank->phrase, PAL_VIEW("other"))) {
        return true;
    }
    /* "the most arrests", "the highest number of arrests", not "the most violent". */
    const struct pal_lexeme *unit = pal_find(s, end, PAL_CLASS(UNIT));
    return (unit != NULL && pal_is_event_or_person(unit)) ||
           pal_is_word(s, end, "number") || pal_is_word(s, end, "share") ||
           pal_is_word(s, end, "total") ||
           pal_view_has_suffix(rank->phrase, PAL_VIEW("number"));
}

/* "ranked second in removals", "the third-highest number of arrests", "ranks No. 4": 0: none. */
static double rank_at(const struct pal_sentence *s, size_t i, size_t *end)
{
    static const char *const best[] = {"-highest", "-most", "-largest", "-busiest"};
    size_t at = i;
    if (pal_is(s, i, PAL_CLASS(RANKED))) {
        at += pal_find(s, i, PAL_CLASS(RANKED))->word_count;
        const struct pal_lexeme *ordinal = pal_find(s, at, PAL_CLASS(ORDINAL));
        bool is_number = pal_is_word(s, at, "no") && at + 1 < s->count &&
                         s->tokens[at + 1].kind == PAL_TOKEN_NUMBER;
        if (ordinal != NULL) {
            *end = at + 1;
            return pal_is_word(s, at, "final") ? 0 : ordinal->value;
        }
        *end = at + 2;
        return is_number ? s->tokens[at + 1].value : 0;
    }
    struct pal_view word = i < s->count ? s->tokens[i].lower : PAL_VIEW("");
    static const char *const names[] = {"second",  "third",  "fourth", "fifth", "sixth",
                                        "seventh", "eighth", "ninth",  "tenth"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        for (size_t b = 0; b < sizeof best / sizeof best[0]; b++) {
            struct pal_view name = pal_view_of(names[k]);
            struct pal_view tail = pal_view_of(best[b]);
            bool is_whole = word.size == name.size + tail.size &&
                            pal_view_has_prefix(word, name) &&
                            pal_view_has_suffix(word, tail);
            bool is_parted = pal_view_is_equal(word, name) &&
                             pal_is_mark(s, i + 1, '-') && i + 2 < s->count &&
                             pal_view_has_suffix(tail, s->tokens[i + 2].lower) &&
                             s->tokens[i + 2].lower.size + 1 == tail.size;
            if (is_whole || is_parted) {
                *end = is_whole ? i + 1 : i + 3;
                return (double)k + 2;
            }
        }
    }
    return 0;
}

static struct pal_draft rank_of(const struct pal_sentence *s,
                                const struct pal_lexeme *subject, size_t first,
                                size_t end)
{
    return (struct pal_draft){
        .first = first,
        .end = end,
        .test = "rank",
        .comparison = pal_token_text(s, first, end),
        .unit = subject->text,
        .subject = subject->text,
        .is_person = subject->kind == PAL_UNIT_PERSON,
    };
}

static pal_status make_stated_ranks(struct pal_sentence *s, struct pal_suggestions *out,
                                    struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < s->count; i++) {
        size_t end = i;
        double value = rank_at(s, i, &end);
        const struct pal_lexeme *subject = value > 0 ? unit_near(s, end, 25, 6) : NULL;
        subject = subject == NULL && value > 0 ? s->carried : subject; /* "it ranked" */
        if (subject == NULL) {
            continue;
        }
        struct pal_draft draft = rank_of(s, subject, i, end);
        draft.has_value = true;
        draft.value = value;
        st = pal_draft_put(s, &draft, out, err);
        i = end - 1;
    }
    return st;
}

pal_status pal_ranks_make(struct pal_sentence *s, struct pal_suggestions *out,
                          struct pal_error *err)
{
    pal_status st = make_stated_ranks(s, out, err);
    for (size_t i = 0; st == PAL_OK && i < s->count; i++) {
        const struct pal_lexeme *rank = pal_find(s, i, PAL_CLASS(RANK));
        if (rank == NULL || !is_rank(s, i, rank)) {
            continue;
        }
        size_t end = i + rank->word_count;
        const struct pal_lexeme *subject = unit_near(s, end, 25, 4);
        if (subject == NULL) {
            continue;
        }
        struct pal_draft draft = rank_of(s, subject, i, end);
        st = pal_draft_put(s, &draft, out, err);
        i = end - 1;
    }
    return st;
}
