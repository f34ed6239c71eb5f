/*
 * The validation rules run over a study. Each is a template that counts, release by release,
 * the rows that break the rule and the rows it looks at.
 */
#include <stdio.h>

#include "model/check_internal.h"

enum { CHECK_TEXT_MAX = 16 * 1024 * 1024 };

const char *pal_check_level_text(enum pal_check_level level)
{
    static const char *const texts[] = {[PAL_CHECK_OK] = "ok",
                                        [PAL_CHECK_NOT_RECORDED] = "not recorded",
                                        [PAL_CHECK_WARN] = "warn",
                                        [PAL_CHECK_STOP] = "stop"};
    return texts[level];
}

static pal_status list_new(struct pal_check_list **out, struct pal_error *err)
{
    void *checks = NULL;
    struct pal_check_list *list = pal_alloc_zero(1, sizeof *list);
    *out = NULL;
    if (list == NULL) {
        return pal_fail_memory(err);
    }
    pal_arena_init(&list->arena, CHECK_TEXT_MAX);
    pal_status status = pal_arena_alloc(&list->arena, PAL_CHECK_MAX,
                                        sizeof *list->checks, &checks, err);
    if (status != PAL_OK) {
        pal_check_list_free(list);
        return status;
    }
    list->checks = checks;
    *out = list;
    return PAL_OK;
}

void pal_check_list_free(struct pal_check_list *list)
{
    if (list != NULL) {
        pal_arena_clear(&list->arena);
        pal_free(list);
    }
}

enum pal_check_level pal_check_list_level(const struct pal_check_list *list)
{
    enum pal_check_level gravest = PAL_CHECK_OK;
    for (size_t i = 0; i < list->count; i++) {
        if (list->checks[i].level > gravest) {
            gravest = list->checks[i].level;
        }
    }
    return gravest;
}

static bool is_over(int64_t n, int64_t total, double share)
{
    return share >= 0 && n > 0 && (double)n > share * (double)total;
}

static void judge(const struct pal_check_rule *rule, struct pal_check *check)
{
    check->share = check->total > 0 ? (double)check->n / (double)check->total : 0;
    check->level = PAL_CHECK_OK;
    check->threshold = rule->warn >= 0 ? rule->warn : rule->stop;
    if (is_over(check->n, check->total, rule->stop)) {
        check->level = PAL_CHECK_STOP;
        check->threshold = rule->stop;
    } else if (is_over(check->n, check->total, rule->warn)) {
        check->level = PAL_CHECK_WARN;
    }
}

/* A row of the cursor: release, rows that break the rule, rows looked at, is it recorded. */
static pal_status add_check(struct pal_check_list *list,
                            const struct pal_check_rule *rule, struct pal_view table,
                            const struct pal_value *row, struct pal_error *err)
{
    if (list->count == PAL_CHECK_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d results of checks",
                        (int)PAL_CHECK_MAX);
    }
    struct pal_check *check = &list->checks[list->count];
    *check = (struct pal_check){.rule = rule->rule,
                                .table = table,
                                .n = row[1].integer,
                                .total = row[2].integer,
                                .text = rule->text};
    pal_status status = pal_arena_copy(&list->arena, row[0].text, &check->release, err);
    if (status != PAL_OK) {
        return status;
    }
    judge(rule, check);
    if (row[3].integer == 0) {
        check->level = PAL_CHECK_NOT_RECORDED;
    }
    list->count++;
    return PAL_OK;
}

/* The statement that answers the rule. A field that no sheet of the table has a column for is
 * known without a look at the records. */
static pal_status name_statement(struct pal_store *store,
                                 const struct pal_check_rule *rule,
                                 struct pal_view table, char *name, size_t size,
                                 struct pal_error *err)
{
    int64_t count = 1;
    pal_status status = PAL_OK;
    if (rule->field.size > 0) {
        struct pal_value values[] = {pal_model_text(table),
                                     pal_model_text(rule->field)};
        status = pal_model_count(store, "field_count", values,
                                 sizeof values / sizeof values[0], &count, err);
    }
    struct pal_view kind = count > 0 ? rule->kind : PAL_VIEW("not_recorded");
    (void)snprintf(name, size, "check_%.*s", PAL_VIEW_ARG(kind));
    return status;
}

static pal_status run_rule(struct pal_store *store, const struct pal_check_rule *rule,
                           struct pal_view table, struct pal_check_list *list,
                           struct pal_error *err)
{
    char name[64];
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_slots slots = PAL_SLOTS((struct pal_slot){"table", table},
                                       (struct pal_slot){"field", rule->field},
                                       (struct pal_slot){"other", rule->other});
    pal_status status = name_statement(store, rule, table, name, sizeof name, err);
    if (status == PAL_OK) {
        status = pal_model_query(store, name, slots, (struct pal_bound){NULL, 0},
                                 &cursor, err);
    }
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    while (status == PAL_OK && row != NULL) {
        status = add_check(list, rule, table, row, err);
        if (status == PAL_OK) {
            status = pal_cursor_next(cursor, &row, err);
        }
    }
    pal_cursor_close(cursor);
    return status;
}

/* The rule over each of its tables that has a sheet in the study. */
static pal_status run_tables(struct pal_store *store, const struct pal_check_rule *rule,
                             const bool *has_sheet, struct pal_check_list *list,
                             struct pal_error *err)
{
    pal_status status = PAL_OK;
    bool is_every = pal_view_is_equal(rule->table, PAL_VIEW("*"));
    for (size_t i = 0; status == PAL_OK && i < PAL_MODEL_TABLE_COUNT; i++) {
        struct pal_view table = pal_view_of(pal_model_tables[i]);
        if (has_sheet[i] && (is_every || pal_view_is_equal(rule->table, table))) {
            status = run_rule(store, rule, table, list, err);
        }
    }
    return status == PAL_OK
               ? PAL_OK
               : pal_while(err, status, "rule %.*s", PAL_VIEW_ARG(rule->rule));
}

/* Over the views and day counts that are there already. */
static pal_status run_rules(struct pal_store *store, struct pal_check_list *list,
                            struct pal_error *err)
{
    bool has = true;
    bool has_sheet[PAL_MODEL_TABLE_COUNT] = {false};
    struct pal_view rest = pal_check_rules_text();
    pal_status status = pal_check_values_load(store, err);
    for (size_t i = 0; status == PAL_OK && i < PAL_MODEL_TABLE_COUNT; i++) {
        int64_t count = 0;
        struct pal_value table = pal_model_text(pal_view_of(pal_model_tables[i]));
        status = pal_model_count(store, "sheet_count", &table, 1, &count, err);
        has_sheet[i] = count > 0;
    }
    while (status == PAL_OK && has) {
        struct pal_check_rule rule;
        status = pal_check_rule_next(&rest, &rule, &has, err);
        if (status == PAL_OK && has) {
            status = run_tables(store, &rule, has_sheet, list, err);
        }
    }
    return status;
}

pal_status pal_model_check(struct pal_store *store, struct pal_check_list **out,
                           struct pal_error *err)
{
    struct pal_check_list *list = NULL;
    *out = NULL;
    pal_status status = list_new(&list, err);
    if (status == PAL_OK) {
        status = pal_model_views(store, err);
    }
    if (status == PAL_OK) {
        status = pal_model_events(store, err);
    }
    if (status == PAL_OK) {
        status = run_rules(store, list, err);
    }
    if (status != PAL_OK) {
        pal_check_list_free(list);
        return pal_while(err, status, "check");
    }
    *out = list;
    return PAL_OK;
}

static struct pal_value number_or_null(double number, bool has)
{
    return has ? pal_model_number(number) : (struct pal_value){.kind = PAL_VALUE_NULL};
}

/* Keeps what the rules found beside the model, for readers that only see the study. */
pal_status pal_model_results(struct pal_store *store, struct pal_error *err)
{
    struct pal_check_list *list = NULL;
    pal_status status = list_new(&list, err);
    if (status == PAL_OK) {
        status = run_rules(store, list, err);
    }
    for (size_t i = 0; status == PAL_OK && list != NULL && i < list->count; i++) {
        const struct pal_check *check = &list->checks[i];
        struct pal_value values[] = {
            pal_model_integer((int64_t)i + 1),
            pal_model_text(check->rule),
            pal_model_text(pal_view_of(pal_check_level_text(check->level))),
            pal_model_text(check->table),
            pal_model_text(check->release),
            number_or_null(check->share, check->total > 0),
            pal_model_integer(check->n),
            pal_model_integer(check->total),
            number_or_null(check->threshold, check->threshold >= 0),
            pal_model_text(check->text),
        };
        status = pal_model_run(store, "check_result_insert", PAL_NO_SLOTS, values,
                               sizeof values / sizeof values[0], err);
    }
    pal_check_list_free(list);
    return status;
}
