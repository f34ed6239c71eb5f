/*
 * The list of methods, and whether the parameters given to one are what it understands. A
 * known parameter with a wrong value stops the run and the words name what would be right;
 * one that nobody knows is for the caller to tell.
 */
#include <math.h>
#include <string.h>

#include "base/parse.h"
#include "stat/method_internal.h"

static const struct pal_method *const methods[] = {
#define PAL_METHOD_ENTRY(method) &(method),
    PAL_METHOD_LIST(PAL_METHOD_ENTRY)
#undef PAL_METHOD_ENTRY
};

const struct pal_method *pal_method_find(const char *name)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i]->name, name) == 0) {
            return methods[i];
        }
    }
    return NULL;
}

const struct pal_method *const *pal_method_all(size_t *count)
{
    *count = sizeof methods / sizeof methods[0];
    return methods;
}

/* Said about a case, not about a method. */
static bool is_common(const char *name)
{
    static const char *const common[] = {"algorithm", "case", "tolerance"};
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        if (strcmp(common[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* "monte_carlo" speaks for "monte_carlo.nsim" too. */
static const struct pal_setting *find_setting(const struct pal_method *method,
                                              const char *name)
{
    const struct pal_setting *group = NULL;
    for (const struct pal_setting *at = method->settings; at->name != NULL; at++) {
        size_t size = strlen(at->name);
        if (strcmp(at->name, name) == 0) {
            return at;
        }
        if (at->kind == PAL_SETTING_NOTE && strncmp(at->name, name, size) == 0 &&
            name[size] == '.') {
            group = at;
        }
    }
    return group;
}

size_t pal_method_unknown(const struct pal_method *method,
                          const struct pal_params *params, size_t from)
{
    while (from < params->count && (is_common(params->items[from].name) ||
                                    find_setting(method, params->items[from].name))) {
        from++;
    }
    return from;
}

static bool is_choice(const char *values, const char *text)
{
    struct pal_view rest = pal_view_of(values);
    struct pal_view part;
    while (pal_view_split(&rest, '|', &part)) {
        if (pal_view_is_equal(part, pal_view_of(text))) {
            return true;
        }
    }
    return false;
}

/* "0..1": both ends belong to it; no words mean any number. */
static bool is_within(const char *values, double number)
{
    struct pal_view text = pal_view_of(values);
    size_t dots = pal_view_find(text, PAL_VIEW(".."));
    double low;
    double high;
    if (dots >= text.size) {
        return true;
    }
    struct pal_view left = {text.data, dots};
    struct pal_view right = {text.data + dots + 2, text.size - dots - 2};
    return (!pal_parse_double(left, &low) || number >= low) &&
           (!pal_parse_double(right, &high) || number <= high);
}

static pal_status fail_number(const struct pal_setting *setting, double number,
                              struct pal_error *err)
{
    const char *what =
        setting->kind == PAL_SETTING_WHOLE ? "a whole number" : "a number";
    if (setting->values == NULL || is_within(setting->values, number)) {
        return pal_fail(err, PAL_USAGE, "parameter \"%s\" is %s, not %g", setting->name,
                        what, number);
    }
    return pal_fail(err, PAL_USAGE, "parameter \"%s\" is %s within %s, not %g",
                    setting->name, what, setting->values, number);
}

static pal_status check_number(const struct pal_setting *setting, double number,
                               struct pal_error *err)
{
    bool is_whole = setting->kind == PAL_SETTING_WHOLE;
    bool has_range =
        setting->values != NULL && setting->kind != PAL_SETTING_NUMBER_OR_CHOICE;
    if ((has_range && !is_within(setting->values, number)) ||
        (is_whole && number != floor(number))) {
        return fail_number(setting, number, err);
    }
    return PAL_OK;
}

static pal_status check_text(const struct pal_setting *setting, const char *text,
                             struct pal_error *err)
{
    if (setting->kind == PAL_SETTING_TEXT || is_choice(setting->values, text)) {
        return PAL_OK;
    }
    return pal_fail(err, PAL_USAGE,
                    "parameter \"%s\" is %s%s, not \"%.60s\"; other values of the "
                    "reference are not supported",
                    setting->name,
                    setting->kind == PAL_SETTING_NUMBER_OR_CHOICE ? "a number or "
                                                                  : "one of ",
                    setting->values, text);
}

static const char *kind_text(enum pal_setting_kind kind)
{
    switch (kind) {
    case PAL_SETTING_NUMBER:
        return "a number";
    case PAL_SETTING_WHOLE:
        return "a whole number";
    case PAL_SETTING_FLAG:
        return "true or false";
    case PAL_SETTING_CHOICE:
    case PAL_SETTING_TEXT:
        return "a text";
    case PAL_SETTING_NUMBERS:
        return "a list of numbers";
    case PAL_SETTING_NUMBER_OR_CHOICE:
        return "a number or a text";
    case PAL_SETTING_NOTE:
        break;
    }
    return "anything";
}

static pal_status check_list(const struct pal_setting *setting,
                             const struct pal_param *param, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < param->value_count; i++) {
        status = check_number(setting, param->values[i], err);
    }
    return status;
}

static pal_status check_param(const struct pal_setting *setting,
                              const struct pal_param *param, struct pal_error *err)
{
    enum pal_setting_kind kind = setting->kind;
    bool takes_text = kind == PAL_SETTING_CHOICE || kind == PAL_SETTING_TEXT ||
                      kind == PAL_SETTING_NUMBER_OR_CHOICE;
    bool takes_number = kind == PAL_SETTING_NUMBER || kind == PAL_SETTING_WHOLE ||
                        kind == PAL_SETTING_NUMBERS ||
                        kind == PAL_SETTING_NUMBER_OR_CHOICE;
    bool is_one = param->kind == PAL_PARAM_NUMBER ||
                  (param->kind == PAL_PARAM_ARRAY && param->value_count == 1);
    if (kind == PAL_SETTING_NOTE || param->kind == PAL_PARAM_NULL) {
        return PAL_OK;
    }
    if (takes_text && param->kind == PAL_PARAM_TEXT) {
        return check_text(setting, param->text, err);
    }
    double number =
        param->kind == PAL_PARAM_ARRAY && is_one ? param->values[0] : param->number;
    if (kind == PAL_SETTING_FLAG && is_one && (number == 0 || number == 1)) {
        return PAL_OK;
    }
    if (takes_number && is_one && !param->is_flag) {
        return check_number(setting, number, err);
    }
    bool takes_list =
        kind == PAL_SETTING_NUMBERS || kind == PAL_SETTING_NUMBER_OR_CHOICE;
    if (takes_list && param->kind == PAL_PARAM_ARRAY) {
        return check_list(setting, param, err);
    }
    return pal_fail(err, PAL_USAGE, "parameter \"%s\" is %s%s%s", setting->name,
                    kind_text(kind), setting->values != NULL ? ": " : "",
                    setting->values != NULL ? setting->values : "");
}

pal_status pal_method_run(const struct pal_params *params, struct pal_frame *in,
                          struct pal_arena *arena, struct pal_frame *out,
                          struct pal_error *err)
{
    const char *name = pal_params_text(params, "algorithm", NULL);
    pal_status status = PAL_OK;
    *out = (struct pal_frame){.arena = arena};
    if (name == NULL) {
        return pal_fail(err, PAL_USAGE, "the parameter \"algorithm\" is missing");
    }
    const struct pal_method *method = pal_method_find(name);
    if (method == NULL) {
        return pal_fail(err, PAL_USAGE, "no method is called \"%.60s\"", name);
    }
    for (size_t i = 0; status == PAL_OK && i < params->count; i++) {
        const struct pal_setting *setting = find_setting(method, params->items[i].name);
        if (setting != NULL) {
            status = check_param(setting, &params->items[i], err);
        }
    }
    in->arena = arena;
    return status == PAL_OK ? pal_method_run_series(method, params, in, out, err)
                            : status;
}
