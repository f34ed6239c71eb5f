#include "base/view.h"

#include <string.h>

struct pal_view pal_view_of(const char *text)
{
    if (text == NULL) {
        return (struct pal_view){"", 0};
    }
    return (struct pal_view){text, strlen(text)};
}

bool pal_view_is_equal(struct pal_view a, struct pal_view b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool pal_view_is_equal_fold(struct pal_view a, struct pal_view b)
{
    if (a.size != b.size) {
        return false;
    }
    for (size_t i = 0; i < a.size; i++) {
        if (a.data[i] != b.data[i] && pal_lower(a.data[i]) != pal_lower(b.data[i])) {
            return false;
        }
    }
    return true;
}

int pal_view_compare(struct pal_view a, struct pal_view b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared > 0 ? memcmp(a.data, b.data, shared) : 0;
    if (order != 0) {
        return order;
    }
    return (a.size > b.size) - (a.size < b.size);
}

bool pal_view_has_prefix(struct pal_view text, struct pal_view prefix)
{
    return text.size >= prefix.size &&
           (prefix.size == 0 || memcmp(text.data, prefix.data, prefix.size) == 0);
}

bool pal_view_has_suffix(struct pal_view text, struct pal_view suffix)
{
    return text.size >= suffix.size &&
           (suffix.size == 0 || memcmp(text.data + (text.size - suffix.size),
                                       suffix.data, suffix.size) == 0);
}

bool pal_view_has_prefix_fold(struct pal_view text, struct pal_view prefix)
{
    return text.size >= prefix.size &&
           pal_view_is_equal_fold((struct pal_view){text.data, prefix.size}, prefix);
}

size_t pal_view_find_fold(struct pal_view text, struct pal_view part)
{
    for (size_t at = 0; at + part.size <= text.size; at++) {
        if (part.size == 0 ||
            (pal_lower(text.data[at]) == pal_lower(part.data[0]) &&
             pal_view_is_equal_fold((struct pal_view){text.data + at, part.size},
                                    part))) {
            return at;
        }
    }
    return text.size;
}

size_t pal_view_find(struct pal_view text, struct pal_view part)
{
    if (part.size == 0) {
        return 0;
    }
    size_t at = 0;
    while (text.size - at >= part.size) {
        const char *hit =
            memchr(text.data + at, part.data[0], text.size - at - part.size + 1);
        if (hit == NULL) {
            break;
        }
        if (memcmp(hit, part.data, part.size) == 0) {
            return (size_t)(hit - text.data);
        }
        at = (size_t)(hit - text.data) + 1;
    }
    return text.size;
}

static bool is_no_break_space(const char *two)
{
    return (unsigned char)two[0] == 0xC2u && (unsigned char)two[1] == 0xA0u;
}

struct pal_view pal_view_trim(struct pal_view text)
{
    const char *data = text.data;
    size_t size = text.size;
    while (size > 0) {
        if (pal_is_space(data[0])) {
            data += 1;
            size -= 1;
        } else if (size >= 2 && is_no_break_space(data)) {
            data += 2;
            size -= 2;
        } else {
            break;
        }
    }
    while (size > 0) {
        if (pal_is_space(data[size - 1])) {
            size -= 1;
        } else if (size >= 2 && is_no_break_space(data + size - 2)) {
            size -= 2;
        } else {
            break;
        }
    }
    return (struct pal_view){data, size};
}

bool pal_view_split(struct pal_view *rest, char separator, struct pal_view *part)
{
    if (rest->data == NULL) {
        *part = (struct pal_view){NULL, 0};
        return false;
    }
    const char *hit = rest->size > 0 ? memchr(rest->data, separator, rest->size) : NULL;
    if (hit == NULL) {
        *part = *rest;
        *rest = (struct pal_view){NULL, 0};
        return true;
    }
    size_t size = (size_t)(hit - rest->data);
    *part = (struct pal_view){rest->data, size};
    *rest = (struct pal_view){hit + 1, rest->size - size - 1};
    return true;
}
