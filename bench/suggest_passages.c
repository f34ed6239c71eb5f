/*
 * suggest_passages [-v] FILE...: how well `claims suggest` reads whole passages (bench/suggest/
 * passages_*.txt): the claims found and those proposed beyond them, and each field of those
 * found. A file holds blocks of this form:
 *
 *     = name|day of the document|publisher|form (txt, html, eml)
 *     the document, as many lines as it has
 *     --
 *     words of the sentence|value|high|unit|test|place|from|to|role|speech|measure
 *
 * A cell may give several right answers parted by ";" ("x;" allows an empty one), or "*": not
 * scored. A claim that begins with "?" may be proposed, and need not be. -v names the
 * differences.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "document/suggest.h"

enum { FIELD_COUNT = 10, TRUTH_MAX = 32, FOUND_MAX = 128 };

static const char *const fields[FIELD_COUNT] = {"value",  "high",   "unit", "test",
                                                "place",  "from",   "to",   "role",
                                                "speech", "measure"};

struct truth {
    struct pal_view words;
    struct pal_view cells[FIELD_COUNT];
    bool is_free; /* need not be proposed */
    bool is_met;
    uint64_t byte; /* of the words in the original */
};

struct block {
    struct pal_view name;
    int32_t day;
    struct pal_view publisher;
    struct pal_view form;
    struct pal_view text;
    struct truth truths[TRUTH_MAX];
    int truth_count;
};

struct score {
    int needed, met, met_free, proposed;
    int said[FIELD_COUNT], given[FIELD_COUNT], right_said[FIELD_COUNT],
        right_given[FIELD_COUNT];
};

static void text_of(const struct pal_suggestion *s, int i, char out[80])
{
    const char *words[] = {s->role, s->speech, s->measure};
    out[0] = '\0';
    if (i <= 1) {
        double value = i == 0 ? s->value : s->value_high;
        if (i == 0 ? s->has_value : s->has_value_high) {
            (void)snprintf(out, 80, "%.7g", value);
        }
    } else if (i == 2 || i == 4) {
        struct pal_view view = i == 2 ? s->unit : s->place;
        (void)snprintf(out, 80, "%.*s", PAL_VIEW_ARG(view));
    } else if (i == 3) {
        (void)snprintf(out, 80, "%s", s->test == NULL ? "" : s->test);
    } else if (i <= 6) {
        char day[16];
        pal_day_text(i == 5 ? s->from : s->to, day);
        (void)snprintf(out, 80, "%s", day);
    } else {
        (void)snprintf(out, 80, "%s", words[i - 7] == NULL ? "" : words[i - 7]);
    }
}

static bool is_one(int i, struct pal_view want, struct pal_view have)
{
    double a = 0;
    double b = 0;
    if (i <= 1 && pal_parse_double(want, &a) && pal_parse_double(have, &b)) {
        return fabs(a - b) <= 0.001 * fabs(a);
    }
    /* "special agents" is answered by "agents", "New York" by its area's name. */
    return pal_view_is_equal(want, have) ||
           (i == 2 && have.size > 0 && pal_view_has_suffix(want, have)) ||
           (i == 4 && want.size > 0 && pal_view_has_prefix(have, want));
}

static bool is_open(struct pal_view cell)
{
    return pal_view_is_equal(cell, PAL_VIEW("*"));
}

static bool is_right(int i, struct pal_view cell, const char *got)
{
    struct pal_view rest = cell;
    struct pal_view one;
    bool is_found = is_open(cell);
    while (!is_found && pal_view_split(&rest, ';', &one)) {
        is_found = is_one(i, one, pal_view_of(got));
    }
    return is_found;
}

/* How well a suggestion answers a truth; 0: it stands in another sentence. */
static int agreement(const struct pal_suggestion *s, const struct truth *truth)
{
    int count = 1;
    if (truth->byte < s->first_byte || truth->byte > s->last_byte) {
        return 0;
    }
    for (int i = 0; i < FIELD_COUNT; i++) {
        char got[80];
        text_of(s, i, got);
        count += is_right(i, truth->cells[i], got) ? (i == 0 ? 20 : 1) : 0;
    }
    return count;
}

static void score_fields(const struct block *block, const struct pal_suggestion *s,
                         const struct truth *truth, struct score *score, bool is_told)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        char got[80];
        struct pal_view cell = truth->cells[i];
        text_of(s, i, got);
        bool is_fine = is_right(i, cell, got);
        bool may_be_empty = cell.size == 0 || pal_view_has_suffix(cell, PAL_VIEW(";"));
        if (is_open(cell)) {
            continue;
        }
        score->said[i] += got[0] != '\0';
        score->right_said[i] += is_fine && got[0] != '\0';
        score->given[i] += !may_be_empty;
        score->right_given[i] += is_fine && !may_be_empty;
        if (is_told && !is_fine) {
            (void)printf("%.*s, \"%.*s\": %s is \"%s\", not \"%.*s\"\n",
                         PAL_VIEW_ARG(block->name), PAL_VIEW_ARG(truth->words),
                         fields[i], got, PAL_VIEW_ARG(cell));
        }
    }
}

/* Pairs suggestions and truths, the best agreement first. */
static void compare(struct block *block, const struct pal_suggestions *found,
                    struct score *score, bool is_told)
{
    bool is_used[FOUND_MAX] = {false};
    size_t count = found->count < FOUND_MAX ? found->count : FOUND_MAX;
    for (;;) {
        int best = 0;
        size_t best_found = 0;
        struct truth *best_truth = NULL;
        for (size_t f = 0; f < count; f++) {
            for (int t = 0; !is_used[f] && t < block->truth_count; t++) {
                int now = block->truths[t].is_met
                              ? 0
                              : agreement(&found->items[f], &block->truths[t]);
                if (now > best) {
                    best = now;
                    best_found = f;
                    best_truth = &block->truths[t];
                }
            }
        }
        if (best_truth == NULL) {
            break;
        }
        best_truth->is_met = true;
        is_used[best_found] = true;
        score_fields(block, &found->items[best_found], best_truth, score, is_told);
    }
    for (int t = 0; t < block->truth_count; t++) {
        const struct truth *truth = &block->truths[t];
        score->needed += !truth->is_free;
        score->met += !truth->is_free && truth->is_met;
        score->met_free += truth->is_free && truth->is_met;
        if (is_told && !truth->is_free && !truth->is_met) {
            (void)printf("%.*s: MISSED \"%.*s\"\n", PAL_VIEW_ARG(block->name),
                         PAL_VIEW_ARG(truth->words));
        }
    }
    score->proposed += (int)count;
    for (size_t f = 0; is_told && f < count; f++) {
        if (!is_used[f]) {
            (void)printf("%.*s: BEYOND \"%.*s\"\n", PAL_VIEW_ARG(block->name),
                         PAL_VIEW_ARG(found->items[f].statement));
        }
    }
}

static bool is_boilerplate(const struct pal_document *document, size_t at)
{
    for (size_t i = 0; i < document->passage_count; i++) {
        const struct pal_passage *passage = &document->passages[i];
        if (at >= passage->text_at &&
            at < (size_t)passage->text_at + passage->text_size) {
            return passage->boilerplate != NULL;
        }
    }
    return true;
}

/* The place in the original of each truth's words, one behind the other in the body. */
static bool has_places(struct block *block, const struct pal_document *document)
{
    struct pal_view body = pal_buffer_view(&document->body.text);
    size_t from = 0;
    for (int t = 0; t < block->truth_count; t++) {
        struct truth *truth = &block->truths[t];
        uint64_t last = 0;
        struct pal_view rest = {body.data + from, body.size - from};
        size_t at = pal_view_find(rest, truth->words);
        size_t before = from;
        if (at == rest.size && truth->is_free) {
            truth->byte = UINT64_MAX; /* what is boilerplate is not proposed */
            from = before;
            continue;
        }
        if (at == rest.size) {
            (void)printf("%.*s: no such words: %.*s\n", PAL_VIEW_ARG(block->name),
                         PAL_VIEW_ARG(truth->words));
            return false;
        }
        while (at < rest.size && is_boilerplate(document, from + at)) {
            from += at + 1;
            rest = (struct pal_view){body.data + from, body.size - from};
            at = pal_view_find(rest, truth->words);
        }
        from += at;
        pal_document_locate(document, from, truth->words.size, &truth->byte, &last);
    }
    return true;
}

static bool has_scored_block(struct block *block, struct score *score, bool is_told)
{
    struct pal_document document;
    struct pal_suggestions found = {0};
    struct pal_error err = {PAL_OK, ""};
    char name[16];
    (void)snprintf(name, sizeof name, "a.%.*s", PAL_VIEW_ARG(block->form));
    pal_status st = pal_document_read_memory(block->text, name, &document, &err);
    if (st == PAL_OK) {
        document.published = block->day;
        st = pal_arena_copy(&document.arena, block->publisher, &document.publisher,
                            &err);
    }
    if (st == PAL_OK) {
        st = pal_suggest(&document, &found, &err);
    }
    if (st != PAL_OK) {
        (void)printf("%.*s: %s\n", PAL_VIEW_ARG(block->name), err.text);
    }
    bool is_fine = st == PAL_OK && has_places(block, &document);
    if (is_fine) {
        compare(block, &found, score, is_told);
    }
    pal_suggestions_clear(&found);
    pal_document_clear(&document);
    return is_fine;
}

static bool has_head(struct pal_view line, struct block *block)
{
    struct pal_view rest = {line.data + 2, line.size - 2};
    struct pal_view day = {"", 0};
    char text[16];
    bool is_whole = pal_view_split(&rest, '|', &block->name) &&
                    pal_view_split(&rest, '|', &day) &&
                    pal_view_split(&rest, '|', &block->publisher) &&
                    pal_view_split(&rest, '|', &block->form);
    (void)snprintf(text, sizeof text, "%.*s", PAL_VIEW_ARG(day));
    block->day = pal_day_from_text(text);
    return is_whole && block->day != PAL_DAY_NONE;
}

static bool has_truth(struct pal_view line, struct block *block)
{
    struct truth *truth = &block->truths[block->truth_count];
    bool is_fine =
        block->truth_count < TRUTH_MAX && pal_view_split(&line, '|', &truth->words);
    for (int i = 0; is_fine && i < FIELD_COUNT; i++) {
        is_fine = pal_view_split(&line, '|', &truth->cells[i]);
    }
    truth->is_met = false;
    truth->is_free = is_fine && truth->words.size > 0 && truth->words.data[0] == '?';
    if (truth->is_free) {
        truth->words = (struct pal_view){truth->words.data + 1, truth->words.size - 1};
    }
    block->truth_count += is_fine;
    return is_fine;
}

static void put_row(const char *what, int right, int all)
{
    (void)printf("  %-22s %3d of %3d  %5.1f %%\n", what, right, all,
                 all == 0 ? 100.0 : 100.0 * right / all);
}

static void put_score(const char *path, const struct score *score)
{
    (void)printf("%s\n", path);
    put_row("claims, recall", score->met, score->needed);
    put_row("claims, precision", score->met + score->met_free, score->proposed);
    (void)printf("  of the claims found, by field: right of what was said (precision), "
                 "right of what is labelled (recall)\n");
    for (int i = 0; i < FIELD_COUNT; i++) {
        int said = score->said[i];
        int given = score->given[i];
        (void)printf("  %-10s %3d of %3d  %5.1f %%   %3d of %3d  %5.1f %%\n", fields[i],
                     score->right_said[i], said,
                     said == 0 ? 100.0 : 100.0 * score->right_said[i] / said,
                     score->right_given[i], given,
                     given == 0 ? 100.0 : 100.0 * score->right_given[i] / given);
    }
}

static bool has_scored(const char *path, bool is_told)
{
    struct pal_buffer file;
    struct score score = {0};
    struct block block = {0};
    struct pal_view line = {"", 0};
    bool is_text = false;
    bool is_fine = true;
    pal_buffer_init(&file, 1 << 20);
    if (pal_file_read(path, &file, NULL) != PAL_OK) {
        (void)printf("cannot read %s\n", path);
        return false;
    }
    struct pal_view rest = pal_buffer_view(&file);
    while (is_fine && pal_view_split(&rest, '\n', &line)) {
        if (pal_view_has_prefix(line, PAL_VIEW("= "))) {
            is_fine = block.name.size == 0 || has_scored_block(&block, &score, is_told);
            block = (struct block){0};
            is_fine = is_fine && has_head(line, &block);
            block.text = (struct pal_view){line.data + line.size + 1, 0};
            is_text = true;
        } else if (is_text && pal_view_is_equal(line, PAL_VIEW("--"))) {
            block.text.size = (size_t)(line.data - block.text.data);
            is_text = false;
        } else if (!is_text && line.size > 0) {
            is_fine = has_truth(line, &block);
        }
        if (!is_fine) {
            (void)printf("%s: cannot read: %.*s\n", path, PAL_VIEW_ARG(line));
        }
    }
    is_fine =
        is_fine && (block.name.size == 0 || has_scored_block(&block, &score, is_told));
    put_score(path, &score);
    pal_buffer_clear(&file);
    return is_fine;
}

int main(int argc, char **argv)
{
    bool is_told = argc > 1 && strcmp(argv[1], "-v") == 0;
    int first = is_told ? 2 : 1;
    bool is_fine = first < argc && pal_hash_setup(NULL) == PAL_OK;
    for (int i = first; is_fine && i < argc; i++) {
        is_fine = has_scored(argv[i], is_told);
    }
    return is_fine ? 0 : 1;
}
