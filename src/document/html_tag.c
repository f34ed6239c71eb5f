#include <stdio.h>
#include <string.h>

#include "document/html_internal.h"

static bool is_letter(char c)
{
    c = pal_lower(c);
    return c >= 'a' && c <= 'z';
}

static bool ends_name(char c)
{
    return pal_is_space(c) || c == '/' || c == '>' || c == '=' || c == '\f';
}

/* Size up to and with `mark`, or the rest. */
static size_t size_through(struct pal_view text, struct pal_view mark)
{
    size_t at = pal_view_find(text, mark);
    return at == text.size ? at : at + mark.size;
}

static struct pal_view *field_of(struct pal_tag *tag, struct pal_view name)
{
    const struct {
        const char *name;
        struct pal_view *field;
    } fields[] = {
        {"id", &tag->id},
        {"class", &tag->classes},
        {"role", &tag->role},
        {"property", &tag->property},
        {"name", &tag->property},
        {"rel", &tag->property},
        {"content", &tag->content},
        {"href", &tag->content},
        {"datetime", &tag->content},
        {"charset", &tag->charset},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (pal_view_is_equal_fold(name, pal_view_of(fields[i].name)) &&
            fields[i].field->data == NULL) {
            return fields[i].field;
        }
    }
    return NULL;
}

static void keep(struct pal_tag *tag, struct pal_view name, struct pal_view value)
{
    struct pal_view *field = field_of(tag, name);
    if (field != NULL) {
        *field = value;
    }
    if (pal_view_is_equal_fold(name, PAL_VIEW("hidden")) ||
        (pal_view_is_equal_fold(name, PAL_VIEW("aria-hidden")) &&
         pal_view_is_equal_fold(value, PAL_VIEW("true"))) ||
        (pal_view_is_equal_fold(name, PAL_VIEW("style")) &&
         (pal_view_find(value, PAL_VIEW("display:none")) < value.size ||
          pal_view_find(value, PAL_VIEW("display: none")) < value.size))) {
        tag->is_hidden = true;
    }
}

static size_t skip_blanks(struct pal_view text, size_t at)
{
    while (at < text.size && (pal_is_space(text.data[at]) || text.data[at] == '\f')) {
        at++;
    }
    return at;
}

/* The value behind "=", in quotes or bare; gives where it ends. */
static size_t read_value(struct pal_view text, size_t at, struct pal_view *value)
{
    at = skip_blanks(text, at);
    if (at < text.size && (text.data[at] == '"' || text.data[at] == '\'')) {
        const char *end = memchr(text.data + at + 1, text.data[at], text.size - at - 1);
        size_t stop = end == NULL ? text.size : (size_t)(end - text.data);
        *value = (struct pal_view){text.data + at + 1, stop - at - 1};
        return stop < text.size ? stop + 1 : stop;
    }
    size_t from = at;
    while (at < text.size && !pal_is_space(text.data[at]) && text.data[at] != '>') {
        at++;
    }
    *value = (struct pal_view){text.data + from, at - from};
    return at;
}

static size_t read_attribute(struct pal_view text, size_t at, struct pal_tag *tag)
{
    size_t from = at;
    struct pal_view value = {text.data + at, 0};
    at++; /* a name may begin with anything, "=" too */
    while (at < text.size && !ends_name(text.data[at])) {
        at++;
    }
    struct pal_view name = {text.data + from, at - from};
    size_t behind = skip_blanks(text, at);
    if (behind < text.size && text.data[behind] == '=') {
        at = read_value(text, behind + 1, &value);
    }
    keep(tag, name, value);
    return at;
}

static void read_named(struct pal_view text, size_t at, struct pal_tag *tag)
{
    size_t size = 0;
    while (at < text.size && !ends_name(text.data[at])) {
        if (size + 1 < sizeof tag->name) {
            tag->name[size++] = pal_lower(text.data[at]);
        }
        at++;
    }
    tag->name[size] = '\0';
    for (;;) {
        at = skip_blanks(text, at);
        if (at >= text.size) {
            tag->size = text.size;
            return;
        }
        if (text.data[at] == '>') {
            tag->size = at + 1;
            return;
        }
        if (text.data[at] == '/') {
            tag->is_closed = at + 1 < text.size && text.data[at + 1] == '>';
            at++;
            continue;
        }
        at = read_attribute(text, at, tag);
    }
}

void pal_tag_read(struct pal_view text, struct pal_tag *out)
{
    *out = (struct pal_tag){0};
    if (text.size < 2) {
        return;
    }
    if (pal_view_has_prefix(text, PAL_VIEW("<!--"))) {
        struct pal_view rest = {text.data + 4, text.size - 4};
        out->size = 4 + size_through(rest, PAL_VIEW("-->"));
    } else if (pal_view_has_prefix(text, PAL_VIEW("<![CDATA["))) {
        out->size = size_through(text, PAL_VIEW("]]>"));
    } else if (text.data[1] == '!' || text.data[1] == '?') {
        out->size = size_through(text, PAL_VIEW(">"));
    } else if (is_letter(text.data[1])) {
        read_named(text, 1, out);
    } else if (text.data[1] == '/' && text.size > 2) {
        out->is_end = true;
        if (is_letter(text.data[2])) {
            read_named(text, 2, out);
        } else {
            out->size = size_through(text, PAL_VIEW(">"));
        }
    }
}

enum pal_element_role pal_element_role_of(const char *name)
{
    static const struct {
        const char *names; /* between blanks */
        enum pal_element_role role;
    } roles[] = {
        {" h1 h2 h3 h4 h5 h6 ", PAL_ELEMENT_HEADING},
        {" li dt dd ", PAL_ELEMENT_ITEM},
        {" td th caption ", PAL_ELEMENT_CELL},
        {" blockquote q-block ", PAL_ELEMENT_QUOTATION},
        {" br ", PAL_ELEMENT_BREAK},
        {" hr ", PAL_ELEMENT_VOID_BLOCK},
        {" img input meta link area base col embed param source track wbr ",
         PAL_ELEMENT_VOID},
        {" script style xmp iframe noembed noframes ", PAL_ELEMENT_RAW},
        {" title textarea ", PAL_ELEMENT_RAW_TEXT},
        {" p div ul ol dl table tr tbody thead tfoot section article main header "
         "footer "
         "nav aside form fieldset figure figcaption pre address details summary body "
         "html head center dialog menu template noscript button select option video "
         "audio svg object ",
         PAL_ELEMENT_BLOCK},
    };
    char wanted[PAL_TAG_NAME_MAX + 3];
    int size = snprintf(wanted, sizeof wanted, " %s ", name);
    struct pal_view word = {wanted, (size_t)size};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct pal_view names = pal_view_of(roles[i].names);
        if (size > 2 && pal_view_find(names, word) < names.size) {
            return roles[i].role;
        }
    }
    return PAL_ELEMENT_INLINE;
}

struct reason {
    const char *word;
    const char *reason;
};

static const char *find_reason(const struct reason *reasons, size_t count,
                               struct pal_view word)
{
    for (size_t i = 0; i < count; i++) {
        if (pal_view_is_equal_fold(word, pal_view_of(reasons[i].word))) {
            return reasons[i].reason;
        }
    }
    return NULL;
}

static const char *reason_of_words(struct pal_view text)
{
    static const struct reason reasons[] = {
        {"cookie", "cookies"},
        {"cookies", "cookies"},
        {"consent", "cookies"},
        {"gdpr", "cookies"},
        {"newsletter", "subscription"},
        {"subscribe", "subscription"},
        {"subscription", "subscription"},
        {"paywall", "subscription"},
        {"signup", "subscription"},
        {"regwall", "subscription"},
        {"ad", "advertisement"},
        {"ads", "advertisement"},
        {"advert", "advertisement"},
        {"advertisement", "advertisement"},
        {"sponsored", "advertisement"},
        {"promo", "advertisement"},
        {"related", "navigation"},
        {"recirc", "navigation"},
        {"recommended", "navigation"},
        {"trending", "navigation"},
        {"breadcrumb", "navigation"},
        {"breadcrumbs", "navigation"},
        {"menu", "navigation"},
        {"nav", "navigation"},
        {"navbar", "navigation"},
        {"navigation", "navigation"},
        {"sidebar", "navigation"},
        {"footer", "navigation"},
        {"share", "sharing"},
        {"sharing", "sharing"},
        {"social", "sharing"},
        {"comments", "comments"},
        {"disqus", "comments"},
        {"popup", "subscription"},
        {"modal", "subscription"},
        {"skip", "navigation"},
    };
    size_t at = 0;
    while (at < text.size) {
        size_t from = at;
        while (at < text.size && (is_letter(text.data[at]))) {
            at++;
        }
        const char *found = find_reason(reasons, sizeof reasons / sizeof reasons[0],
                                        (struct pal_view){text.data + from, at - from});
        if (found != NULL) {
            return found;
        }
        at++;
    }
    return NULL;
}

/* A class that speaks of what the page has ("has-nav", "no-ads") is not what it is. */
static const char *reason_of_classes(struct pal_view classes)
{
    struct pal_view part = {"", 0};
    const char *found = NULL;
    while (found == NULL && classes.size > 0 && pal_view_split(&classes, ' ', &part)) {
        if (!pal_view_has_prefix(part, PAL_VIEW("has")) &&
            !pal_view_has_prefix(part, PAL_VIEW("no-")) &&
            !pal_view_has_prefix(part, PAL_VIEW("with")) &&
            !pal_view_has_prefix(part, PAL_VIEW("is-"))) {
            found = reason_of_words(part);
        }
        if (classes.data == NULL) {
            break;
        }
    }
    return found;
}

const char *pal_element_reason(const struct pal_tag *tag)
{
    static const struct reason elements[] = {
        {"nav", "navigation"},  {"footer", "navigation"},  {"aside", "aside"},
        {"form", "form"},       {"button", "form"},        {"select", "form"},
        {"option", "form"},     {"textarea", "form"},      {"label", "form"},
        {"template", "hidden"}, {"noscript", "no script"}, {"svg", "picture"},
        {"script", "script"},   {"style", "style"},        {"iframe", "script"},
        {"noembed", "script"},  {"noframes", "script"},    {"dialog", "form"},
    };
    static const struct reason roles[] = {
        {"navigation", "navigation"},
        {"banner", "navigation"},
        {"contentinfo", "navigation"},
        {"complementary", "aside"},
        {"dialog", "form"},
        {"alertdialog", "form"},
        {"search", "form"},
        {"menu", "navigation"},
    };
    static const struct reason kept[] = {
        {"html", ""},
        {"body", ""},
        {"main", ""},
        {"article", ""},
    };
    struct pal_view name = pal_view_of(tag->name);
    const char *found =
        find_reason(elements, sizeof elements / sizeof elements[0], name);
    if (found != NULL) {
        return found;
    }
    if (find_reason(kept, sizeof kept / sizeof kept[0], name) != NULL) {
        return NULL;
    }
    if (tag->is_hidden) {
        return "hidden";
    }
    found = find_reason(roles, sizeof roles / sizeof roles[0], tag->role);
    if (found == NULL) {
        found = reason_of_classes(tag->classes);
    }
    return found != NULL ? found : reason_of_words(tag->id);
}

pal_status pal_tag_value(struct pal_view value, struct pal_buffer *out,
                         struct pal_error *err)
{
    value = pal_view_trim(value);
    for (size_t at = 0; at < value.size;) {
        char made[16];
        size_t made_size = 0;
        size_t used = 0;
        if (value.data[at] == '&') {
            used = pal_entity_find(
                (struct pal_view){value.data + at + 1, value.size - at - 1}, made,
                &made_size);
        }
        unsigned char c = (unsigned char)value.data[at];
        if (used > 0) {
            pal_buffer_append(out, made, made_size);
        } else {
            pal_buffer_append_char(out, (char)(c < 0x20 || c == 0x7F ? 0x20 : c));
        }
        at += 1 + used;
    }
    return pal_buffer_status(out, err);
}
