/*
 * The language of a text, by the short words that every text of a language is full of: about
 * four words in ten of English prose are among the forty here. Only what clearly is another
 * language is called so; too little text is "unknown".
 */
#include <string.h>

#include "document/document_internal.h"

enum {
    LANGUAGE_MAX = 8,
    WORD_LOOK_MAX = 4000,
    WORD_MIN = 25, /* fewer words say nothing */
    ENGLISH_PERCENT =
        12 /* of the words: below it, and below another, it is not English */
};

struct counts {
    size_t words;
    size_t foreign; /* letters of no Latin script */
    size_t letters;
    size_t hits[LANGUAGE_MAX];
};

static bool is_in(struct pal_view list, struct pal_view word)
{
    struct pal_view part = {"", 0};
    while (pal_view_split(&list, ' ', &part)) {
        if (pal_view_is_equal_fold(part, word)) {
            return true;
        }
    }
    return false;
}

static void count_word(struct counts *counts, struct pal_view word)
{
    struct pal_view rest = pal_asset_find(&pal_document_assets, "stop_words.csv");
    struct pal_view line = {"", 0};
    size_t language = 0;
    bool is_head = true;
    counts->words++;
    while (pal_view_split(&rest, '\n', &line) && language < LANGUAGE_MAX) {
        struct pal_view name = {"", 0};
        if (!is_head && line.size > 0 && pal_view_split(&line, '|', &name)) {
            counts->hits[language] += is_in(line, word);
            language++;
        }
        is_head = false;
    }
}

static void count_text(struct counts *counts, struct pal_view text)
{
    size_t at = 0;
    while (at < text.size && counts->words < WORD_LOOK_MAX) {
        size_t from = at;
        while (at < text.size) {
            unsigned char c = (unsigned char)text.data[at];
            bool is_letter =
                (pal_lower((char)c) >= 'a' && pal_lower((char)c) <= 'z') || c >= 0x80;
            if (!is_letter) {
                break;
            }
            /* Lead bytes from U+0370 on: Greek, Cyrillic, Arabic, Chinese...; E2 holds the
             * quotation marks and dashes of every language. */
            counts->foreign += c >= 0xCD && c != 0xE2;
            counts->letters += c < 0x80 || c >= 0xC0;
            at++;
        }
        if (at - from > 0 && at - from <= 12) {
            count_word(counts, (struct pal_view){text.data + from, at - from});
        } else if (at > from) {
            counts->words++;
        }
        at++;
    }
}

const char *pal_language_of(const struct pal_document *document)
{
    struct counts counts = {0};
    size_t best = 0;
    for (size_t i = 0; i < document->passage_count; i++) {
        if (document->passages[i].boilerplate == NULL) {
            count_text(&counts, pal_passage_text(document, &document->passages[i]));
        }
    }
    for (size_t i = 1; i < LANGUAGE_MAX; i++) {
        best = counts.hits[i] > best ? counts.hits[i] : best;
    }
    if (counts.letters >= WORD_MIN && counts.foreign * 2 > counts.letters) {
        return "other";
    }
    if (counts.words < WORD_MIN) {
        return "unknown";
    }
    if (counts.hits[0] * 100 >= counts.words * ENGLISH_PERCENT &&
        counts.hits[0] >= best) {
        return "english";
    }
    return best > counts.hits[0] && best * 100 >= counts.words * ENGLISH_PERCENT
               ? "other"
               : "unknown";
}
