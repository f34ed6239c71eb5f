/*
 * suggest [-v] TABLE...: how well `claims suggest` finds and reads the sentences of a labelled
 * table (bench/suggest/), by precision and recall of sentences and by field, and how long it
 * takes for a megabyte of text. -v names the sentences that differ.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "document/suggest.h"

enum { FIELD_COUNT = 9, CELL_COUNT = 11, TEXT_SIZE = 1 << 20 };

static const char *const fields[FIELD_COUNT] = {
    "value", "high", "unit", "test", "place", "from", "to", "role", "speech"};

struct score {
    int labelled, found,
        wrong; /* sentences: with a claim; found of them; found of others */
    int field_said[FIELD_COUNT], field_right[FIELD_COUNT], field_given[FIELD_COUNT];
};

/* Field i of a suggestion as the label would have it. */
static void text_of(const struct pal_suggestion *s, int i, char out[64])
{
    out[0] = '\0';
    if (i == 0 && s->has_value) {
        (void)snprintf(out, 64, "%.4g", s->value);
    } else if (i == 1 && s->has_value_high) {
        (void)snprintf(out, 64, "%.4g", s->value_high);
    } else if (i == 2) {
        (void)snprintf(out, 64, "%.*s", PAL_VIEW_ARG(s->unit));
    } else if (i == 3 && s->test != NULL) {
        (void)snprintf(out, 64, "%s", s->test);
    } else if (i == 4) {
        (void)snprintf(out, 64, "%.*s", PAL_VIEW_ARG(s->place));
    } else if (i == 5 || i == 6) {
        char day[16];
        pal_day_text(i == 5 ? s->from : s->to, day);
        (void)snprintf(out, 64, "%s", day);
    } else if (i == 7 && s->role != NULL) {
        (void)snprintf(out, 64, "%s", s->role);
    } else if (i == 8 && s->speech != NULL) {
        (void)snprintf(out, 64, "%s", s->speech);
    }
}

static bool is_same(int i, struct pal_view want, const char *got)
{
    double a = 0;
    double b = 0;
    struct pal_view have = pal_view_of(got);
    if (i <= 1 && pal_parse_double(want, &a) && pal_parse_double(have, &b)) {
        return fabs(a - b) <= 0.001 * fabs(a);
    }
    /* "special agents" is answered by "agents", "New York" by its area's name. */
    return pal_view_is_equal(want, have) ||
           (i == 2 && have.size > 0 && pal_view_has_suffix(want, have)) ||
           (i == 4 && want.size > 0 && pal_view_has_prefix(have, want));
}

static int agreement(const struct pal_suggestion *s,
                     const struct pal_view cells[CELL_COUNT])
{
    int count = 0;
    for (int i = 0; i < FIELD_COUNT; i++) {
        char got[64];
        text_of(s, i, got);
        count += is_same(i, cells[2 + i], got);
    }
    return count;
}

static void compare(const struct pal_suggestions *found,
                    struct pal_view cells[CELL_COUNT], struct score *score,
                    bool is_told)
{
    bool is_claim = pal_view_is_equal(cells[1], PAL_VIEW("y"));
    const struct pal_suggestion *best = NULL;
    score->labelled += is_claim;
    score->found += is_claim && found->count > 0;
    score->wrong += !is_claim && found->count > 0;
    if (is_told && is_claim != (found->count > 0)) {
        (void)printf("%s %.*s\n", is_claim ? "MISSED" : "WRONGLY",
                     PAL_VIEW_ARG(cells[0]));
    }
    for (size_t i = 0; is_claim && i < found->count; i++) {
        if (best == NULL ||
            agreement(&found->items[i], cells) > agreement(best, cells)) {
            best = &found->items[i];
        }
    }
    for (int i = 0; best != NULL && i < FIELD_COUNT; i++) {
        char got[64];
        text_of(best, i, got);
        bool is_right = is_same(i, cells[2 + i], got);
        score->field_given[i] += cells[2 + i].size > 0;
        score->field_said[i] += got[0] != '\0';
        score->field_right[i] += is_right && got[0] != '\0';
        if (is_told && !is_right) {
            (void)printf("  %s: \"%s\", labelled \"%.*s\": %.*s\n", fields[i], got,
                         PAL_VIEW_ARG(cells[2 + i]), PAL_VIEW_ARG(cells[0]));
        }
    }
}

static bool has_suggested(struct pal_view text, struct pal_suggestions *out)
{
    struct pal_document document;
    struct pal_error err = {PAL_OK, ""};
    pal_status st = pal_document_read_memory(text, "a.txt", &document, &err);
    document.published = pal_day_of((struct pal_civil){2020, 3, 5});
    if (st == PAL_OK) {
        st = pal_suggest(&document, out, &err);
    }
    pal_document_clear(&document);
    if (st != PAL_OK) {
        (void)printf("%s: %.*s\n", err.text, PAL_VIEW_ARG(text));
    }
    return st == PAL_OK;
}

static void put_share(const char *what, int right, int all)
{
    (void)printf("  %-10s %3d of %3d  %5.1f %%\n", what, right, all,
                 all == 0 ? 100.0 : 100.0 * right / all);
}

static bool has_scored(const char *path, bool is_told)
{
    struct pal_buffer file;
    struct pal_view line = {"", 0};
    struct score score = {0};
    bool is_head = true;
    pal_buffer_init(&file, 1 << 20);
    if (pal_file_read(path, &file, NULL) != PAL_OK) {
        (void)printf("cannot read %s\n", path);
        return false;
    }
    struct pal_view rest = pal_buffer_view(&file);
    while (pal_view_split(&rest, '\n', &line)) {
        struct pal_view cells[CELL_COUNT];
        struct pal_suggestions found = {0};
        bool is_whole = !is_head && line.size > 0;
        for (int i = 0; i < CELL_COUNT && is_whole; i++) {
            is_whole = pal_view_split(&line, '|', &cells[i]);
        }
        if (is_whole && has_suggested(cells[0], &found)) {
            compare(&found, cells, &score, is_told);
        }
        pal_suggestions_clear(&found);
        is_head = false;
    }
    pal_buffer_clear(&file);
    (void)printf("%s\n", path);
    put_share("recall", score.found, score.labelled);
    put_share("precision", score.found, score.found + score.wrong);
    (void)printf(
        "  of the sentences found, by field: right of what was said (precision), "
        "right of what is labelled (recall)\n");
    for (int i = 0; i < FIELD_COUNT; i++) {
        (void)printf("  %-10s %3d of %3d  %5.1f %%   %3d of %3d  %5.1f %%\n", fields[i],
                     score.field_right[i], score.field_said[i],
                     score.field_said[i] == 0
                         ? 100.0
                         : 100.0 * score.field_right[i] / score.field_said[i],
                     score.field_right[i], score.field_given[i],
                     score.field_given[i] == 0
                         ? 100.0
                         : 100.0 * score.field_right[i] / score.field_given[i]);
    }
    return true;
}

/* The table's sentences over and over, to a megabyte. */
static void time_megabyte(const char *path)
{
    struct pal_buffer file;
    struct pal_buffer text;
    struct pal_view line = {"", 0};
    struct timespec begin;
    struct timespec end;
    double best = INFINITY;
    pal_buffer_init(&file, 1 << 20);
    pal_buffer_init(&text, 2 * (size_t)TEXT_SIZE);
    if (pal_file_read(path, &file, NULL) != PAL_OK) {
        return;
    }
    while (text.size < TEXT_SIZE && text.status == PAL_OK) {
        struct pal_view rest = pal_buffer_view(&file);
        while (pal_view_split(&rest, '\n', &line)) {
            struct pal_view sentence = {"", 0};
            if (line.size > 0 && pal_view_split(&line, '|', &sentence)) {
                pal_buffer_append_view(&text, sentence);
                pal_buffer_append_text(&text, "\n\n");
            }
        }
    }
    for (int round = 0; round < 3; round++) {
        struct pal_suggestions found = {0};
        (void)clock_gettime(CLOCK_MONOTONIC, &begin);
        if (!has_suggested(pal_buffer_view(&text), &found)) {
            break;
        }
        (void)clock_gettime(CLOCK_MONOTONIC, &end);
        double seconds = (double)(end.tv_sec - begin.tv_sec) +
                         (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
        best = seconds < best ? seconds : best;
        pal_suggestions_clear(&found);
    }
    (void)printf("read and suggest, %.2f MB of text: %.3f s (best of 3)\n",
                 (double)text.size / 1e6, best);
    pal_buffer_clear(&file);
    pal_buffer_clear(&text);
}

int main(int argc, char **argv)
{
    bool is_told = argc > 1 && strcmp(argv[1], "-v") == 0;
    int first = is_told ? 2 : 1;
    bool is_fine = first < argc && pal_hash_setup(NULL) == PAL_OK;
    for (int i = first; is_fine && i < argc; i++) {
        is_fine = has_scored(argv[i], is_told);
    }
    if (is_fine) {
        time_megabyte(argv[first]);
    }
    return is_fine ? 0 : 1;
}
