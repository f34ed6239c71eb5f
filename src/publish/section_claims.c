/*
 * Statements held against the records: a table with the verdicts first, then each claim with
 * its figure, what it would be under other definitions, and how to follow it back. Every claim
 * has a link of its own, #claim-<id>.
 */
#include <math.h>

#include "publish/report_internal.h"

static bool is_share(struct pal_view unit)
{
    return pal_view_is_equal(unit, PAL_VIEW("share"));
}

static void write_number(struct pal_page *page, double value, double low, double high,
                         struct pal_view unit)
{
    if (is_share(unit)) {
        pal_page_format(page, "%s", pal_number_percent(value, 1).text);
    } else {
        int decimals = isfinite(low) && isfinite(high)
                           ? pal_number_decimals_of(value, low, high)
                           : pal_number_decimals(value);
        bool is_whole = fabs(value - round(value)) < 1e-9;
        pal_page_format(page, "%s",
                        pal_number_fixed(value, is_whole ? 0 : decimals).text);
    }
}

static void write_figure(struct pal_page *page, double value, double low, double high,
                         struct pal_view unit)
{
    bool has_range = isfinite(low) && isfinite(high);
    write_number(page, value, low, high, unit);
    if (!is_share(unit) && unit.size > 0) {
        pal_page_format(page, " %.*s", PAL_VIEW_ARG(unit));
    }
    if (has_range) {
        pal_page_markup(page, " <small>(95%: ");
        write_number(page, low, low, high, unit);
        pal_page_markup(page, " to ");
        write_number(page, high, low, high, unit);
        pal_page_markup(page, ")</small>");
    } else if (isfinite(low) && isinf(high)) {
        pal_page_markup(page, " <small>(95%: ");
        write_number(page, low, low, low, unit);
        pal_page_markup(page, " or more)</small>");
    }
}

static const char *class_of(enum pal_verdict verdict)
{
    switch (verdict) {
    case PAL_VERDICT_SUPPORTED:
        return "yes";
    case PAL_VERDICT_CONTRADICTED:
        return "no";
    case PAL_VERDICT_DEPENDS:
        return "depends";
    case PAL_VERDICT_CANNOT_TELL:
    case PAL_VERDICT_NOT_RECORDED:
    case PAL_VERDICT_NOT_COVERED:
    case PAL_VERDICT_NOT_TESTABLE:
    case PAL_VERDICT_ERROR:
    case PAL_VERDICT_COUNT:
    default:
        return "open";
    }
}

static void write_verdict(struct pal_page *page, enum pal_verdict verdict)
{
    pal_page_markup(page, "<span class=\"verdict ");
    pal_page_markup(page, class_of(verdict));
    pal_page_markup(page, "\">");
    pal_page_sentence(page, pal_view_of(pal_verdict_text(verdict)));
    pal_page_markup(page, "</span>");
}

/* ---- the table ---- */

static void write_row(struct pal_page *page, const struct pal_finding *finding)
{
    pal_page_markup(page, "<tr><th scope=\"row\">");
    write_verdict(page, finding->verdict);
    pal_page_markup(page, "</th><td><a href=\"#claim-");
    pal_page_text(page, finding->claim->id);
    pal_page_markup(page, "\">");
    pal_page_text(page, finding->claim->statement);
    pal_page_markup(page, "</a></td><td>");
    pal_page_text(page, finding->why);
    pal_page_markup(page, "</td></tr>\n");
}

static void write_table(struct pal_page *page, const struct pal_judgement *judgement)
{
    pal_page_markup(page, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                          "aria-label=\"Statements and verdicts\">"
                          "<table class=\"verdicts\">\n<caption>Statements and verdicts"
                          "</caption>\n<thead><tr><th scope=\"col\">Verdict</th>"
                          "<th scope=\"col\">What was said</th>"
                          "<th scope=\"col\">What the records show</th></tr></thead>\n"
                          "<tbody>\n");
    for (size_t i = 0; i < judgement->count; i++) {
        write_row(page, &judgement->findings[i]);
    }
    pal_page_markup(page, "</tbody></table></div>\n");
}

static void write_counts(struct pal_page *page, const struct pal_judgement *judgement)
{
    bool is_first = true;
    pal_page_markup(page, "<p class=\"lead\">");
    pal_page_format(
        page, "%s statement%s: ", pal_number_count((int64_t)judgement->count).text,
        judgement->count == 1 ? "" : "s");
    for (int i = 0; i < PAL_VERDICT_COUNT; i++) {
        if (judgement->verdict_counts[i] == 0) {
            continue;
        }
        pal_page_format(page, "%s%s %s", is_first ? "" : ", ",
                        pal_number_count((int64_t)judgement->verdict_counts[i]).text,
                        pal_verdict_text((enum pal_verdict)i));
        is_first = false;
    }
    pal_page_markup(page, ".</p>\n");
}

/* ---- one claim ---- */

static void entry_open(struct pal_page *page, const char *name)
{
    pal_page_markup(page, "<dt>");
    pal_page_text(page, pal_view_of(name));
    pal_page_markup(page, "</dt><dd>");
}

static void entry(struct pal_page *page, const char *name, struct pal_view text)
{
    if (text.size > 0) {
        entry_open(page, name);
        pal_page_sentence(page, text);
        pal_page_markup(page, "</dd>\n");
    }
}

static void write_source(struct pal_page *page, const struct pal_claim *claim)
{
    if (claim->speaker.size > 0) {
        entry_open(page, "Said by");
        pal_page_sentence(page, claim->speaker);
        if (claim->role.size > 0) {
            pal_page_format(page, " (%.*s%s%.*s)", PAL_VIEW_ARG(claim->role),
                            claim->speech.size > 0 ? ", " : "",
                            PAL_VIEW_ARG(claim->speech));
        }
        pal_page_markup(page, "</dd>\n");
    }
    if (claim->quotation.size > 0) {
        entry_open(page, "In its words");
        pal_page_markup(page, "\xE2\x80\x9C");
        pal_page_text(page, claim->quotation);
        pal_page_markup(page, "\xE2\x80\x9D</dd>\n");
    }
    if (claim->source_title.size > 0 || claim->source_publisher.size > 0) {
        entry_open(page, "Source");
        pal_page_text(page, claim->source_title);
        pal_page_format(page, "%s%.*s",
                        claim->source_title.size > 0 && claim->source_publisher.size > 0
                            ? ", "
                            : "",
                        PAL_VIEW_ARG(claim->source_publisher));
        if (claim->source_date != PAL_DAY_NONE) {
            pal_page_format(page, ", %s", pal_day_words(claim->source_date).text);
        }
        if (claim->source_url.size > 0) {
            pal_page_format(page, ", %.*s", PAL_VIEW_ARG(claim->source_url));
        }
        pal_page_markup(page, "</dd>\n");
    }
    if (claim->document.size > 0) {
        entry_open(page, "Document");
        pal_page_format(page, "SHA-256 %.*s", PAL_VIEW_ARG(claim->document));
        if (claim->passage >= 0) {
            pal_page_format(page, ", passage %lld", (long long)claim->passage);
        }
        if (claim->first_byte >= 0) {
            pal_page_format(page, ", bytes %lld to %lld", (long long)claim->first_byte,
                            (long long)claim->last_byte);
        }
        pal_page_markup(page, "</dd>\n");
    }
}

static struct pal_view unit_of(const struct pal_reading *reading)
{
    struct pal_measure measure;
    if (reading->unit.size > 0) {
        return reading->unit;
    }
    return pal_measure_find(reading->measure, &measure) ? measure.unit : PAL_VIEW("");
}

static void write_reading_figure(struct pal_page *page,
                                 const struct pal_reading *reading)
{
    if (isfinite(reading->value)) {
        write_figure(page, reading->value, reading->low, reading->high,
                     unit_of(reading));
    } else {
        pal_page_markup(page, "<span class=\"none\">");
        pal_page_text(page,
                      reading->note.size > 0 && (reading->status == PAL_FIGURE_NUMBER ||
                                                 reading->turns != NULL)
                          ? reading->note
                          : pal_view_of(pal_figure_status_text(reading->status)));
        pal_page_markup(page, "</span>");
    }
}

static void write_readings(struct pal_page *page, const struct pal_finding *finding)
{
    if (finding->reading_count < 2) {
        return;
    }
    entry_open(page, "Counted otherwise");
    pal_page_markup(page, "<ul>\n");
    for (size_t i = 0; i < finding->reading_count; i++) {
        const struct pal_reading *reading = &finding->readings[i];
        pal_page_markup(page, "<li>");
        pal_page_sentence(page, reading->choice);
        pal_page_format(page, ", %.*s: ", PAL_VIEW_ARG(reading->name));
        write_reading_figure(page, reading);
        if (reading->bears) {
            pal_page_format(page, " \xE2\x80\x93 %s",
                            pal_verdict_text(reading->verdict));
        }
        if (reading->note.size > 0 && isfinite(reading->value)) {
            pal_page_format(page, " (%.*s)", PAL_VIEW_ARG(reading->note));
        }
        pal_page_markup(page, "</li>\n");
    }
    pal_page_markup(page, "</ul></dd>\n");
}

static void write_contexts(struct pal_page *page, const struct pal_finding *finding)
{
    if (finding->context_count == 0) {
        return;
    }
    entry_open(page, "For context, no test");
    pal_page_markup(page, "<ul>\n");
    for (size_t i = 0; i < finding->context_count; i++) {
        const struct pal_reading *reading = &finding->contexts[i];
        pal_page_markup(page, "<li>");
        pal_page_format(page, "%.*s: ", PAL_VIEW_ARG(reading->name));
        if (pal_view_is_equal(reading->choice, PAL_VIEW("law"))) {
            pal_page_text(page, reading->note);
            pal_page_markup(page, "</li>\n");
            continue;
        }
        write_reading_figure(page, reading);
        if (reading->note.size > 0) {
            pal_page_markup(page, "<br>");
            pal_page_text(page, reading->note);
        }
        pal_page_markup(page, "</li>\n");
    }
    pal_page_markup(page, "</ul></dd>\n");
}

static void write_commands(struct pal_page *page, const struct pal_reading *readings,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (readings[i].command.size > 0) {
            pal_page_text(page, readings[i].command);
            pal_page_markup(page, "\n");
        }
    }
}

static void write_files(struct pal_page *page, const struct pal_finding *finding)
{
    static const struct pal_column columns[] = {
        {"File", false}, {"Release", false}, {"Rows", true}, {"SHA-256", false}};
    if (finding->file_count == 0) {
        return;
    }
    pal_page_table_open(page, "Released files behind it", columns, 4);
    for (size_t i = 0; i < finding->file_count; i++) {
        const struct pal_claim_file *file = &finding->files[i];
        pal_page_table_row(page, false);
        pal_page_table_name(page, file->file);
        pal_page_table_cell(page, file->release);
        pal_page_table_number(page, pal_view_of(pal_number_count(file->rows).text));
        pal_page_markup(page, "<td class=\"digest\"><code>");
        pal_page_text(page, file->sha256);
        pal_page_markup(page, "</code></td>");
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

/* What the claim's own figure rests on; what is not covered or not recorded is not 0 records. */
static void write_base(struct pal_page *page, const struct pal_judgement *judgement,
                       const struct pal_finding *finding)
{
    const struct pal_reading *main = &finding->readings[0];
    if (main->turns != NULL) {
        pal_page_paragraph(
            page,
            "Surges behind the figure: %s; palladium surge --each-alone lists them. "
            "Days covered: %d "
            "of %d.",
            pal_number_count(main->n).text, main->days_covered, main->days);
    } else if (main->status != PAL_FIGURE_NUMBER) {
        pal_page_paragraph(page, "The claim's own figure: %s. Days covered: %d of %d.",
                           pal_figure_status_text(main->status), main->days_covered,
                           main->days);
    } else {
        pal_page_paragraph(
            page,
            "Records behind the figure: %s. Days covered: %d of %d. Dispersion of "
            "weeks: %s times chance.",
            finding->is_withheld ? "fewer than 11" : pal_number_count(main->n).text,
            main->days_covered, main->days, pal_number_fixed(main->dispersion, 2).text);
    }
    pal_page_paragraph(page, "Rules %.*s, program %.*s.",
                       PAL_VIEW_ARG(judgement->rule_version),
                       PAL_VIEW_ARG(judgement->program_version));
}

static void write_back(struct pal_page *page, const struct pal_judgement *judgement,
                       const struct pal_finding *finding)
{
    if (finding->reading_count == 0 && finding->context_count == 0) {
        return;
    }
    pal_page_markup(
        page, "<details class=\"trace\"><summary>Follow it back</summary>\n<pre>");
    write_commands(page, finding->readings, finding->reading_count);
    write_commands(page, finding->contexts, finding->context_count);
    pal_page_markup(page, "</pre>\n");
    if (finding->reading_count > 0) {
        write_base(page, judgement, finding);
    }
    write_files(page, finding);
    pal_page_markup(page, "</details>\n");
}

static void write_claim(struct pal_page *page, const struct pal_judgement *judgement,
                        const struct pal_finding *finding)
{
    const struct pal_claim *claim = finding->claim;
    pal_page_markup(page, "<div class=\"definition claim\" id=\"claim-");
    pal_page_text(page, claim->id);
    pal_page_markup(page, "\">\n<h3>");
    pal_page_text(page, claim->statement);
    pal_page_markup(page, " <a class=\"anchor\" href=\"#claim-");
    pal_page_text(page, claim->id);
    pal_page_markup(page, "\" aria-label=\"Link to this claim\">#</a></h3>\n<p>");
    write_verdict(page, finding->verdict);
    pal_page_markup(page, "<br>");
    pal_page_text(page, finding->why);
    pal_page_markup(page, "</p>\n<dl>\n");
    if (finding->has_value) {
        entry_open(page, "Figure");
        write_figure(page, finding->value, finding->low, finding->high, finding->unit);
        pal_page_markup(page, "</dd>\n");
    }
    if (claim->test != PAL_TEST_NONE) {
        entry(page, "Tested as", finding->claimed);
    }
    write_contexts(page, finding);
    entry(page, "Place", finding->place_note);
    entry(page, "What would settle it", claim->settled_by);
    write_readings(page, finding);
    entry(page, "Definition", finding->definition);
    if (claim->test != PAL_TEST_NONE) {
        entry(page, "Coverage", finding->coverage);
    }
    write_source(page, claim);
    entry(page, "Note", claim->note);
    pal_page_markup(page, "</dl>\n");
    write_back(page, judgement, finding);
    pal_page_markup(page, "</div>\n");
}

pal_status pal_publish_claims(const struct pal_judgement *judgement,
                              struct pal_buffer *out, struct pal_error *err)
{
    struct pal_page page = {out};
    write_counts(&page, judgement);
    pal_page_paragraph(
        &page,
        "A verdict is given only where the whole interval of the figure lies on one "
        "side of what was said. \xE2\x80\x9CNot covered\xE2\x80\x9D, \xE2\x80\x9Cnot "
        "recorded\xE2\x80\x9D and \xE2\x80\x9Cnot a statement that records can "
        "test\xE2\x80\x9D say nothing about whether a statement is true.");
    write_table(&page, judgement);
    for (size_t i = 0; i < judgement->count; i++) {
        write_claim(&page, judgement, &judgement->findings[i]);
    }
    return pal_buffer_status(out, err);
}

pal_status pal_section_claims(struct pal_report *report, struct pal_error *err)
{
    struct pal_claims claims;
    struct pal_judgement *judgement = NULL;
    pal_status st = pal_claims_load(report->store, &claims, err);
    pal_page_section(&report->page, 12, "claims",
                     "What was said, and what the records show");
    if (st == PAL_OK && claims.count == 0) {
        pal_page_paragraph(&report->page, "This study states no claims.");
    } else if (st == PAL_OK) {
        st =
            pal_claims_check(report->store, &claims, report->progress, &judgement, err);
        if (st == PAL_OK) {
            st = pal_publish_claims(judgement, &report->body, err);
        }
    }
    pal_page_section_close(&report->page);
    pal_judgement_free(judgement);
    pal_claims_clear(&claims);
    return st;
}
