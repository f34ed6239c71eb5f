/*
 * What the readers of room document share: text with its origin (mapped.c), passages being
 * built (passage.c), and one call a form.
 */
#ifndef PAL_DOCUMENT_DOCUMENT_INTERNAL_H
#define PAL_DOCUMENT_DOCUMENT_INTERNAL_H

#include "document/document.h"

extern const struct pal_asset_table pal_document_assets;

/* ---- mapped.c ---- */

void pal_mapped_init(struct pal_mapped *mapped, size_t size_max);
void pal_mapped_clear(struct pal_mapped *mapped);
/* Text whose bytes are those of the source from source_at on, or made from source_size bytes
 * there. */
void pal_mapped_put(struct pal_mapped *mapped, struct pal_view text, size_t source_at,
                    size_t source_size);
/* A piece of `from`, with the places that it has there. */
void pal_mapped_put_slice(struct pal_mapped *mapped, const struct pal_mapped *from,
                          size_t at, size_t size);
/* Text made from a piece of `from`. */
void pal_mapped_put_made(struct pal_mapped *mapped, struct pal_view text,
                         const struct pal_mapped *from, size_t at, size_t size);
/* First byte and the byte behind the last of a piece, in the source. */
void pal_mapped_locate(const struct pal_mapped *mapped, size_t at, size_t size,
                       uint64_t *first, uint64_t *end);
/* The run that holds a place of the text. */
size_t pal_mapped_run_at(const struct pal_mapped *mapped, size_t at);
pal_status pal_mapped_status(const struct pal_mapped *mapped,
                             struct pal_error *err) PAL_MUST_USE;

/* Bytes in an encoding, with their origin, as UTF-8. A UTF-16 unit counts as source_unit in
 * the source (2 in a file). */
void pal_mapped_decode(const struct pal_mapped *bytes, enum pal_encoding encoding,
                       struct pal_mapped *out);
/* The encoding that a charset's name means; false for one that is not read. */
bool pal_charset_find(struct pal_view name, enum pal_encoding *out);

/* ---- passage.c ---- */

/* Puts passages together: blanks become one, controls and invisible marks are left out. */
struct pal_passages {
    struct pal_document *document;
    const struct pal_mapped *content; /* what slices are of */
    enum pal_passage_kind kind;       /* of the passage being built */
    const char *boilerplate;
    int32_t page;
    size_t text_at; /* where it begins in the body */
    bool has_blank; /* a blank is due before the next letter */
    size_t blank_at;
};

void pal_passages_begin(struct pal_passages *passages, struct pal_document *document,
                        const struct pal_mapped *content);
void pal_passages_put(struct pal_passages *passages, size_t at, size_t size);
/* `text` made from a piece of the content (an entity). */
void pal_passages_put_made(struct pal_passages *passages, struct pal_view text,
                           size_t at, size_t size);
bool pal_passages_is_empty(const struct pal_passages *passages);
/* Ends the passage, if there is text, and begins one of that kind. */
void pal_passages_end(struct pal_passages *passages, enum pal_passage_kind next,
                      const char *boilerplate);

/* ---- the forms ---- */

pal_status pal_text_read(struct pal_document *document,
                         const struct pal_mapped *content, int32_t page,
                         struct pal_error *err) PAL_MUST_USE;
pal_status pal_html_read(struct pal_document *document,
                         const struct pal_mapped *content,
                         struct pal_error *err) PAL_MUST_USE;
/* The charset that a page names in its head; data NULL: none. */
struct pal_view pal_html_charset(struct pal_view head);
pal_status pal_mail_read(struct pal_document *document, struct pal_view bytes,
                         struct pal_error *err) PAL_MUST_USE;
bool pal_is_mail(struct pal_view head);
pal_status pal_pdf_read(struct pal_document *document, struct pal_view bytes,
                        struct pal_error *err) PAL_MUST_USE;

/* ---- small things ---- */

/* A date within a text in one of the forms of mail, html and press ("Thu, 05 Mar 2020",
 * "2020-03-05T10:00", "March 5, 2020"); PAL_DAY_NONE when there is none. */
int32_t pal_day_in_text(struct pal_view text);
/* english, other, unknown, by words that every text has. */
const char *pal_language_of(const struct pal_document *document);
/* Marks passages that are nobody's statement, by their words. */
void pal_boilerplate_mark(struct pal_document *document);
/* Fills title, publisher, url or day once; later ones are left. */
pal_status pal_document_tell(struct pal_document *document, struct pal_view *field,
                             struct pal_view text, struct pal_error *err) PAL_MUST_USE;
/* The characters of an entity ("amp;", with what may follow): gives how many bytes of `text`
 * it is, 0 when it is none. */
size_t pal_entity_find(struct pal_view text, char out[16], size_t *out_size);
size_t pal_utf8_put(uint32_t code, char out[4]);

#endif
