#include "app/method_page.h"

static const char *kind_words(enum pal_setting_kind kind)
{
    switch (kind) {
    case PAL_SETTING_NUMBER:
        return "number";
    case PAL_SETTING_WHOLE:
        return "whole number";
    case PAL_SETTING_FLAG:
        return "true or false";
    case PAL_SETTING_CHOICE:
        return "one of";
    case PAL_SETTING_TEXT:
        return "text";
    case PAL_SETTING_NUMBERS:
        return "list of numbers";
    case PAL_SETTING_NUMBER_OR_CHOICE:
        return "number, or one of";
    case PAL_SETTING_NOTE:
        break;
    }
    return "not used";
}

/* A bar would end the table's cell. */
static void put_values(struct pal_buffer *out, const char *values)
{
    struct pal_view rest = pal_view_of(values);
    struct pal_view part;
    bool is_first = true;
    while (pal_view_split(&rest, '|', &part)) {
        pal_buffer_append_text(out, is_first ? " `" : ", `");
        pal_buffer_append_view(out, part);
        pal_buffer_append_char(out, '`');
        is_first = false;
    }
}

static void put_setting(struct pal_buffer *out, const struct pal_setting *setting)
{
    pal_buffer_append_format(out, "| `%s` | %s", setting->name,
                             kind_words(setting->kind));
    if (setting->values != NULL) {
        put_values(out, setting->values);
    }
    pal_buffer_append_text(out, " | ");
    if (setting->fallback != NULL) {
        pal_buffer_append_format(out, "`%s`", setting->fallback);
    }
    pal_buffer_append_format(out, " | %s |\n", setting->meaning);
}

void pal_method_page(const struct pal_method *method, struct pal_buffer *out)
{
    pal_buffer_append_format(out, "## %s\n\nAlgorithm `%s`: %s.\n\n", method->name,
                             method->name, method->summary);
    pal_buffer_append_format(out,
                             "Columns in: %s.  \nColumns out: %s.  \nSource: %s.\n",
                             method->columns_in, method->columns_out, method->source);
    if (method->quirk != NULL) {
        pal_buffer_append_format(out, "\nWhere the reference differs: %s\n",
                                 method->quirk);
    }
    pal_buffer_append_text(out, "\n| parameter | value | default | meaning |\n"
                                "|---|---|---|---|\n");
    for (const struct pal_setting *at = method->settings; at->name != NULL; at++) {
        put_setting(out, at);
    }
}
