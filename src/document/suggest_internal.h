/*
 * A sentence under the lens: its tokens, and what the word lists say of them. One file a
 * question: lexicon.c (what is this word), token.c (where do sentences end), number.c,
 * number_value.c and number_out.c (which numbers count something), unit.c and inherit.c (what
 * they count), time.c, time_date.c and time_relative.c (when), place.c (where), speaker.c (who says it), voice.c (whose voice the document is),
 * statement.c, change.c and rank.c (what is stated), measured.c (what counts it), mask.c (what may
 * be quoted).
 */
#ifndef PAL_DOCUMENT_SUGGEST_INTERNAL_H
#define PAL_DOCUMENT_SUGGEST_INTERNAL_H

#include "document/document_internal.h"
#include "document/suggest.h"

enum {
    PAL_TOKEN_MAX = 400, /* of a sentence; what is longer is read in pieces */
    PAL_FINDING_MAX = 24 /* numbers, days, places of a sentence */
};

#define PAL_WORD_CLASSES(X)                                                            \
    X(NUMBER, "number")                                                                \
    X(MULTIPLIER, "multiplier")                                                        \
    X(FRACTION, "fraction")                                                            \
    X(VAGUE, "vague")                                                                  \
    X(SHARE, "share")                                                                  \
    X(NONE, "none")                                                                    \
    X(PERCENT, "percent")                                                              \
    X(HEDGE, "hedge")                                                                  \
    X(LEAST, "least")                                                                  \
    X(MORE, "more")                                                                    \
    X(FEWEST, "fewest")                                                                \
    X(MOST_AT, "most_at")                                                              \
    X(AFTER_LEAST, "after_least")                                                      \
    X(AFTER_ABOUT, "after_about")                                                      \
    X(AFTER_MOST, "after_most")                                                        \
    X(UP, "up")                                                                        \
    X(DOWN, "down")                                                                    \
    X(USUAL, "usual")                                                                  \
    X(RANK, "rank")                                                                    \
    X(PER, "per")                                                                      \
    X(ROW, "row")                                                                      \
    X(SPEECH, "speech")                                                                \
    X(SOURCE, "source")                                                                \
    X(OFFICIAL, "official")                                                            \
    X(EMAIL, "email")                                                                  \
    X(COURT, "court")                                                                  \
    X(PAPER, "paper")                                                                  \
    X(PRIVATE, "private")                                                              \
    X(AGE, "age")                                                                      \
    X(LABEL, "label")                                                                  \
    X(STREET, "street")                                                                \
    X(DIRECTION, "direction")                                                          \
    X(MODAL, "modal")                                                                  \
    X(WORK, "work")                                                                    \
    X(MONTH, "month")                                                                  \
    X(WEEKDAY, "weekday")                                                              \
    X(ORDINAL, "ordinal")                                                              \
    X(STOP, "stop")                                                                    \
    X(TAKE, "take")                                                                    \
    X(AVERAGE, "average")                                                              \
    X(RANKED, "ranked")                                                                \
    X(UNIT, "unit")                                                                    \
    X(PLACE, "place")                                                                  \
    X(NAME, "name")

enum pal_word_class {
#define PAL_WORD_CLASS(id, text) PAL_WORD_##id,
    PAL_WORD_CLASSES(PAL_WORD_CLASS)
#undef PAL_WORD_CLASS
        PAL_WORD_CLASS_COUNT
};
#define PAL_CLASS(id) (UINT64_C(1) << PAL_WORD_##id)

enum pal_unit_kind {
    PAL_UNIT_EVENT,
    PAL_UNIT_PAPER,
    PAL_UNIT_PERSON,
    PAL_UNIT_STAFF,
    PAL_UNIT_THING,
    PAL_UNIT_TIME,
    PAL_UNIT_LONG,
    PAL_UNIT_MEASURE,
    PAL_UNIT_OTHER
};

struct pal_lexeme {
    struct pal_view phrase; /* lower-case, words parted by one blank */
    size_t word_count;
    enum pal_word_class word_class;
    enum pal_unit_kind kind; /* of UNIT */
    const char *dimension;   /* of PLACE */
    double value;
    struct pal_view text;          /* what it is called in a claims file */
    const struct pal_lexeme *next; /* with the same first word */
};

struct pal_lexicon;
pal_status pal_lexicon_new(struct pal_arena *arena, struct pal_lexicon **out,
                           struct pal_error *err) PAL_MUST_USE;
/* The phrases that begin with a word (lower-case). */
const struct pal_lexeme *pal_lexicon_begin(const struct pal_lexicon *lexicon,
                                           struct pal_view word);
bool pal_is_abbreviation(struct pal_view word);

enum pal_token_kind {
    PAL_TOKEN_WORD,
    PAL_TOKEN_NUMBER, /* digits */
    PAL_TOKEN_CODE,   /* letters and digits together, ordinals */
    PAL_TOKEN_MARK    /* one of . , ; : ? ! ( ) $ % - " and others */
};

struct pal_token {
    enum pal_token_kind kind;
    char mark; /* '"' opening, '\'' closing for quotation marks of every form */
    bool is_capital;
    bool has_blank; /* before it */
    bool is_quoted;
    bool has_point;   /* a full stop belongs to it: "Dec." */
    bool has_decimal; /* "3.5" */
    bool has_comma;   /* "1,234" */
    uint32_t at;      /* in the body */
    uint32_t size;
    double value;
    struct pal_view lower;
    const struct pal_lexeme *lexemes;
    uint64_t classes; /* of the phrases that begin with it */
};

struct pal_number {
    size_t first; /* tokens; with hedges before it from `hedge_first` */
    size_t end;
    size_t hedge_first;
    double value;
    double high;
    bool has_value; /* false: a word like "dozens" */
    bool has_high;
    bool is_share; /* in per cent */
    bool is_digits;
    bool is_refused; /* an amount of money, an age, a name */
    bool is_out;     /* counts nothing */
    bool is_taken;   /* says by how much something changed, or what was before */
    struct pal_view hedge;
    const char *test;
    const struct pal_lexeme *unit;
    size_t unit_at; /* token; SIZE_MAX: none */
    size_t unit_end;
    struct pal_view unit_text;
    struct pal_view rate; /* "a day"; size 0: none */
    bool is_row;
    bool is_part; /* some of what was counted before, by a trait */
};

struct pal_time {
    size_t first;
    size_t end;
    int32_t from;
    int32_t to;
    bool is_compared; /* what it is compared with, not when it was */
    bool is_since;
};

struct pal_where {
    size_t first;
    size_t end;
    const char *dimension;
    struct pal_view value;
    bool is_office; /* "the Chicago field office" */
};

struct pal_sentence {
    const struct pal_document *document;
    size_t passage; /* index */
    struct pal_token tokens[PAL_TOKEN_MAX];
    size_t count;
    bool is_time[PAL_TOKEN_MAX]; /* the token is part of a day, year or week */
    struct pal_number numbers[PAL_FINDING_MAX];
    size_t number_count;
    struct pal_time times[PAL_FINDING_MAX];
    size_t time_count;
    struct pal_where places[PAL_FINDING_MAX];
    size_t place_count;
    const struct pal_lexeme *carried; /* what the sentence before counted last; NULL */
    const struct pal_lexeme *carried_far; /* the same in the passage before; NULL */
    const struct pal_lexeme *people;      /* the unit of whoever is arrested */
    const char *role;
    struct pal_view speaker;
    struct pal_view
        surname; /* "Doe said": nobody that the sentence itself makes known */
    bool is_private_speaker;
    bool is_body_speaker;    /* "the department reports" */
    bool is_pronoun_speaker; /* "he said": who spoke last */
    size_t private_first;    /* the name of a private person who speaks; count: none */
    size_t private_end;
    bool is_direct;
    size_t speech_first; /* tokens that say who says it; count: none */
    size_t speech_end;
};

/* The longest phrase of one of `classes` that begins at token i; NULL: none. */
const struct pal_lexeme *pal_find(const struct pal_sentence *sentence, size_t i,
                                  uint64_t classes);
bool pal_is(const struct pal_sentence *sentence, size_t i, uint64_t classes);
bool pal_is_word(const struct pal_sentence *sentence, size_t i, const char *word);
bool pal_is_one_of(const struct pal_sentence *sentence, size_t i,
                   const char *const *words, size_t count);
/* The same of an array of words. */
#define PAL_IS_ANY(sentence, i, words)                                                 \
    pal_is_one_of(sentence, i, words, sizeof(words) / sizeof((words)[0]))
bool pal_is_mark(const struct pal_sentence *sentence, size_t i, char mark);
struct pal_view pal_token_text(const struct pal_sentence *sentence, size_t first,
                               size_t end);

/* Cuts a passage into sentences, one a call; false at its end. */
struct pal_cutter {
    const struct pal_document *document;
    const struct pal_lexicon *lexicon;
    size_t at;  /* in the body */
    size_t end; /* of the passage */
    bool is_quoted;
    struct pal_arena *words; /* lower-case texts, until the next sentence */
    pal_status status;       /* PAL_OK, or out of memory */
};
bool pal_cut(struct pal_cutter *cutter, struct pal_sentence *out);

void pal_times_find(struct pal_sentence *sentence);
void pal_numbers_find(struct pal_sentence *sentence);
void pal_units_find(struct pal_sentence *sentence);
/* The role of the document itself: email, court-paper, document, reporter. */
const char *pal_own_voice(const struct pal_document *document);

/* ---- inherit.c ---- */

/* Gives a number without a noun the noun it means, if that is plain. */
void pal_unit_inherit(const struct pal_sentence *sentence, struct pal_number *number);
/* What was counted before the number, in its sentence or the one before; NULL: nothing. */
const struct pal_lexeme *pal_unit_before(const struct pal_sentence *sentence,
                                         const struct pal_number *number);
void pal_unit_take(struct pal_number *number, const struct pal_lexeme *unit, size_t at);
/* Shares nouns between neighbours, and keeps the last for the next sentence. */
void pal_units_carry(struct pal_sentence *sentence);

void pal_places_find(struct pal_sentence *sentence);
/* `inherited`: role and speaker of the sentence before in the passage. */
void pal_speaker_find(struct pal_sentence *sentence, struct pal_arena *arena);
/* Adds the suggestions of a sentence. */
pal_status pal_statements_make(struct pal_sentence *sentence,
                               struct pal_suggestions *out,
                               struct pal_error *err) PAL_MUST_USE;
/* Puts a claim into words, and what a person must decide about it. */
pal_status pal_statement_word(const struct pal_sentence *sentence,
                              struct pal_suggestion *suggestion,
                              struct pal_view subject, struct pal_arena *arena,
                              struct pal_error *err) PAL_MUST_USE;
/* What is counted, for the measure that counts it. */
struct pal_counted {
    struct pal_view unit;
    struct pal_view rate;
    bool is_person;
    bool is_share;
    bool is_staff;
    bool is_time;
    bool is_part;  /* some of those counted before, by a trait */
    bool is_since; /* its days begin with "since" */
};
struct pal_measured {
    const char *measure;
    struct pal_view where; /* "outcome=declined"; size 0: none */
};
/* Fills measure, where and why_not of a suggestion whose place, days and test are known. */
void pal_measure_for(const struct pal_sentence *sentence,
                     const struct pal_counted *counted,
                     struct pal_suggestion *suggestion);
bool pal_has_phrase(const struct pal_sentence *sentence, struct pal_view phrase);
/* The sentence, or 25 words of it around tokens [first, end), with what is private masked. */
pal_status pal_quotation(const struct pal_sentence *sentence, size_t first, size_t end,
                         struct pal_arena *arena, struct pal_view *out,
                         struct pal_error *err) PAL_MUST_USE;

#endif
