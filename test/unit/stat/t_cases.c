#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parse.h"
#include "stat/method.h"

/* Every reference case whose algorithm the room has, against its expected.csv. A case's
 * tolerance is the one its README states; columns or sections with another one, or none, are
 * listed with it. */
enum { RULE_MAX = 10, LINE_MAX_SIZE = 65536 };

struct rule {
    const char *name; /* a column, or a section of a section-name-value table */
    double relative;  /* < 0: not compared */
    double absolute;
};

static const struct case_rules {
    const char *prefix; /* of the case's name */
    double relative;
    double absolute;
    struct rule rules[RULE_MAX];
} cases[] = {
    {"glm_",
     1e-9,
     1e-12,
     {{"p", 1e-7, 0}, {"hat", 1e-9, 1e-12}, {"pearson", 1e-9, 1e-10}}},
    /* the reference's coefficients solve the score equations to 1e-7 only, ours to 2e-14: the
     * small ones differ by up to 3e-9 */
    {"nb_",
     1e-8,
     1e-12,
     {{"mle_coef", 1e-8, 5e-9},
      {"default/theta", 1e-4, 0},
      {"default/se_theta", 1e-4, 0},
      {"default", 1e-6, 0},
      {"default_coef", 1e-6, 0},
      {"default_se", 1e-6, 0}}},
    {"ears_", 1e-12, 0, {{"c3_statistic", 1e-10, 1e-12}}},
    {"essence_",
     1e-9,
     1e-12,
     {{"reg_expected", 1e-9, 1e-9}, {"reg_adj_r2", 1e-9, 1e-9}}},
    {"farr_", 1e-9, 1e-12, {{0}}},
    {"flex_", 1e-9, 1e-12, {{0}}},
    {"cp_", 1e-10, 0, {{0}}},
    {"km_", 1e-11, 0, {{0}}},
    {"logrank_", 1e-10, 0, {{0}}},
    {"cr_",
     1e-10,
     1e-14,
     {{"se1", 1e-8, 0},
      {"se2", 1e-8, 0},
      {"gray_stat_cause1", 1e-8, 0},
      {"gray_p_cause1", 1e-8, 0},
      {"gray_stat_cause2", 1e-8, 0},
      {"gray_p_cause2", 1e-8, 0},
      {"finegray_coef1", 1e-6, 0},
      {"finegray_se1", 1e-6, 0},
      {"finegray_loglik", 1e-6, 0}}},
    {"mse",
     1e-7,
     0,
     {{"deviance", 0, 1e-6},
      {"AIC", 0, 1e-6},
      {"BIC_n", 0, 1e-6},
      {"AICc_n", 0, 1e-6}}},
    {"dga", 1e-8, 0, {{0}}},
    /* its README compares statistic and alarm; the package's bound is no inverse here */
    {"cusum_agona_anscombe2nd", 1e-10, 0, {{"upperbound", -1, 0}}},
    {"cusum_", 1e-10, 1e-12, {{0}}},
    {"glr_nb", 1e-5, 1e-6, {{0}}},
    {"glr_", 1e-8, 1e-12, {{0}}},
    {"lr_", 1e-8, 1e-12, {{0}}},
    {"bayes_", 1e-10, 0, {{0}}},
    {"cdc_", 1e-10, 0, {{0}}},
    {"rki_", 1e-10, 0, {{0}}},
    {"outbreakP_", 1e-10, 0, {{0}}},
    {"sc_",
     1e-9,
     1e-12,
     {{"ci_lower", 0, 1},
      {"ci_upper", 0, 1},
      {"olscusum_process", 1e-9, 1e-9},
      {"olscusum/p", 1e-6, 1e-15},
      {"supF/p", -1, 0}}},
    {"scan_", 1e-10, 0, {{"rank", -1, 0}}},
    {"cox_", 1e-8, 0, {{"fit/wald", 0, 0.01}}},
    {"poisson_fdr", 1e-10, 0, {{0}}},
    {"rate_ratio", 1e-9, 0, {{0}}},
};

static struct pal_datum cell_of(struct pal_arena *arena, const char *text)
{
    double value;
    struct pal_view view = pal_view_of(text);
    struct pal_view copy;
    struct pal_error err;
    if (view.size == 0 || strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0) {
        return (struct pal_datum){.kind = PAL_DATUM_MISSING};
    }
    if (strcmp(text, "Inf") == 0 || strcmp(text, "-Inf") == 0) {
        return pal_datum_number(text[0] == '-' ? (double)-INFINITY : (double)INFINITY);
    }
    if (pal_parse_double(view, &value)) {
        return pal_datum_number(value);
    }
    assert_int_equal(pal_arena_copy(arena, view, &copy, &err), PAL_OK);
    return pal_datum_text(copy.data);
}

/* Splits a line at commas outside quotes, in place. */
static size_t split_line(char *line, char *fields[], size_t field_max)
{
    size_t count = 0;
    char *at = line;
    line[strcspn(line, "\r\n")] = '\0';
    while (count < field_max) {
        bool is_quoted = *at == '"';
        at += is_quoted;
        fields[count++] = at;
        at += strcspn(at, is_quoted ? "\"" : ",");
        if (is_quoted && *at == '"') {
            *at++ = '\0';
        }
        if (*at == '\0') {
            break;
        }
        *at++ = '\0';
    }
    return count;
}

static void read_csv(const char *path, struct pal_arena *arena, struct pal_frame *out)
{
    static char line[LINE_MAX_SIZE];
    char *fields[PAL_FRAME_COLUMN_MAX];
    struct pal_error err;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    size_t count = split_line(line, fields, PAL_FRAME_COLUMN_MAX);
    const char *names[PAL_FRAME_COLUMN_MAX];
    for (size_t i = 0; i < count; i++) {
        names[i] = fields[i];
    }
    assert_int_equal(pal_frame_init(out, arena, names, count, &err), PAL_OK);
    while (fgets(line, sizeof line, file) != NULL) {
        struct pal_datum *cells;
        size_t found = split_line(line, fields, PAL_FRAME_COLUMN_MAX);
        assert_int_equal(found, count);
        assert_int_equal(pal_frame_add_row(out, &cells, &err), PAL_OK);
        for (size_t i = 0; i < count; i++) {
            cells[i] = cell_of(arena, fields[i]);
        }
    }
    assert_int_equal(fclose(file), 0);
}

static struct pal_param param_of(const char *key, json_t *value,
                                 struct pal_arena *arena)
{
    struct pal_param param = {.name = key, .kind = PAL_PARAM_NULL};
    struct pal_error err;
    if (json_is_number(value) || json_is_boolean(value)) {
        param.kind = PAL_PARAM_NUMBER;
        param.number = json_is_number(value) ? json_number_value(value)
                                             : (double)json_is_true(value);
    } else if (json_is_string(value)) {
        param.kind = PAL_PARAM_TEXT;
        param.text = json_string_value(value);
    } else if (json_is_array(value) && json_is_number(json_array_get(value, 0))) {
        void *memory;
        param.kind = PAL_PARAM_ARRAY;
        param.value_count = json_array_size(value);
        assert_int_equal(
            pal_arena_alloc(arena, param.value_count, sizeof(double), &memory, &err),
            PAL_OK);
        double *values = memory;
        for (size_t i = 0; i < param.value_count; i++) {
            values[i] = json_number_value(json_array_get(value, i));
        }
        param.values = values;
    }
    return param;
}

static bool is_key(const struct pal_frame *expected, size_t column)
{
    static const char *const keys[] = {"section", "name", "group",
                                       "model",   "zone", "t_start"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (strcmp(expected->names[column], keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_same_key(const struct pal_datum *a, const struct pal_datum *b)
{
    char text[32];
    const char *left = a->kind == PAL_DATUM_TEXT ? a->text : "";
    const char *right = b->kind == PAL_DATUM_TEXT ? b->text : "";
    char other[32];
    if (a->kind == PAL_DATUM_NUMBER) {
        pal_double_text(a->number, text);
        left = text;
    }
    if (b->kind == PAL_DATUM_NUMBER) {
        pal_double_text(b->number, other);
        right = other;
    }
    return strcmp(left, right) == 0;
}

static bool rows_match(const struct pal_frame *expected, size_t row,
                       const struct pal_frame *got, size_t got_row)
{
    for (size_t c = 0; c < expected->column_count; c++) {
        if (is_key(expected, c) &&
            !is_same_key(&expected->cells[row * expected->column_count + c],
                         &got->cells[got_row * got->column_count + c])) {
            return false;
        }
    }
    return true;
}

/* The first row from `from` on (then from the top) with the same keys. */
static size_t find_row(const struct pal_frame *expected, size_t row,
                       const struct pal_frame *got, size_t from)
{
    for (size_t k = 0; k < got->row_count; k++) {
        size_t at = (from + k) % got->row_count;
        if (rows_match(expected, row, got, at)) {
            return at;
        }
    }
    return got->row_count;
}

static bool is_rule_for(const char *rule, const char *column,
                        const struct pal_datum *row)
{
    if (strcmp(rule, column) == 0) {
        return true;
    }
    if (row[0].kind != PAL_DATUM_TEXT) {
        return false;
    }
    size_t size = strlen(row[0].text);
    if (strncmp(rule, row[0].text, size) != 0) {
        return false;
    }
    return rule[size] == '\0' || (rule[size] == '/' && row[1].kind == PAL_DATUM_TEXT &&
                                  strcmp(rule + size + 1, row[1].text) == 0);
}

/* The rule of a column, of a section, or of "section/name". */
static const struct rule *rule_for(const struct case_rules *rules, const char *column,
                                   const struct pal_datum *row)
{
    for (size_t i = 0; i < RULE_MAX && rules->rules[i].name != NULL; i++) {
        if (is_rule_for(rules->rules[i].name, column, row)) {
            return &rules->rules[i];
        }
    }
    return NULL;
}

static bool cells_agree(const struct pal_datum *want, const struct pal_datum *got,
                        double relative, double absolute)
{
    if (want->kind == PAL_DATUM_TEXT || want->kind == PAL_DATUM_MISSING ||
        got->kind != PAL_DATUM_NUMBER) {
        return want->kind == PAL_DATUM_MISSING ? got->kind == PAL_DATUM_MISSING
                                               : is_same_key(want, got);
    }
    if (want->number == got->number) {
        return true;
    }
    return fabs(want->number - got->number) <= relative * fabs(want->number) + absolute;
}

static void print_cell(const char *label, const struct pal_datum *cell)
{
    if (cell->kind == PAL_DATUM_NUMBER) {
        print_error(" %s %.17g", label, cell->number);
    } else {
        print_error(" %s %s", label, cell->kind == PAL_DATUM_TEXT ? cell->text : "NA");
    }
}

/* A model on the boundary has no N to compare. */
static bool is_on_boundary(const struct pal_frame *expected,
                           const struct pal_datum *row, size_t column)
{
    size_t boundary = pal_frame_find(expected, "boundary");
    static const char *const estimates[] = {"Nhat", "se", "f0", "se_logf0"};
    if (boundary == expected->column_count || row[boundary].number != 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof estimates / sizeof estimates[0]; i++) {
        if (strcmp(expected->names[column], estimates[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int compare(const char *name, const struct case_rules *rules,
                   const struct pal_frame *expected, const struct pal_frame *got)
{
    int wrong = 0;
    size_t at = 0;
    for (size_t c = 0; c < expected->column_count; c++) {
        if (c >= got->column_count || strcmp(expected->names[c], got->names[c]) != 0) {
            print_error("%s: no column %s\n", name, expected->names[c]);
            return 1;
        }
    }
    for (size_t row = 0; row < expected->row_count; row++) {
        size_t found = find_row(expected, row, got, at);
        const struct pal_datum *want = expected->cells + row * expected->column_count;
        const struct rule *section = rule_for(rules, "", &want[0]);
        if (section != NULL && section->relative < 0) {
            continue;
        }
        if (found == got->row_count) {
            print_error("%s: nothing for expected row %zu\n", name, row + 1);
            wrong++;
            continue;
        }
        at = found + 1;
        const struct pal_datum *have = got->cells + found * got->column_count;
        for (size_t c = 0; c < expected->column_count; c++) {
            if (is_on_boundary(expected, want, c)) {
                continue;
            }
            const struct rule *rule = rule_for(rules, expected->names[c], &want[0]);
            double relative = rule != NULL ? rule->relative : rules->relative;
            double absolute = rule != NULL ? rule->absolute : rules->absolute;
            if (relative >= 0 && !cells_agree(&want[c], &have[c], relative, absolute)) {
                wrong++;
                if (wrong < 12) {
                    print_error("%s, row %zu, %s:", name, row + 1, expected->names[c]);
                    print_cell("want", &want[c]);
                    print_cell("got", &have[c]);
                    print_error("\n");
                }
            }
        }
    }
    return wrong;
}

static int run_case(const char *folder, const char *name,
                    const struct case_rules *rules)
{
    char path[4096];
    struct pal_arena arena;
    struct pal_frame input;
    struct pal_frame expected;
    struct pal_frame got;
    struct pal_error err = {PAL_OK, ""};
    struct pal_param list[64];
    struct pal_params params = {list, 0};
    pal_arena_init(&arena, (size_t)1 << 30);
    snprintf(path, sizeof path, "%s/%s/params.json", folder, name);
    json_error_t where;
    json_t *root = json_load_file(path, 0, &where);
    assert_non_null(root);
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value)
    {
        assert_true(params.count < 64);
        list[params.count++] = param_of(key, value, &arena);
    }
    snprintf(path, sizeof path, "%s/%s/input.csv", folder, name);
    read_csv(path, &arena, &input);
    snprintf(path, sizeof path, "%s/%s/expected.csv", folder, name);
    read_csv(path, &arena, &expected);
    int wrong = 1;
    if (pal_method_run(&params, &input, &arena, &got, &err) != PAL_OK) {
        print_error("%s: %s\n", name, err.text);
    } else {
        wrong = compare(name, rules, &expected, &got);
    }
    json_decref(root);
    pal_arena_clear(&arena);
    return wrong;
}

static const struct case_rules *rules_of(const char *name)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (strncmp(name, cases[i].prefix, strlen(cases[i].prefix)) == 0) {
            return &cases[i];
        }
    }
    return NULL;
}

/* PAL_STAT_CASE names the beginning of the cases to run; all without it. */
static void every_reference_case_is_met(void **state)
{
    (void)state;
    const char *reference = getenv("PAL_SHARED_REFERENCE");
    const char *only = getenv("PAL_STAT_CASE");
    char folder[2048];
    char path[4096];
    char line[1024];
    if (reference == NULL) {
        print_message("PAL_SHARED_REFERENCE is not set: no reference cases\n");
        skip();
        return;
    }
    snprintf(folder, sizeof folder, "%s/cases", reference);
    snprintf(path, sizeof path, "%s/INDEX.csv", folder);
    FILE *index = fopen(path, "r");
    if (index == NULL) {
        print_message("%s is not there: no reference cases\n", path);
        skip();
        return;
    }
    int run = 0;
    int failed = 0;
    int left = 0;
    assert_non_null(fgets(line, sizeof line, index));
    while (fgets(line, sizeof line, index) != NULL) {
        line[strcspn(line, ",")] = '\0';
        const struct case_rules *rules = rules_of(line);
        if (only != NULL && strncmp(line, only, strlen(only)) != 0) {
            continue;
        }
        if (rules == NULL) {
            print_message("left out: %s\n", line);
            left++;
            continue;
        }
        int wrong = run_case(folder, line, rules);
        run++;
        failed += wrong > 0;
        print_message("%s %s\n", wrong > 0 ? "WRONG" : "met  ", line);
    }
    assert_int_equal(fclose(index), 0);
    print_message("%d cases met, %d not, %d left out\n", run - failed, failed, left);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reference_case_is_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
