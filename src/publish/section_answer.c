/*
 * The first screen: the question, the answer in plain words made of figures, and the figures
 * that carry it.
 */
#include <math.h>
#include <stdio.h>

#include "publish/report_internal.h"
#include "stat/interval.h"

/* The first of a month that a day belongs to when days are told in months. */
static int32_t month_near(int32_t day)
{
    struct pal_civil date = pal_civil_of(day);
    return date.day <= 15 ? pal_month_first(day) : pal_month_next(day);
}

static int32_t months_between(int32_t first, int32_t next)
{
    struct pal_civil a = pal_civil_of(first);
    struct pal_civil b = pal_civil_of(next);
    return (b.year - a.year) * 12 + b.month - a.month;
}

/* The campaign's first half in whole months ends on this day. */
static int32_t half_last(const struct pal_facts *facts)
{
    int32_t middle = facts->first + (facts->last - facts->first + 1) / 2;
    return pal_month_first(middle) - 1;
}

static pal_status gap_all(struct pal_report *report, struct pal_view *out,
                          struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    int32_t from = month_near(facts->gap_first);
    int32_t half = half_last(facts);
    int32_t campaign = pal_month_first(facts->first);
    int32_t before = months_between(from, campaign);
    struct pal_words lead = {""};
    if (half <= facts->first || half >= facts->gap_last) {
        return pal_report_words(report, out, err,
                                "No row-level file here covers %s: none of the "
                                "campaign.",
                                pal_months_words(from, facts->gap_last).text);
    }
    if (before == 1) {
        (void)snprintf(lead.text, sizeof lead.text,
                       "the month before the campaign and ");
    } else if (before > 1) {
        (void)snprintf(lead.text, sizeof lead.text,
                       "the %.10s months before the campaign and ",
                       pal_number_word(before).text);
    }
    int32_t during = months_between(campaign, half + 1);
    return pal_report_words(
        report, out, err,
        "No row-level file here covers %s: %s%s first %s month%s. None covers %s, the "
        "rest of it, either.",
        pal_months_words(from, half).text, lead.text,
        before > 0 ? "its" : "the campaign\xE2\x80\x99s", pal_number_word(during).text,
        during == 1 ? "" : "s", pal_months_words(half + 1, facts->gap_last).text);
}

/* Files that cover the campaign may be of other tables, or of one area: then they say nothing
 * of the country's arrests. */
static struct pal_words arrest_words(const struct pal_facts *facts)
{
    struct pal_words words = {""};
    int32_t days = facts->last - facts->first + 1;
    int32_t covered = pal_facts_arrest_days(facts);
    if (covered < days) {
        (void)snprintf(words.text, sizeof words.text,
                       " The country\xE2\x80\x99s arrests: %d of its %d days.", covered,
                       days);
    }
    return words;
}

pal_status pal_gap_sentence(struct pal_report *report, struct pal_view *out,
                            struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    *out = PAL_VIEW("");
    if (!facts->has_campaign) {
        return PAL_OK;
    }
    struct pal_words arrests = arrest_words(facts);
    switch (facts->gap) {
    case PAL_GAP_ALL:
        return gap_all(report, out, err);
    case PAL_GAP_PART:
        return pal_report_words(
            report, out, err,
            "Row-level files here cover only part of the campaign: days between %s and "
            "%s have no row-level file.%s",
            pal_day_words(facts->gap_first).text, pal_day_words(facts->gap_last).text,
            arrests.text);
    case PAL_GAP_NONE:
    default:
        return pal_report_words(report, out, err,
                                "Row-level files here cover every day of the "
                                "campaign, %s.%s",
                                pal_period_words(facts->first, facts->last).text,
                                arrests.text);
    }
}

static struct pal_words rate_words(const struct pal_figure *figure)
{
    return pal_number_fixed(
        figure->value,
        pal_number_decimals_of(figure->value, figure->low, figure->high));
}

static struct pal_words rate_range(const struct pal_figure *figure)
{
    return pal_number_range(
        figure->low, figure->high,
        pal_number_decimals_of(figure->value, figure->low, figure->high));
}

static struct pal_words share_range(const struct pal_figure *figure)
{
    return pal_number_range(figure->low * 100, figure->high * 100, 1);
}

/* What was usual, and what share of the country that is. */
static void write_usual(struct pal_report *report)
{
    const struct pal_histories *histories = &report->histories;
    const struct pal_figure *own = &histories->studied_sum.baseline;
    const struct pal_figure *all = &histories->country.baseline;
    const struct pal_facts *facts = &report->facts;
    struct pal_page *page = &report->page;
    if (!report->has_arrests || !own->has_value) {
        return;
    }
    pal_page_markup(page, "<p>");
    pal_page_format(page, "What was usual: from %s, ",
                    pal_months_words(facts->baseline_first, facts->baseline_last).text);
    if (facts->place_count > 0) {
        pal_page_format(
            page,
            "%s of responsibility that hold%s the %s place%s saw %s arrests "
            "a day (95%% interval %s)",
            pal_studied_words(report).text, histories->studied_count == 1 ? "s" : "",
            pal_number_word((int64_t)facts->place_count).text,
            facts->place_count == 1 ? "" : "s", rate_words(own).text,
            rate_range(own).text);
        if (all->value > 0) {
            pal_page_format(page, ", %s of the country\xE2\x80\x99s %s",
                            pal_number_percent(own->value / all->value, 0).text,
                            pal_number_plain(all->value).text);
        }
        pal_page_markup(page, ".");
    } else {
        pal_page_format(page, "the country saw %s arrests a day (95%% interval %s).",
                        pal_number_plain(all->value).text, rate_range(all).text);
    }
    if (report->methods.has && report->methods.studied_share.has_value) {
        pal_page_format(
            page, " %s of those with a known method were made at large",
            pal_number_percent(report->methods.studied_share.value, 0).text);
        if (report->methods.rest_share.has_value && facts->place_count > 0) {
            pal_page_format(
                page, "; in %s %s", pal_rest_words(report),
                pal_number_percent(report->methods.rest_share.value, 0).text);
        }
        pal_page_markup(page, ".");
    }
    pal_page_markup(page, "</p>\n");
}

/* "1.12 times (95% 1.08–1.17)", exact for two Poisson counts. */
static pal_status times_words(const struct pal_figure *now,
                              const struct pal_figure *then, struct pal_words *out,
                              struct pal_error *err)
{
    struct pal_rate_ratio ratio;
    pal_status st = pal_rate_ratio(now->n, now->days_covered, then->n,
                                   then->days_covered, 0.95, &ratio);
    if (st != PAL_OK) {
        return pal_fail(err, st, "a ratio of two rates could not be computed");
    }
    (void)snprintf(out->text, sizeof out->text, "%.10s times (95%% %.20s)",
                   pal_number_fixed(ratio.ratio, 2).text,
                   pal_number_range(ratio.interval.low, ratio.interval.high, 2).text);
    return PAL_OK;
}

/* The campaign's own days, where rows cover them. */
static pal_status write_campaign(struct pal_report *report, struct pal_error *err)
{
    const struct pal_histories *histories = &report->histories;
    const struct pal_facts *facts = &report->facts;
    struct pal_figure own;
    struct pal_figure rest;
    struct pal_words times;
    if (!facts->has_campaign || !report->has_arrests || facts->gap == PAL_GAP_ALL) {
        return PAL_OK;
    }
    int32_t first = month_near(facts->first);
    pal_status st =
        pal_history_rate(&histories->studied_sum, first, facts->last, &own, err);
    if (st == PAL_OK) {
        st = pal_history_rate(&histories->rest_sum, first, facts->last, &rest, err);
    }
    if (st != PAL_OK || !own.has_value || !histories->studied_sum.baseline.has_value) {
        return st;
    }
    st = times_words(&own, &histories->studied_sum.baseline, &times, err);
    if (st != PAL_OK) {
        return st;
    }
    pal_page_markup(&report->page, "<p>");
    pal_page_format(
        &report->page,
        "In the campaign\xE2\x80\x99s months there were %s arrests a day in "
        "%s: %s the usual %s.",
        rate_words(&own).text, pal_studied_words(report).text, times.text,
        rate_words(&histories->studied_sum.baseline).text);
    if (rest.has_value && histories->rest_sum.baseline.value > 0) {
        st = times_words(&rest, &histories->rest_sum.baseline, &times, err);
        pal_page_format(&report->page, " In %s: %s, %s the usual %s.",
                        pal_rest_words(report), rate_words(&rest).text, times.text,
                        rate_words(&histories->rest_sum.baseline).text);
    }
    if (report->methods.studied_campaign.has_value) {
        pal_page_format(
            &report->page, " In those areas %s were made at large, against %s before.",
            pal_number_percent(report->methods.studied_campaign.value, 0).text,
            pal_number_percent(report->methods.studied_share.value, 0).text);
    }
    pal_page_markup(&report->page, "</p>\n");
    return st;
}

/* The agency's own totals for the campaign's first months, beside those a year before. */
static void write_statistics(struct pal_report *report)
{
    const struct pal_facts *facts = &report->facts;
    const struct pal_measure_result *book_ins = report->custody.book_ins;
    struct pal_page *page = &report->page;
    int shown = 0;
    int32_t month = facts->has_campaign ? pal_month_first(facts->first) : PAL_DAY_NONE;
    if (!report->custody.has_book_ins || month == PAL_DAY_NONE) {
        return;
    }
    for (int i = 0; i < 3; i++, month = pal_month_next(month)) {
        struct pal_civil date = pal_civil_of(month);
        int32_t before = pal_day_of((struct pal_civil){date.year - 1, date.month, 1});
        const struct pal_figure *now = pal_custody_figure(book_ins, "ICE", month);
        const struct pal_figure *then = pal_custody_figure(book_ins, "ICE", before);
        if (now == NULL || then == NULL) {
            continue;
        }
        if (shown == 0) {
            pal_page_markup(page, "<p>");
            pal_page_format(page, "%s Book-ins to detention after ICE arrests: ",
                            facts->gap == PAL_GAP_ALL
                                ? "Only the agency\xE2\x80\x99s own national totals "
                                  "reach into the campaign."
                                : "The agency\xE2\x80\x99s own national totals:");
        }
        pal_page_format(page, "%s%s in %s (%s a year before)", shown == 0 ? "" : "; ",
                        pal_number_count(llround(now->value)).text,
                        pal_month_words(month).text,
                        pal_number_count(llround(then->value)).text);
        shown++;
    }
    if (shown > 0) {
        pal_page_markup(page, ". They are not split by place, and cannot tell a "
                              "campaign from anything else that happened in those "
                              "months.</p>\n");
    }
}

static void key(struct pal_page *page, const char *value, const char *label,
                const char *note)
{
    pal_page_markup(page, "<li><b>");
    pal_page_text(page, pal_view_of(value));
    pal_page_markup(page, "</b><span>");
    pal_page_text(page, pal_view_of(label));
    pal_page_markup(page, "</span><small>");
    pal_page_text(page, pal_view_of(note));
    pal_page_markup(page, "</small></li>\n");
}

static void key_arrests(struct pal_report *report)
{
    const struct pal_figure *own = &report->histories.studied_sum.baseline;
    char label[256];
    char note[256];
    if (!report->has_arrests || !own->has_value) {
        return;
    }
    (void)snprintf(label, sizeof label, "arrests a day in %s, before",
                   pal_studied_words(report).text);
    if (!report->facts.has_campaign) {
        (void)snprintf(label, sizeof label, "arrests a day in %s",
                       pal_studied_words(report).text);
    }
    (void)snprintf(
        note, sizeof note, "95%% %s; n = %s; %s", rate_range(own).text,
        pal_number_count(own->n).text,
        pal_months_words(report->facts.baseline_first, report->facts.baseline_last)
            .text);
    key(&report->page, rate_words(own).text, label, note);
}

static void key_methods(struct pal_report *report)
{
    const struct pal_figure *own = &report->methods.studied_share;
    char note[256];
    if (!report->methods.has || !own->has_value) {
        return;
    }
    (void)snprintf(note, sizeof note, "95%% %s; n = %s with a known method",
                   share_range(own).text, pal_number_count(own->n).text);
    key(&report->page, pal_number_percent(own->value, 1).text,
        "of arrests there were made at large", note);
}

static void key_requests(struct pal_report *report)
{
    const struct pal_requests *requests = &report->requests;
    const struct pal_figure *share = &requests->places.declined_share;
    char label[256];
    char note[256];
    if (!requests->has || !share->has_value) {
        return;
    }
    (void)snprintf(label, sizeof label,
                   "of custody requests there recorded as declined, at least");
    (void)snprintf(note, sizeof note, "95%% %s; n = %s; %s%s", share_range(share).text,
                   pal_number_count(share->n).text,
                   requests->is_by_area ? "" : "whole states; ",
                   pal_months_words(requests->first, requests->last).text);
    key(&report->page, pal_number_percent(share->value, 1).text, label, note);
}

static void key_book_ins(struct pal_report *report)
{
    const struct pal_facts *facts = &report->facts;
    char label[256];
    char note[256];
    if (!report->custody.has_book_ins || !facts->has_campaign) {
        return;
    }
    int32_t month = pal_month_first(facts->first);
    struct pal_civil date = pal_civil_of(month);
    const struct pal_figure *now =
        pal_custody_figure(report->custody.book_ins, "ICE", month);
    const struct pal_figure *then = pal_custody_figure(
        report->custody.book_ins, "ICE",
        pal_day_of((struct pal_civil){date.year - 1, date.month, 1}));
    if (now == NULL || then == NULL) {
        return;
    }
    (void)snprintf(label, sizeof label,
                   "people booked in after ICE arrests in %s, whole country",
                   pal_month_words(month).text);
    (void)snprintf(note, sizeof note,
                   "%s a year before; the agency\xE2\x80\x99s own count",
                   pal_number_count(llround(then->value)).text);
    key(&report->page, pal_number_count(llround(now->value)).text, label, note);
}

static void key_rows(struct pal_report *report)
{
    static const char *const tables[] = {"arrest", "detainer", "encounter", "removal",
                                         "stint"};
    int64_t rows = 0;
    int64_t sheets = 0;
    int64_t files = 0;
    char note[256];
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        rows += pal_report_rows(report, pal_view_of(tables[i]));
    }
    for (size_t i = 0; i < report->tables.row_count; i++) {
        sheets += pal_grid_integer(&report->tables, i, 2);
        files = pal_grid_integer(&report->tables, i, 3);
    }
    (void)snprintf(note, sizeof note, "in %s files, %s sheets; each row accounted for",
                   pal_number_count(files).text, pal_number_count(sheets).text);
    key(&report->page, pal_number_count(rows).text, "released rows read", note);
}

static void write_contents(struct pal_report *report)
{
    static const char *const entries[][2] = {
        {"announced", "What was announced"},
        {"coverage", "What the files cover, and what not"},
        {"arrests", "Arrests a day in each area"},
        {"surges", "Surges: more than usual"},
        {"methods", "At large or from custody"},
        {"requests", "Custody requests and refusals"},
        {"custody", "Book-ins and people in detention"},
        {"staff", "Head counts"},
        {"unrecorded", "What was not recorded"},
        {"duplicates", "Duplicates and what they change"},
        {"quality", "Data quality"},
        {"claims", "What was said, and the verdicts"},
        {"definitions", "Definitions, sources, how to check"},
    };
    pal_page_markup(&report->page, "<nav aria-label=\"Contents\"><ol>\n");
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        pal_page_markup(&report->page, "<li><a href=\"#");
        pal_page_markup(&report->page, entries[i][0]);
        pal_page_markup(&report->page, "\">");
        pal_page_markup(&report->page, entries[i][1]);
        pal_page_markup(&report->page, "</a></li>\n");
    }
    pal_page_markup(&report->page, "</ol></nav>\n");
}

pal_status pal_section_answer(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    const struct pal_facts *facts = &report->facts;
    struct pal_view gap;
    pal_status st = pal_gap_sentence(report, &gap, err);
    pal_page_markup(page, "<header>\n<h1>");
    pal_page_text(page, facts->title);
    pal_page_markup(page, "</h1>\n<p class=\"kicker\">");
    if (facts->has_campaign) {
        pal_page_sentence(page, facts->campaign);
        pal_page_format(page, ", %s. ",
                        pal_period_words(facts->first, facts->last).text);
    }
    pal_page_markup(page, "What released records show, and what they do not.</p>\n");
    pal_page_markup(page, "</header>\n<main id=\"main\">\n<div class=\"answer\">\n");
    if (gap.size > 0) {
        pal_page_markup(page, "<p><strong>");
        pal_page_text(page, gap);
        pal_page_markup(page, "</strong>");
        if (facts->gap == PAL_GAP_ALL) {
            pal_page_markup(page, " So these records cannot say how many people it "
                                  "arrested, or where.");
        }
        pal_page_markup(page, "</p>\n");
    }
    if (st == PAL_OK) {
        st = write_campaign(report, err);
    }
    write_usual(report);
    write_statistics(report);
    pal_page_markup(page, "</div>\n<ul class=\"keys\">\n");
    key_arrests(report);
    key_methods(report);
    key_requests(report);
    key_book_ins(report);
    key_rows(report);
    pal_page_markup(page, "</ul>\n");
    write_contents(report);
    return st;
}
