/*
 * The word lists as one table, hashed by first word. Texts are those of the embedded files but
 * where a phrase must be lowered.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { BUCKET_COUNT = 4096, WORD_SIZE_MAX = 32 };

struct bucket {
    const struct pal_lexeme *first; /* with other words too */
};

struct pal_lexicon {
    struct bucket buckets[BUCKET_COUNT];
    struct pal_arena *arena;
};

static struct pal_view first_word(struct pal_view phrase)
{
    const char *blank = memchr(phrase.data, ' ', phrase.size);
    return (struct pal_view){
        phrase.data, blank == NULL ? phrase.size : (size_t)(blank - phrase.data)};
}

static size_t bucket_of(struct pal_view word)
{
    return (size_t)(pal_hash64(word.data, word.size) % BUCKET_COUNT);
}

const struct pal_lexeme *pal_lexicon_begin(const struct pal_lexicon *lexicon,
                                           struct pal_view word)
{
    const struct pal_lexeme *found = lexicon->buckets[bucket_of(word)].first;
    while (found != NULL && !pal_view_is_equal(first_word(found->phrase), word)) {
        found = found->next;
    }
    return found;
}

/* Lower-case, one blank between words, no full stop at a word's end. */
static pal_status normalise(struct pal_arena *arena, struct pal_view text,
                            struct pal_view *out, size_t *word_count,
                            struct pal_error *err)
{
    void *memory = NULL;
    pal_status st = pal_arena_alloc(arena, text.size + 1, 1, &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    char *to = memory;
    size_t size = 0;
    *word_count = 1;
    for (size_t i = 0; i < text.size; i++) {
        bool is_last = i + 1 == text.size || text.data[i + 1] == ' ';
        if (text.data[i] == '.' && is_last) {
            continue;
        }
        *word_count += text.data[i] == ' ';
        to[size++] = pal_lower(text.data[i]);
    }
    *out = (struct pal_view){to, size};
    return PAL_OK;
}

static pal_status add(struct pal_lexicon *lexicon, const struct pal_lexeme *like,
                      struct pal_view words, struct pal_error *err)
{
    struct pal_view word = {"", 0};
    while (pal_view_split(&words, ';', &word)) {
        void *memory = NULL;
        pal_status st =
            pal_arena_alloc(lexicon->arena, 1, sizeof(struct pal_lexeme), &memory, err);
        if (st != PAL_OK) {
            return st;
        }
        struct pal_lexeme *lexeme = memory;
        *lexeme = *like;
        st = normalise(lexicon->arena, pal_view_trim(word), &lexeme->phrase,
                       &lexeme->word_count, err);
        if (st != PAL_OK) {
            return st;
        }
        if (pal_view_is_equal(lexeme->text, PAL_VIEW("@"))) {
            lexeme->text = lexeme->phrase;
        }
        struct bucket *bucket =
            &lexicon->buckets[bucket_of(first_word(lexeme->phrase))];
        lexeme->next = bucket->first;
        bucket->first = lexeme;
    }
    return PAL_OK;
}

/* The next line's cells, the head line left out. */
static bool next_line(struct pal_view *rest, struct pal_view cells[4])
{
    struct pal_view line = {"", 0};
    while (pal_view_split(rest, '\n', &line)) {
        if (line.size == 0) {
            continue;
        }
        for (size_t i = 0; i < 4; i++) {
            cells[i] = PAL_VIEW("");
            if (line.data != NULL && !pal_view_split(&line, '|', &cells[i])) {
                cells[i] = PAL_VIEW("");
            }
        }
        return true;
    }
    return false;
}

static struct pal_view table(const char *name)
{
    struct pal_view rest = pal_asset_find(&pal_document_assets, name);
    struct pal_view head = {"", 0};
    (void)pal_view_split(&rest, '\n', &head);
    return rest;
}

static enum pal_word_class class_of(struct pal_view name)
{
    static const char *const names[] = {
#define PAL_WORD_CLASS(id, text) [PAL_WORD_##id] = (text),
        PAL_WORD_CLASSES(PAL_WORD_CLASS)
#undef PAL_WORD_CLASS
    };
    for (size_t i = 0; i < PAL_WORD_CLASS_COUNT; i++) {
        if (pal_view_is_equal(name, pal_view_of(names[i]))) {
            return (enum pal_word_class)i;
        }
    }
    pal_bug(__FILE__, __LINE__, "a word class of data/claim_words.csv is not known");
}

static enum pal_unit_kind kind_of(struct pal_view name)
{
    static const char *const names[] = {
        [PAL_UNIT_EVENT] = "event",   [PAL_UNIT_PAPER] = "paper",
        [PAL_UNIT_PERSON] = "person", [PAL_UNIT_STAFF] = "staff",
        [PAL_UNIT_THING] = "thing",   [PAL_UNIT_TIME] = "time",
        [PAL_UNIT_LONG] = "long",     [PAL_UNIT_MEASURE] = "measure",
        [PAL_UNIT_OTHER] = "other",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (pal_view_is_equal(name, pal_view_of(names[i]))) {
            return (enum pal_unit_kind)i;
        }
    }
    pal_bug(__FILE__, __LINE__, "a kind of data/claim_units.csv is not known");
}

static const char *dimension_of(struct pal_view name)
{
    static const char *const names[] = {"place", "area", "state", "state_short",
                                        "city"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (pal_view_is_equal(name, pal_view_of(names[i]))) {
            return names[i];
        }
    }
    pal_bug(__FILE__, __LINE__, "a dimension of data/cities.csv is not known");
}

pal_status pal_lexicon_new(struct pal_arena *arena, struct pal_lexicon **out,
                           struct pal_error *err)
{
    struct pal_view cells[4];
    void *memory = NULL;
    pal_status st = pal_arena_alloc(arena, 1, sizeof(struct pal_lexicon), &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    struct pal_lexicon *lexicon = memory;
    lexicon->arena = arena;
    struct pal_view rest = table("claim_words.csv");
    while (st == PAL_OK && next_line(&rest, cells)) {
        struct pal_lexeme like = {.word_class = class_of(cells[0]), .text = cells[3]};
        (void)pal_parse_double(cells[2], &like.value);
        st = add(lexicon, &like, cells[1], err);
    }
    rest = table("claim_units.csv");
    while (st == PAL_OK && next_line(&rest, cells)) {
        struct pal_lexeme like = {
            .word_class = PAL_WORD_UNIT, .text = cells[1], .kind = kind_of(cells[2])};
        st = add(lexicon, &like, cells[0], err);
    }
    rest = table("cities.csv");
    while (st == PAL_OK && next_line(&rest, cells)) {
        struct pal_lexeme like = {.word_class = PAL_WORD_PLACE,
                                  .text = cells[2],
                                  .dimension = dimension_of(cells[1])};
        st = add(lexicon, &like, cells[0], err);
    }
    rest = table("given_names.csv");
    while (st == PAL_OK && next_line(&rest, cells)) {
        struct pal_lexeme like = {.word_class = PAL_WORD_NAME};
        st = add(lexicon, &like, cells[0], err);
    }
    *out = st == PAL_OK ? lexicon : NULL;
    return st;
}

bool pal_is_abbreviation(struct pal_view word)
{
    static const char words[] =
        " mr mrs ms dr st no gov sen rep lt sgt capt col gen jan feb mar apr jun jul "
        "aug "
        "sep sept oct nov dec inc ltd co corp vs v fig dept supt prof hon rev sec pub "
        "ave "
        "rd blvd approx art ala ariz ark calif colo conn del fla ga ill ind kan ky la "
        "md "
        "mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo "
        "ft "
        "mt apt jr sr cf vol ch ed al maj cmdr insp det atty asst incl est ";
    char wanted[WORD_SIZE_MAX + 2];
    if (word.size == 0 || word.size > 8) {
        return false;
    }
    wanted[0] = ' ';
    for (size_t i = 0; i < word.size; i++) {
        wanted[i + 1] = word.data[i];
    }
    wanted[word.size + 1] = ' ';
    struct pal_view all = {words, sizeof words - 1};
    return pal_view_find(all, (struct pal_view){wanted, word.size + 2}) < all.size;
}
