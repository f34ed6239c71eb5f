/* A page from its bytes: every passage has text and a place within the file. */
#include <stdint.h>

#include "document/suggest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pal_view bytes = {(const char *)data, size};
    struct pal_document document;
    struct pal_error err = {PAL_OK, ""};
    if (pal_view_find(bytes, PAL_VIEW("%PDF-")) < size) {
        return 0; /* read in a child; the unit test of pdf damages one byte by byte */
    }
    pal_status st = pal_document_read_memory(bytes, "fuzz.html", &document, &err);

    PAL_BUG_IF(st != PAL_OK && err.text[0] == '\0');
    for (size_t i = 0; i < document.passage_count; i++) {
        const struct pal_passage *passage = &document.passages[i];
        PAL_BUG_IF(passage->text_size == 0 ||
                   passage->first_byte > passage->last_byte ||
                   passage->last_byte >= size);
    }
    pal_document_clear(&document);
    return 0;
}
