/*
 * Small archives made in memory: members stored, not deflated, with true CRCs.
 */
#ifndef HELPER_PACK_H
#define HELPER_PACK_H

#include "base/base.h"

struct helper_member {
    const char *name;
    struct pal_view content;
};

/* Appends a gzip stream that holds `content`. */
void helper_gzip(struct pal_buffer *out, struct pal_view content);
/* Appends a zip of the members. */
void helper_zip(struct pal_buffer *out, const struct helper_member *members,
                size_t count);

#endif
