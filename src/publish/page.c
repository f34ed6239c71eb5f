#include "publish/page.h"

#include <stdarg.h>
#include <stdio.h>

#include "publish/svg.h"

extern const struct pal_asset_table pal_publish_assets;

void pal_page_markup(struct pal_page *page, const char *markup)
{
    pal_buffer_append_text(page->out, markup);
}

void pal_page_text(struct pal_page *page, struct pal_view text)
{
    pal_xml_append(page->out, text);
}

void pal_page_sentence(struct pal_page *page, struct pal_view text)
{
    if (text.size > 0) {
        char first = pal_upper(text.data[0]);
        pal_page_text(page, (struct pal_view){&first, 1});
        pal_page_text(page, (struct pal_view){text.data + 1, text.size - 1});
    }
}

static void append_list(struct pal_page *page, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

static void append_list(struct pal_page *page, const char *format, va_list list)
{
    char text[PAL_PAGE_TEXT_MAX];
    int size = vsnprintf(text, sizeof text, format, list);
    if (size < 0 || (size_t)size >= sizeof text) {
        if (page->out->status == PAL_OK) {
            page->out->status = PAL_LIMIT;
        }
        return;
    }
    pal_xml_append(page->out, (struct pal_view){text, (size_t)size});
}

void pal_page_format(struct pal_page *page, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    append_list(page, format, list);
    va_end(list);
}

void pal_page_paragraph(struct pal_page *page, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    pal_page_markup(page, "<p>");
    append_list(page, format, list);
    pal_page_markup(page, "</p>\n");
    va_end(list);
}

void pal_page_slug(struct pal_buffer *out, struct pal_view text)
{
    bool is_open = false;
    size_t start = out->size;
    for (size_t i = 0; i < text.size; i++) {
        char c = pal_lower(text.data[i]);
        if ((c >= 'a' && c <= 'z') || pal_is_digit(c)) {
            if (is_open && out->size > start) {
                pal_buffer_append_char(out, '-');
            }
            pal_buffer_append_char(out, c);
            is_open = false;
        } else {
            is_open = true;
        }
    }
}

void pal_page_open(struct pal_page *page, struct pal_view title,
                   struct pal_view description)
{
    pal_page_markup(page, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
                          "<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, "
                          "initial-scale=1\">\n<title>");
    pal_page_text(page, title);
    pal_page_markup(page, "</title>\n<meta name=\"description\" content=\"");
    pal_page_text(page, description);
    /* An empty icon: a browser would ask the server for one. */
    pal_page_markup(page, "\">\n<link rel=\"icon\" href=\"data:,\">\n<style>\n");
    pal_buffer_append_view(page->out,
                           pal_asset_find(&pal_publish_assets, "figure.css"));
    pal_buffer_append_view(page->out,
                           pal_asset_find(&pal_publish_assets, "report.css"));
    pal_page_markup(page, "</style>\n</head>\n<body>\n"
                          "<a class=\"skip\" href=\"#main\">To the report</a>\n");
}

void pal_page_close(struct pal_page *page)
{
    pal_page_markup(page, "</body>\n</html>\n");
}

void pal_page_section(struct pal_page *page, int number, const char *id,
                      const char *title)
{
    pal_buffer_append_format(page->out, "<section id=\"%s\">\n<h2>%d. ", id, number);
    pal_page_text(page, pal_view_of(title));
    pal_page_markup(page, "</h2>\n");
}

void pal_page_section_close(struct pal_page *page)
{
    pal_page_markup(page, "</section>\n");
}

void pal_page_table_open(struct pal_page *page, const char *caption,
                         const struct pal_column *columns, size_t column_count)
{
    pal_page_markup(page, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                          "aria-label=\"");
    pal_page_text(page, pal_view_of(caption));
    pal_page_markup(page, "\"><table>\n<caption>");
    pal_page_text(page, pal_view_of(caption));
    pal_page_markup(page, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < column_count; i++) {
        pal_page_markup(page, columns[i].is_number ? "<th scope=\"col\" class=\"n\">"
                                                   : "<th scope=\"col\">");
        pal_page_text(page, pal_view_of(columns[i].title));
        pal_page_markup(page, "</th>");
    }
    pal_page_markup(page, "</tr></thead>\n<tbody>\n");
}

void pal_page_table_row(struct pal_page *page, bool is_sum)
{
    pal_page_markup(page, is_sum ? "<tr class=\"sum\">" : "<tr>");
}

void pal_page_table_name(struct pal_page *page, struct pal_view text)
{
    pal_page_markup(page, "<th scope=\"row\">");
    pal_page_text(page, text);
    pal_page_markup(page, "</th>");
}

void pal_page_table_cell(struct pal_page *page, struct pal_view text)
{
    pal_page_markup(page, "<td>");
    pal_page_text(page, text);
    pal_page_markup(page, "</td>");
}

void pal_page_table_number(struct pal_page *page, struct pal_view text)
{
    pal_page_markup(page, "<td class=\"n\">");
    pal_page_text(page, text);
    pal_page_markup(page, "</td>");
}

void pal_page_table_interval(struct pal_page *page, const char *value,
                             const char *range)
{
    pal_page_markup(page, "<td class=\"n\">");
    pal_page_text(page, pal_view_of(value));
    if (range[0] != '\0') {
        pal_page_markup(page, "<small>");
        pal_page_text(page, pal_view_of(range));
        pal_page_markup(page, "</small>");
    }
    pal_page_markup(page, "</td>");
}

void pal_page_table_none(struct pal_page *page, const char *why)
{
    pal_page_markup(page, "<td class=\"n\"><span class=\"none\">");
    pal_page_text(page, pal_view_of(why));
    pal_page_markup(page, "</span></td>");
}

void pal_page_table_row_close(struct pal_page *page)
{
    pal_page_markup(page, "</tr>\n");
}

void pal_page_table_close(struct pal_page *page)
{
    pal_page_markup(page, "</tbody></table></div>\n");
}
