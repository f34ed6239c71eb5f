/*
 * What a sentence states: amounts and shares here, changes in change.c, ranks and comparisons
 * with what is usual in rank.c, each a suggestion of its own. Place and day are the nearest
 * that the sentence names.
 */
#include <string.h>

#include "document/statement_internal.h"

enum { COMPARISON_TOKENS = 7, COMPARISON_SIZE_MAX = 400, SAYING_BACK = 2 };

static size_t distance(size_t first, size_t end, const struct pal_draft *claim)
{
    if (end <= claim->first) {
        return claim->first - end;
    }
    return first >= claim->end ? first - claim->end : 0;
}

/* "said on Monday", "told reporters Monday that". */
static bool is_behind_speech(const struct pal_sentence *s, size_t i)
{
    for (size_t back = 1; back <= SAYING_BACK && back <= i; back++) {
        if (s->tokens[i - back].kind == PAL_TOKEN_MARK) {
            return false;
        }
        if (pal_is(s, i - back, PAL_CLASS(SPEECH))) {
            return true;
        }
    }
    return false;
}

/* In clauses parted by a semicolon. */
static bool is_parted(const struct pal_sentence *s, size_t a, size_t b)
{
    for (size_t i = a < b ? a : b; i < (a < b ? b : a); i++) {
        if (pal_is_mark(s, i, ';')) {
            return true;
        }
    }
    return false;
}

static const struct pal_time *nearest_time(const struct pal_sentence *s,
                                           const struct pal_draft *claim)
{
    const struct pal_time *best = NULL;
    size_t best_away = SIZE_MAX;
    for (size_t i = 0; i < s->time_count; i++) {
        const struct pal_time *time = &s->times[i];
        bool has_days = time->from != PAL_DAY_NONE || time->to != PAL_DAY_NONE;
        /* "a spokesman said on Monday" dates the saying. */
        bool is_saying = time->from == time->to && is_behind_speech(s, time->first);
        size_t away = distance(time->first, time->end, claim) +
                      (is_parted(s, time->first, claim->first) ? PAL_TOKEN_MAX : 0);
        /* "from 40 in January to 60 in March": of two as near, the one behind. */
        away = 2 * away + (time->first < claim->first ? 1 : 0);
        if (has_days && !time->is_compared && !is_saying && away < best_away) {
            best = time;
            best_away = away;
        }
    }
    return best;
}

static const struct pal_where *nearest_place(const struct pal_sentence *s,
                                             const struct pal_draft *claim)
{
    const struct pal_where *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < s->place_count; i++) {
        const struct pal_where *place = &s->places[i];
        size_t away = distance(place->first, place->end, claim);
        bool is_saying =
            place->first >= s->speech_first && place->first < s->speech_end;
        /* "ICE in Washington said" is about elsewhere; the head of an office is not. */
        bool is_apart =
            place->first > 0 && (pal_is_word(s, place->first - 1, "except") ||
                                 pal_is_word(s, place->first - 1, "besides") ||
                                 pal_is_word(s, place->first - 1, "than"));
        if ((is_saying && !place->is_office) || is_apart) {
            continue;
        }
        away += is_saying ? PAL_TOKEN_MAX : 0;
        /* A place behind is nearer than one as far in front: "54 people in Newark". */
        away = 2 * away + (place->first < claim->first ? 1 : 0);
        if (place->value.size > 0 && away < best_distance) {
            best = place;
            best_distance = away;
        }
    }
    return best;
}

static void fill_comparison(const struct pal_sentence *s, struct pal_draft *claim)
{
    for (size_t i = claim->end; claim->comparison.size == 0 && i < s->count; i++) {
        bool begins = pal_is_word(s, i, "than") || pal_is_word(s, i, "compared") ||
                      pal_is_word(s, i, "rather") || pal_is_word(s, i, "instead") ||
                      pal_is_word(s, i, "versus") ||
                      (pal_is(s, i, PAL_CLASS(UP) | PAL_CLASS(DOWN)) &&
                       pal_is_word(s, i + 1, "from")) ||
                      (pal_is_word(s, i, "more") && pal_is(s, i + 1, PAL_CLASS(USUAL)));
        if (!begins) {
            continue;
        }
        size_t end = i + 1;
        while (end < s->count && end < i + COMPARISON_TOKENS &&
               (s->tokens[end].kind != PAL_TOKEN_MARK || s->tokens[end].mark == '%' ||
                s->tokens[end].mark == '-')) {
            end++;
        }
        claim->comparison = pal_token_text(s, i, end);
    }
}

/* "fell 12 percent compared with January": the one time that the sentence compares with. */
static void find_against(const struct pal_sentence *s, struct pal_suggestion *to)
{
    const struct pal_time *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < s->time_count; i++) {
        if (s->times[i].is_compared && s->times[i].from != PAL_DAY_NONE &&
            s->times[i].to != PAL_DAY_NONE) {
            found = &s->times[i];
            count++;
        }
    }
    if (count == 1 &&
        (strcmp(to->test, "rose") == 0 || strcmp(to->test, "fell") == 0)) {
        to->has_against = true;
        to->against_from = found->from;
        to->against_to = found->to;
    }
}

pal_status pal_draft_put(struct pal_sentence *s, struct pal_draft *claim,
                         struct pal_suggestions *out, struct pal_error *err)
{
    if (out->count == PAL_SUGGESTION_MAX) {
        out->left_out++;
        return PAL_OK;
    }
    struct pal_suggestion *to = &out->items[out->count];
    const struct pal_time *time = nearest_time(s, claim);
    const struct pal_where *place = nearest_place(s, claim);
    size_t at = s->tokens[0].at;
    const struct pal_token *last = &s->tokens[s->count - 1];
    fill_comparison(s, claim);
    if (claim->comparison.size > COMPARISON_SIZE_MAX) {
        claim->comparison = PAL_VIEW("");
    }
    *to = (struct pal_suggestion){
        .role = s->role,
        .speech =
            s->is_direct && s->tokens[claim->first].is_quoted ? "direct" : "reported",
        .passage = s->passage + 1,
        .from = time == NULL ? PAL_DAY_NONE : time->from,
        .to = time == NULL ? PAL_DAY_NONE : time->to,
        .dimension = place == NULL ? NULL : place->dimension,
        .test = claim->test,
        .has_value = claim->has_value,
        .value = claim->value,
        .has_value_high = claim->has_high,
        .value_high = claim->high,
    };
    pal_document_locate(s->document, at, (size_t)last->at + last->size - at,
                        &to->first_byte, &to->last_byte);
    const struct pal_counted counted = {
        .unit = claim->subject.size > 0 ? claim->subject : claim->unit,
        .rate = claim->rate,
        .is_person = claim->is_person,
        .is_share = claim->is_share,
        .is_staff = claim->is_staff,
        .is_time = claim->is_time,
        .is_part = claim->is_part,
        .is_since = time != NULL && time->is_since,
    };
    find_against(s, to);
    const struct {
        struct pal_view from;
        struct pal_view *to;
    } texts[] = {{claim->hedge, &to->hedge},
                 {s->speaker, &to->speaker},
                 {place == NULL ? PAL_VIEW("") : place->value, &to->place}};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof texts / sizeof texts[0]; i++) {
        st = pal_arena_copy(&out->arena, texts[i].from, texts[i].to, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_format(
            &out->arena, &to->unit, err, "%.*s%s%.*s", PAL_VIEW_ARG(claim->unit),
            claim->rate.size > 0 ? " " : "", PAL_VIEW_ARG(claim->rate));
    }
    if (st == PAL_OK) {
        pal_measure_for(s, &counted, to);
    }
    if (st == PAL_OK && claim->comparison.size > 0) {
        st = pal_arena_copy(&out->arena, claim->comparison, &to->comparison, err);
    }
    if (st == PAL_OK) {
        st = pal_quotation(s, claim->first, claim->end, &out->arena, &to->quotation,
                           err);
    }
    if (st == PAL_OK) {
        st = pal_statement_word(s, to, claim->subject, &out->arena, err);
    }
    out->count += st == PAL_OK ? 1 : 0;
    return st;
}

/* ---- amounts ---- */

static pal_status make_amounts(struct pal_sentence *s, struct pal_suggestions *out,
                               struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t k = 0; st == PAL_OK && k < s->number_count; k++) {
        const struct pal_number *number = &s->numbers[k];
        if (number->is_out || number->is_taken) {
            continue;
        }
        struct pal_draft claim = {
            .first = number->hedge_first,
            .end = number->unit_at == SIZE_MAX ? number->end : number->unit_end,
            .test = number->test,
            .has_value = number->has_value,
            .value = number->value,
            .has_high = number->has_high,
            .high = number->high,
            .unit = number->unit_text,
            .rate = number->rate,
            .hedge = number->hedge,
            .is_share = number->is_share,
            .is_person = number->unit != NULL ? number->unit->kind == PAL_UNIT_PERSON
                                              : number->is_share,
            .is_staff = number->unit != NULL && number->unit->kind == PAL_UNIT_STAFF,
            .is_time = number->unit != NULL && number->unit->kind == PAL_UNIT_TIME,
            .is_part = number->is_part,
        };
        if (number->is_share) {
            claim.subject = number->unit_text;
            claim.unit = number->has_value ? PAL_VIEW("%") : number->unit_text;
            claim.rate = PAL_VIEW("");
        }
        st = pal_draft_put(s, &claim, out, err);
    }
    return st;
}

pal_status pal_statements_make(struct pal_sentence *sentence,
                               struct pal_suggestions *out, struct pal_error *err)
{
    pal_status st = pal_changes_make(sentence, out, err);
    if (st == PAL_OK) {
        st = pal_ratios_make(sentence, out, err);
    }
    if (st == PAL_OK) {
        st = make_amounts(sentence, out, err);
    }
    if (st == PAL_OK) {
        st = pal_usual_make(sentence, out, err);
    }
    return st == PAL_OK ? pal_ranks_make(sentence, out, err) : st;
}
