/*
 * What stands around a figure: the study's places and releases, which days its records cover,
 * the files they are from, and the definition in words.
 */
#include "claim/claim_internal.h"

enum { PLACE_MAX = 256, RELEASE_MAX = 256, FILE_MAX = 64, COVER_TEXT_MAX = 1500 };

/* ---- what the study says of itself ---- */

static pal_status take_place(void *taker, const struct pal_value *row,
                             struct pal_error *err)
{
    struct pal_judge *judge = taker;
    if (judge->place_count == PLACE_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d places in a study", PLACE_MAX);
    }
    struct pal_claim_place *place = &judge->places[judge->place_count++];
    struct pal_view *texts[] = {&place->place, &place->area, &place->state,
                                &place->note};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = PAL_VIEW("");
        if (row[i].kind == PAL_VALUE_TEXT) {
            st = pal_arena_copy(judge->arena, row[i].text, texts[i], err);
        }
    }
    return st;
}

static pal_status take_release(void *taker, const struct pal_value *row,
                               struct pal_error *err)
{
    struct pal_judge *judge = taker;
    if (judge->release_count == RELEASE_MAX) {
        return PAL_OK;
    }
    return pal_arena_copy(judge->arena, row[0].text,
                          &judge->releases[judge->release_count++], err);
}

static pal_status take_setting(void *taker, const struct pal_value *row,
                               struct pal_error *err)
{
    struct pal_judge *judge = taker;
    struct pal_judgement *out = judge->out;
    struct pal_view *at = &out->title;
    if (pal_view_is_equal(row[0].text, PAL_VIEW("program_version"))) {
        at = &out->program_version;
    } else if (pal_view_is_equal(row[0].text, PAL_VIEW("rule_version"))) {
        at = &out->rule_version;
    }
    return pal_arena_copy(judge->arena, row[1].text, at, err);
}

pal_status pal_judge_load(struct pal_judge *judge, struct pal_error *err)
{
    void *places = NULL;
    void *releases = NULL;
    pal_status st =
        pal_arena_alloc(judge->arena, PLACE_MAX, sizeof *judge->places, &places, err);
    if (st == PAL_OK) {
        st = pal_arena_alloc(judge->arena, RELEASE_MAX, sizeof *judge->releases,
                             &releases, err);
    }
    judge->places = places;
    judge->releases = releases;
    if (st == PAL_OK) {
        st = pal_judge_rows(judge, "place.sql", NULL, 0,
                            (struct pal_row_sink){take_place, judge}, err);
    }
    if (st == PAL_OK) {
        st = pal_judge_rows(judge, "release.sql", NULL, 0,
                            (struct pal_row_sink){take_release, judge}, err);
    }
    return st == PAL_OK
               ? pal_judge_rows(judge, "setting.sql", NULL, 0,
                                (struct pal_row_sink){take_setting, judge}, err)
               : st;
}

/* ---- coverage, files, definition ---- */

struct cover_words {
    struct pal_buffer text;
    size_t count;
};

static pal_status take_cover(void *taker, const struct pal_value *row,
                             struct pal_error *err)
{
    struct cover_words *words = taker;
    char first[16];
    char last[16];
    (void)err;
    if (row[3].integer == 0) {
        return PAL_OK;
    }
    pal_day_text((int32_t)row[1].integer, first);
    pal_day_text((int32_t)row[2].integer, last);
    bool is_regional = row[4].kind == PAL_VALUE_TEXT;
    pal_buffer_append_format(
        &words->text, "%s%s to %s (release %.*s%s%.*s%s)",
        words->count++ == 0 ? "" : ", ", first, last, PAL_VIEW_ARG(row[0].text),
        is_regional ? ", the area " : "", is_regional ? (int)row[4].text.size : 0,
        is_regional ? row[4].text.data : "", is_regional ? " only" : "");
    return PAL_OK;
}

pal_status pal_finding_set_coverage(struct pal_judge *judge,
                                    const struct pal_measure *measure,
                                    struct pal_finding *finding, struct pal_error *err)
{
    struct cover_words words = {.count = 0};
    struct pal_value table = {.kind = PAL_VALUE_TEXT, .text = measure->coverage};
    if (measure->kind == PAL_MEASURE_STATED || measure->kind == PAL_MEASURE_STOCK ||
        pal_view_is_equal(measure->table, PAL_VIEW("custody_statistic"))) {
        finding->coverage = PAL_VIEW("As published, month by month.");
        return PAL_OK;
    }
    /* The buffer's cap ends a long list; what was put in stays whole. */
    pal_buffer_init(&words.text, COVER_TEXT_MAX);
    pal_status st = pal_judge_rows(judge, "cover.sql", &table, 1,
                                   (struct pal_row_sink){take_cover, &words}, err);
    if (st == PAL_OK && words.count == 0) {
        finding->coverage = PAL_VIEW("No such records are loaded.");
    } else if (st == PAL_OK) {
        st = pal_judge_words(judge, &finding->coverage, err,
                             "The loaded records of this kind cover %.*s.",
                             (int)words.text.size, words.text.data);
    }
    pal_buffer_clear(&words.text);
    return st;
}

struct file_taker {
    struct pal_judge *judge;
    struct pal_finding *finding;
    struct pal_view table;
};

static pal_status take_file(void *taker, const struct pal_value *row,
                            struct pal_error *err)
{
    struct file_taker *files = taker;
    struct pal_finding *finding = files->finding;
    if (finding->file_count == FILE_MAX) {
        return PAL_OK;
    }
    struct pal_claim_file *file = &finding->files[finding->file_count++];
    file->table = files->table;
    file->rows = row[3].integer;
    pal_status st = pal_arena_copy(files->judge->arena, row[0].text, &file->file, err);
    if (st == PAL_OK) {
        st = pal_arena_copy(files->judge->arena, row[1].text, &file->sha256, err);
    }
    file->release = PAL_VIEW("");
    if (st == PAL_OK && row[2].kind == PAL_VALUE_TEXT) {
        st = pal_arena_copy(files->judge->arena, row[2].text, &file->release, err);
    }
    return st;
}

pal_status pal_finding_set_files(struct pal_judge *judge, struct pal_view table,
                                 struct pal_finding *finding, struct pal_error *err)
{
    struct file_taker files = {judge, finding, table};
    struct pal_value value = {.kind = PAL_VALUE_TEXT, .text = table};
    void *memory = NULL;
    for (size_t i = 0; i < finding->file_count; i++) {
        if (pal_view_is_equal(finding->files[i].table, table)) {
            return PAL_OK;
        }
    }
    if (finding->files == NULL) {
        pal_status st = pal_arena_alloc(judge->arena, FILE_MAX, sizeof *finding->files,
                                        &memory, err);
        if (st != PAL_OK) {
            return st;
        }
        finding->files = memory;
    }
    return pal_judge_rows(judge, "file.sql", &value, 1,
                          (struct pal_row_sink){take_file, &files}, err);
}

pal_status pal_finding_set_definition(struct pal_judge *judge,
                                      const struct pal_measure *measure,
                                      struct pal_finding *finding,
                                      struct pal_error *err)
{
    bool is_divided = measure->denominator.size > 0;
    return pal_judge_words(
        judge, &finding->definition, err, "%.*s%s%.*s. %.*s",
        PAL_VIEW_ARG(measure->numerator), is_divided ? ", divided by " : "",
        PAL_VIEW_ARG(measure->denominator), PAL_VIEW_ARG(measure->caveats));
}
