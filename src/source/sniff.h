/*
 * What bytes are, by content and never by name. Private to room source.
 */
#ifndef PAL_SOURCE_SNIFF_H
#define PAL_SOURCE_SNIFF_H

#include "source/source.h"

enum pal_content {
    PAL_CONTENT_TEXT, /* or at least nothing else known here */
    PAL_CONTENT_ZIP,
    PAL_CONTENT_GZIP,
    PAL_CONTENT_PARQUET,
    PAL_CONTENT_REFUSED
};

struct pal_sniffed {
    enum pal_content content;
    const char *what;     /* refused: "a web page (HTML)"; a constant */
    const char *advice;   /* refused: what to do; a constant */
    struct pal_view link; /* refused as a symbolic link's text: where it points */
};

/* `head` is the beginning of a file, or all of it when is_whole. */
struct pal_sniffed pal_sniff(struct pal_view head, bool is_whole);

/* A file name without .gz, .csv, .txt, .tsv, .tab, .psv, .parquet at its end. */
struct pal_view pal_name_without_extensions(struct pal_view name);
/* true for the names that tables in text go by: .csv, .tsv, .tab, .psv. */
bool pal_name_is_table(struct pal_view name);
/* The reason to leave an archive's member out by its name (folder entries aside), or NULL. */
const char *pal_name_skip_reason(struct pal_view member);
/* The part behind the last slash. */
struct pal_view pal_name_of_member(struct pal_view member);

#endif
