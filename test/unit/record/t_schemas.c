/* The headers of 128 released files, each made into a sheet: the right table, and no column
 * taken for what it is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "helper_sheet.h"
#include "record/layout.h"

enum { HEADER_MAX = 200 };

struct schema {
    struct pal_view path;
    struct pal_view file;
    struct pal_cell cells[HEADER_MAX];
    size_t count;
};

static enum pal_table table_of_path(struct pal_view path)
{
    static const struct {
        const char *folder;
        enum pal_table table;
    } folders[] = {
        {"ice/arrests/", PAL_TABLE_ARREST},
        {"ice/detainers/", PAL_TABLE_DETAINER},
        {"ice/encounters/", PAL_TABLE_ENCOUNTER},
        {"ice/removals/", PAL_TABLE_REMOVAL},
        {"ice/detentions/", PAL_TABLE_STINT},
        {"ice/arts/", PAL_TABLE_NOTE},
        {"ice/rca/", PAL_TABLE_NOTE},
        {"ice/facilities/", PAL_TABLE_NOTE},
    };
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        if (pal_view_has_prefix(path, pal_view_of(folders[i].folder))) {
            return folders[i].table;
        }
    }
    fail_msg("no table for %.*s", PAL_VIEW_ARG(path));
    return PAL_TABLE_NOTE;
}

static bool has_word(struct pal_view text, const char *word)
{
    return pal_view_find(text, pal_view_of(word)) < text.size;
}

/* What a field of a type may be called, so that no header of another meaning gets it. */
static void check_column(const struct schema *schema, const struct pal_field *field,
                         struct pal_view header)
{
    struct pal_header normal;
    pal_header_normalise(header, &normal);
    struct pal_view text = {normal.text, normal.size};
    bool is_date_field =
        field->type == PAL_FIELD_DATE || field->type == PAL_FIELD_DATE_TIME;
    bool is_date_header = has_word(text, "date");
    bool is_area_header =
        has_word(text, "aor") || has_word(text, "area of responsibility");
    bool is_id_header = has_word(text, "identifier") || has_word(text, "identifer");
    bool is_code_header = pal_view_has_suffix(text, PAL_VIEW(" code"));
    bool is_code_field =
        pal_view_has_suffix(field->name, PAL_VIEW("_code")) ||
        pal_view_is_equal(field->name, PAL_VIEW("final_charge_section"));
    bool is_yes_no_header = has_word(text, "yes no");
    bool is_yes_no_field = pal_view_has_suffix(field->name, PAL_VIEW("_yes_no"));
    if (is_date_field != is_date_header ||
        (field->type == PAL_FIELD_AREA) != is_area_header ||
        (field->type == PAL_FIELD_IDENTIFIER) != is_id_header ||
        (is_code_header && !is_code_field) || is_yes_no_header != is_yes_no_field ||
        (has_word(text, "birth") && has_word(text, "date"))) {
        fail_msg("%.*s: \"%.*s\" was taken for %.*s", PAL_VIEW_ARG(schema->file),
                 PAL_VIEW_ARG(header), PAL_VIEW_ARG(field->name));
    }
}

static bool must_be_withheld(struct pal_view header)
{
    static const char *const names[] = {
        "birth date", "alien file numbe", "eid case id",  "eid subject id",
        "subject id", "case id",          "event number",
    };
    struct pal_header normal;
    pal_header_normalise(header, &normal);
    struct pal_view text = {normal.text, normal.size};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (pal_view_has_prefix(text, pal_view_of(names[i]))) {
            return true;
        }
    }
    return false;
}

/* A file whose only "column" is the banner's first line tells no table. */
static bool is_banner_only(const struct schema *schema)
{
    return schema->count == 1;
}

static size_t check_schema(const struct schema *schema)
{
    struct pal_row row = {1, schema->cells, schema->count};
    struct pal_layout layout;
    const struct pal_field *fields = NULL;
    uint64_t taken = 0;
    size_t unknown_count = 0;
    enum pal_table want =
        is_banner_only(schema) ? PAL_TABLE_NOTE : table_of_path(schema->path);
    pal_layout_init(&layout);
    HELPER_OK(pal_layout_find(&layout, helper_dictionary(), PAL_VIEW("Sheet1"), &row, 1,
                              helper_err));
    if (layout.table != want) {
        fail_msg("%.*s/%.*s is %s", PAL_VIEW_ARG(schema->path),
                 PAL_VIEW_ARG(schema->file), pal_table_name(layout.table));
    }
    (void)pal_dictionary_fields(helper_dictionary(), layout.table, &fields);
    for (size_t i = 0; i < layout.column_count; i++) {
        const struct pal_layout_column *column = &layout.columns[i];
        if (must_be_withheld(column->header)) {
            assert_int_equal(column->sensitivity, PAL_SENSITIVITY_DIRECT);
            assert_int_equal(column->field, -1);
        }
        if (column->field < 0) {
            unknown_count += column->is_known ? 0 : 1;
            continue;
        }
        assert_true((taken >> column->field & 1) == 0);
        taken |= UINT64_C(1) << column->field;
        check_column(schema, &fields[column->field], column->header);
    }
    pal_layout_clear(&layout);
    return unknown_count;
}

static void split_columns(struct schema *schema, struct pal_view columns)
{
    static char text[65536];
    struct pal_view rest;
    assert_true(columns.size < sizeof text);
    memcpy(text, columns.data, columns.size);
    rest = (struct pal_view){text, columns.size};
    schema->count = 0;
    while (rest.data != NULL) {
        size_t size = pal_view_find(rest, PAL_VIEW(" | "));
        assert_true(schema->count < HEADER_MAX);
        struct pal_view header = {rest.data, size};
        schema->cells[schema->count] =
            (struct pal_cell){(uint32_t)schema->count, PAL_CELL_TEXT, header, 0, 0};
        schema->count++;
        rest = size == rest.size
                   ? (struct pal_view){NULL, 0}
                   : (struct pal_view){rest.data + size + 3, rest.size - size - 3};
    }
}

static void every_released_header_is_its_table_and_nothing_is_mistaken(void **state)
{
    static struct schema schema;
    const char *data = getenv("PAL_SHARED_DATA");
    char path[1024];
    struct pal_source *source = NULL;
    struct pal_sheet *sheet = NULL;
    struct pal_row row;
    size_t file_count = 0;
    size_t header_count = 0;
    size_t unknown_count = 0;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/schemas/ice_original_columns_by_file.csv",
                   data == NULL ? "" : data);
    if (access(path, R_OK) != 0) {
        print_message("%s is not here: skipped\n", path);
        skip();
    }
    HELPER_OK(pal_source_open(path, NULL, &source, helper_err));
    HELPER_OK(pal_sheet_open(source, 0, &sheet, helper_err));
    HELPER_OK(pal_sheet_next(sheet, &row, helper_err));
    for (;;) {
        HELPER_OK(pal_sheet_next(sheet, &row, helper_err));
        if (row.cells == NULL) {
            break;
        }
        /* A flight record without any header has no fourth cell. */
        assert_in_range(row.cell_count, 3, 4);
        schema.path = row.cells[0].text;
        schema.file = row.cells[1].text;
        split_columns(&schema, row.cell_count == 4 ? row.cells[3].text : PAL_VIEW(""));
        unknown_count += check_schema(&schema);
        header_count += schema.count;
        file_count++;
    }
    print_message("%zu files, %zu headers, %zu of them known to nobody\n", file_count,
                  header_count, unknown_count);
    assert_int_equal(file_count, 128);
    pal_sheet_close(sheet);
    pal_source_close(source);
}

/* The layout of March 2026, of which no file is in the list. */
static void the_layout_of_march_2026_is_arrests_and_maps_every_column(void **state)
{
    static const char *const lines[] = {
        ("Apprehension Date|Apprehension Type|Apprehension State|Apprehension County|"
         "TOA Current Duty AOR|Apprehension Final Program|Arresting Agency|"
         "Apprehension Method|Apprehension Criminality|Case Status|Case Category|"
         "Departure Country|Final Order Yes No|Birth Date|Birth Year|Citizenship "
         "Country|"
         "Gender|Departed Date|Final Order Date|Apprehension Site Landmark|Operation|"
         "TOA Current Duty Site|Case Criminality|Case Threat Level|Anonymized "
         "Identifier"),
        "1/2/2026",
    };
    static const char *const summer[] = {
        ("AOR|County|Apprehension Criminality|Apprehension Date|Event Landmark|"
         "Apprehension Method|State|City|Birth Year|Case Category|Case Status|"
         "Case Threat Level|Citizenship Country|Departed Date|Departure Country|"
         "Final Order Date|Final Order Yes No|Final Program|Final Program Group|Gender|"
         "Alien File Number|Anonymized Unique Identifier"),
        "BOS|||1/2/2026",
    };
    (void)state;
    assert_int_equal(
        strncmp(HELPER_HARVEST(&(struct helper_sheet){0}, lines), "table arrest, ", 14),
        0);
    assert_null(strstr(helper_columns(), "unknown"));
    assert_non_null(
        strstr(helper_columns(), "TOA Current Duty AOR -> apprehension_aor,"));
    assert_non_null(strstr(helper_columns(), "TOA Current Duty Site -> duty_site,"));
    assert_int_equal(strncmp(HELPER_HARVEST(&(struct helper_sheet){0}, summer),
                             "table arrest, ", 14),
                     0);
    assert_null(strstr(helper_columns(), "unknown"));
    assert_non_null(strstr(helper_columns(), "0 AOR -> apprehension_aor,"));
    assert_non_null(
        strstr(helper_columns(), "Event Landmark -> apprehension_site_landmark,"));
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
        cmocka_unit_test(every_released_header_is_its_table_and_nothing_is_mistaken),
        cmocka_unit_test(the_layout_of_march_2026_is_arrests_and_maps_every_column),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
