/*
 * What the end of a line means on a page of a pdf. The library gives lines as they are drawn;
 * whether one goes on in the next is told by where they stand: the space between them, an
 * indent, a line that ends before its column does, the size of the letters. In narrow columns
 * counting letters, as in a plain text, would tear sentences apart.
 */
#include <math.h>
#include <pdfium.h>
#include <stdlib.h>
#include <string.h>

#include "document/pdf_internal.h"

enum {
    HYPHEN_SOFT = 0x02,
    HYPHEN_SOFT_OTHER = 0xFFFE,
    WORD_MAX = 16,
    AROUND = 60,
    BLOCK_LEAST = 3
};

/* All in the page's own unit, y upwards. */
struct line {
    int first; /* of the page's characters that are seen */
    int last;
    int end; /* the line feed, the library's mark of a divided word, the page's end */
    bool is_divided; /* it ends within a word, and no line feed follows */
    int word_end;    /* the last of its first word */
    double y;        /* of the base line */
    double left;
    double right;
    double height; /* of its letters */
    double word;   /* width of its first word */
    double hole;   /* its widest blank: cells of a table stand apart */
};

struct layout {
    FPDF_TEXTPAGE text;
    uint32_t *codes;
    int count;
    struct line *lines; /* those that show something */
    size_t line_count;
    double leading; /* from line to line, as most are, in heights of letters */
};

static bool is_division(uint32_t code)
{
    return code == HYPHEN_SOFT || code == HYPHEN_SOFT_OTHER;
}

static bool is_seen(uint32_t code)
{
    return code > ' ' && !is_division(code) && code != 0xA0;
}

/* Distances as shares of the letters' height; between what was measured on letters, newspapers,
 * court papers and reports. */
static const double same_row = 0.4;
static const double same_size = 0.15;
static const double same_edge = 0.4;
static const double indent_least = 0.8;
static const double indent_most = 6;
static const double gap_most = 2.6;
static const double gap_more = 1.3; /* of the usual leading */
static const double cell_least = 1.5;
static const double same_pitch = 0.3;
static const double width_short = 0.8; /* of the column's */

/* ---- lines ---- */

static bool has_measured(const struct layout *layout, int at, int end,
                         struct line *line)
{
    double height = 0;
    int count = 0;
    double x = 0;
    *line = (struct line){.first = -1, .end = end};
    for (int i = at; i < end; i++) {
        double left = 0;
        double right = 0;
        double bottom = 0;
        double top = 0;
        struct pal_pdf_box loose = {0};
        if (!is_seen(layout->codes[i]) ||
            FPDFText_GetCharBox(layout->text, i, &left, &right, &bottom, &top) == 0) {
            continue;
        }
        if (line->first < 0) {
            line->first = i;
            line->left = left;
            line->right = right;
            line->word_end = i;
            (void)FPDFText_GetCharOrigin(layout->text, i, &x, &line->y);
        }
        if (line->word_end == i - 1) {
            line->word_end = i;
        }
        if (line->word_end == i) {
            line->word = right - line->left;
        }
        line->hole = fmax(line->hole, left - line->right);
        line->last = i;
        line->left = fmin(line->left, left);
        line->right = fmax(line->right, right);
        if (FPDFText_GetLooseCharBox(layout->text, i, &loose) != 0) {
            height += fabs((double)loose.top - (double)loose.bottom);
            count++;
        }
    }
    line->height = count > 0 ? height / count : 0;
    return line->first >= 0 && line->height > 0 && isfinite(line->y) &&
           isfinite(line->left) && isfinite(line->right);
}

static bool has_lines(struct layout *layout)
{
    size_t room = 1;
    for (int i = 0; i < layout->count; i++) {
        room += layout->codes[i] == '\n' || is_division(layout->codes[i]);
    }
    layout->lines = calloc(room, sizeof *layout->lines);
    int at = 0;
    for (int i = 0; layout->lines != NULL && i <= layout->count; i++) {
        uint32_t code = i == layout->count ? '\n' : layout->codes[i];
        if (code == '\n' || is_division(code)) {
            struct line *line = &layout->lines[layout->line_count];
            layout->line_count += has_measured(layout, at, i, line);
            line->is_divided = is_division(code);
            at = i + 1;
        }
    }
    return layout->lines != NULL;
}

static bool is_alike(const struct line *a, const struct line *b)
{
    return fabs(a->height - b->height) <= same_size * fmax(a->height, b->height);
}

/* `b` stands below `a` in the same column. */
static bool is_below(const struct line *a, const struct line *b)
{
    return a->y - b->y > same_row * b->height && b->left < a->right &&
           a->left < b->right;
}

static int compare_number(const void *a, const void *b)
{
    double first = *(const double *)a;
    double second = *(const double *)b;
    return first < second ? -1 : first > second;
}

/* The median distance of lines of one size, in heights of their letters; 0: there are none. */
static double usual_leading(const struct layout *layout)
{
    size_t count = 0;
    double leading = 0;
    double *gaps = calloc(layout->line_count + 1, sizeof *gaps);
    for (size_t i = 1; gaps != NULL && i < layout->line_count; i++) {
        const struct line *a = &layout->lines[i - 1];
        const struct line *b = &layout->lines[i];
        if (is_alike(a, b) && is_below(a, b) && a->y - b->y < gap_most * b->height) {
            gaps[count++] = (a->y - b->y) / b->height;
        }
    }
    if (count > 0) {
        qsort(gaps, count, sizeof *gaps, compare_number);
        leading = gaps[(count - 1) / 2]; /* of two, the lines of one paragraph */
    }
    free(gaps);
    return leading;
}

/* ---- what a line's letters tell ---- */

static bool ends_sentence(const struct layout *layout, const struct line *line)
{
    for (int i = line->last; i >= line->first; i--) {
        uint32_t code = layout->codes[i];
        if (code == '"' || code == '\'' || code == ')' || code == 0x201D ||
            code == 0x2019 || !is_seen(code)) {
            continue;
        }
        return code == '.' || code == '?' || code == '!' || code == ':';
    }
    return false;
}

/* "• ", "- ", "3. ", "(a) ". */
static bool is_item(const struct layout *layout, const struct line *line)
{
    uint32_t first = layout->codes[line->first];
    uint32_t last = layout->codes[line->word_end];
    int size = line->word_end - line->first + 1;
    if (first == 0x2022 || first == 0xB7 || first == 0x25AA || first == 0x25CF) {
        return true;
    }
    if (size == 1) {
        return first == '-' || first == 0x2013 || first == 'o';
    }
    bool is_digits = first >= '0' && first <= '9' && size <= 3;
    return (is_digits && (last == '.' || last == ')')) ||
           (first == '(' && last == ')' && size <= 5);
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code >= 0xC0;
}

/* Words whose hyphen stays where a line ends behind it: "twenty-five", "at-large". */
static bool keeps_hyphen(const struct layout *layout, const struct line *line,
                         int hyphen)
{
    static const char *const words[] = {
        "at",    "one",     "two",    "three",  "four",   "five",   "six",   "seven",
        "eight", "nine",    "ten",    "half",   "twenty", "thirty", "forty", "fifty",
        "sixty", "seventy", "eighty", "ninety", "self",   "non",    "co",    "ex"};
    char word[WORD_MAX];
    int at = hyphen;
    size_t size = 0;
    while (at > line->first && is_letter(layout->codes[at - 1])) {
        at--;
    }
    for (; at < hyphen && size + 1 < sizeof word && layout->codes[at] < 0x80; at++) {
        word[size++] = (char)(layout->codes[at] | 0x20);
    }
    word[size] = '\0';
    for (size_t k = 0; at == hyphen && k < sizeof words / sizeof words[0]; k++) {
        if (strcmp(word, words[k]) == 0) {
            return true;
        }
    }
    return false;
}

/* The hyphen of a word that was divided goes; that of one written with it stays. */
static void join(struct layout *layout, const struct line *a, const struct line *b)
{
    int hyphen = a->is_divided ? a->end : a->last;
    uint32_t code = layout->codes[hyphen];
    uint32_t next = layout->codes[b->first];
    bool is_hyphen = a->is_divided || code == '-' || code == 0x2010 || code == 0xAD;
    if (!a->is_divided) {
        layout->codes[a->end] = PAL_PDF_LINE;
    }
    bool is_number = hyphen > 0 && layout->codes[hyphen - 1] >= '0' &&
                     layout->codes[hyphen - 1] <= '9';
    if (!is_hyphen || hyphen == 0 ||
        !(is_number || is_letter(layout->codes[hyphen - 1])) ||
        !((next >= 'a' && next <= 'z') || next >= 0xE0)) {
        return;
    }
    if (is_number || keeps_hyphen(layout, a, hyphen)) {
        layout->codes[a->end] = 0;
        layout->codes[hyphen] = '-';
    } else {
        layout->codes[hyphen] = HYPHEN_SOFT;
    }
}

/* ---- does line i go on in the next ---- */

/* How far the lines around line i stand apart: to the next one, or from the one before where a
 * column ends with it. */
static double pitch_at(const struct layout *layout, size_t i)
{
    const struct line *line = &layout->lines[i];
    if (i + 1 < layout->line_count && is_below(line, &layout->lines[i + 1])) {
        return line->y - layout->lines[i + 1].y;
    }
    return i > 0 && is_below(&layout->lines[i - 1], line)
               ? layout->lines[i - 1].y - line->y
               : 0;
}

/* Lines k and k + 1 are of one block with `line`; pitch 0: however far they stand apart. */
static bool is_one_block(const struct layout *layout, size_t k, const struct line *line,
                         double pitch)
{
    const struct line *a = &layout->lines[k];
    const struct line *b = &layout->lines[k + 1];
    double reach = indent_most * line->height;
    return is_below(a, b) && is_alike(a, line) && is_alike(b, line) &&
           fabs(a->left - line->left) < reach && fabs(b->left - line->left) < reach &&
           (pitch <= 0 || fabs(a->y - b->y - pitch) < same_pitch * pitch);
}

/* The edges of the block that line i stands in. Few lines tell little of their column's width:
 * then those of another spacing count too. */
static void find_edges(const struct layout *layout, size_t i, double *left,
                       double *right)
{
    const struct line *line = &layout->lines[i];
    double pitch = pitch_at(layout, i);
    size_t first = i;
    size_t end = i + 1;
    for (int pass = 0; pass < 2 && end - first < BLOCK_LEAST; pass++) {
        pitch = pass == 0 ? pitch : 0;
        while (first > 0 && i - first < AROUND &&
               is_one_block(layout, first - 1, line, pitch)) {
            first--;
        }
        while (end < layout->line_count && end - i < AROUND &&
               is_one_block(layout, end - 1, line, pitch)) {
            end++;
        }
    }
    *left = line->left;
    *right = line->right;
    for (size_t k = first; k < end; k++) {
        *left = fmin(*left, layout->lines[k].left);
        *right = fmax(*right, layout->lines[k].right);
    }
}

/* A first line that stands in, with the lines behind it further out again. */
static bool is_indented(const struct layout *layout, size_t i)
{
    const struct line *a = &layout->lines[i];
    const struct line *b = &layout->lines[i + 1];
    double in = b->left - a->left;
    uint32_t next = layout->codes[b->first];
    bool is_within = !ends_sentence(layout, a) && next >= 'a' && next <= 'z';
    if (is_item(layout, a) || is_within || in < indent_least * b->height ||
        in > indent_most * b->height) {
        return false;
    }
    if (i + 2 < layout->line_count && is_below(b, &layout->lines[i + 2])) {
        return layout->lines[i + 2].left < a->left + same_edge * b->height;
    }
    return ends_sentence(layout, a);
}

/* The next line's first word would have fitted: nobody wrapped the line there. */
static bool is_broken(const struct layout *layout, size_t i)
{
    const struct line *a = &layout->lines[i];
    const struct line *b = &layout->lines[i + 1];
    double left = 0;
    double right = 0;
    find_edges(layout, i, &left, &right);
    bool has_room = a->right + b->word + same_edge * a->height < right;
    return has_room && (ends_sentence(layout, a) ||
                        a->right - a->left < width_short * (right - left));
}

static bool goes_on(const struct layout *layout, size_t i)
{
    const struct line *a = &layout->lines[i];
    const struct line *b = &layout->lines[i + 1];
    double gap = a->y - b->y;
    if (a->is_divided) {
        return true;
    }
    if (fabs(gap) <= same_row * b->height) {
        return b->left >= a->right - a->height &&
               b->left - a->right < cell_least * a->height;
    }
    bool is_row = a->hole > cell_least * a->height && b->hole > cell_least * b->height;
    if (!is_alike(a, b) || is_item(layout, b) || is_row) {
        return false;
    }
    if (!is_below(a, b)) {
        /* The next column, or something else: a sentence that is not at its end. */
        return gap < 0 && !ends_sentence(layout, a) && !is_broken(layout, i);
    }
    if (gap > gap_most * b->height ||
        (layout->leading > 0 && gap > gap_more * layout->leading * b->height)) {
        return false;
    }
    return !is_indented(layout, i) && !is_broken(layout, i);
}

void pal_pdf_layout(FPDF_TEXTPAGE text, uint32_t *codes, int count)
{
    struct layout layout = {.text = text, .codes = codes, .count = count};
    if (has_lines(&layout)) {
        layout.leading = usual_leading(&layout);
        for (size_t i = 0; i < layout.line_count; i++) {
            const struct line *line = &layout.lines[i];
            if (i + 1 < layout.line_count && goes_on(&layout, i)) {
                join(&layout, line, &layout.lines[i + 1]);
            } else if (line->end < count) {
                codes[line->end] = PAL_PDF_PARAGRAPH;
            }
        }
    }
    free(layout.lines);
}
