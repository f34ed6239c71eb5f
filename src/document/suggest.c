#include "document/suggest.h"

#include <string.h>

#include "document/suggest_internal.h"

enum {
    ARENA_SIZE_MAX = 64 * 1000 * 1000,
    WORDS_SIZE_MAX = 1000 * 1000,
    NAMED_MAX = 32,
    VOICE_REACH = 2
};

/* Who spoke last in a passage: a quotation that goes on is theirs. */
struct voice {
    const char *role;
    struct pal_view speaker;
    bool is_private;
    bool is_known;
};

/* Who has spoken in the document. A report names an official once in full, and by surname or
 * "he" in the paragraphs behind. */
struct voices {
    const char *own; /* the role of the document itself */
    struct voice last;
    size_t last_passage;
    size_t named_count;
    struct pal_view named[NAMED_MAX]; /* "Henry Doe, director" */
};

static void remember(struct voices *voices, const struct voice *voice, size_t passage)
{
    voices->last = *voice;
    voices->last_passage = passage;
    if (voice->speaker.size > 0 && voices->named_count < NAMED_MAX) {
        voices->named[voices->named_count++] = voice->speaker;
    }
}

/* The official named last whose surname it is; size 0: nobody. */
static struct pal_view find_named(const struct voices *voices, struct pal_view surname)
{
    for (size_t k = voices->named_count; surname.size > 0 && k-- > 0;) {
        struct pal_view rest = voices->named[k];
        struct pal_view name = rest;
        (void)pal_view_split(&rest, ',', &name);
        if (name.size > surname.size && pal_view_has_suffix(name, surname) &&
            name.data[name.size - surname.size - 1] == ' ') {
            return voices->named[k];
        }
    }
    return PAL_VIEW("");
}

static void take_voice(struct pal_sentence *sentence, struct voices *voices,
                       struct voice *voice)
{
    bool is_told = sentence->role != NULL || sentence->is_private_speaker;
    struct pal_view named =
        is_told ? PAL_VIEW("") : find_named(voices, sentence->surname);
    if (named.size > 0) {
        sentence->role = "official-named";
        sentence->speaker = named;
        is_told = true;
    } else if (sentence->is_pronoun_speaker && !voice->is_known &&
               voices->last.is_known &&
               sentence->passage - voices->last_passage <= VOICE_REACH) {
        *voice = voices->last;
    }
    bool is_same =
        sentence->is_direct || (sentence->is_pronoun_speaker && voice->is_known);
    bool is_own = sentence->is_body_speaker && strcmp(voices->own, "document") == 0;
    if (is_told && !is_own) {
        *voice = (struct voice){sentence->role, sentence->speaker,
                                sentence->is_private_speaker, true};
        remember(voices, voice, sentence->passage);
    } else if (!is_told && is_same) {
        sentence->role = voice->role;
        sentence->speaker = voice->speaker;
        sentence->is_private_speaker = voice->is_private;
    } else {
        sentence->role =
            voices->own; /* "the department reports" in its own report too */
    }
}

/* Who speaks first in a passage with quotation marks: the speaker of a quotation is often
 * named only behind its first sentence. */
static struct voice first_voice(const struct pal_cutter *cutter,
                                struct pal_sentence *sentence, struct pal_arena *arena)
{
    struct pal_cutter ahead = *cutter;
    struct voice voice = {NULL, PAL_VIEW(""), false, false};
    while (voice.role == NULL && !voice.is_private && ahead.status == PAL_OK &&
           pal_cut(&ahead, sentence)) {
        sentence->document = cutter->document;
        memset(sentence->is_time, 0, sizeof sentence->is_time);
        pal_speaker_find(sentence, arena);
        bool is_known = sentence->role != NULL || sentence->is_private_speaker;
        voice = (struct voice){sentence->role, sentence->speaker,
                               sentence->is_private_speaker, is_known};
        if (sentence->count > 0 && !sentence->is_direct) {
            break;
        }
    }
    return voice;
}

static bool begins_quoted(struct pal_view text)
{
    return text.size > 3 &&
           (text.data[0] == '"' || pal_view_has_prefix(text, PAL_VIEW("\xE2\x80\x9C")));
}

static pal_status read_passage(struct pal_cutter *cutter, size_t index,
                               struct pal_sentence *sentence, struct voices *voices,
                               struct pal_suggestions *out, struct pal_error *err)
{
    const struct pal_document *document = cutter->document;
    const struct pal_passage *passage = &document->passages[index];
    struct voice voice = {NULL, PAL_VIEW(""), false, false};
    pal_status st = PAL_OK;
    cutter->at = passage->text_at;
    cutter->end = (size_t)passage->text_at + passage->text_size;
    cutter->is_quoted = false;
    if (begins_quoted(pal_passage_text(document, passage))) {
        voice = first_voice(cutter, sentence, &out->arena);
    }
    sentence->carried = NULL;
    while (st == PAL_OK && pal_cut(cutter, sentence)) {
        if (cutter->status != PAL_OK) {
            return cutter->status == PAL_LIMIT
                       ? pal_fail(err, PAL_LIMIT, "a sentence has too many words")
                       : pal_fail_memory(err);
        }
        sentence->document = document;
        sentence->passage = index;
        out->sentence_count++;
        pal_times_find(sentence);
        pal_numbers_find(sentence);
        pal_units_find(sentence);
        pal_places_find(sentence);
        pal_speaker_find(sentence, &out->arena);
        take_voice(sentence, voices, &voice);
        st = pal_statements_make(sentence, out, err);
    }
    return st;
}

/* A number alone in a cell of a table: what it counts is told by the table's head, and not by
 * the sentence before. */
static bool is_bare_cell(const struct pal_document *document,
                         const struct pal_passage *passage)
{
    struct pal_view text = pal_passage_text(document, passage);
    for (size_t i = 0; i < text.size; i++) {
        char letter = pal_upper(text.data[i]);
        if (letter >= 'A' && letter <= 'Z') {
            return false;
        }
    }
    return passage->kind == PAL_PASSAGE_CELL;
}

pal_status pal_suggest(const struct pal_document *document, struct pal_suggestions *out,
                       struct pal_error *err)
{
    struct pal_arena words;
    struct pal_sentence *sentence = NULL;
    struct pal_cutter cutter = {.document = document, .words = &words};
    struct pal_lexicon *lexicon = NULL;
    struct voices voices = {.own = pal_own_voice(document)};
    void *memory = NULL;
    *out = (struct pal_suggestions){0};
    pal_arena_init(&out->arena, ARENA_SIZE_MAX);
    pal_arena_init(&words, WORDS_SIZE_MAX);
    pal_status st = pal_lexicon_new(&out->arena, &lexicon, err);
    cutter.lexicon = lexicon;
    if (st == PAL_OK) {
        st = pal_arena_alloc(&out->arena, PAL_SUGGESTION_MAX,
                             sizeof(struct pal_suggestion), &memory, err);
        out->items = memory;
    }
    if (st == PAL_OK) {
        sentence = pal_alloc_zero(1, sizeof *sentence);
        st = sentence == NULL ? pal_fail_memory(err) : PAL_OK;
    }
    if (sentence != NULL) {
        sentence->people = pal_lexicon_begin(lexicon, PAL_VIEW("people"));
        while (sentence->people != NULL &&
               sentence->people->word_class != PAL_WORD_UNIT) {
            sentence->people = sentence->people->next;
        }
    }
    for (size_t i = 0; st == PAL_OK && sentence != NULL && i < document->passage_count;
         i++) {
        const struct pal_passage *passage = &document->passages[i];
        if (passage->boilerplate == NULL && passage->kind != PAL_PASSAGE_HEADER &&
            !is_bare_cell(document, passage)) {
            st = read_passage(&cutter, i, sentence, &voices, out, err);
        }
    }
    pal_free(sentence);
    pal_arena_clear(&words);
    if (st != PAL_OK) {
        pal_suggestions_clear(out);
    }
    return st;
}

void pal_suggestions_clear(struct pal_suggestions *suggestions)
{
    pal_arena_clear(&suggestions->arena);
    *suggestions = (struct pal_suggestions){0};
}
