/*
 * What the reader of a pdf (pdf.c) and the one who judges its lines (pdf_layout.c) share.
 */
#ifndef PAL_DOCUMENT_PDF_INTERNAL_H
#define PAL_DOCUMENT_PDF_INTERNAL_H

#include <pdfium.h>
#include <stdint.h>

#include "document/document_internal.h"

/* What a line feed of a page becomes: Unicode's own marks of it. */
enum {
    PAL_PDF_LINE = 0x2028,     /* the line goes on in the next */
    PAL_PDF_PARAGRAPH = 0x2029 /* it does not */
};

/* Judges each line end of a page's `count` characters, in place: a character stays where it is.
 * Runs in the child, whose memory and time are limited; without memory the line feeds stay. */
void pal_pdf_layout(FPDF_TEXTPAGE text, uint32_t *codes, int count);

#endif
