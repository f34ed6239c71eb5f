/*
 * Making a report: facts, then the sections one by one, then the page as a whole.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "publish/report_internal.h"

enum { WORDS_MAX = 2048, PATH_SIZE_MAX = 4096 };

pal_status pal_report_words(struct pal_report *report, struct pal_view *out,
                            struct pal_error *err, const char *format, ...)
{
    char text[WORDS_MAX];
    va_list list;
    va_start(list, format);
    int size = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    *out = PAL_VIEW("");
    if (size < 0 || (size_t)size >= sizeof text) {
        return pal_fail(err, PAL_LIMIT, "a text of the report is too long");
    }
    return pal_arena_copy(&report->arena, (struct pal_view){text, (size_t)size}, out,
                          err);
}

pal_status pal_report_room(struct pal_report *report, size_t count, size_t size,
                           void **out, struct pal_error *err)
{
    return pal_arena_alloc(&report->arena, count, size, out, err);
}

bool pal_report_has_table(const struct pal_report *report, const char *table)
{
    for (size_t i = 0; i < report->facts.cover_count; i++) {
        if (pal_view_is_equal(report->facts.covers[i].table, pal_view_of(table))) {
            return true;
        }
    }
    return false;
}

int64_t pal_report_rows(const struct pal_report *report, struct pal_view table)
{
    for (size_t i = 0; i < report->tables.row_count; i++) {
        if (pal_view_is_equal(pal_grid_text(&report->tables, i, 0), table)) {
            return pal_grid_integer(&report->tables, i, 1);
        }
    }
    return 0;
}

const char *pal_report_table_title(struct pal_view table)
{
    static const char *const titles[][2] = {
        {"arrest", "Arrests"},         {"detainer", "Custody requests"},
        {"encounter", "Encounters"},   {"removal", "Removals"},
        {"stint", "Detention spells"}, {"custody_statistic", "Detention statistics"},
        {"head_count", "Head counts"}, {"area_state", "Areas of responsibility"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        if (pal_view_is_equal(table, pal_view_of(titles[i][0]))) {
            return titles[i][1];
        }
    }
    return "Other sheets";
}

static void mark_used(struct pal_report *report, struct pal_view name)
{
    struct pal_measure measure;
    for (size_t i = 0; i < PAL_REPORT_MEASURE_MAX && pal_measure_at(i, &measure); i++) {
        if (pal_view_is_equal(measure.name, name)) {
            report->used[i] = true;
        }
    }
}

pal_status pal_report_ask(struct pal_report *report,
                          const struct pal_question *question,
                          const struct pal_measure_result **out, struct pal_error *err)
{
    struct pal_measure_request request = {.first = question->first,
                                          .last = question->last};
    *out = NULL;
    PAL_BUG_IF(!pal_measure_find(pal_view_of(question->measure), &request.measure));
    for (; request.by_count < PAL_MEASURE_DIMENSION_MAX &&
           question->by[request.by_count] != NULL;
         request.by_count++) {
        request.by[request.by_count] = pal_view_of(question->by[request.by_count]);
    }
    for (; request.where_count < PAL_MEASURE_DIMENSION_MAX &&
           question->where[request.where_count].dimension != NULL;
         request.where_count++) {
        request.where[request.where_count] = (struct pal_condition){
            pal_view_of(question->where[request.where_count].dimension),
            question->where[request.where_count].value};
    }
    if (report->result_count == PAL_REPORT_RESULT_MAX) {
        return pal_fail(err, PAL_LIMIT, "a report puts more than %d questions",
                        PAL_REPORT_RESULT_MAX);
    }
    pal_progress_report(report->progress, request.measure.title, 0, 0, 0);
    pal_status st = pal_measure_run(report->store, &request,
                                    &report->results[report->result_count], err);
    if (st == PAL_OK) {
        *out = report->results[report->result_count++];
        mark_used(report, request.measure.name);
    }
    return st;
}

void pal_question_command(const struct pal_question *question, struct pal_buffer *out)
{
    char day[16];
    pal_buffer_append_format(out, "palladium measure run %s study.duckdb",
                             question->measure);
    for (size_t i = 0; i < PAL_MEASURE_DIMENSION_MAX && question->by[i] != NULL; i++) {
        pal_buffer_append_text(out, i == 0 ? " --by " : ",");
        pal_buffer_append_text(out, question->by[i]);
    }
    for (size_t i = 0;
         i < PAL_MEASURE_DIMENSION_MAX && question->where[i].dimension != NULL; i++) {
        pal_buffer_append_format(out, " --where %s=", question->where[i].dimension);
        pal_buffer_append_shell_word(out, question->where[i].value);
    }
    if (question->first != PAL_DAY_NONE) {
        pal_day_text(question->first, day);
        pal_buffer_append_format(out, " --from %s", day);
    }
    if (question->last != PAL_DAY_NONE) {
        pal_day_text(question->last, day);
        pal_buffer_append_format(out, " --to %s", day);
    }
    pal_buffer_append_text(out, " --format csv");
}

struct pal_words pal_studied_words(const struct pal_report *report)
{
    struct pal_words out;
    int64_t count = (int64_t)report->histories.studied_count;
    (void)snprintf(out.text, sizeof out.text, "the %.20s area%s",
                   pal_number_word(count).text, count == 1 ? "" : "s");
    return out;
}

/* ---- the whole ---- */

typedef pal_status (*section_writer)(struct pal_report *report, struct pal_error *err);

static pal_status write_sections(struct pal_report *report, struct pal_error *err)
{
    static const struct {
        const char *name;
        section_writer write;
    } sections[] = {
        {"what was announced", pal_section_announced},
        {"coverage", pal_section_coverage},
        {"arrests a day", pal_section_arrests},
        {"surges", pal_section_surges},
        {"methods", pal_section_methods},
        {"custody requests", pal_section_detainers},
        {"book-ins", pal_section_custody},
        {"head counts", pal_section_staff},
        {"what was not recorded", pal_section_unrecorded},
        {"duplicates", pal_section_duplicates},
        {"data quality", pal_section_quality},
        {"claims", pal_section_claims},
        {"definitions", pal_section_definitions},
    };
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        pal_status st = sections[i].write(report, err);
        if (st != PAL_OK) {
            return pal_while(err, st, "the section on %s", sections[i].name);
        }
    }
    return PAL_OK;
}

static pal_status load(struct pal_report *report, struct pal_error *err)
{
    pal_status st =
        pal_report_grid(report, "tables.sql", NULL, 0, &report->tables, err);
    report->has_arrests = pal_report_has_table(report, "arrest");
    if (st == PAL_OK && report->has_arrests) {
        st = pal_histories_load(report, err);
    }
    if (st == PAL_OK && report->has_arrests) {
        st = pal_methods_load(report, err);
    }
    if (st == PAL_OK && report->has_arrests) {
        st = pal_surges_load(report, err);
    }
    if (st == PAL_OK) {
        st = pal_requests_load(report, err);
    }
    return st == PAL_OK ? pal_custody_load(report, err) : st;
}

static pal_status write_page(struct pal_report *report, struct pal_error *err)
{
    struct pal_buffer path;
    pal_status st = PAL_OK;
    pal_page_open(&report->page, report->facts.title,
                  PAL_VIEW("What released records show, with every figure's "
                           "definition, count and source."));
    st = load(report, err);
    if (st == PAL_OK) {
        st = pal_section_answer(report, err);
    }
    if (st == PAL_OK) {
        st = write_sections(report, err);
    }
    pal_page_close(&report->page);
    if (st == PAL_OK) {
        st = pal_buffer_status(&report->body, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_buffer_init(&path, PATH_SIZE_MAX);
    pal_buffer_append_format(&path, "%s/report.html", report->folder);
    st = pal_buffer_status(&path, err);
    if (st == PAL_OK) {
        st = pal_file_write(path.data, pal_buffer_view(&report->body), err);
    }
    pal_buffer_clear(&path);
    return st;
}

static pal_status make_folder(const char *folder, struct pal_error *err)
{
    struct pal_buffer path;
    pal_buffer_init(&path, PATH_SIZE_MAX);
    pal_buffer_append_format(&path, "%s/figures", folder);
    pal_status st = pal_buffer_status(&path, err);
    if (st == PAL_OK) {
        st = pal_folder_make(path.data, err);
    }
    pal_buffer_clear(&path);
    return st;
}

pal_status pal_publish_report(struct pal_store *store, const char *folder,
                              struct pal_progress *progress, struct pal_error *err)
{
    struct pal_report *report = NULL;
    if (pal_store_has_kept_ids(store)) {
        return pal_fail(err, PAL_INPUT,
                        "this study keeps released ids (--keep-ids) and may not be "
                        "published: import the files again without that option");
    }
    report = pal_alloc_zero(1, sizeof *report);
    if (report == NULL) {
        return pal_fail_memory(err);
    }
    report->store = store;
    report->folder = folder;
    report->progress = progress;
    report->page.out = &report->body;
    pal_arena_init(&report->arena, PAL_REPORT_ARENA_MAX);
    pal_buffer_init(&report->body, PAL_REPORT_SIZE_MAX);
    pal_status st = make_folder(folder, err);
    if (st == PAL_OK) {
        st = pal_facts_load(report, err);
    }
    if (st == PAL_OK) {
        st = write_page(report, err);
    }
    for (size_t i = 0; i < report->result_count; i++) {
        pal_measure_result_free(report->results[i]);
    }
    pal_surge_study_free(report->surges);
    pal_buffer_clear(&report->body);
    pal_arena_clear(&report->arena);
    pal_free(report);
    return st == PAL_OK ? PAL_OK : pal_while(err, st, "writing the report");
}
