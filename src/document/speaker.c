/*
 * Who says it. The verb of speech is found, then whose it is: the words before it, or behind it
 * ("said Henry Doe, the acting director", "according to court papers"). A name is kept only of
 * somebody whose office is stated beside it; everybody else is a role, and a private person
 * not even that.
 */
#include <stdio.h>
#include <string.h>

#include "document/suggest_internal.h"

enum { SPEAKER_TOKENS = 16, SPEAKER_SIZE_MAX = 200, COUNT_TOKENS = 8 };

static const uint64_t roles = PAL_CLASS(OFFICIAL) | PAL_CLASS(EMAIL) |
                              PAL_CLASS(COURT) | PAL_CLASS(PAPER) | PAL_CLASS(PRIVATE);

static bool is_name_word(const struct pal_sentence *s, size_t i)
{
    const struct pal_token *token = &s->tokens[i];
    return token->kind == PAL_TOKEN_WORD && token->is_capital &&
           (token->lexemes == NULL || pal_is(s, i, PAL_CLASS(NAME)) ||
            token->has_point) &&
           !pal_is(s, i, roles | PAL_CLASS(PLACE) | PAL_CLASS(MONTH) | PAL_CLASS(STOP));
}

/* Two capital words in a row (an initial counts) that are no office and no place. */
static size_t find_name(const struct pal_sentence *s, size_t first, size_t end,
                        size_t *name_end)
{
    for (size_t i = first; i + 1 < end; i++) {
        size_t at = i;
        while (at < end && is_name_word(s, at)) {
            at++;
        }
        if (at - i >= 2) {
            *name_end = at;
            return i;
        }
    }
    return end;
}

static const char *role_of(enum pal_word_class word_class, bool has_name)
{
    switch ((int)word_class) {
    case PAL_WORD_OFFICIAL:
        return has_name ? "official-named" : "official-unnamed";
    case PAL_WORD_EMAIL:
        return "email";
    case PAL_WORD_COURT:
        return "court-paper";
    case PAL_WORD_PAPER:
        return "document";
    default:
        return NULL;
    }
}

/* The office of one person; "the agency" and "officials" are nobody's. */
static bool is_personal(const struct pal_lexeme *office)
{
    static const char *const many[] = {"officials",
                                       "officers",
                                       "agents",
                                       "police",
                                       "authorities",
                                       "deputies",
                                       "investigators",
                                       "prosecutors",
                                       "detectives",
                                       "ice",
                                       "dhs",
                                       "d.h.s",
                                       "cbp",
                                       "c.b.p",
                                       "homeland security",
                                       "border patrol",
                                       "immigration and customs enforcement",
                                       "spokespeople"};
    for (size_t k = 0; k < sizeof many / sizeof many[0]; k++) {
        if (pal_view_is_equal(office->phrase, pal_view_of(many[k]))) {
            return false;
        }
    }
    return !pal_view_has_prefix(office->phrase, PAL_VIEW("the ")) &&
           !pal_view_is_equal(office->phrase, PAL_VIEW("ice"));
}

/* The office beside a name: the longest run of words in lower case or office words that holds
 * an office. Only "Henry Doe, acting director": name and office. */
static void put_speaker(struct pal_sentence *s, size_t name, size_t name_end,
                        size_t first, size_t end, struct pal_arena *arena)
{
    for (size_t i = first; i < end; i++) {
        const struct pal_lexeme *office = pal_find(s, i, PAL_CLASS(OFFICIAL));
        if (office == NULL || !is_personal(office) || (i >= name && i < name_end)) {
            continue;
        }
        struct pal_view title = pal_token_text(s, i, i + office->word_count);
        struct pal_view who = pal_token_text(s, name, name_end);
        if (who.size + title.size > SPEAKER_SIZE_MAX) {
            return;
        }
        pal_status st = pal_arena_format(arena, &s->speaker, NULL, "%.*s, %.*s",
                                         PAL_VIEW_ARG(who), PAL_VIEW_ARG(title));
        if (st != PAL_OK) {
            s->speaker = PAL_VIEW("");
        }
        return;
    }
}

/* Reads the words [first, end) as the one who speaks. */
static void classify(struct pal_sentence *s, size_t first, size_t end,
                     struct pal_arena *arena)
{
    const struct pal_lexeme *head = NULL;
    const struct pal_lexeme *office = NULL;
    size_t head_end = 0;
    for (size_t i = first; i < end; i++) {
        const struct pal_lexeme *found = pal_find(s, i, roles);
        if (found == NULL) {
            continue;
        }
        /* "CBP data show": the data speak. */
        bool is_bodys = head != NULL && head->word_class == PAL_WORD_OFFICIAL &&
                        !is_personal(head) && found->word_class == PAL_WORD_PAPER &&
                        i == head_end;
        if (head == NULL || is_bodys) {
            head = found;
            head_end = i + found->word_count;
        }
        if (found->word_class == PAL_WORD_OFFICIAL && is_personal(found)) {
            office = found;
        }
        i += found->word_count - 1;
    }
    size_t name_end = end;
    size_t name = find_name(s, first, end, &name_end);
    bool has_name = name < end;
    if (has_name && office != NULL &&
        (head == NULL || head->word_class != PAL_WORD_PRIVATE)) {
        s->role = "official-named";
        put_speaker(s, name, name_end, first, end, arena);
    } else if (head != NULL) {
        s->role = role_of(head->word_class, false);
        s->is_body_speaker = !has_name && head->word_class == PAL_WORD_OFFICIAL &&
                             pal_view_has_prefix(head->phrase, PAL_VIEW("the "));
        s->is_private_speaker = head->word_class == PAL_WORD_PRIVATE;
    } else {
        s->is_private_speaker = has_name;
    }
    if (s->is_private_speaker && has_name) {
        s->private_first = name;
        s->private_end = name_end;
    }
}

static bool has_office(const struct pal_sentence *s, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const struct pal_lexeme *office = pal_find(s, i, PAL_CLASS(OFFICIAL));
        if (office != NULL && is_personal(office)) {
            return true;
        }
    }
    return false;
}

/* "the agency's spokesman, Bryan Cole, said": a name without its office. */
static bool is_bare_name(const struct pal_sentence *s, size_t first, size_t end)
{
    bool has_name = false;
    if (first < end && !is_name_word(s, first)) {
        return false;
    }
    for (size_t i = first; i < end; i++) {
        if (pal_is(s, i, roles)) {
            return false;
        }
        has_name = has_name || is_name_word(s, i);
    }
    return has_name;
}

/* "Sean Gallagher, the field office director, said": an office behind a name and a comma. */
static bool is_bare_office(const struct pal_sentence *s, size_t first, size_t end)
{
    return first >= 3 && is_name_word(s, first - 2) && is_name_word(s, first - 3) &&
           first < end && !s->tokens[first].is_capital &&
           !pal_is_word(s, first, "and") && !pal_is_word(s, first, "but") &&
           has_office(s, first, end);
}

/* "a senior official, speaking on condition of anonymity, said". */
static bool is_aside(const struct pal_sentence *s, size_t first, size_t end)
{
    static const char *const words[] = {"speaking", "who",   "citing",  "testifying",
                                        "talking",  "whose", "writing", "referring"};
    return first < end && PAL_IS_ANY(s, first, words);
}

/* The beginning of the words before a verb that may be its subject: behind a closing
 * quotation mark, else at most SPEAKER_TOKENS back; over commas only as far as names and
 * offices go. */
static size_t subject_first(const struct pal_sentence *s, size_t verb)
{
    size_t first = verb;
    size_t end = verb; /* of the piece between commas */
    while (first > 0 && verb - first < SPEAKER_TOKENS) {
        const struct pal_token *token = &s->tokens[first - 1];
        bool is_mark = token->kind == PAL_TOKEN_MARK;
        if (is_mark && strchr("'\";:_", token->mark) != NULL) {
            break;
        }
        if (is_mark && token->mark == ',' && first < verb &&
            !is_bare_name(s, first, end) && !is_bare_office(s, first, end) &&
            !is_aside(s, first, end)) {
            break;
        }
        end = is_mark && token->mark == ',' ? first - 1 : end;
        first--;
    }
    return first;
}

static bool is_behind_clause(const struct pal_sentence *s, size_t i)
{
    return i == 0 || (s->tokens[i - 1].kind == PAL_TOKEN_MARK &&
                      strchr(",'._", s->tokens[i - 1].mark) != NULL);
}

/* What stands between a comma and the next mark is beside the one who speaks: "Henry Doe, the
 * acting director", "the chief, who retired". */
static bool is_beside(const struct pal_sentence *s, size_t first)
{
    static const char *const words[] = {"who",      "which",    "citing",  "reviewed",
                                        "obtained", "provided", "released"};
    size_t end = first;
    while (end < s->count && s->tokens[end].kind != PAL_TOKEN_MARK &&
           s->tokens[end].kind != PAL_TOKEN_NUMBER) {
        end++;
    }
    bool has_number = end < s->count && s->tokens[end].kind == PAL_TOKEN_NUMBER;
    return PAL_IS_ANY(s, first, words) || (!has_number && has_office(s, first, end));
}

/* "According to the memo, 40 agents": behind the comma stands what was said. */
static size_t according_end(const struct pal_sentence *s, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (pal_is_mark(s, i, ',') && !is_beside(s, i + 1)) {
            return i;
        }
    }
    return end;
}

/* "said Henry Doe, the agency's acting director." */
static size_t object_end(const struct pal_sentence *s, size_t first)
{
    size_t end = first;
    while (end < s->count && end - first < SPEAKER_TOKENS) {
        const struct pal_token *token = &s->tokens[end];
        if (token->kind == PAL_TOKEN_MARK && strchr("\"'.;:", token->mark) != NULL) {
            break;
        }
        end++;
    }
    return end;
}

static size_t quoted_count(const struct pal_sentence *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++) {
        count += s->tokens[i].is_quoted && s->tokens[i].kind != PAL_TOKEN_MARK;
    }
    return count;
}

/* "said Henry Doe", "said a spokesman", not "said in a statement", "said the teams had". */
static bool names_somebody(const struct pal_sentence *s, size_t i)
{
    static const char *const verbs[] = {"had", "has",  "have",  "was",   "were",
                                        "is",  "are",  "will",  "would", "could",
                                        "did", "made", "could", "should"};
    for (size_t at = i; at < s->count && s->tokens[at].kind != PAL_TOKEN_MARK; at++) {
        if (PAL_IS_ANY(s, at, verbs)) {
            return false;
        }
    }
    return i < s->count &&
           (pal_is_word(s, i, "a") || pal_is_word(s, i, "an") ||
            pal_is_word(s, i, "the") || pal_is(s, i, roles) || is_name_word(s, i));
}

/* Where a word for a count ends what begins with "by" at token i; i: nowhere. */
static size_t count_word(const struct pal_sentence *s, size_t i)
{
    static const char *const words[] = {"count", "tally", "estimate", "reckoning",
                                        "account"};
    for (size_t end = i + 2; end < s->count && end < i + COUNT_TOKENS; end++) {
        if (PAL_IS_ANY(s, end, words)) {
            return end;
        }
    }
    return i;
}

/* "by one official's count", "by the sheriff's own tally". */
static bool has_count(struct pal_sentence *s, struct pal_arena *arena)
{
    for (size_t i = 0; i < s->count; i++) {
        size_t end = pal_is_word(s, i, "by") ? count_word(s, i) : i;
        if (end > i) {
            classify(s, i + 1, end, arena);
            s->speech_first = i;
            s->speech_end = end + 1;
            return s->role != NULL || s->is_private_speaker;
        }
    }
    return false;
}

static bool is_he(const struct pal_sentence *s, size_t verb)
{
    return verb > 0 &&
           (pal_is_word(s, verb - 1, "he") || pal_is_word(s, verb - 1, "she"));
}

/* "Decker added", "said Decker": one capital word that is no place and no office. */
static struct pal_view surname_at(const struct pal_sentence *s, size_t i,
                                  const struct pal_lexeme *verb)
{
    size_t behind = i + verb->word_count;
    bool begins = i > 0 && (i == 1 || s->tokens[i - 2].kind == PAL_TOKEN_MARK);
    if (begins && is_name_word(s, i - 1)) {
        return pal_token_text(s, i - 1, i);
    }
    bool ends = behind + 1 >= s->count ||
                s->tokens[behind + 1].kind == PAL_TOKEN_MARK ||
                !s->tokens[behind + 1].is_capital;
    return is_behind_clause(s, i) && behind < s->count && ends &&
                   is_name_word(s, behind)
               ? pal_token_text(s, behind, behind + 1)
               : PAL_VIEW("");
}

/* Whose the verb of speech at token i is; false: nobody's that is known. */
static bool has_speaker(struct pal_sentence *s, size_t i, const struct pal_lexeme *verb,
                        struct pal_arena *arena)
{
    size_t behind = i + verb->word_count;
    bool is_according = pal_is_word(s, i, "according");
    bool is_object =
        is_according || (is_behind_clause(s, i) && names_somebody(s, behind));
    size_t first = is_object ? behind : subject_first(s, i);
    size_t end = is_object ? object_end(s, behind) : i;
    if (is_according && i == 0) {
        end = according_end(s, behind, end);
    }
    if (first < end) {
        classify(s, first, end, arena);
    }
    if (s->role == NULL && !s->is_private_speaker && !is_object &&
        is_behind_clause(s, i)) {
        first = behind;
        end = object_end(s, behind);
        classify(s, first, end, arena);
    }
    s->speech_first = first < i ? first : i;
    s->speech_end = end > behind ? end : behind;
    return s->role != NULL || s->is_private_speaker;
}

/* "for six states", "the reports": a plural and no verb. */
static bool is_noun(const struct pal_sentence *s, size_t i)
{
    static const char *const before[] = {"the",     "these", "those", "all",  "other",
                                         "several", "many",  "both",  "of",   "united",
                                         "its",     "their", "in",    "such", "any"};
    if (i == 0 || !pal_view_has_suffix(s->tokens[i].lower, PAL_VIEW("s"))) {
        return false;
    }
    bool is_found = s->tokens[i - 1].kind == PAL_TOKEN_NUMBER ||
                    pal_is(s, i - 1, PAL_CLASS(NUMBER));
    for (size_t k = 0; k < sizeof before / sizeof before[0] && !is_found; k++) {
        is_found = pal_is_word(s, i - 1, before[k]);
    }
    return is_found;
}

void pal_speaker_find(struct pal_sentence *s, struct pal_arena *arena)
{
    s->role = NULL;
    s->speaker = PAL_VIEW("");
    s->surname = PAL_VIEW("");
    s->is_private_speaker = false;
    s->is_body_speaker = false;
    s->is_pronoun_speaker = false;
    s->private_first = s->count;
    s->private_end = s->count;
    s->speech_first = s->count;
    s->speech_end = s->count;
    s->is_direct = quoted_count(s) >= 3;
    for (size_t i = 0; i < s->count; i++) {
        const struct pal_lexeme *verb = pal_find(s, i, PAL_CLASS(SPEECH));
        if (verb == NULL || s->tokens[i].is_quoted || is_noun(s, i)) {
            continue;
        }
        s->is_pronoun_speaker = s->is_pronoun_speaker || is_he(s, i);
        s->surname = s->surname.size > 0 ? s->surname : surname_at(s, i, verb);
        if (has_speaker(s, i, verb, arena)) {
            return;
        }
    }
    if (has_count(s, arena)) {
        return;
    }
    s->speech_first = s->count;
    s->speech_end = s->count;
}
