#include "base/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int pal_status_exit_code(pal_status status)
{
#define PAL_STATUS_CODE(name, code, text) [name] = (code),
    static const int codes[PAL_STATUS_COUNT] = {PAL_STATUS_LIST(PAL_STATUS_CODE)};
#undef PAL_STATUS_CODE
    return (unsigned)status < PAL_STATUS_COUNT ? codes[status] : codes[PAL_BUG];
}

const char *pal_status_text(pal_status status)
{
#define PAL_STATUS_TEXT(name, code, text) [name] = (text),
    static const char *const texts[PAL_STATUS_COUNT] = {
        PAL_STATUS_LIST(PAL_STATUS_TEXT)};
#undef PAL_STATUS_TEXT
    return (unsigned)status < PAL_STATUS_COUNT ? texts[status] : "unknown status";
}

/* A text that did not fit may end inside a UTF-8 sequence; a half character would make the
 * whole message unreadable where it is shown. */
static void cut_half_character(char *text)
{
    size_t size = strlen(text);
    size_t start = size;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0u) == 0x80u) {
        start--;
    }
    if (start == 0) {
        return;
    }
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0u ? 4 : lead >= 0xE0u ? 3 : lead >= 0xC0u ? 2 : 1;
    if (size - (start - 1) < want) {
        text[start - 1] = '\0';
    }
}

pal_status pal_fail(struct pal_error *err, pal_status status, const char *format, ...)
{
    if (err == NULL) {
        return status;
    }
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    if (written < 0) {
        err->text[0] = '\0';
    } else if ((size_t)written >= sizeof err->text) {
        cut_half_character(err->text);
    }
    err->status = status;
    return status;
}

pal_status pal_while(struct pal_error *err, pal_status status, const char *format, ...)
{
    if (err == NULL) {
        return status;
    }
    char words[PAL_ERROR_TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(words, sizeof words - 2, format, arguments);
    va_end(arguments);
    if (written < 0) {
        return status;
    }
    if ((size_t)written >= sizeof words - 2) {
        cut_half_character(words);
    }
    size_t size = strlen(words);
    words[size++] = ':';
    words[size++] = ' ';
    size_t text_size = strnlen(err->text, sizeof err->text - 1);
    size_t kept = sizeof err->text - 1 - size;
    bool is_cut = text_size > kept;
    if (is_cut) {
        text_size = kept;
    }
    memmove(err->text + size, err->text, text_size);
    memcpy(err->text, words, size);
    err->text[size + text_size] = '\0';
    if (is_cut) {
        cut_half_character(err->text);
    }
    err->status = status;
    return status;
}

pal_status pal_fail_memory(struct pal_error *err)
{
    return pal_fail(err, PAL_MEMORY, "out of memory");
}

void pal_bug(const char *file, int line, const char *what)
{
    char text[512];
    int size = snprintf(text, sizeof text, "palladium: internal error at %s:%d: %s\n",
                        file, line, what);
    if (size > 0) {
        size_t shown = (size_t)size < sizeof text ? (size_t)size : sizeof text - 1;
        if (write(STDERR_FILENO, text, shown) < 0) {
            abort();
        }
    }
    abort();
}
