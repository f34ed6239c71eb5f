/*
 * The calls of PDFium's public C interface that room document makes, and no others. The
 * names, types and meanings are those of fpdfview.h and fpdf_text.h of PDFium 159.0.8149.
 */
#ifndef PAL_THIRD_PARTY_PDFIUM_H
#define PAL_THIRD_PARTY_PDFIUM_H

#include <stddef.h>

typedef struct fpdf_document_t__ *FPDF_DOCUMENT;
typedef struct fpdf_page_t__ *FPDF_PAGE;
typedef struct fpdf_textpage_t__ *FPDF_TEXTPAGE;

/* What FPDF_GetLastError answers. */
enum {
    FPDF_ERR_SUCCESS = 0,
    FPDF_ERR_UNKNOWN = 1,
    FPDF_ERR_FILE = 2,
    FPDF_ERR_FORMAT = 3,
    FPDF_ERR_PASSWORD = 4,
    FPDF_ERR_SECURITY = 5,
    FPDF_ERR_PAGE = 6
};

void FPDF_InitLibrary(void);
/* The bytes must stay as they are until the document is closed. NULL on failure. */
FPDF_DOCUMENT FPDF_LoadMemDocument64(const void *data, size_t size,
                                     const char *password);
void FPDF_CloseDocument(FPDF_DOCUMENT document);
unsigned long FPDF_GetLastError(void);
int FPDF_GetPageCount(FPDF_DOCUMENT document);
FPDF_PAGE FPDF_LoadPage(FPDF_DOCUMENT document, int page_index);
void FPDF_ClosePage(FPDF_PAGE page);
FPDF_TEXTPAGE FPDFText_LoadPage(FPDF_PAGE page);
void FPDFText_ClosePage(FPDF_TEXTPAGE text_page);
int FPDFText_CountChars(FPDF_TEXTPAGE text_page);
/* The code point of a character, 0 when it has none. */
unsigned int FPDFText_GetUnicode(FPDF_TEXTPAGE text_page, int index);
/* Where a character stands on the page, in points, y upwards: its point on the base line, the
 * box of its ink, and the box of its font's line (FS_RECTF). 0 on failure. */
struct pal_pdf_box {
    float left;
    float top;
    float right;
    float bottom;
};
int FPDFText_GetCharOrigin(FPDF_TEXTPAGE text_page, int index, double *x, double *y);
int FPDFText_GetCharBox(FPDF_TEXTPAGE text_page, int index, double *left, double *right,
                        double *bottom, double *top);
int FPDFText_GetLooseCharBox(FPDF_TEXTPAGE text_page, int index,
                             struct pal_pdf_box *rect);
/* "Title", "CreationDate" and the like, UTF-16LE with a terminator; gives the size in bytes
 * that is needed, and writes when `size` is enough. */
unsigned long FPDF_GetMetaText(FPDF_DOCUMENT document, const char *tag, void *buffer,
                               unsigned long size);

#endif
