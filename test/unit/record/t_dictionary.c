#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "helper_sheet.h"
#include "record/assets_internal.h"
#include "record/dictionary_internal.h"

/* A table of data/ as a list of lines, each column a text of its own. */
struct lines {
    struct pal_asset_visitor base;
    struct pal_arena arena;
    size_t column_count;
    size_t count;
    struct pal_view texts[1024][PAL_ASSET_COLUMN_MAX];
};

static pal_status keep_line(struct pal_asset_visitor *self,
                            const struct pal_view *texts, struct pal_error *err)
{
    struct lines *lines = (struct lines *)self;
    assert_true(lines->count < 1024);
    for (size_t i = 0; i < lines->column_count; i++) {
        pal_status status = pal_arena_copy(&lines->arena, texts[i],
                                           &lines->texts[lines->count][i], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    lines->count++;
    return PAL_OK;
}

static const struct {
    const char *name;
    const char *columns[PAL_ASSET_COLUMN_MAX];
    size_t column_count;
    size_t key_count;   /* the first columns that together are unique */
    size_t blank_first; /* columns from here on may be blank */
} tables[] = {
    {"fields.csv", {"table", "field", "type", "sensitivity", "description"}, 5, 2, 5},
    {"aliases.csv", {"table", "alias", "field", "rank"}, 4, 4, 4},
    {"direct_identifiers.csv", {"pattern", "tables", "what"}, 3, 2, 3},
    {"tables.csv", {"table", "rule", "value"}, 3, 3, 3},
    {"missing.csv", {"text", "field", "outcome"}, 3, 2, 3},
    {"areas.csv", {"name", "long_name", "code", "other"}, 4, 1, 3},
    {"statistics.csv", {"kind", "label", "meaning"}, 3, 2, 3},
};

static struct lines *open_lines(size_t table)
{
    struct lines *lines = pal_alloc_zero(1, sizeof *lines);
    assert_non_null(lines);
    lines->base.visit = keep_line;
    lines->column_count = tables[table].column_count;
    pal_arena_init(&lines->arena, 1 << 24);
    HELPER_OK(pal_asset_read(tables[table].name, tables[table].columns,
                             tables[table].column_count, &lines->base, helper_err));
    assert_true(lines->count > 0);
    return lines;
}

static void close_lines(struct lines *lines)
{
    pal_arena_clear(&lines->arena);
    pal_free(lines);
}

static bool is_same_key(const struct lines *lines, size_t a, size_t b, size_t key_count)
{
    for (size_t i = 0; i < key_count; i++) {
        if (!pal_view_is_equal(lines->texts[a][i], lines->texts[b][i])) {
            return false;
        }
    }
    return true;
}

static void every_line_has_a_key_of_its_own_and_no_blank(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        struct lines *lines = open_lines(t);
        for (size_t i = 0; i < lines->count; i++) {
            for (size_t c = 0; c < tables[t].blank_first; c++) {
                if (pal_view_trim(lines->texts[i][c]).size == 0 ||
                    pal_view_trim(lines->texts[i][c]).size != lines->texts[i][c].size) {
                    fail_msg("%s line %zu column %zu", tables[t].name, i + 2, c);
                }
            }
            for (size_t k = 0; k < i; k++) {
                if (is_same_key(lines, i, k, tables[t].key_count)) {
                    fail_msg("%s lines %zu and %zu", tables[t].name, k + 2, i + 2);
                }
            }
        }
        close_lines(lines);
    }
}

static void an_alias_is_in_normal_form_and_stands_once_a_rank(void **state)
{
    struct lines *lines = open_lines(1);
    (void)state;
    for (size_t i = 0; i < lines->count; i++) {
        struct pal_view alias = lines->texts[i][1];
        struct pal_header header;
        pal_header_normalise(alias, &header);
        if (!pal_view_is_equal(alias, (struct pal_view){header.text, header.size})) {
            fail_msg("alias \"%.*s\"", PAL_VIEW_ARG(alias));
        }
        for (size_t k = 0; k < i; k++) {
            bool is_same = pal_view_is_equal(lines->texts[k][0], lines->texts[i][0]) &&
                           pal_view_is_equal(lines->texts[k][1], alias) &&
                           pal_view_is_equal(lines->texts[k][3], lines->texts[i][3]);
            if (is_same) {
                fail_msg("alias \"%.*s\" twice in one rank", PAL_VIEW_ARG(alias));
            }
        }
    }
    close_lines(lines);
}

static enum pal_table table_of(struct pal_view name)
{
    for (size_t i = 0; i < PAL_TABLE_COUNT; i++) {
        if (pal_view_is_equal(name, pal_view_of(pal_table_name((enum pal_table)i)))) {
            return (enum pal_table)i;
        }
    }
    fail_msg("no table \"%.*s\"", PAL_VIEW_ARG(name));
    return PAL_TABLE_NOTE;
}

static void no_alias_is_a_direct_identifier(void **state)
{
    struct lines *lines = open_lines(1);
    (void)state;
    for (size_t i = 0; i < lines->count; i++) {
        if (pal_dictionary_is_direct(helper_dictionary(), table_of(lines->texts[i][0]),
                                     lines->texts[i][1])) {
            fail_msg("\"%.*s\"", PAL_VIEW_ARG(lines->texts[i][1]));
        }
    }
    close_lines(lines);
}

static void every_field_has_an_alias_or_is_filled_by_another(void **state)
{
    struct lines *lines = open_lines(0);
    struct lines *aliases = open_lines(1);
    (void)state;
    for (size_t i = 0; i < lines->count; i++) {
        bool has_alias = pal_view_has_suffix(lines->texts[i][1], PAL_VIEW("_released"));
        if (pal_view_has_suffix(lines->texts[i][1], PAL_VIEW("_date_time"))) {
            struct pal_view date = lines->texts[i][1];
            date.size -= strlen("_time");
            has_alias =
                pal_dictionary_find_field(helper_dictionary(),
                                          table_of(lines->texts[i][0]), date) >= 0;
        }
        for (size_t k = 0; k < aliases->count && !has_alias; k++) {
            has_alias = pal_view_is_equal(aliases->texts[k][0], lines->texts[i][0]) &&
                        pal_view_is_equal(aliases->texts[k][2], lines->texts[i][1]);
        }
        if (!has_alias) {
            fail_msg("%.*s.%.*s", PAL_VIEW_ARG(lines->texts[i][0]),
                     PAL_VIEW_ARG(lines->texts[i][1]));
        }
    }
    close_lines(lines);
    close_lines(aliases);
}

static void every_row_table_has_fields_and_a_way_to_be_known(void **state)
{
    const struct pal_table_rule *rules = NULL;
    size_t rule_count = pal_dictionary_table_rules(helper_dictionary(), &rules);
    (void)state;
    for (size_t table = PAL_TABLE_ARREST; table <= PAL_TABLE_AREA_STATE; table++) {
        const struct pal_field *fields = NULL;
        size_t count =
            pal_dictionary_fields(helper_dictionary(), (enum pal_table)table, &fields);
        bool has_rule = false;
        /* 60, not PAL_FIELD_MAX: the masks of a row are one signed 64-bit number each. */
        assert_in_range(count, 1, 60);
        for (size_t i = 0; i < rule_count; i++) {
            has_rule = has_rule || ((size_t)rules[i].table == table &&
                                    rules[i].kind == PAL_RULE_REQUIRED);
        }
        assert_true(has_rule);
        for (size_t i = 0; i < count; i++) {
            assert_int_not_equal(fields[i].sensitivity, PAL_SENSITIVITY_DIRECT);
            assert_true(fields[i].description.size > 0);
        }
    }
    const struct pal_field *fields = NULL;
    assert_int_equal(
        pal_dictionary_fields(helper_dictionary(), PAL_TABLE_NOTE, &fields), 0);
}

static void times_of_day_landmarks_and_ids_are_private(void **state)
{
    (void)state;
    for (size_t table = 0; table < PAL_TABLE_COUNT; table++) {
        const struct pal_field *fields = NULL;
        size_t count =
            pal_dictionary_fields(helper_dictionary(), (enum pal_table)table, &fields);
        for (size_t i = 0; i < count; i++) {
            bool must_be_private = fields[i].type == PAL_FIELD_DATE_TIME ||
                                   fields[i].type == PAL_FIELD_IDENTIFIER ||
                                   fields[i].type == PAL_FIELD_RELEASED_ID ||
                                   pal_view_find(fields[i].name, PAL_VIEW("landmark")) <
                                       fields[i].name.size;
            if (must_be_private && fields[i].sensitivity != PAL_SENSITIVITY_PRIVATE) {
                fail_msg("%.*s", PAL_VIEW_ARG(fields[i].name));
            }
        }
    }
}

static void patterns_of_direct_identifiers_match_as_written(void **state)
{
    static const struct {
        enum pal_table table;
        const char *header;
        bool want;
    } rows[] = {
        {PAL_TABLE_ARREST, "birth date", true},
        {PAL_TABLE_ARREST, "date of birth", true},
        {PAL_TABLE_ARREST, "birth year", false},
        {PAL_TABLE_ARREST, "alien file numbe", true},
        {PAL_TABLE_ARREST, "alien file number", true},
        {PAL_TABLE_ARREST, "eid anything new", true},
        {PAL_TABLE_ARREST, "eid", true},
        {PAL_TABLE_ARREST, "subject dob", true},
        {PAL_TABLE_ARREST, "dob mm dd yyyy", true},
        {PAL_TABLE_ARREST, "dobson county", false},
        {PAL_TABLE_ARREST, "person birth date", true},
        {PAL_TABLE_ARREST, "a", true},
        {PAL_TABLE_ARREST, "a num", true},
        {PAL_TABLE_ARREST, "a file no", true},
        {PAL_TABLE_ARREST, "alien no", true},
        {PAL_TABLE_ARREST, "name last first", true},
        {PAL_TABLE_ARREST, "surname", true},
        {PAL_TABLE_ARREST, "mothers maiden name", true},
        {PAL_TABLE_ARREST, "home addr", true},
        {PAL_TABLE_ARREST, "address1", true},
        {PAL_TABLE_ARREST, "residence", true},
        {PAL_TABLE_ARREST, "cell", true},
        {PAL_TABLE_ARREST, "telephone home", true},
        {PAL_TABLE_ARREST, "latitude", true},
        {PAL_TABLE_ARREST, "deportation officer", true},
        {PAL_TABLE_ARREST, "arrest narrative", true},
        {PAL_TABLE_ARREST, "case", true},
        {PAL_TABLE_ARREST, "case status", false},
        {PAL_TABLE_NOTE, "case", false},
        {PAL_TABLE_NOTE, "a", false},
        {PAL_TABLE_NOTE, "subject dob", true},
        {PAL_TABLE_AREA_STATE, "notes", false},
        {PAL_TABLE_STINT, "health comment", true},
        {PAL_TABLE_STINT, "book out employee id", true},
        {PAL_TABLE_ARREST, "detention facility address", true},
        {PAL_TABLE_NOTE, "address", false},
        {PAL_TABLE_NOTE, "name", false},
        {PAL_TABLE_ARREST, "name", true},
        {PAL_TABLE_NOTE, "last name", true},
        {PAL_TABLE_NOTE, "anonymized identifier", true},
        {PAL_TABLE_ARREST, "anonymized identifier", false},
        {PAL_TABLE_NOTE, "online tracking device using smart phone or tablet", false},
        {PAL_TABLE_NOTE, "passport and visa examining", false},
        {PAL_TABLE_ARREST, "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (pal_dictionary_is_direct(helper_dictionary(), rows[i].table,
                                     pal_view_of(rows[i].header)) != rows[i].want) {
            fail_msg("%s: %s", pal_table_name(rows[i].table), rows[i].header);
        }
    }
}

static void an_identifier_is_known_however_its_header_is_written(void **state)
{
    static const struct {
        const char *header;
        bool want;
    } rows[] = {
        {"Alien File No.", true},
        {"AlienFileNumber", true},
        {"A_NBR", true},
        {"A\u2013Number", true},
        {"DateOfBirth", true},
        {"BRTH_DT", true},
        {"dob1", true},
        {"SubjectDOB", true},
        {"DOBirth", true},
        {"dobirth", true},
        {"S.S.N.", true},
        {"SS#", true},
        {"SocialSecurityNumber", true},
        {"LAST_NM", true},
        {"LName", true},
        {"FullNameLastFirst", true},
        {"Detainee Last", true},
        {"A.K.A.", true},
        {"Driver\u2019s License No", true},
        {"DriversLicense", true},
        {"StreetAddress", true},
        {"HomeAddr1", true},
        {"EidCaseId", true},
        {"EventNo", true},
        {"Booking No", true},
        {"LatLong", true},
        {"ArrestingOfficer", true},
        {"Apprehension Date", false},
        {"ApprehensionMethod", false},
        {"SUPERVISOR_AGREE_DISAGREE", false},
        {"Final Order Yes No", false},
        {"BirthYear", false},
        {"No", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (pal_dictionary_is_direct_header(helper_dictionary(), PAL_TABLE_ARREST,
                                            pal_view_of(rows[i].header)) !=
            rows[i].want) {
            fail_msg("%s", rows[i].header);
        }
    }
}

static void an_area_has_one_name_for_all_its_spellings(void **state)
{
    struct lines *lines = open_lines(5);
    (void)state;
    assert_int_equal(lines->count, 26);
    for (size_t i = 0; i < lines->count; i++) {
        for (size_t c = 0; c < 3; c++) {
            struct pal_view found =
                pal_dictionary_area(helper_dictionary(), lines->texts[i][c]);
            assert_true(pal_view_is_equal(found, lines->texts[i][0]));
        }
        for (size_t k = 0; k < i; k++) {
            assert_false(pal_view_is_equal(lines->texts[i][2], lines->texts[k][2]));
        }
    }
    close_lines(lines);
}

static void a_table_that_is_not_built_in_is_an_error_with_its_name(void **state)
{
    struct pal_error error = {.status = PAL_OK};
    static const char *const columns[] = {"a"};
    struct lines lines = {.base = {keep_line}};
    (void)state;
    assert_int_equal(pal_asset_read("nothing.csv", columns, 1, &lines.base, &error),
                     PAL_BUG);
    assert_non_null(strstr(error.text, "nothing.csv"));
    assert_int_equal(pal_asset_read("areas.csv", columns, 1, &lines.base, &error),
                     PAL_BUG);
    assert_non_null(strstr(error.text, "areas.csv"));
}

static int clear(void **state)
{
    (void)state;
    helper_clear();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_has_a_key_of_its_own_and_no_blank),
        cmocka_unit_test(an_alias_is_in_normal_form_and_stands_once_a_rank),
        cmocka_unit_test(no_alias_is_a_direct_identifier),
        cmocka_unit_test(every_field_has_an_alias_or_is_filled_by_another),
        cmocka_unit_test(every_row_table_has_fields_and_a_way_to_be_known),
        cmocka_unit_test(times_of_day_landmarks_and_ids_are_private),
        cmocka_unit_test(patterns_of_direct_identifiers_match_as_written),
        cmocka_unit_test(an_identifier_is_known_however_its_header_is_written),
        cmocka_unit_test(an_area_has_one_name_for_all_its_spellings),
        cmocka_unit_test(a_table_that_is_not_built_in_is_an_error_with_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
