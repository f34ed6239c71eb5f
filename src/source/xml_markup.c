#include "source/xml_markup.h"

#include <string.h>

static enum pal_xml_found fault_of(const char **fault, const char *what)
{
    *fault = what;
    return PAL_XML_FAULT;
}

/* A name and its parts; false when it has more than one colon, or one at an end. */
static bool has_scanned_name(const char **at, struct pal_view *prefix,
                             struct pal_view *name)
{
    const char *begin = *at;
    const char *colon = NULL;
    const char *end = begin;

    *prefix = (struct pal_view){"", 0};
    if (!pal_xml_is_name_start(*begin)) {
        return false;
    }
    for (; pal_xml_is_name(*end); end++) {
        if (*end == ':') {
            if (colon != NULL) {
                return false;
            }
            colon = end;
        }
    }
    *at = end;
    *name = (struct pal_view){begin, (size_t)(end - begin)};
    if (colon != NULL) {
        *prefix = (struct pal_view){begin, (size_t)(colon - begin)};
        *name = (struct pal_view){colon + 1, (size_t)(end - colon - 1)};
        /* A name that the bytes' end cuts off right behind the colon is not yet wrong. */
        return prefix->size > 0 &&
               (*end == '\0' || (name->size > 0 && pal_xml_is_name_start(colon[1])));
    }
    return true;
}

static const char *skip_space(const char *at)
{
    while (pal_xml_is_space(*at)) {
        at++;
    }
    return at;
}

static enum pal_xml_found scan_attribute(const char **at,
                                         struct pal_xml_attribute *attribute,
                                         const char **fault)
{
    const char *here = *at;
    char quote;

    if (!has_scanned_name(&here, &attribute->prefix, &attribute->name)) {
        return fault_of(fault, "an attribute's name is malformed");
    }
    here = skip_space(here);
    if (*here == '\0') {
        return PAL_XML_CUT;
    }
    if (*here != '=') {
        return fault_of(fault, "an attribute has no value");
    }
    here = skip_space(here + 1);
    quote = *here;
    if (quote == '\0') {
        return PAL_XML_CUT;
    }
    if (quote != '"' && quote != '\'') {
        return fault_of(fault, "an attribute's value is not quoted");
    }
    attribute->value.data = ++here;
    while (*here != quote && *here != '<' && *here != '\0') {
        here++;
    }
    if (*here == '\0') {
        return PAL_XML_CUT;
    }
    if (*here == '<') {
        return fault_of(fault, "an attribute's value holds a <");
    }
    attribute->value.size = (size_t)(here - attribute->value.data);
    *at = here + 1;
    return PAL_XML_FOUND;
}

enum pal_xml_found pal_xml_scan_tag(
    const char *at, struct pal_xml_tag *tag,
    struct pal_xml_attribute attributes[PAL_XML_ATTRIBUTE_MAX], const char **fault)
{
    const char *begin = at;

    *tag = (struct pal_xml_tag){0};
    if (!has_scanned_name(&at, &tag->prefix, &tag->name)) {
        return fault_of(fault, "a tag's name is malformed");
    }
    tag->whole = (struct pal_view){begin, (size_t)(at - begin)};
    for (;;) {
        const char *next = skip_space(at);
        enum pal_xml_found found;

        if (*next == '>' || (*next == '/' && next[1] == '>')) {
            tag->is_empty = *next == '/';
            tag->end = next + (tag->is_empty ? 2 : 1);
            return PAL_XML_FOUND;
        }
        if (*next == '\0' || (*next == '/' && next[1] == '\0')) {
            return PAL_XML_CUT;
        }
        if (next == at) {
            return fault_of(fault, "a tag is malformed");
        }
        if (tag->attribute_count == PAL_XML_ATTRIBUTE_MAX) {
            return fault_of(fault, "an element has too many attributes");
        }
        found = scan_attribute(&next, &attributes[tag->attribute_count], fault);
        if (found != PAL_XML_FOUND) {
            return found;
        }
        tag->attribute_count++;
        at = next;
    }
}

/* The encoding that an XML declaration names must be one that UTF-8 reads. */
static bool has_foreign_encoding(struct pal_view declaration)
{
    size_t at = pal_view_find(declaration, PAL_VIEW("encoding"));
    struct pal_view rest = {declaration.data + at, declaration.size - at};
    size_t quote = 0;
    size_t size = 0;

    while (quote < rest.size && rest.data[quote] != '"' && rest.data[quote] != '\'') {
        quote++;
    }
    if (quote == rest.size) {
        return false;
    }
    rest = (struct pal_view){rest.data + quote, rest.size - quote};
    for (size = 1; size < rest.size && rest.data[size] != rest.data[0];) {
        size++;
    }
    rest = (struct pal_view){rest.data + 1, size - 1};
    return !pal_view_is_equal_fold(rest, PAL_VIEW("utf-8")) &&
           !pal_view_is_equal_fold(rest, PAL_VIEW("utf8")) &&
           !pal_view_is_equal_fold(rest, PAL_VIEW("us-ascii"));
}

static enum pal_xml_found scan_instruction(struct pal_view rest, bool is_first,
                                           size_t *size, const char **fault)
{
    struct pal_view prefix;
    struct pal_view target;
    const char *at = rest.data + 2;
    size_t end;

    if (*at == '\0') {
        return PAL_XML_CUT;
    }
    if (!has_scanned_name(&at, &prefix, &target) || prefix.size > 0) {
        return fault_of(fault, "a processing instruction is malformed");
    }
    end = pal_view_find(rest, PAL_VIEW("?>"));
    if (end == rest.size) {
        return PAL_XML_CUT;
    }
    if (!pal_xml_is_space(*at) && at != rest.data + end) {
        return fault_of(fault, "a processing instruction is malformed");
    }
    if (pal_view_is_equal_fold(target, PAL_VIEW("xml"))) {
        if (!is_first || !pal_view_is_equal(target, PAL_VIEW("xml"))) {
            return fault_of(fault, "an XML declaration stands in the middle");
        }
        if (has_foreign_encoding((struct pal_view){rest.data, end})) {
            return fault_of(fault, "it is not encoded in UTF-8");
        }
    }
    *size = end + 2;
    return PAL_XML_NOTHING;
}

static enum pal_xml_found scan_comment(struct pal_view rest, size_t *size,
                                       const char **fault)
{
    struct pal_view inside = {rest.data + 4, rest.size - 4};
    size_t end = pal_view_find(inside, PAL_VIEW("--"));

    if (end == inside.size || end + 2 == inside.size) {
        return PAL_XML_CUT;
    }
    if (inside.data[end + 2] != '>') {
        return fault_of(fault, "a comment holds --");
    }
    *size = 4 + end + 3;
    return PAL_XML_NOTHING;
}

enum pal_xml_found pal_xml_scan_aside(struct pal_view rest, bool is_first, size_t *size,
                                      const char **fault)
{
    static const char *const known[] = {"<!--", "<![CDATA[", "<!DOCTYPE"};

    if (rest.data[1] == '?') {
        return scan_instruction(rest, is_first, size, fault);
    }
    if (pal_view_has_prefix(rest, PAL_VIEW("<!--"))) {
        return scan_comment(rest, size, fault);
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (pal_view_has_prefix(pal_view_of(known[i]), rest)) {
            return PAL_XML_CUT;
        }
    }
    return fault_of(fault, "a declaration stands where none may");
}
