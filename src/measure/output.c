/*
 * A result as CSV and JSON. A figure without a value has empty cells, never a zero.
 */
#include <math.h>

#include "measure/measure_internal.h"

static void csv_number(struct pal_buffer *out, bool has_value, double value,
                       bool is_first)
{
    char text[32] = "";
    if (has_value && isfinite(value)) {
        pal_double_text(value, text);
    }
    pal_csv_field(out, pal_view_of(text), is_first);
}

void pal_measure_result_csv(const struct pal_measure_result *result,
                            struct pal_buffer *out)
{
    static const char *const tail[] = {"value",  "low",          "high", "n",
                                       "status", "days_covered", "days"};
    size_t keys = result->request.by_count;
    for (size_t i = 0; i < keys; i++) {
        pal_csv_field(out, result->request.by[i], i == 0);
    }
    for (size_t i = 0; i < sizeof tail / sizeof tail[0]; i++) {
        pal_csv_field(out, pal_view_of(tail[i]), keys == 0 && i == 0);
    }
    pal_csv_end(out);
    for (size_t k = 0; k < result->count; k++) {
        const struct pal_figure *figure = &result->figures[k];
        for (size_t i = 0; i < keys; i++) {
            pal_csv_field(out, figure->keys[i], i == 0);
        }
        csv_number(out, figure->has_value, figure->value, keys == 0);
        csv_number(out, figure->has_value, figure->low, false);
        csv_number(out, figure->has_value, figure->high, false);
        pal_buffer_append_format(out, ",%lld,%s,%d,%d", (long long)figure->n,
                                 pal_figure_status_text(figure->status),
                                 figure->days_covered, figure->days);
        pal_csv_end(out);
    }
}

static void json_number(struct pal_json *out, const char *key, bool has_value,
                        double value)
{
    pal_json_key(out, key);
    if (has_value && isfinite(value)) {
        pal_json_double(out, value);
    } else {
        pal_json_null(out);
    }
}

static void json_figure(const struct pal_measure_result *result,
                        const struct pal_figure *figure, struct pal_json *out)
{
    pal_json_begin_object(out);
    for (size_t i = 0; i < result->request.by_count; i++) {
        char name[64];
        size_t size = result->request.by[i].size;
        size = size < sizeof name - 1 ? size : sizeof name - 1;
        for (size_t k = 0; k < size; k++) {
            name[k] = result->request.by[i].data[k];
        }
        name[size] = '\0';
        pal_json_key(out, name);
        pal_json_view(out, figure->keys[i]);
    }
    json_number(out, "value", figure->has_value, figure->value);
    json_number(out, "low", figure->has_value, figure->low);
    json_number(out, "high", figure->has_value, figure->high);
    pal_json_key(out, "n");
    pal_json_i64(out, figure->n);
    pal_json_key(out, "status");
    pal_json_text(out, pal_figure_status_text(figure->status));
    pal_json_key(out, "days_covered");
    pal_json_i64(out, figure->days_covered);
    pal_json_key(out, "days");
    pal_json_i64(out, figure->days);
    pal_json_end_object(out);
}

void pal_measure_result_json(const struct pal_measure_result *result,
                             struct pal_json *out)
{
    pal_json_begin_object(out);
    pal_json_key(out, "measure");
    pal_json_view(out, result->request.measure.name);
    pal_json_key(out, "title");
    pal_json_view(out, result->request.measure.title);
    pal_json_key(out, "unit");
    pal_json_view(out, result->request.measure.unit);
    pal_json_key(out, "caveats");
    pal_json_view(out, result->request.measure.caveats);
    pal_json_key(out, "figures");
    pal_json_begin_array(out);
    for (size_t i = 0; i < result->count; i++) {
        json_figure(result, &result->figures[i], out);
    }
    pal_json_end_array(out);
    pal_json_end_object(out);
}
