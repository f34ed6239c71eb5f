/*
 * Alias tables: Vose, "A linear algorithm for generating random numbers with a given
 * distribution", IEEE Transactions on Software Engineering 17 (1991).
 */
#include "base/base.h"
#include "simulate/draw.h"

void pal_sim_alias_fill(struct pal_sim_alias *alias, const double *shares,
                        const uint8_t *codes, size_t count)
{
    double scaled[PAL_SIM_ALIAS_MAX];
    size_t small[PAL_SIM_ALIAS_MAX];
    size_t large[PAL_SIM_ALIAS_MAX];
    size_t small_count = 0;
    size_t large_count = 0;
    double sum = 0;
    PAL_BUG_IF(count == 0 || count > PAL_SIM_ALIAS_MAX);
    for (size_t i = 0; i < count; i++) {
        sum += shares[i];
        alias->code[i] = codes == NULL ? (uint8_t)(i + 1) : codes[i];
        alias->other[i] = alias->code[i];
        alias->threshold[i] = UINT64_C(1) << 32;
    }
    alias->count = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        scaled[i] = shares[i] * (double)count / sum;
        if (scaled[i] < 1) {
            small[small_count++] = i;
        } else {
            large[large_count++] = i;
        }
    }
    while (small_count > 0 && large_count > 0) {
        size_t less = small[--small_count];
        size_t more = large[large_count - 1];
        alias->threshold[less] = (uint64_t)(scaled[less] * 0x1p32);
        alias->other[less] = alias->code[more];
        scaled[more] -= 1 - scaled[less];
        if (scaled[more] < 1) {
            large_count--;
            small[small_count++] = more;
        }
    }
}
