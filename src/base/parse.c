#include "base/parse.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool pal_parse_i64(struct pal_view text, int64_t min, int64_t max, int64_t *out)
{
    *out = 0;
    size_t at = 0;
    bool is_negative = text.size > 0 && text.data[0] == '-';
    if (is_negative) {
        at = 1;
    }
    if (at == text.size) {
        return false;
    }
    /* Counted downwards, because INT64_MIN has no positive twin. */
    int64_t value = 0;
    for (; at < text.size; at++) {
        if (!pal_is_digit(text.data[at]) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, text.data[at] - '0', &value)) {
            return false;
        }
    }
    if (!is_negative && __builtin_sub_overflow(0, value, &value)) {
        return false;
    }
    if (value < min || value > max) {
        return false;
    }
    *out = value;
    return true;
}

enum {
    /* No double needs more significant digits than 767 to be told from its neighbour's
     * midpoint; beyond that one more non-zero digit is as good as all. */
    DIGITS_MAX = 800,
    DIGITS_FAST = 15,   /* always below 2^53 */
    EXPONENT_FAST = 22, /* 10^22 is the largest exact power of ten */
    EXPONENT_CLAMP = 1000000
};

struct decimal {
    bool is_negative;
    uint64_t head;      /* the first DIGITS_FAST significant digits as a number */
    size_t digit_count; /* significant digits seen, also those beyond DIGITS_MAX */
    int64_t exponent;   /* value = digits * 10^exponent */
    char digits[DIGITS_MAX + 1];
};

static void add_digit(struct decimal *number, char digit)
{
    if (number->digit_count == 0 && digit == '0') {
        return;
    }
    if (number->digit_count < DIGITS_FAST) {
        number->head = number->head * 10 + (uint64_t)(digit - '0');
    }
    if (number->digit_count < DIGITS_MAX) {
        number->digits[number->digit_count] = digit;
    } else if (digit != '0') {
        number->digits[DIGITS_MAX] = '1';
    }
    number->digit_count++;
}

/* The exponent part from its sign on; false when it is not a number. */
static bool add_exponent(struct decimal *number, struct pal_view text)
{
    size_t at = 0;
    bool is_negative = false;
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+')) {
        is_negative = text.data[0] == '-';
        at = 1;
    }
    if (at == text.size) {
        return false;
    }
    int64_t value = 0;
    for (; at < text.size; at++) {
        if (!pal_is_digit(text.data[at])) {
            return false;
        }
        if (value < EXPONENT_CLAMP) {
            value = value * 10 + (text.data[at] - '0');
        }
    }
    number->exponent += is_negative ? -value : value;
    return true;
}

static bool has_read_decimal(struct pal_view text, struct decimal *number)
{
    size_t at = 0;
    size_t seen = 0;
    bool has_point = false;
    number->is_negative = text.size > 0 && text.data[0] == '-';
    if (number->is_negative) {
        at = 1;
    }
    for (; at < text.size; at++) {
        char c = text.data[at];
        if (pal_is_digit(c)) {
            seen++;
            number->exponent -= has_point;
            add_digit(number, c);
        } else if (c == '.' && !has_point) {
            has_point = true;
        } else {
            break;
        }
    }
    if (seen == 0) {
        return false;
    }
    if (at == text.size) {
        return true;
    }
    if (text.data[at] != 'e' && text.data[at] != 'E') {
        return false;
    }
    return add_exponent(number,
                        (struct pal_view){text.data + at + 1, text.size - at - 1});
}

/* The digits go to strtod as a whole number with an exponent: without a decimal point there
 * is nothing that a locale could read differently. */
static double slow_value(struct decimal *number)
{
    char copy[DIGITS_MAX + 32];
    size_t count = number->digit_count;
    int64_t exponent = number->exponent;
    if (count > DIGITS_MAX) {
        exponent += (int64_t)(count - DIGITS_MAX);
        count = DIGITS_MAX;
        if (number->digits[DIGITS_MAX] == '1') {
            count++;
            exponent--;
        }
    }
    memcpy(copy, number->digits, count);
    (void)snprintf(copy + count, sizeof copy - count, "e%lld", (long long)exponent);
    return strtod(copy, NULL);
}

bool pal_parse_double(struct pal_view text, double *out)
{
    static const double powers[EXPONENT_FAST + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    *out = 0;
    struct decimal number;
    number.head = 0;
    number.digit_count = 0;
    number.exponent = 0;
    number.digits[DIGITS_MAX] = '0';
    if (!has_read_decimal(text, &number)) {
        return false;
    }
    double value = 0;
    if (number.digit_count == 0) {
        value = 0;
    } else if (number.digit_count <= DIGITS_FAST && number.exponent >= -EXPONENT_FAST &&
               number.exponent <= EXPONENT_FAST) {
        /* Both factors are exact, so the one operation rounds once: W. D. Clinger, "How to
         * Read Floating Point Numbers Accurately" (1990). */
        value = (double)number.head;
        value = number.exponent < 0 ? value / powers[-number.exponent]
                                    : value * powers[number.exponent];
    } else {
        value = slow_value(&number);
    }
    if (!isfinite(value)) {
        return false;
    }
    *out = number.is_negative ? -value : value;
    return true;
}

void pal_double_text(double value, char out[32])
{
    out[0] = '\0';
    if (!isfinite(value)) {
        return;
    }
    if (value == 0) {
        /* The sign of a zero depends on the order of a sum. */
        out[0] = '0';
        out[1] = '\0';
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        double back = 0;
        (void)snprintf(out, 32, "%.*g", precision, value);
        if (pal_parse_double(pal_view_of(out), &back) && back == value) {
            return;
        }
    }
}
