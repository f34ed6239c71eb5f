/*
 * The text of a pdf by PDFium, in a child of its own: a hostile file can use up the child's
 * memory and time, or make it fall, and nothing more. The child sends numbers: for each page
 * how many characters it has, then their code points, with the ends of lines judged by where
 * they stand (pdf_layout.c). What a character's place means is therefore its number in the
 * page's text, as PDFium counts.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "document/pdf_internal.h"

enum {
    MESSAGE_PAGES = 1,
    MESSAGE_PAGE,
    MESSAGE_TITLE,
    MESSAGE_END,
    MESSAGE_PASSWORD,
    MESSAGE_BROKEN,
    PAGE_CHARACTER_MAX = 1000 * 1000,
    META_SIZE_MAX = 1024,
    SCAN_CHARACTER_MAX = 8, /* letters a page, below which it is a picture */
    HYPHEN_SOFT = 0x02
};

struct message {
    uint32_t kind;
    uint32_t count;
};

/* ---- the child ---- */

static bool has_sent(int out, const void *data, size_t size)
{
    const char *bytes = data;
    while (size > 0) {
        ssize_t put = write(out, bytes, size);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

static bool has_sent_message(int out, uint32_t kind, uint32_t count)
{
    struct message message = {kind, count};
    return has_sent(out, &message, sizeof message);
}

static void set_limit(int resource, rlim_t value)
{
    struct rlimit limit = {value, value};
    /* A limit that cannot be set leaves the stricter one there was. */
    (void)setrlimit(resource, &limit);
}

static void set_limits(size_t file_size)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    /* Sanitizers reserve terabytes of addresses. */
    set_limit(RLIMIT_AS, ((rlim_t)PAL_PDF_MEMORY_MAX_MB << 20) + file_size * 2);
#else
    (void)file_size;
#endif
    set_limit(RLIMIT_CPU, PAL_PDF_CPU_MAX_S);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    (void)alarm(PAL_PDF_WAIT_MAX_S);
}

static bool has_sent_page(int out, FPDF_DOCUMENT document, int number)
{
    FPDF_PAGE page = FPDF_LoadPage(document, number);
    FPDF_TEXTPAGE text = page == NULL ? NULL : FPDFText_LoadPage(page);
    int count = text == NULL ? 0 : FPDFText_CountChars(text);
    count = count < 0 ? 0 : count > PAGE_CHARACTER_MAX ? PAGE_CHARACTER_MAX : count;
    uint32_t *codes = calloc((size_t)count + 1, sizeof *codes);
    bool is_sent =
        codes != NULL && has_sent_message(out, MESSAGE_PAGE, (uint32_t)count);
    for (int i = 0; is_sent && i < count; i++) {
        codes[i] = FPDFText_GetUnicode(text, i);
    }
    if (is_sent && count > 0) {
        pal_pdf_layout(text, codes, count);
        is_sent = has_sent(out, codes, (size_t)count * sizeof *codes);
    }
    free(codes);
    if (text != NULL) {
        FPDFText_ClosePage(text);
    }
    if (page != NULL) {
        FPDF_ClosePage(page);
    }
    return is_sent;
}

static void send_title(int out, FPDF_DOCUMENT document)
{
    static uint16_t units[META_SIZE_MAX / 2];
    unsigned long size = FPDF_GetMetaText(document, "Title", units, sizeof units);
    if (size > 2 && size <= sizeof units &&
        has_sent_message(out, MESSAGE_TITLE, (uint32_t)(size / 2 - 1))) {
        bool is_sent = has_sent(out, units, size - 2);
        (void)is_sent; /* a parent that is gone is noticed at the next page */
    }
}

static void run_child(int out, struct pal_view bytes)
{
    set_limits(bytes.size);
    FPDF_InitLibrary();
    FPDF_DOCUMENT document = FPDF_LoadMemDocument64(bytes.data, bytes.size, NULL);
    if (document == NULL) {
        unsigned long reason = FPDF_GetLastError();
        bool is_locked = reason == FPDF_ERR_PASSWORD || reason == FPDF_ERR_SECURITY;
        bool is_sent =
            has_sent_message(out, is_locked ? MESSAGE_PASSWORD : MESSAGE_BROKEN, 0);
        _exit(is_sent ? 0 : 1);
    }
    int count = FPDF_GetPageCount(document);
    bool is_sent = has_sent_message(out, MESSAGE_PAGES, (uint32_t)count);
    send_title(out, document);
    for (int i = 0; is_sent && i < count && i < PAL_DOCUMENT_PAGE_MAX; i++) {
        is_sent = has_sent_page(out, document, i);
    }
    is_sent = is_sent && has_sent_message(out, MESSAGE_END, 0);
    _exit(is_sent ? 0 : 1);
}

/* ---- the parent ---- */

static bool has_received(int in, void *data, size_t size)
{
    char *bytes = data;
    while (size > 0) {
        ssize_t got = read(in, bytes, size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        bytes += got;
        size -= (size_t)got;
    }
    return true;
}

struct intake {
    struct pal_document *document;
    int in;
    int32_t page;
    uint64_t letter_count;
    struct pal_error *err;
};

static pal_status cut_short(const struct intake *intake)
{
    return pal_fail(intake->err, PAL_INPUT,
                    "reading it as a pdf ended before its end, at page %d: it is "
                    "damaged, or needs more than %d MB or %d s",
                    (int)intake->page + 1, (int)PAL_PDF_MEMORY_MAX_MB,
                    (int)PAL_PDF_CPU_MAX_S);
}

/* A line's end within a word ("deten-", "tions") is marked by the library; the word is put
 * together again. */
static void put_code(struct pal_mapped *content, uint32_t code, size_t at,
                     bool *is_hyphen)
{
    char text[4];
    if (code == HYPHEN_SOFT || code == 0xFFFE) {
        *is_hyphen = true;
        return;
    }
    if (*is_hyphen && (code == '\r' || code == '\n' || code == PAL_PDF_LINE)) {
        return;
    }
    *is_hyphen = false;
    if (code == PAL_PDF_PARAGRAPH) {
        pal_mapped_put(content, PAL_VIEW("\n\n"), at, 1);
        return;
    }
    code = code == PAL_PDF_LINE ? ' ' : code;
    if (code == '\r' || code == 0) {
        return;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
        code = 0xFFFD;
    }
    size_t size = pal_utf8_put(code, text);
    pal_mapped_put(content, (struct pal_view){text, size}, at, 1);
}

static pal_status take_page(struct intake *intake, uint32_t count)
{
    struct pal_mapped content;
    bool is_hyphen = false;
    bool is_whole = count <= PAGE_CHARACTER_MAX;
    pal_mapped_init(&content, 4 * ((size_t)PAGE_CHARACTER_MAX + 1));
    for (uint32_t i = 0; is_whole && i < count; i++) {
        uint32_t codes[256] = {0};
        uint32_t piece = count - i < 256 ? count - i : 256;
        is_whole = has_received(intake->in, codes, piece * sizeof codes[0]);
        for (uint32_t k = 0; is_whole && k < piece; k++) {
            put_code(&content, codes[k], i + k, &is_hyphen);
            intake->letter_count += codes[k] > ' ';
        }
        i += piece - 1;
    }
    intake->page++;
    pal_status st =
        is_whole ? pal_mapped_status(&content, intake->err) : cut_short(intake);
    if (st == PAL_OK) {
        st = pal_text_read(intake->document, &content, intake->page, intake->err);
    }
    pal_mapped_clear(&content);
    return st;
}

static pal_status take_title(struct intake *intake, uint32_t count)
{
    struct pal_mapped bytes;
    struct pal_mapped text;
    char units[META_SIZE_MAX];
    size_t size = 2 * (size_t)count;
    if (count > META_SIZE_MAX / 2 || !has_received(intake->in, units, size)) {
        return cut_short(intake);
    }
    pal_mapped_init(&bytes, META_SIZE_MAX);
    pal_mapped_init(&text, 4 * (size_t)META_SIZE_MAX);
    pal_mapped_put(&bytes, (struct pal_view){units, size}, 0, size);
    pal_mapped_decode(&bytes, PAL_ENCODING_UTF16LE, &text);
    pal_status st = pal_document_tell(intake->document, &intake->document->title,
                                      pal_buffer_view(&text.text), intake->err);
    pal_mapped_clear(&bytes);
    pal_mapped_clear(&text);
    return st;
}

static pal_status take_all(struct intake *intake)
{
    for (;;) {
        struct message message;
        pal_status st = PAL_OK;
        if (!has_received(intake->in, &message, sizeof message)) {
            return cut_short(intake);
        }
        switch (message.kind) {
        case MESSAGE_PASSWORD:
            return pal_fail(intake->err, PAL_INPUT,
                            "it is encrypted and asks for a password; save a copy "
                            "without one");
        case MESSAGE_PAGES:
            if (message.count > PAL_DOCUMENT_PAGE_MAX) {
                return pal_fail(intake->err, PAL_LIMIT, "it has more than %d pages",
                                (int)PAL_DOCUMENT_PAGE_MAX);
            }
            intake->document->page_count = (int32_t)message.count;
            break;
        case MESSAGE_PAGE:
            st = take_page(intake, message.count);
            break;
        case MESSAGE_TITLE:
            st = take_title(intake, message.count);
            break;
        case MESSAGE_END:
            return PAL_OK;
        default:
            return pal_fail(
                intake->err, PAL_INPUT,
                "it is no pdf that can be read; open it and save it again, or add "
                "its text");
        }
        if (st != PAL_OK) {
            return st;
        }
    }
}

pal_status pal_pdf_read(struct pal_document *document, struct pal_view bytes,
                        struct pal_error *err)
{
    int ends[2];
    struct intake intake = {.document = document, .err = err};
    if (pipe(ends) != 0) {
        return pal_fail(err, PAL_IO, "cannot make a pipe for reading the pdf");
    }
    pid_t child = fork();
    if (child == 0) {
        (void)close(ends[0]);
        run_child(ends[1], bytes);
    }
    (void)close(ends[1]);
    intake.in = ends[0];
    pal_status st = child < 0 ? pal_fail(err, PAL_IO, "cannot start reading the pdf")
                              : take_all(&intake);
    (void)close(ends[0]); /* a child that still writes ends by it */
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
    if (st == PAL_OK &&
        intake.letter_count <= (uint64_t)SCAN_CHARACTER_MAX * (uint64_t)intake.page) {
        st = pal_fail(err, PAL_INPUT,
                      "its %d page%s no text (a scan?); run text recognition over "
                      "it and add the result",
                      (int)intake.page, intake.page == 1 ? " holds" : "s hold");
    }
    return st;
}
