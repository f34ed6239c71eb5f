/*
 * The reference page of a statistical method, in Markdown, from the room's own list: what
 * `palladium stat --explain` shows and doc/method-list.md holds.
 */
#ifndef PAL_APP_METHOD_PAGE_H
#define PAL_APP_METHOD_PAGE_H

#include "base/base.h"
#include "stat/method.h"

void pal_method_page(const struct pal_method *method, struct pal_buffer *out);

#endif
