/*
 * What was announced: the campaign's facts as the study file states them, each with its source
 * and date. They are claims of others, not figures of this report.
 */
#include "publish/report_internal.h"

static void write_facts(struct pal_report *report)
{
    static const struct pal_column columns[] = {{"Fact", false},
                                                {"Value", true},
                                                {"Source", false},
                                                {"Date of the source", false}};
    const struct pal_facts *facts = &report->facts;
    struct pal_page *page = &report->page;
    if (facts->fact_count == 0) {
        return;
    }
    pal_page_table_open(page, "Facts stated by others", columns, 4);
    for (size_t i = 0; i < facts->fact_count; i++) {
        const struct pal_fact *fact = &facts->facts[i];
        struct pal_buffer name;
        pal_buffer_init(&name, PAL_PAGE_TEXT_MAX);
        pal_page_table_row(page, false);
        for (size_t k = 0; k < fact->name.size; k++) {
            char c = fact->name.data[k];
            if (c == '_') {
                c = ' ';
            }
            pal_buffer_append_char(&name, c);
        }
        pal_page_markup(page, "<th scope=\"row\">");
        pal_page_sentence(page, pal_buffer_view(&name));
        pal_page_markup(page, "</th>");
        pal_buffer_clear(&name);
        pal_page_markup(page, "<td class=\"n\">");
        pal_page_format(page, "%.*s %.*s", PAL_VIEW_ARG(fact->value),
                        PAL_VIEW_ARG(fact->unit));
        pal_page_markup(page, "</td>");
        pal_page_table_cell(page, fact->source);
        pal_page_table_cell(page, pal_view_of(pal_day_words(fact->source_date).text));
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

static void write_places(struct pal_report *report)
{
    static const struct pal_column columns[] = {{"Place named", false},
                                                {"Area of responsibility", false},
                                                {"What that area is", false}};
    const struct pal_facts *facts = &report->facts;
    struct pal_page *page = &report->page;
    if (facts->place_count == 0) {
        return;
    }
    pal_page_paragraph(page,
                       "The campaign named %s places. The records do not know places: "
                       "they know the agency\xE2\x80\x99s areas of responsibility, "
                       "which are far larger. Every figure by area below is for the "
                       "whole area, not for the place.",
                       pal_number_word((int64_t)facts->place_count).text);
    pal_page_table_open(page, "The places and the areas they lie in", columns, 3);
    for (size_t i = 0; i < facts->place_count; i++) {
        const struct pal_place *place = &facts->places[i];
        pal_page_table_row(page, false);
        pal_page_table_name(page, place->place);
        pal_page_table_cell(page, place->area);
        if (place->note.size > 0) {
            pal_page_table_cell(page, place->note);
        } else {
            pal_page_markup(page, "<td>");
            pal_page_format(page, "in %.*s", PAL_VIEW_ARG(place->state));
            pal_page_markup(page, "</td>");
        }
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

pal_status pal_section_announced(struct pal_report *report, struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    struct pal_page *page = &report->page;
    (void)err;
    pal_page_section(page, 1, "announced", "What was announced");
    if (!facts->has_campaign) {
        pal_page_paragraph(page,
                           "This study is about no campaign. The report shows what "
                           "its files hold, for all areas.");
        pal_page_section_close(page);
        return PAL_OK;
    }
    pal_page_markup(page, "<p class=\"lead\"><strong>");
    pal_page_sentence(page, facts->campaign);
    pal_page_markup(page, "</strong>");
    pal_page_format(page, ", %s, by %.*s. %.*s",
                    pal_period_words(facts->first, facts->last).text,
                    PAL_VIEW_ARG(facts->agency), PAL_VIEW_ARG(facts->announced));
    pal_page_markup(page, "</p>\n");
    if (facts->agents_note.size > 0) {
        pal_page_paragraph(page, "%.*s", PAL_VIEW_ARG(facts->agents_note));
    }
    if (facts->source.size > 0) {
        pal_page_markup(page, "<p class=\"small\">");
        pal_page_format(page, "Source: %.*s%s%s.", PAL_VIEW_ARG(facts->source),
                        facts->source_date == PAL_DAY_NONE ? "" : ", ",
                        pal_day_words(facts->source_date).text);
        pal_page_markup(page,
                        " These are claims of the source; the records below neither "
                        "name the campaign nor say who took part.</p>\n");
    }
    write_facts(report);
    write_places(report);
    pal_page_section_close(page);
    return PAL_OK;
}
