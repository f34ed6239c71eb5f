/*
 * Text of XML as people mean it: references and line ends decoded, Excel's own _xHHHH_
 * decoded, the runs of a rich text joined. Private to room source.
 */
#ifndef PAL_SOURCE_XML_TEXT_H
#define PAL_SOURCE_XML_TEXT_H

#include "source/xml_scan.h"

/* The size of a well-formed reference at the front of `text` (from & to ;), or 0; *code is
 * the character that it stands for. */
size_t pal_xml_reference(struct pal_view text, uint32_t *code);
/* Appends the text of a token. */
void pal_xml_append_text(struct pal_buffer *out, const struct pal_xml_token *token);
/* Appends an attribute's value. */
void pal_xml_append_value(struct pal_buffer *out, struct pal_view value);
/* Decodes _xHHHH_ from `begin` to the buffer's end. One that gives no character (a lone
 * surrogate, a NUL) stays as written. */
void pal_xml_unescape(struct pal_buffer *out, size_t begin);
/* Appends the text directly within the element that began at `depth`, up to its end. */
pal_status pal_xml_read_text(struct pal_xml *xml, uint32_t depth,
                             struct pal_buffer *out,
                             struct pal_error *err) PAL_MUST_USE;
/* Appends the joined runs of an <si> or <is> that began at `depth`: the reading aids of East
 * Asian text (rPh) are not part of it. */
pal_status pal_xml_read_runs(struct pal_xml *xml, uint32_t depth,
                             struct pal_buffer *out,
                             struct pal_error *err) PAL_MUST_USE;

#endif
