/*
 * Interner: every different text once, numbered from 0 in order of arrival. The texts are
 * the interner's, good until truncate or free. One interner one thread.
 */
#ifndef PAL_BASE_INTERN_H
#define PAL_BASE_INTERN_H

#include <stdint.h>

#include "base/error.h"
#include "base/view.h"

enum { PAL_INTERN_TEXT_MAX = 256 * 1024 * 1024 }; /* bytes of text in one interner */
#define PAL_INTERN_NONE UINT32_MAX

struct pal_intern;

pal_status pal_intern_new(struct pal_intern **out, struct pal_error *err) PAL_MUST_USE;
void pal_intern_free(struct pal_intern *intern);
/* The number of `text`, new or known. PAL_LIMIT beyond PAL_INTERN_TEXT_MAX. */
pal_status pal_intern_add(struct pal_intern *intern, struct pal_view text,
                          uint32_t *out, struct pal_error *err) PAL_MUST_USE;
uint32_t pal_intern_find(const struct pal_intern *intern, struct pal_view text);
uint32_t pal_intern_count(const struct pal_intern *intern);
struct pal_view pal_intern_text(const struct pal_intern *intern, uint32_t number);
/* Forgets all texts numbered `count` and above (a file whose import failed). */
void pal_intern_truncate(struct pal_intern *intern, uint32_t count);

#endif
