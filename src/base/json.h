/*
 * A streaming JSON writer with stable bytes: keys in the order given, numbers in shortest
 * form, UTF-8 passed through, control characters and invalid bytes escaped.
 */
#ifndef PAL_BASE_JSON_H
#define PAL_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum { PAL_JSON_DEPTH_MAX = 32 };

struct pal_json {
    struct pal_buffer *out; /* the caller's */
    bool is_indented;
    int depth;
    bool has_item[PAL_JSON_DEPTH_MAX];
    bool after_key;
};

void pal_json_init(struct pal_json *json, struct pal_buffer *out, bool is_indented);
void pal_json_begin_object(struct pal_json *json);
void pal_json_end_object(struct pal_json *json);
void pal_json_begin_array(struct pal_json *json);
void pal_json_end_array(struct pal_json *json);
void pal_json_key(struct pal_json *json, const char *key);
void pal_json_view(struct pal_json *json, struct pal_view text);
void pal_json_text(struct pal_json *json, const char *text); /* NULL writes null */
void pal_json_i64(struct pal_json *json, int64_t value);
void pal_json_double(struct pal_json *json, double value); /* not finite writes null */
void pal_json_bool(struct pal_json *json, bool value);
void pal_json_null(struct pal_json *json);

#endif
