#include "base/csv.h"

#include <string.h>

static bool needs_quotes(struct pal_view text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r') {
            return true;
        }
    }
    return false;
}

void pal_csv_field(struct pal_buffer *out, struct pal_view text, bool is_first)
{
    if (!is_first) {
        pal_buffer_append_char(out, ',');
    }
    if (!needs_quotes(text)) {
        pal_buffer_append_view(out, text);
        return;
    }
    pal_buffer_append_char(out, '"');
    struct pal_view rest = text;
    while (rest.size > 0) {
        const char *quote = memchr(rest.data, '"', rest.size);
        size_t size = quote != NULL ? (size_t)(quote - rest.data) + 1 : rest.size;
        pal_buffer_append(out, rest.data, size);
        if (quote != NULL) {
            pal_buffer_append_char(out, '"');
        }
        rest = (struct pal_view){rest.data + size, rest.size - size};
    }
    pal_buffer_append_char(out, '"');
}

void pal_csv_end(struct pal_buffer *out)
{
    pal_buffer_append_char(out, '\n');
}
