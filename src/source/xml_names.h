/*
 * Attributes and namespaces of the element that the tokenizer is at, and how it says what is
 * wrong with them. Private to xml_scan.c and xml_names.c.
 */
#ifndef PAL_SOURCE_XML_NAMES_H
#define PAL_SOURCE_XML_NAMES_H

#include "source/xml_markup.h"

/* Notes what is wrong (a constant) and gives PAL_XML_FAULT. */
enum pal_xml_found pal_xml_fault(struct pal_xml *xml, const char *what);
/* The same of what goes beyond a cap. */
enum pal_xml_found pal_xml_limit(struct pal_xml *xml, const char *what);
bool pal_xml_has_bad_reference(struct pal_view text);
/* Looks over the attributes of the start tag just scanned, whose element is on the stack, and
 * notes the namespaces that they declare. */
enum pal_xml_found pal_xml_check_attributes(struct pal_xml *xml);
/* What a prefix stands for here. */
struct pal_xml_binding pal_xml_find_binding(const struct pal_xml *xml,
                                            struct pal_view prefix);

#endif
