#include "source/xml_scan.h"

#include <inttypes.h>
#include <string.h>

#include "source/xml_names.h"
#include "source/xml_text.h"

void pal_xml_init(struct pal_xml *xml, struct pal_part *part,
                  const struct pal_source_limits *limits)
{
    *xml = (struct pal_xml){0};
    pal_xml_window_init(&xml->window, part);
    xml->depth_max = limits->nesting_max < PAL_XML_DEPTH_MAX ? limits->nesting_max
                                                             : PAL_XML_DEPTH_MAX;
}

void pal_xml_clear(struct pal_xml *xml)
{
    pal_xml_window_clear(&xml->window);
}

static bool is_blank(struct pal_view text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!pal_xml_is_space(text.data[i])) {
            return false;
        }
    }
    return true;
}

static enum pal_xml_found scan_text(struct pal_xml *xml, struct pal_xml_token *token)
{
    struct pal_xml_window *window = &xml->window;
    const char *at = window->data + window->begin;
    size_t left = window->end - window->begin;
    const char *end = memchr(at, '<', left);
    bool has_reference;

    if (end == NULL && !window->is_last) {
        return PAL_XML_CUT;
    }
    token->kind = PAL_XML_TEXT;
    token->depth = xml->depth;
    token->text = (struct pal_view){at, end == NULL ? left : (size_t)(end - at)};
    if (xml->depth == 0 && !is_blank(token->text)) {
        return pal_xml_fault(xml, "there is text outside the outermost element");
    }
    has_reference = memchr(at, '&', token->text.size) != NULL;
    if (has_reference && pal_xml_has_bad_reference(token->text)) {
        return pal_xml_fault(xml, "an & begins no known reference");
    }
    if (memchr(at, ']', token->text.size) != NULL &&
        pal_view_find(token->text, PAL_VIEW("]]>")) < token->text.size) {
        return pal_xml_fault(xml, "]]> stands outside a CDATA section");
    }
    token->is_plain = !has_reference && memchr(at, '\r', token->text.size) == NULL;
    window->begin += token->text.size;
    return xml->depth == 0 ? PAL_XML_NOTHING : PAL_XML_FOUND;
}

static enum pal_xml_found scan_cdata(struct pal_xml *xml, struct pal_xml_token *token)
{
    struct pal_xml_window *window = &xml->window;
    struct pal_view rest = {window->data + window->begin + 9,
                            window->end - window->begin - 9};
    size_t size = pal_view_find(rest, PAL_VIEW("]]>"));

    if (size == rest.size) {
        return PAL_XML_CUT;
    }
    if (xml->depth == 0) {
        return pal_xml_fault(xml, "there is text outside the outermost element");
    }
    token->kind = PAL_XML_TEXT;
    token->depth = xml->depth;
    token->text = (struct pal_view){rest.data, size};
    token->is_cdata = true;
    token->is_plain = memchr(rest.data, '\r', size) == NULL;
    window->begin += 9 + size + 3;
    return PAL_XML_FOUND;
}

static void leave(struct pal_xml *xml)
{
    xml->names_size = xml->name_begin[xml->depth];
    while (xml->binding_count > 0 &&
           xml->bindings[xml->binding_count - 1].depth == xml->depth) {
        xml->binding_count--;
    }
    xml->depth--;
}

static void pop(struct pal_xml *xml, struct pal_xml_token *token)
{
    token->kind = PAL_XML_END;
    token->depth = xml->depth;
    token->is_main = xml->is_main[xml->depth];
    token->name = (struct pal_view){"", 0};
    leave(xml);
}

void pal_xml_enter(struct pal_xml *xml, struct pal_view name)
{
    PAL_BUG_IF(xml->depth == 0 || xml->depth >= xml->depth_max || xml->has_empty ||
               name.size > PAL_XML_NAMES_MAX - xml->names_size);
    xml->depth++;
    xml->name_begin[xml->depth] = (uint32_t)xml->names_size;
    memcpy(xml->names + xml->names_size, name.data, name.size);
    xml->names_size += name.size;
    xml->is_main[xml->depth] = true;
    xml->attribute_count = 0;
}

bool pal_xml_has_left(struct pal_xml *xml, struct pal_view name)
{
    struct pal_xml_window *window = &xml->window;
    const char *at = window->data + window->begin;
    size_t size = name.size;

    if (window->end - window->begin < size + 3 || xml->depth == 0 || xml->has_empty ||
        size != xml->names_size - xml->name_begin[xml->depth] ||
        memcmp(name.data, xml->names + xml->name_begin[xml->depth], size) != 0 ||
        at[0] != '<' || at[1] != '/' || memcmp(at + 2, name.data, size) != 0 ||
        at[2 + size] != '>') {
        return false;
    }
    window->begin += size + 3;
    leave(xml);
    return true;
}

static enum pal_xml_found scan_end(struct pal_xml *xml, struct pal_xml_token *token)
{
    struct pal_xml_window *window = &xml->window;
    const char *begin = window->data + window->begin + 2;
    const char *at = begin;
    size_t size;

    while (pal_xml_is_name(*at)) {
        at++;
    }
    size = (size_t)(at - begin);
    while (pal_xml_is_space(*at)) {
        at++;
    }
    if (*at == '\0') {
        return PAL_XML_CUT;
    }
    if (*at != '>') {
        return pal_xml_fault(xml, "an end tag is malformed");
    }
    if (xml->depth == 0 || size != xml->names_size - xml->name_begin[xml->depth] ||
        memcmp(begin, xml->names + xml->name_begin[xml->depth], size) != 0) {
        return pal_xml_fault(xml, "an end tag does not match the start tag before it");
    }
    window->begin = (size_t)(at + 1 - window->data);
    pop(xml, token);
    return PAL_XML_FOUND;
}

/* Puts the element that was scanned on the stack. */
static enum pal_xml_found push(struct pal_xml *xml, const struct pal_xml_tag *tag,
                               struct pal_xml_token *token)
{
    struct pal_xml_binding binding;
    enum pal_xml_found found;

    if (xml->depth == 0 && xml->has_root) {
        return pal_xml_fault(xml, "there is a second outermost element");
    }
    if (xml->depth >= xml->depth_max ||
        tag->whole.size > PAL_XML_NAMES_MAX - xml->names_size) {
        return pal_xml_limit(xml, "its elements are nested too deeply");
    }
    xml->depth++;
    xml->has_root = true;
    xml->name_begin[xml->depth] = (uint32_t)xml->names_size;
    memcpy(xml->names + xml->names_size, tag->whole.data, tag->whole.size);
    xml->names_size += tag->whole.size;
    found = pal_xml_check_attributes(xml);
    if (found != PAL_XML_FOUND) {
        return found;
    }
    binding = pal_xml_find_binding(xml, tag->prefix);
    if (!binding.is_bound) {
        return pal_xml_fault(xml, "a namespace prefix is used that stands for nothing");
    }
    xml->is_main[xml->depth] = binding.is_main;
    xml->has_empty = tag->is_empty;
    token->kind = PAL_XML_START;
    token->depth = xml->depth;
    token->is_main = binding.is_main;
    token->name = tag->name;
    return PAL_XML_FOUND;
}

static enum pal_xml_found scan_start(struct pal_xml *xml, struct pal_xml_token *token)
{
    struct pal_xml_tag tag;
    enum pal_xml_found found = pal_xml_scan_tag(
        xml->window.data + xml->window.begin + 1, &tag, xml->attributes, &xml->fault);

    if (found == PAL_XML_FAULT) {
        return pal_xml_fault(xml, xml->fault);
    }
    if (found == PAL_XML_FOUND) {
        xml->attribute_count = tag.attribute_count;
        xml->window.begin = (size_t)(tag.end - xml->window.data);
        found = push(xml, &tag, token);
    }
    return found;
}

/* <!-- -->, <![CDATA[ ]]>, <? ?> and what is refused. */
static enum pal_xml_found scan_special(struct pal_xml *xml, struct pal_xml_token *token)
{
    struct pal_xml_window *window = &xml->window;
    struct pal_view rest = {window->data + window->begin, window->end - window->begin};
    bool is_first = window->passed + window->begin == xml->mark_size;
    size_t size = 0;
    enum pal_xml_found found;

    if (pal_view_has_prefix(rest, PAL_VIEW("<![CDATA["))) {
        return scan_cdata(xml, token);
    }
    if (pal_view_has_prefix(rest, PAL_VIEW("<!DOCTYPE"))) {
        return pal_xml_fault(
            xml, "it declares a document type (DOCTYPE), as no workbook does");
    }
    found = pal_xml_scan_aside(rest, is_first, &size, &xml->fault);
    if (found == PAL_XML_FAULT) {
        return pal_xml_fault(xml, xml->fault);
    }
    window->begin += size;
    return found;
}

static enum pal_xml_found scan_order_mark(struct pal_xml *xml)
{
    struct pal_xml_window *window = &xml->window;

    if (window->end < 3 && !window->is_last) {
        return PAL_XML_CUT;
    }
    xml->has_begun = true;
    if (window->end >= 3 && memcmp(window->data, "\xef\xbb\xbf", 3) == 0) {
        window->begin = 3;
        xml->mark_size = 3;
    }
    return PAL_XML_NOTHING;
}

static enum pal_xml_found scan(struct pal_xml *xml, struct pal_xml_token *token)
{
    const struct pal_xml_window *window = &xml->window;
    const char *at;

    if (xml->has_empty) {
        xml->has_empty = false;
        pop(xml, token);
        return PAL_XML_FOUND;
    }
    if (!xml->has_begun) {
        return window->data == NULL ? PAL_XML_CUT : scan_order_mark(xml);
    }
    at = window->data + window->begin;
    if (window->begin == window->end) {
        if (window->is_last && xml->depth == 0 && xml->has_root) {
            token->kind = PAL_XML_DONE;
            return PAL_XML_FOUND;
        }
        return PAL_XML_CUT;
    }
    if (*at != '<') {
        return scan_text(xml, token);
    }
    switch (at[1]) {
    case '\0':
        return PAL_XML_CUT;
    case '/':
        return scan_end(xml, token);
    case '!':
    case '?':
        return scan_special(xml, token);
    default:
        return scan_start(xml, token);
    }
}

pal_status pal_xml_next(struct pal_xml *xml, struct pal_xml_token *token,
                        struct pal_error *err)
{
    for (;;) {
        enum pal_xml_found found;
        pal_status status = PAL_OK;

        *token = (struct pal_xml_token){.kind = PAL_XML_MORE};
        found = scan(xml, token);
        if (found == PAL_XML_FOUND) {
            return PAL_OK;
        }
        if (found == PAL_XML_FAULT) {
            return pal_fail(err, xml->fault_status,
                            "its XML is not what it should be near byte %" PRIu64
                            ": %s",
                            xml->window.passed + xml->window.begin, xml->fault);
        }
        if (found == PAL_XML_NOTHING) {
            continue;
        }
        if (xml->window.is_last) {
            return pal_fail(err, PAL_INPUT, "its XML is cut off at byte %" PRIu64,
                            xml->window.passed + xml->window.end);
        }
        if (xml->keeper != NULL) {
            status = xml->keeper->keep(xml->keeper, err);
        }
        if (status == PAL_OK) {
            status = pal_xml_window_fill(&xml->window, err);
        }
        if (status != PAL_OK) {
            return status;
        }
    }
}

pal_status pal_xml_skip(struct pal_xml *xml, uint32_t depth, struct pal_error *err)
{
    struct pal_xml_token token;
    pal_status status;

    do {
        status = pal_xml_next(xml, &token, err);
    } while (status == PAL_OK && !(token.kind == PAL_XML_END && token.depth == depth));
    return status;
}

bool pal_xml_is_start(const struct pal_xml_token *token, const char *name)
{
    return token->kind == PAL_XML_START && token->is_main &&
           pal_view_is_equal(token->name, pal_view_of(name));
}
