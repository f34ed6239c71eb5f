/*
 * The stretch of a part that is being looked at: a buffer that moves along the part and only
 * ever shows whole, valid UTF-8 characters that XML 1.0 allows. So nothing behind it needs to
 * check a byte again, and a NUL byte always means the end of what is there. Private to room
 * source.
 */
#ifndef PAL_SOURCE_XML_WINDOW_H
#define PAL_SOURCE_XML_WINDOW_H

#include "source/part.h"

enum {
    PAL_WINDOW_SIZE = 256 * 1024,           /* measured: larger ones leave the cache */
    PAL_WINDOW_SIZE_MAX = 16 * 1024 * 1024, /* no tag, text or comment is longer */
    PAL_WINDOW_MARGIN = 32 /* NULs behind the end, for reads in words */
};

struct pal_xml_window {
    struct pal_part *part; /* owned */
    char *data;
    size_t room;
    size_t begin; /* where reading goes on */
    size_t end;
    size_t carry_size; /* bytes of a character that the last piece cut off */
    unsigned char carry[4];
    uint64_t passed; /* bytes of the part in front of data */
    bool is_last;    /* nothing comes behind end */
};

/* Takes the part over. */
void pal_xml_window_init(struct pal_xml_window *window, struct pal_part *part);
void pal_xml_window_clear(struct pal_xml_window *window);
/* Moves what is between begin and end to the front and reads behind it; views into the
 * window are void afterwards. PAL_INPUT for bytes that no XML text holds, PAL_LIMIT when
 * nothing was taken from a window of the largest size. */
pal_status pal_xml_window_fill(struct pal_xml_window *window,
                               struct pal_error *err) PAL_MUST_USE;

#endif
