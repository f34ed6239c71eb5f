#include "base/nearest.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t pal_word_distance(struct pal_view a, struct pal_view b)
{
    /* Restricted Damerau-Levenshtein, three rows of the table at a time. */
    size_t rows[3][PAL_NEAREST_SIZE_MAX + 1];
    if (a.size > PAL_NEAREST_SIZE_MAX || b.size > PAL_NEAREST_SIZE_MAX) {
        return PAL_NEAREST_SIZE_MAX;
    }
    for (size_t j = 0; j <= b.size; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t change =
                pal_lower(a.data[i - 1]) == pal_lower(b.data[j - 1]) ? 0 : 1;
            row[j] = least(least(row[j - 1], above[j]) + 1, above[j - 1] + change);
            if (i > 1 && j > 1 &&
                pal_lower(a.data[i - 1]) == pal_lower(b.data[j - 2]) &&
                pal_lower(a.data[i - 2]) == pal_lower(b.data[j - 1])) {
                row[j] = least(row[j], above2[j - 2] + 1);
            }
        }
    }
    return rows[a.size % 3][b.size];
}

void pal_nearest_try(struct pal_nearest *nearest, struct pal_view known)
{
    size_t distance = pal_word_distance(nearest->word, known);
    /* A slip changes a letter or two, or leaves the end off. */
    size_t enough = nearest->word.size <= 3 ? 1 : nearest->word.size <= 8 ? 2 : 3;
    if (nearest->word.size >= 3 && pal_view_has_prefix(known, nearest->word)) {
        distance = least(distance, 1);
    }
    if (distance <= enough &&
        (nearest->best.data == NULL || distance < nearest->distance)) {
        nearest->best = known;
        nearest->distance = distance;
    }
}
