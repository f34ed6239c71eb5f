/* The sentences of a text: every suggestion has a statement and a place within the file. */
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
    pal_status st = pal_document_read_memory(bytes, "fuzz.txt", &document, &err);

    struct pal_suggestions found = {0};
    PAL_BUG_IF(st != PAL_OK && err.text[0] == '\0');
    document.published = 18326;
    st = st == PAL_OK ? pal_suggest(&document, &found, &err) : PAL_INPUT;
    for (size_t i = 0; st == PAL_OK && i < found.count; i++) {
        PAL_BUG_IF(found.items[i].statement.size == 0 ||
                   found.items[i].last_byte >= size ||
                   found.items[i].first_byte > found.items[i].last_byte);
    }
    pal_suggestions_clear(&found);
    pal_document_clear(&document);
    return 0;
}
