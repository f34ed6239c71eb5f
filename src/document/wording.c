/*
 * A suggestion in words: the statement, put together from what was found and from nothing of
 * the source's own wording, and the note of what a person must decide.
 */
#include <math.h>
#include <string.h>

#include "document/suggest_internal.h"

enum { WORDS_SIZE_MAX = 4096 };

bool pal_has_phrase(const struct pal_sentence *s, struct pal_view phrase)
{
    for (size_t i = 0; i < s->count; i++) {
        struct pal_view rest = phrase;
        struct pal_view word = {"", 0};
        size_t at = i;
        bool is_equal = true;
        while (is_equal && pal_view_split(&rest, ' ', &word)) {
            is_equal = at < s->count && s->tokens[at].kind == PAL_TOKEN_WORD &&
                       pal_view_is_equal(s->tokens[at].lower, word);
            at++;
        }
        if (is_equal) {
            return true;
        }
    }
    return false;
}

static void put_number(struct pal_buffer *out, double value)
{
    char text[32];
    pal_double_text(round(value * 100) / 100, text);
    pal_buffer_append_text(out, text);
}

static void put_amount(struct pal_buffer *out, const struct pal_suggestion *suggestion)
{
    struct pal_view hedge = suggestion->hedge;
    bool is_word = !suggestion->has_value;
    bool is_none = suggestion->has_value && suggestion->value == 0 && hedge.size > 0;
    if (hedge.size > 0) {
        pal_buffer_append_view(out, is_none ? PAL_VIEW("no") : hedge);
        pal_buffer_append_char(out, ' ');
    }
    if (suggestion->has_value && !(suggestion->value == 0 && hedge.size > 0)) {
        put_number(out, suggestion->value);
        if (suggestion->has_value_high) {
            pal_buffer_append_text(out, " to ");
            put_number(out, suggestion->value_high);
        }
        pal_buffer_append_char(out, ' ');
    }
    if (is_word && suggestion->unit.size > 0 && hedge.size > 0) {
        pal_buffer_append_text(out, "of the ");
    }
    pal_buffer_append_view(out, suggestion->unit);
}

static void put_what(struct pal_buffer *out, const struct pal_suggestion *suggestion,
                     struct pal_view subject)
{
    bool is_rise = strcmp(suggestion->test, "rose") == 0;
    if (is_rise || strcmp(suggestion->test, "fell") == 0) {
        pal_buffer_append_view(out, subject);
        pal_buffer_append_text(out, is_rise ? " rose" : " fell");
        if (suggestion->has_value) {
            pal_buffer_append_text(out, " by ");
            put_amount(out, suggestion);
        }
    } else if (strcmp(suggestion->test, "more-than-usual") == 0) {
        pal_buffer_append_text(out, "more ");
        pal_buffer_append_view(out, subject);
        pal_buffer_append_text(out, " than usual");
    } else if (strcmp(suggestion->test, "rank") == 0) {
        pal_buffer_append_view(out, subject);
        pal_buffer_append_text(out, ": a rank among all");
    } else {
        put_amount(out, suggestion);
        if (suggestion->has_value && subject.size > 0) {
            pal_buffer_append_text(out, " of the ");
            pal_buffer_append_view(out, subject);
        }
    }
}

static void put_days(struct pal_buffer *out, const struct pal_suggestion *suggestion)
{
    char from[16];
    char to[16];
    pal_day_text(suggestion->from, from);
    pal_day_text(suggestion->to, to);
    if (from[0] != '\0' && strcmp(from, to) == 0) {
        pal_buffer_append_format(out, ", on %s", from);
    } else if (from[0] != '\0' && to[0] != '\0') {
        pal_buffer_append_format(out, ", from %s to %s", from, to);
    } else if (from[0] != '\0') {
        pal_buffer_append_format(out, ", since %s", from);
    } else if (to[0] != '\0') {
        pal_buffer_append_format(out, ", until %s", to);
    }
}

static void put_note(struct pal_buffer *out, const struct pal_sentence *s,
                     const struct pal_suggestion *suggestion)
{
    pal_buffer_append_text(out,
                           "Proposed by rules: write the statement in your own words.");
    if (suggestion->why_not.size > 0) {
        pal_buffer_append_text(out,
                               " It is not tested while why_not stands: put right what "
                               "it says and take it out, or keep it.");
    }
    if (suggestion->dimension == NULL) {
        pal_buffer_append_text(out, " No place is named in the sentence.");
    } else if (strcmp(suggestion->dimension, "city") == 0) {
        pal_buffer_append_text(out,
                               " The place is a city that the records do not know; "
                               "its state is named instead.");
    }
    if (suggestion->from == PAL_DAY_NONE && suggestion->to == PAL_DAY_NONE) {
        pal_buffer_append_text(out, " No day is named in the sentence.");
    }
    if (s->is_private_speaker) {
        pal_buffer_append_text(out,
                               " Said by a private person, whose name is not kept.");
    }
    const struct pal_passage *passage = &s->document->passages[s->passage];
    if (passage->page > 0) {
        pal_buffer_append_format(out,
                                 " On page %d; first_byte and last_byte are characters "
                                 "of that page's text.",
                                 (int)passage->page);
    }
}

pal_status pal_statement_word(const struct pal_sentence *s,
                              struct pal_suggestion *suggestion,
                              struct pal_view subject, struct pal_arena *arena,
                              struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, WORDS_SIZE_MAX);
    put_what(&text, suggestion, subject);
    if (suggestion->place.size > 0) {
        pal_buffer_append_format(&text, " in %.*s%s", PAL_VIEW_ARG(suggestion->place),
                                 strcmp(suggestion->dimension, "area") == 0
                                     ? " (area of responsibility)"
                                     : "");
    }
    put_days(&text, suggestion);
    pal_status st = pal_buffer_status(&text, err);
    if (st == PAL_OK) {
        text.data[0] = pal_upper(text.data[0]);
        st = pal_arena_copy(arena, pal_view_trim(pal_buffer_view(&text)),
                            &suggestion->statement, err);
    }
    pal_buffer_reset(&text);
    put_note(&text, s, suggestion);
    if (st != PAL_OK) {
        pal_buffer_clear(&text);
        return st;
    }
    return pal_buffer_keep(&text, arena, &suggestion->note, err);
}
