/*
 * A borrowed piece of text: a pointer and a size, not NUL-terminated unless its giver says
 * so. All tests are byte-wise and ASCII; no locale is ever asked.
 */
#ifndef PAL_BASE_VIEW_H
#define PAL_BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

struct pal_view {
    const char *data;
    size_t size;
};

/* For a string literal. */
#define PAL_VIEW(literal) ((struct pal_view){"" literal, sizeof(literal) - 1})
/* For printf's "%.*s". */
#define PAL_VIEW_ARG(view) (int)(view).size, (view).data

struct pal_view pal_view_of(const char *text); /* NULL gives the empty view */
bool pal_view_is_equal(struct pal_view a, struct pal_view b);
bool pal_view_is_equal_fold(struct pal_view a,
                            struct pal_view b);             /* ASCII case ignored */
int pal_view_compare(struct pal_view a, struct pal_view b); /* as memcmp, then size */
bool pal_view_has_prefix(struct pal_view text, struct pal_view prefix);
bool pal_view_has_suffix(struct pal_view text, struct pal_view suffix);
bool pal_view_has_prefix_fold(struct pal_view text, struct pal_view prefix);
/* Where `part` first stands in `text`, or text.size. */
size_t pal_view_find(struct pal_view text, struct pal_view part);
size_t pal_view_find_fold(struct pal_view text, struct pal_view part);
/* Without blanks, tabs, line ends and no-break spaces (U+00A0) at both ends. */
struct pal_view pal_view_trim(struct pal_view text);
/* Cuts the part before `separator` off `*rest`; false when `*rest` was used up. Start with
 * data non-NULL; the last part sets rest->data to NULL. */
bool pal_view_split(struct pal_view *rest, char separator, struct pal_view *part);

/* Here, so that the compiler can put them in place: they are asked for every character. */
static inline bool pal_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool pal_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char pal_lower(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (char)(c + ('a' - 'A'));
    }
    return c;
}

static inline char pal_upper(char c)
{
    if (c >= 'a' && c <= 'z') {
        return (char)(c - ('a' - 'A'));
    }
    return c;
}

#endif
