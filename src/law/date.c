/*
 * Dates as sources give them. A year alone is 365 days on any of which a rule may have begun:
 * on those days it may be in force, and nobody here knows.
 */
#include "law/law_internal.h"

bool pal_law_date_read(struct pal_view text, struct pal_law_date *out)
{
    struct pal_view rest = text;
    struct pal_view part;
    int64_t number[3] = {0, 0, 0};
    static const size_t sizes[3] = {4, 2, 2};
    size_t count = 0;
    *out = (struct pal_law_date){text, PAL_DAY_NONE, PAL_DAY_NONE};
    if (text.size == 0) {
        return true;
    }
    while (pal_view_split(&rest, '-', &part)) {
        if (count == 3 || part.size != sizes[count] ||
            !pal_parse_i64(part, 1, 9999, &number[count])) {
            return false;
        }
        count++;
    }
    struct pal_civil first = {(int32_t)number[0], count > 1 ? (int32_t)number[1] : 1,
                              count > 2 ? (int32_t)number[2] : 1};
    struct pal_civil last = {first.year, count > 1 ? first.month : 12, first.day};
    if (!pal_civil_is_valid(first)) {
        return false;
    }
    if (count < 3) {
        last.day = pal_days_in_month(last.year, last.month);
    }
    out->first = pal_day_of(first);
    out->last = pal_day_of(last);
    return true;
}

enum pal_law_force pal_law_force_on(const struct pal_law_date *from,
                                    const struct pal_law_date *to, int32_t day)
{
    if ((from->first != PAL_DAY_NONE && day < from->first) ||
        (to->last != PAL_DAY_NONE && day > to->last)) {
        return PAL_LAW_NOT_IN_FORCE;
    }
    if ((from->last != PAL_DAY_NONE && day < from->last) ||
        (to->first != PAL_DAY_NONE && day > to->first)) {
        return PAL_LAW_MAY_BE_IN_FORCE;
    }
    return PAL_LAW_IN_FORCE;
}
