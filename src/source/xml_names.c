#include "source/xml_names.h"

#include <string.h>

#include "source/xml_text.h"

enum pal_xml_found pal_xml_fault(struct pal_xml *xml, const char *what)
{
    xml->fault = what;
    xml->fault_status = PAL_INPUT;
    return PAL_XML_FAULT;
}

enum pal_xml_found pal_xml_limit(struct pal_xml *xml, const char *what)
{
    xml->fault = what;
    xml->fault_status = PAL_LIMIT;
    return PAL_XML_FAULT;
}

bool pal_xml_has_bad_reference(struct pal_view text)
{
    const char *at = text.data;
    const char *end = text.data + text.size;

    while (at < end && (at = memchr(at, '&', (size_t)(end - at))) != NULL) {
        uint32_t code;
        size_t size =
            pal_xml_reference((struct pal_view){at, (size_t)(end - at)}, &code);

        if (size == 0) {
            return true;
        }
        at += size;
    }
    return false;
}

static bool is_known_namespace(struct pal_view uri)
{
    static const char *const known[] = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (pal_view_is_equal(uri, pal_view_of(known[i]))) {
            return true;
        }
    }
    return false;
}

static enum pal_xml_found bind(struct pal_xml *xml,
                               const struct pal_xml_attribute *attribute)
{
    struct pal_view prefix =
        attribute->prefix.size > 0 ? attribute->name : (struct pal_view){"", 0};
    struct pal_xml_binding *binding = &xml->bindings[xml->binding_count];

    if (attribute->prefix.size > 0 && attribute->value.size == 0) {
        return pal_xml_fault(xml, "a namespace prefix stands for nothing");
    }
    if (xml->binding_count == PAL_XML_BINDING_MAX || prefix.size > PAL_XML_PREFIX_MAX) {
        return pal_xml_limit(
            xml, "there are too many namespaces, or one with too long a prefix");
    }
    *binding = (struct pal_xml_binding){.depth = xml->depth,
                                        .prefix_size = (uint32_t)prefix.size,
                                        .is_main = is_known_namespace(attribute->value),
                                        .is_bound = true};
    if (prefix.size > 0) {
        memcpy(binding->prefix, prefix.data, prefix.size);
    }
    xml->binding_count++;
    return PAL_XML_FOUND;
}

/* An unprefixed name with no default namespace in force counts as SpreadsheetML's: small
 * programs leave the declaration out. */
struct pal_xml_binding pal_xml_find_binding(const struct pal_xml *xml,
                                            struct pal_view prefix)
{
    for (size_t i = xml->binding_count; i > 0; i--) {
        const struct pal_xml_binding *binding = &xml->bindings[i - 1];

        if (pal_view_is_equal(
                prefix, (struct pal_view){binding->prefix, binding->prefix_size})) {
            return *binding;
        }
    }
    return (struct pal_xml_binding){
        .is_main = prefix.size == 0,
        .is_bound = prefix.size == 0 || pal_view_is_equal(prefix, PAL_VIEW("xml"))};
}

bool pal_xml_is_default_main(const struct pal_xml *xml)
{
    return pal_xml_find_binding(xml, (struct pal_view){"", 0}).is_main;
}

static bool is_namespace_attribute(const struct pal_xml_attribute *attribute)
{
    return pal_view_is_equal(attribute->prefix, PAL_VIEW("xmlns")) ||
           (attribute->prefix.size == 0 &&
            pal_view_is_equal(attribute->name, PAL_VIEW("xmlns")));
}

enum pal_xml_found pal_xml_check_attributes(struct pal_xml *xml)
{
    enum pal_xml_found found = PAL_XML_FOUND;

    for (size_t i = 0; i < xml->attribute_count && found == PAL_XML_FOUND; i++) {
        const struct pal_xml_attribute *a = &xml->attributes[i];

        for (size_t j = 0; j < i; j++) {
            if (pal_view_is_equal(a->name, xml->attributes[j].name) &&
                pal_view_is_equal(a->prefix, xml->attributes[j].prefix)) {
                return pal_xml_fault(xml, "an element has the same attribute twice");
            }
        }
        if (pal_xml_has_bad_reference(a->value)) {
            return pal_xml_fault(xml, "an & begins no known reference");
        }
        if (is_namespace_attribute(a)) {
            found = bind(xml, a);
        }
    }
    for (size_t i = 0; i < xml->attribute_count && found == PAL_XML_FOUND; i++) {
        const struct pal_xml_attribute *a = &xml->attributes[i];

        if (a->prefix.size > 0 && !is_namespace_attribute(a) &&
            !pal_xml_find_binding(xml, a->prefix).is_bound) {
            return pal_xml_fault(xml,
                                 "a namespace prefix is used that stands for nothing");
        }
    }
    return found;
}

bool pal_xml_attribute(const struct pal_xml *xml, const char *name,
                       struct pal_view *value)
{
    for (size_t i = 0; i < xml->attribute_count; i++) {
        if (xml->attributes[i].prefix.size == 0 &&
            pal_view_is_equal(xml->attributes[i].name, pal_view_of(name))) {
            *value = xml->attributes[i].value;
            return true;
        }
    }
    *value = (struct pal_view){"", 0};
    return false;
}

bool pal_xml_attribute_prefixed(const struct pal_xml *xml, const char *name,
                                struct pal_view *value)
{
    for (size_t i = 0; i < xml->attribute_count; i++) {
        if (xml->attributes[i].prefix.size > 0 &&
            !pal_view_is_equal(xml->attributes[i].prefix, PAL_VIEW("xmlns")) &&
            pal_view_is_equal(xml->attributes[i].name, pal_view_of(name))) {
            *value = xml->attributes[i].value;
            return true;
        }
    }
    *value = (struct pal_view){"", 0};
    return false;
}
