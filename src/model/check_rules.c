#include "model/check_internal.h"

extern const struct pal_asset_table pal_model_assets;

enum { RULE_COLUMN_COUNT = 8, VALUE_COLUMN_COUNT = 2 };

/* The text of an embedded table behind its header line. */
static struct pal_view lines_of(const char *name)
{
    struct pal_view header;
    struct pal_view rest = pal_asset_find(&pal_model_assets, name);
    if (rest.data != NULL) {
        (void)pal_view_split(&rest, '\n', &header);
    }
    return rest;
}

struct pal_view pal_check_rules_text(void)
{
    return lines_of("checks.csv");
}

/* The next line with exactly `count` parts; *has false when there is none. */
static pal_status next_line(struct pal_view *rest, struct pal_view *parts, size_t count,
                            bool *has, struct pal_error *err)
{
    struct pal_view line = {NULL, 0};
    struct pal_view part = {NULL, 0};
    size_t found = 0;
    *has = false;
    while (line.size == 0) {
        if (rest->data == NULL || !pal_view_split(rest, '\n', &line)) {
            return PAL_OK;
        }
    }
    struct pal_view tail = line;
    while (pal_view_split(&tail, '|', &part)) {
        if (found < count) {
            parts[found] = part;
        }
        found++;
    }
    if (found != count) {
        return pal_fail(err, PAL_BUG,
                        "the built-in line \"%.*s\" has %zu parts, not %zu",
                        PAL_VIEW_ARG(line), found, count);
    }
    *has = true;
    return PAL_OK;
}

static pal_status read_percent(struct pal_view text, double *share,
                               struct pal_error *err)
{
    double percent = 0;
    *share = -1;
    if (text.size == 0) {
        return PAL_OK;
    }
    if (!pal_parse_double(text, &percent) || percent < 0 || percent > 100) {
        return pal_fail(err, PAL_BUG, "\"%.*s\" is no percentage", PAL_VIEW_ARG(text));
    }
    *share = percent / 100;
    return PAL_OK;
}

/* Names go into statements: nothing but letters, digits, '_' and '-' may stand in them. */
static bool is_plain(struct pal_view name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (!(c >= 'a' && c <= 'z') && !pal_is_digit(c) && c != '_' && c != '-') {
            return false;
        }
    }
    return true;
}

pal_status pal_check_rule_next(struct pal_view *rest, struct pal_check_rule *rule,
                               bool *has, struct pal_error *err)
{
    struct pal_view parts[RULE_COLUMN_COUNT] = {{NULL, 0}};
    pal_status status = next_line(rest, parts, RULE_COLUMN_COUNT, has, err);
    if (status != PAL_OK || !*has) {
        return status;
    }
    *rule = (struct pal_check_rule){.rule = parts[0],
                                    .kind = parts[1],
                                    .table = parts[2],
                                    .field = parts[3],
                                    .other = parts[4],
                                    .text = parts[7]};
    if (!is_plain(rule->kind) || !is_plain(rule->field) || !is_plain(rule->other)) {
        return pal_fail(err, PAL_BUG, "the built-in rule %.*s has a name that is none",
                        PAL_VIEW_ARG(rule->rule));
    }
    status = read_percent(parts[5], &rule->warn, err);
    return status == PAL_OK ? read_percent(parts[6], &rule->stop, err) : status;
}

pal_status pal_check_values_load(struct pal_store *store, struct pal_error *err)
{
    bool has = true;
    struct pal_view rest = lines_of("check_values.csv");
    pal_status status =
        pal_model_run(store, "check_value_create", PAL_NO_SLOTS, NULL, 0, err);
    while (status == PAL_OK && has) {
        struct pal_view parts[VALUE_COLUMN_COUNT] = {{NULL, 0}};
        status = next_line(&rest, parts, VALUE_COLUMN_COUNT, &has, err);
        if (status == PAL_OK && has) {
            struct pal_value values[] = {pal_model_text(parts[0]),
                                         pal_model_text(parts[1])};
            status = pal_model_run(store, "check_value_insert", PAL_NO_SLOTS, values, 2,
                                   err);
        }
    }
    return status;
}
