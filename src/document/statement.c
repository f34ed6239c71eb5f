/*
 * What a sentence states: amounts, shares, changes, ranks, and comparisons with what is usual,
 * each a suggestion of its own. Place and day are the nearest that the sentence names.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { SUBJECT_BACK = 12, AMOUNT_AHEAD = 5, COMPARISON_TOKENS = 7, SAYING_BACK = 2 };

/* A suggestion in the making. */
struct claim {
    size_t first; /* tokens that it stands on */
    size_t end;
    const char *test;
    bool has_value;
    double value;
    bool has_high;
    double high;
    struct pal_view unit;
    struct pal_view rate;
    struct pal_view hedge;
    struct pal_view comparison;
    struct pal_view subject; /* what it is a share of, or what changed */
    bool is_person;
    bool is_share;
};

static size_t distance(size_t first, size_t end, const struct claim *claim)
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

static const struct pal_time *nearest_time(const struct pal_sentence *s,
                                           const struct claim *claim)
{
    const struct pal_time *best = NULL;
    for (size_t i = 0; i < s->time_count; i++) {
        const struct pal_time *time = &s->times[i];
        bool has_days = time->from != PAL_DAY_NONE || time->to != PAL_DAY_NONE;
        /* "a spokesman said on Monday" dates the saying. */
        bool is_saying = time->from == time->to && is_behind_speech(s, time->first);
        if (has_days && !time->is_compared && !is_saying &&
            (best == NULL || distance(time->first, time->end, claim) <
                                 distance(best->first, best->end, claim))) {
            best = time;
        }
    }
    return best;
}

static const struct pal_where *nearest_place(const struct pal_sentence *s,
                                             const struct claim *claim)
{
    const struct pal_where *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < s->place_count; i++) {
        const struct pal_where *place = &s->places[i];
        size_t away = distance(place->first, place->end, claim);
        bool is_saying =
            place->first >= s->speech_first && place->first < s->speech_end;
        /* "ICE in Washington said" is about elsewhere; the head of an office is not. */
        if (is_saying && !place->is_office) {
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

static void fill_comparison(const struct pal_sentence *s, struct claim *claim)
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

static pal_status put(struct pal_sentence *s, struct claim *claim,
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
    to->measure =
        pal_measure_for(s, claim->subject.size > 0 ? claim->subject : claim->unit,
                        claim->is_person, claim->is_share, claim->rate);
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

/* ---- what changed ---- */

static bool is_thing(const struct pal_lexeme *unit)
{
    return unit->kind == PAL_UNIT_EVENT || unit->kind == PAL_UNIT_PAPER ||
           unit->kind == PAL_UNIT_PERSON || unit->kind == PAL_UNIT_STAFF;
}

/* The noun that a verb of change speaks of: in front of it, else behind "in" or "of". */
static const struct pal_lexeme *subject_of(const struct pal_sentence *s, size_t verb,
                                           size_t behind)
{
    const struct pal_lexeme *found = NULL;
    size_t from = verb > SUBJECT_BACK ? verb - SUBJECT_BACK : 0;
    for (size_t i = verb; found == NULL && i-- > from;) {
        const struct pal_lexeme *unit = pal_find(s, i, PAL_CLASS(UNIT));
        if (unit != NULL && is_thing(unit)) {
            found = unit;
        }
    }
    for (size_t i = behind; found == NULL && i < s->count && i < behind + SUBJECT_BACK;
         i++) {
        const struct pal_lexeme *unit = pal_find(s, i, PAL_CLASS(UNIT));
        if (unit != NULL && is_thing(unit)) {
            found = unit;
        }
    }
    return found;
}

static struct pal_number *number_from(struct pal_sentence *s, size_t first, size_t end)
{
    for (size_t k = 0; k < s->number_count; k++) {
        struct pal_number *number = &s->numbers[k];
        if (number->first >= first && number->first < end && !number->is_refused &&
            number->has_value) {
            return number;
        }
    }
    return NULL;
}

static void take_amount(struct claim *claim, struct pal_number *number,
                        struct pal_view subject)
{
    claim->has_value = true;
    claim->value = number->value;
    claim->has_high = number->has_high;
    claim->high = number->high;
    claim->hedge = number->hedge;
    claim->unit = number->is_share ? PAL_VIEW("%") : subject;
    claim->end = number->end > claim->end ? number->end : claim->end;
    number->is_taken = true;
}

/* "up" and "down" are changes only beside an amount or a day. */
static bool is_change(const struct pal_sentence *s, size_t i, size_t behind)
{
    bool is_short = pal_is_word(s, i, "up") || pal_is_word(s, i, "down");
    if (pal_is(s, i, PAL_CLASS(MOST_AT))) {
        return false;
    }
    if (pal_is_word(s, i, "declined")) {
        for (size_t k = 0; k < s->number_count; k++) {
            if (s->numbers[k].first <= behind + 1 && s->numbers[k].end > behind) {
                return true;
            }
        }
        return false; /* "detainers declined by jails" */
    }
    if (!is_short) {
        return !(pal_is_word(s, i, "fall") && i > 0 && pal_is_word(s, i - 1, "the"));
    }
    bool is_joined = pal_is_word(s, behind, "by") || pal_is_word(s, behind, "about") ||
                     pal_is_word(s, behind, "nearly") ||
                     pal_is_word(s, behind, "since") ||
                     pal_is(s, behind, PAL_CLASS(MORE));
    for (size_t k = 0; k < s->number_count && !is_joined; k++) {
        is_joined = s->numbers[k].first == behind && s->numbers[k].is_share;
    }
    return is_joined;
}

static void fill_change(struct pal_sentence *s, size_t i, const struct pal_lexeme *verb,
                        const struct pal_lexeme *subject, struct claim *claim)
{
    size_t behind = i + verb->word_count;
    size_t by = behind + (pal_is_word(s, behind, "by") ? 1 : 0);
    struct pal_number *number = number_from(s, behind, behind + AMOUNT_AHEAD);
    const struct pal_lexeme *more = i > 1 ? pal_find(s, i - 2, PAL_CLASS(MORE)) : NULL;
    bool has_to = number != NULL && number->hedge_first > 0 &&
                  (pal_is_word(s, number->hedge_first - 1, "to") ||
                   pal_is_word(s, number->hedge_first - 1, "from"));
    if (verb->value > 0) {
        claim->has_value = true;
        claim->value = verb->value;
        claim->unit = verb->value < 10 ? PAL_VIEW("times") : PAL_VIEW("%");
        if (more != NULL && more->word_count == 2) {
            claim->hedge = more->text;
        }
        /* "tripled, from 40 to 120": the two figures are in the comparison. */
        for (size_t k = 0; k < s->number_count; k++) {
            struct pal_number *from = &s->numbers[k];
            if (from->hedge_first > 0 && from->first > i &&
                pal_is_word(s, from->hedge_first - 1, "from")) {
                from->is_taken = true;
                claim->comparison = pal_token_text(s, from->hedge_first - 1, from->end);
            }
        }
    } else if (number != NULL && !has_to && (number->is_share || by > behind)) {
        take_amount(claim, number, subject->text);
    } else if (number != NULL && has_to && number->unit_at == SIZE_MAX) {
        bool is_end = pal_is_word(s, number->hedge_first - 1, "to");
        number->unit = subject;
        number->unit_text = subject->text;
        number->unit_at = number->end;
        number->unit_end = number->end;
        number->is_out = false;
        number->is_taken = !is_end;
    }
}

static pal_status make_changes(struct pal_sentence *s, struct pal_suggestions *out,
                               struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < s->count; i++) {
        const struct pal_lexeme *verb = pal_find(s, i, PAL_CLASS(UP) | PAL_CLASS(DOWN));
        if (verb == NULL || !is_change(s, i, i + verb->word_count)) {
            continue;
        }
        const struct pal_lexeme *subject = subject_of(s, i, i + verb->word_count);
        if (subject == NULL) {
            continue;
        }
        struct claim claim = {
            .first = i,
            .end = i + verb->word_count,
            .test = verb->word_class == PAL_WORD_UP ? "rose" : "fell",
            .subject = subject->text,
            .is_person = subject->kind == PAL_UNIT_PERSON,
        };
        fill_change(s, i, verb, subject, &claim);
        st = put(s, &claim, out, err);
        i = claim.end - 1;
    }
    return st;
}

/* "twice as many arrests", "20 percent more arrests", "three times as many". */
struct ratio {
    size_t end; /* of its tokens; where it began: it is none */
    const char *test;
    bool is_times;
};

static struct ratio read_ratio(const struct pal_sentence *s, size_t i,
                               const struct pal_number *number)
{
    struct ratio ratio = {i, "rose", false};
    size_t at = number != NULL ? number->end : i;
    bool is_twice = pal_is_word(s, i, "twice");
    bool is_times = is_twice || (number != NULL && pal_is_word(s, at, "times"));
    at += is_times ? 1 : 0;
    bool is_many = pal_is_word(s, at, "as") && pal_is_word(s, at + 1, "many");
    bool is_more = pal_is_word(s, at, "more") || pal_is_word(s, at, "higher");
    bool is_less = pal_is_word(s, at, "fewer") || pal_is_word(s, at, "lower") ||
                   pal_is_word(s, at, "less");
    bool is_share = number != NULL && number->is_share;
    if (is_times && (is_many || is_more)) {
        ratio.is_times = true;
        ratio.end = at + 1;
    } else if (is_share && (is_more || is_less)) {
        ratio.test = is_less ? "fell" : "rose";
        ratio.end = at + 1;
    }
    return ratio;
}

static pal_status make_ratios(struct pal_sentence *s, struct pal_suggestions *out,
                              struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i + 2 < s->count; i++) {
        struct pal_number *number = number_from(s, i, i + 1);
        struct ratio ratio = read_ratio(s, i, number);
        const struct pal_lexeme *subject =
            ratio.end > i ? subject_of(s, i, ratio.end) : NULL;
        if (subject == NULL) {
            continue;
        }
        struct claim claim = {
            .first = i,
            .end = ratio.end,
            .test = ratio.test,
            .has_value = true,
            .value = number == NULL ? 2 : number->value,
            .unit = ratio.is_times ? PAL_VIEW("times") : PAL_VIEW("%"),
            .hedge = number == NULL ? PAL_VIEW("") : number->hedge,
            .subject = subject->text,
            .is_person = subject->kind == PAL_UNIT_PERSON,
        };
        if (number != NULL) {
            number->is_taken = true;
        }
        st = put(s, &claim, out, err);
    }
    return st;
}

/* ---- usual, rank ---- */

static const struct pal_lexeme *unit_near(const struct pal_sentence *s, size_t i,
                                          size_t back, size_t ahead)
{
    for (size_t k = i; k < s->count && k < i + ahead; k++) {
        const struct pal_lexeme *unit = pal_find(s, k, PAL_CLASS(UNIT));
        if (unit != NULL && is_thing(unit)) {
            return unit;
        }
    }
    for (size_t k = i; k-- > 0 && k + back > i;) {
        const struct pal_lexeme *unit = pal_find(s, k, PAL_CLASS(UNIT));
        if (unit != NULL && is_thing(unit)) {
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

static pal_status make_usual(struct pal_sentence *s, struct pal_suggestions *out,
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
        struct claim claim = {
            .first = first,
            .end = end,
            .test = is_up ? "more-than-usual" : "fell",
            .comparison = pal_token_text(s, first, end),
            .unit = subject->text,
            .subject = subject->text,
            .is_person = subject->kind == PAL_UNIT_PERSON,
        };
        st = put(s, &claim, out, err);
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
    return (unit != NULL && is_thing(unit)) || pal_is_word(s, end, "number") ||
           pal_is_word(s, end, "share") || pal_is_word(s, end, "total") ||
           pal_view_has_suffix(rank->phrase, PAL_VIEW("number"));
}

static pal_status make_ranks(struct pal_sentence *s, struct pal_suggestions *out,
                             struct pal_error *err)
{
    pal_status st = PAL_OK;
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
        struct claim claim = {
            .first = i,
            .end = end,
            .test = "rank",
            .comparison = pal_token_text(s, i, end),
            .unit = subject->text,
            .subject = subject->text,
            .is_person = subject->kind == PAL_UNIT_PERSON,
        };
        st = put(s, &claim, out, err);
        i = end - 1;
    }
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
        struct claim claim = {
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
        };
        if (number->is_share) {
            claim.subject = number->unit_text;
            claim.unit = number->has_value ? PAL_VIEW("%") : number->unit_text;
            claim.rate = PAL_VIEW("");
        }
        st = put(s, &claim, out, err);
    }
    return st;
}

pal_status pal_statements_make(struct pal_sentence *sentence,
                               struct pal_suggestions *out, struct pal_error *err)
{
    pal_status st = make_changes(sentence, out, err);
    if (st == PAL_OK) {
        st = make_ratios(sentence, out, err);
    }
    if (st == PAL_OK) {
        st = make_amounts(sentence, out, err);
    }
    if (st == PAL_OK) {
        st = make_usual(sentence, out, err);
    }
    return st == PAL_OK ? make_ranks(sentence, out, err) : st;
}
