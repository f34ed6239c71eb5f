/*
 * A pull tokenizer for the XML of workbooks: start tags, end tags and text out of a part,
 * read piece by piece. It refuses what is not well-formed, and every DOCTYPE: no workbook
 * has one, and without it no entity can be declared. Private to room source.
 */
#ifndef PAL_SOURCE_XML_SCAN_H
#define PAL_SOURCE_XML_SCAN_H

#include "source/xml_window.h"

enum {
    PAL_XML_DEPTH_MAX = 256,
    PAL_XML_NAMES_MAX = 16 * 1024, /* bytes of the names of all open elements */
    PAL_XML_ATTRIBUTE_MAX = 128,   /* of one element */
    PAL_XML_BINDING_MAX = 128,     /* namespaces at once */
    PAL_XML_PREFIX_MAX = 32        /* bytes */
};

enum pal_xml_kind {
    PAL_XML_MORE, /* the window ends within what comes next */
    PAL_XML_START,
    PAL_XML_END, /* also follows the start of <an-empty-element/> */
    PAL_XML_TEXT,
    PAL_XML_DONE
};

/* Its views are the window's, good until the next call. */
struct pal_xml_token {
    enum pal_xml_kind kind;
    uint32_t depth; /* of the element, 1 for the outermost */
    bool is_main;   /* the element's namespace is SpreadsheetML's or the package's */
    bool is_plain;  /* text: nothing in it to decode */
    bool is_cdata;  /* text: & stands for itself */
    struct pal_view name; /* of the element, without a prefix */
    struct pal_view text;
};

struct pal_xml_attribute {
    struct pal_view prefix;
    struct pal_view name;
    struct pal_view value; /* as written */
};

struct pal_xml_binding {
    uint32_t depth;
    uint32_t prefix_size;
    bool is_main;
    bool is_bound;
    char prefix[PAL_XML_PREFIX_MAX];
};

/* Told before the window moves, so that views into it can be saved. */
struct pal_xml_keeper {
    pal_status (*keep)(struct pal_xml_keeper *self, struct pal_error *err);
};

struct pal_xml {
    struct pal_xml_window window;
    struct pal_xml_keeper *keeper; /* may be NULL */
    uint32_t depth;
    uint32_t depth_max;
    bool has_begun;     /* behind the place of a byte order mark */
    uint32_t mark_size; /* of the byte order mark */
    bool has_root;
    bool has_empty; /* the end of an empty element is due */
    const char *fault;
    pal_status fault_status;
    size_t attribute_count; /* of the last start tag */
    size_t binding_count;
    size_t names_size;
    struct pal_xml_attribute attributes[PAL_XML_ATTRIBUTE_MAX];
    struct pal_xml_binding bindings[PAL_XML_BINDING_MAX];
    uint32_t name_begin[PAL_XML_DEPTH_MAX + 1];
    bool is_main[PAL_XML_DEPTH_MAX + 1];
    char names[PAL_XML_NAMES_MAX];
};

/* Takes the part over. */
void pal_xml_init(struct pal_xml *xml, struct pal_part *part,
                  const struct pal_source_limits *limits);
void pal_xml_clear(struct pal_xml *xml);
/* The next token, never PAL_XML_MORE. PAL_INPUT for what is not well-formed. */
pal_status pal_xml_next(struct pal_xml *xml, struct pal_xml_token *token,
                        struct pal_error *err) PAL_MUST_USE;
/* Reads up to the end of the element that began at `depth`. */
pal_status pal_xml_skip(struct pal_xml *xml, uint32_t depth,
                        struct pal_error *err) PAL_MUST_USE;
/* The value, as written, of the last start tag's attribute without a prefix; false when it
 * has none. */
bool pal_xml_attribute(const struct pal_xml *xml, const char *name,
                       struct pal_view *value);
/* The same of the attribute of that name with any prefix but xmlns. */
bool pal_xml_attribute_prefixed(const struct pal_xml *xml, const char *name,
                                struct pal_view *value);
/* true when a name without a prefix is SpreadsheetML's here. */
bool pal_xml_is_default_main(const struct pal_xml *xml);
bool pal_xml_is_start(const struct pal_xml_token *token,
                      const char *name); /* in main */

/* For tags that somebody took straight out of the window, knowing what the tokenizer would
 * have said: an element of main without a prefix begins, in an element that is not at the
 * deepest level. */
void pal_xml_enter(struct pal_xml *xml, struct pal_view name);
/* Takes the end tag of the innermost element if it stands here, written in its short form. */
bool pal_xml_has_left(struct pal_xml *xml, struct pal_view name);

#endif
