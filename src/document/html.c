/*
 * A page into passages, by a tolerant tokenizer: what is a tag is no text, everything else is.
 * No tree is built, so neither depth nor repair of bad nesting costs anything, and every
 * character keeps its place in the file (the HTML libraries at hand give places only for whole
 * text nodes, and know UTF-8 alone). What an end tag closes is looked up among the open
 * elements that have a reason of their own to be no statement: navigation, scripts, forms.
 */
#include <string.h>

#include "document/html_internal.h"

enum { OPEN_MAX = 512, CHARSET_HEAD_MAX = 4096 };

struct open_element {
    char name[PAL_TAG_NAME_MAX];
    const char *reason; /* its own or one around it */
};

struct page {
    struct pal_document *document;
    struct pal_passages passages;
    struct pal_view text;
    struct open_element open[OPEN_MAX];
    size_t open_count;
    size_t beyond_count; /* open, but not noted */
    size_t break_count;  /* line breaks in a row */
    struct pal_buffer value;
    struct pal_error *err;
};

static const char *reason_now(const struct page *page)
{
    return page->open_count == 0 ? NULL : page->open[page->open_count - 1].reason;
}

static void begin_passage(struct page *page, enum pal_passage_kind kind)
{
    pal_passages_end(&page->passages, kind, reason_now(page));
    page->break_count = 0;
}

static void put_text(struct page *page, size_t at, size_t end)
{
    while (at < end) {
        const char *mark = memchr(page->text.data + at, '&', end - at);
        size_t stop = mark == NULL ? end : (size_t)(mark - page->text.data);
        char made[16];
        size_t made_size = 0;
        pal_passages_put(&page->passages, at, stop - at);
        at = stop;
        if (at < end) {
            size_t used = pal_entity_find(
                (struct pal_view){page->text.data + at + 1, end - at - 1}, made,
                &made_size);
            if (used == 0) {
                pal_passages_put(&page->passages, at, 1);
            } else {
                pal_passages_put_made(&page->passages,
                                      (struct pal_view){made, made_size}, at, used + 1);
            }
            at += used + 1;
        }
    }
}

/* The text of script, style and title goes on to their own end tag. */
static size_t raw_end(struct pal_view text, size_t at, const char *name)
{
    size_t size = strlen(name);
    while (at < text.size) {
        const char *mark = memchr(text.data + at, '<', text.size - at);
        if (mark == NULL) {
            break;
        }
        at = (size_t)(mark - text.data);
        if (text.size - at > size + 2 && text.data[at + 1] == '/' &&
            pal_view_is_equal_fold((struct pal_view){text.data + at + 2, size},
                                   (struct pal_view){name, size}) &&
            (text.data[at + 2 + size] == '>' || text.data[at + 2 + size] == '/' ||
             pal_is_space(text.data[at + 2 + size]))) {
            return at;
        }
        at++;
    }
    return text.size;
}

static void open_element(struct page *page, const struct pal_tag *tag)
{
    const char *reason = pal_element_reason(tag);
    struct open_element *element = NULL;
    if (page->open_count == OPEN_MAX) {
        page->beyond_count++;
        return;
    }
    if (strcmp(tag->name, "main") == 0) {
        reason = NULL;
    } else if (reason_now(page) != NULL) {
        reason = reason_now(page);
    }
    element = &page->open[page->open_count++];
    memcpy(element->name, tag->name, sizeof element->name);
    element->reason = reason;
}

/* Elements left open within the one that ends are ended with it. */
static void close_element(struct page *page, const struct pal_tag *tag)
{
    if (page->beyond_count > 0) {
        page->beyond_count--;
        return;
    }
    for (size_t i = page->open_count; i-- > 0;) {
        if (strcmp(page->open[i].name, tag->name) == 0) {
            page->open_count = i;
            return;
        }
    }
}

/* A new item, cell, row, option or paragraph ends an open one of its kind right above it. */
static void close_implied(struct page *page, const struct pal_tag *tag)
{
    static const char *const names[] = {"p",  "li",     "td", "th",
                                        "tr", "option", "dt", "dd"};
    if (page->open_count == 0 || page->beyond_count > 0) {
        return;
    }
    const char *top = page->open[page->open_count - 1].name;
    bool ends_paragraph =
        strcmp(top, "p") == 0 && pal_element_role_of(tag->name) != PAL_ELEMENT_INLINE;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (ends_paragraph ||
            (strcmp(top, names[i]) == 0 && strcmp(tag->name, names[i]) == 0)) {
            page->open_count--;
            return;
        }
    }
}

static pal_status tell(struct page *page, struct pal_view *field, struct pal_view value)
{
    pal_buffer_reset(&page->value);
    pal_status st = pal_tag_value(value, &page->value, page->err);
    return st == PAL_OK ? pal_document_tell(page->document, field,
                                            pal_buffer_view(&page->value), page->err)
                        : st;
}

static void tell_day(struct page *page, struct pal_view value)
{
    int32_t day = pal_day_in_text(value);
    if (page->document->published == PAL_DAY_NONE && day != PAL_DAY_NONE) {
        page->document->published = day;
        page->document->published_source = "stated";
    }
}

static pal_status read_meta(struct page *page, const struct pal_tag *tag)
{
    static const char *const days[] = {"article:published_time",
                                       "datePublished",
                                       "date",
                                       "dc.date",
                                       "dc.date.issued",
                                       "dcterms.date",
                                       "dcterms.created",
                                       "pubdate",
                                       "publishdate",
                                       "parsely-pub-date",
                                       "sailthru.date",
                                       "og:article:published_time"};
    struct pal_document *document = page->document;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (pal_view_is_equal_fold(tag->property, pal_view_of(days[i]))) {
            tell_day(page, tag->content);
        }
    }
    if (pal_view_is_equal_fold(tag->property, PAL_VIEW("og:title"))) {
        return tell(page, &document->title, tag->content);
    }
    if (pal_view_is_equal_fold(tag->property, PAL_VIEW("og:site_name"))) {
        return tell(page, &document->publisher, tag->content);
    }
    if (pal_view_is_equal_fold(tag->property, PAL_VIEW("og:url")) ||
        pal_view_is_equal_fold(tag->property, PAL_VIEW("canonical"))) {
        return tell(page, &document->url, tag->content);
    }
    return PAL_OK;
}

static enum pal_passage_kind kind_of(const struct page *page,
                                     enum pal_element_role role)
{
    static const enum pal_passage_kind kinds[] = {
        [PAL_ELEMENT_HEADING] = PAL_PASSAGE_HEADING,
        [PAL_ELEMENT_ITEM] = PAL_PASSAGE_ITEM,
        [PAL_ELEMENT_CELL] = PAL_PASSAGE_CELL,
        [PAL_ELEMENT_QUOTATION] = PAL_PASSAGE_QUOTATION,
    };
    if (role >= PAL_ELEMENT_HEADING && role <= PAL_ELEMENT_QUOTATION) {
        return kinds[role];
    }
    for (size_t i = page->open_count; i-- > 0 && i + 8 > page->open_count;) {
        enum pal_element_role around = pal_element_role_of(page->open[i].name);
        if (around >= PAL_ELEMENT_HEADING && around <= PAL_ELEMENT_QUOTATION) {
            return kinds[around];
        }
    }
    return PAL_PASSAGE_PARAGRAPH;
}

/* `at` is where the tag ends; gives where to go on. */
static size_t read_raw(struct page *page, const struct pal_tag *tag, size_t at,
                       pal_status *status)
{
    size_t end = raw_end(page->text, at, tag->name);
    bool is_title = strcmp(tag->name, "title") == 0;
    open_element(page, tag);
    begin_passage(page, is_title ? PAL_PASSAGE_HEADER : PAL_PASSAGE_PARAGRAPH);
    if (is_title) {
        page->passages.boilerplate = "title";
        *status = tell(page, &page->document->title,
                       (struct pal_view){page->text.data + at, end - at});
    }
    if (pal_element_role_of(tag->name) == PAL_ELEMENT_RAW) {
        pal_passages_put(&page->passages, at, end - at);
    } else {
        put_text(page, at, end);
    }
    close_element(page, tag);
    begin_passage(page, PAL_PASSAGE_PARAGRAPH);
    return end;
}

static size_t read_tag(struct page *page, const struct pal_tag *tag, size_t at,
                       pal_status *status)
{
    enum pal_element_role role = pal_element_role_of(tag->name);
    size_t behind = at + tag->size;
    if (role == PAL_ELEMENT_BREAK) {
        page->passages.has_blank = true;
        page->passages.blank_at = at;
        if (++page->break_count > 1) {
            begin_passage(page, kind_of(page, role));
        }
    } else if (role == PAL_ELEMENT_VOID) {
        if (strcmp(tag->name, "meta") == 0 || strcmp(tag->name, "link") == 0) {
            *status = read_meta(page, tag);
        }
    } else if (role == PAL_ELEMENT_VOID_BLOCK) {
        begin_passage(page, kind_of(page, role));
    } else if (tag->is_end) {
        close_element(page, tag);
        if (role != PAL_ELEMENT_INLINE ||
            page->passages.boilerplate != reason_now(page)) {
            begin_passage(page, kind_of(page, PAL_ELEMENT_INLINE));
        }
    } else if (role == PAL_ELEMENT_RAW || role == PAL_ELEMENT_RAW_TEXT) {
        behind = read_raw(page, tag, behind, status);
    } else {
        close_implied(page, tag);
        if (!tag->is_closed) {
            open_element(page, tag);
        }
        if (strcmp(tag->name, "time") == 0) {
            tell_day(page, tag->content);
        }
        if (role != PAL_ELEMENT_INLINE ||
            page->passages.boilerplate != reason_now(page)) {
            begin_passage(page, kind_of(page, role));
        }
    }
    return behind;
}

static pal_status read_page(struct page *page)
{
    pal_status status = PAL_OK;
    size_t at = 0;
    while (status == PAL_OK && at < page->text.size &&
           page->document->body.status == PAL_OK) {
        const char *mark = memchr(page->text.data + at, '<', page->text.size - at);
        size_t stop = mark == NULL ? page->text.size : (size_t)(mark - page->text.data);
        if (stop > at) {
            size_t before = page->document->body.text.size;
            put_text(page, at, stop);
            if (page->document->body.text.size > before) {
                page->break_count = 0;
            }
            at = stop;
        }
        if (at < page->text.size) {
            struct pal_tag tag;
            pal_tag_read((struct pal_view){page->text.data + at, page->text.size - at},
                         &tag);
            if (tag.size == 0) {
                pal_passages_put(&page->passages, at, 1);
                at++;
            } else if (tag.name[0] == '\0') {
                at += tag.size;
            } else {
                at = read_tag(page, &tag, at, &status);
            }
        }
    }
    pal_passages_end(&page->passages, PAL_PASSAGE_PARAGRAPH, NULL);
    return status;
}

pal_status pal_html_read(struct pal_document *document,
                         const struct pal_mapped *content, struct pal_error *err)
{
    struct page *page = pal_alloc_zero(1, sizeof *page);
    if (page == NULL) {
        return pal_fail_memory(err);
    }
    page->document = document;
    page->text = pal_buffer_view(&content->text);
    page->err = err;
    pal_passages_begin(&page->passages, document, content);
    pal_buffer_init(&page->value, PAL_DOCUMENT_SIZE_MAX);
    pal_status status = read_page(page);
    pal_buffer_clear(&page->value);
    pal_free(page);
    return status == PAL_OK ? pal_mapped_status(&document->body, err) : status;
}

/* <meta charset=x>, or content="text/html; charset=x". */
struct pal_view pal_html_charset(struct pal_view head)
{
    struct pal_view none = {NULL, 0};
    head.size = head.size > CHARSET_HEAD_MAX ? CHARSET_HEAD_MAX : head.size;
    for (size_t at = 0; at < head.size;) {
        const char *mark = memchr(head.data + at, '<', head.size - at);
        struct pal_tag tag;
        if (mark == NULL) {
            break;
        }
        at = (size_t)(mark - head.data);
        pal_tag_read((struct pal_view){head.data + at, head.size - at}, &tag);
        if (strcmp(tag.name, "meta") == 0 && tag.charset.data != NULL) {
            return pal_view_trim(tag.charset);
        }
        if (strcmp(tag.name, "meta") == 0 && tag.content.data != NULL) {
            size_t found = pal_view_find(tag.content, PAL_VIEW("charset="));
            if (found < tag.content.size) {
                struct pal_view name = {tag.content.data + found + 8,
                                        tag.content.size - found - 8};
                struct pal_view part = {"", 0};
                return pal_view_split(&name, ';', &part) ? pal_view_trim(part) : none;
            }
        }
        at += tag.size == 0 ? 1 : tag.size;
    }
    return none;
}
