/*
 * The shapes of XML's markup: one tag, comment or instruction out of bytes that end with a
 * NUL. Knows nothing of elements within elements. Private to room source.
 */
#ifndef PAL_SOURCE_XML_MARKUP_H
#define PAL_SOURCE_XML_MARKUP_H

#include "source/xml_scan.h"

enum pal_xml_found {
    PAL_XML_FOUND,
    PAL_XML_NOTHING, /* a step forward, but nothing to give */
    PAL_XML_CUT,     /* the bytes end within it */
    PAL_XML_FAULT
};

struct pal_xml_tag {
    struct pal_view whole; /* the name with its prefix */
    struct pal_view prefix;
    struct pal_view name;
    size_t attribute_count;
    bool is_empty;
    const char *end; /* behind the > */
};

static inline bool pal_xml_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static inline bool pal_xml_is_name_start(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || c == '_' || c == ':' ||
           (unsigned char)c >= 0x80;
}

static inline bool pal_xml_is_name(char c)
{
    return pal_xml_is_name_start(c) || (unsigned char)(c - '0') < 10 || c == '-' ||
           c == '.';
}

/* The end of the text at `at` that means what it says: at a < or &, a carriage return, what
 * may be ]]> or _xHHHH_, or the NUL. */
static inline const char *pal_xml_plain_end(const char *at)
{
    static const bool is_stop[256] = {['\0'] = true, ['<'] = true, ['&'] = true,
                                      ['\r'] = true, [']'] = true, ['_'] = true};

    for (;; at++) {
        while (!is_stop[(unsigned char)*at]) {
            at++;
        }
        if (!(*at == '_' && at[1] != 'x') && !(*at == ']' && at[1] != ']')) {
            return at;
        }
    }
}

/* A start tag; `at` is behind its <. */
enum pal_xml_found pal_xml_scan_tag(
    const char *at, struct pal_xml_tag *tag,
    struct pal_xml_attribute attributes[PAL_XML_ATTRIBUTE_MAX], const char **fault);
/* A comment or an instruction at the front of `rest`: its size. The XML declaration may only
 * be the first thing in a part. */
enum pal_xml_found pal_xml_scan_aside(struct pal_view rest, bool is_first, size_t *size,
                                      const char **fault);

#endif
