/* The XML of shared strings, in pieces whose size its first byte gives. */
#include <stdint.h>

#include "source/shared_strings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct pal_source_limits limits = {1 << 20, 100,     1000, 100, 1000,
                                                    1000,    1 << 16, 16,   20};
    struct pal_shared_strings table;
    struct pal_part *part = NULL;

    if (size == 0 ||
        pal_part_open_memory((struct pal_view){(const char *)data + 1, size - 1}, false,
                             &limits, &part, NULL) != PAL_OK) {
        return 0;
    }
    pal_part_limit_piece(part, data[0] < 128 ? 1 << 20 : 1 + data[0] % 64);
    pal_shared_strings_init(&table, &limits);
    (void)!pal_shared_strings_read(&table, part, &limits, NULL);
    for (size_t i = 0; i < table.count; i++) {
        PAL_BUG_IF(pal_shared_string(&table, i).size > limits.cell_size_max);
    }
    pal_shared_strings_clear(&table);
    return 0;
}
