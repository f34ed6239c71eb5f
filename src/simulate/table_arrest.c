/*
 * The arrests sheet: the 25 columns of March 2026, in their order.
 */
#include <stddef.h>

#include "simulate/simulate_internal.h"

#define ARREST(event) const struct pal_sim_arrest *arrest = (event)

static void blank(struct pal_sim_book *book, const void *event)
{
    (void)book;
    (void)event;
}

static void date(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_time(book, arrest->second);
}

static void state(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    if (!arrest->is_state_blank) {
        pal_sim_write_view(book, pal_sim_book_spec(book)->areas[arrest->area].state);
    }
}

static void area(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    char text[128];
    struct pal_buffer name;
    if (arrest->is_area_blank) {
        return;
    }
    pal_buffer_init(&name, sizeof text);
    pal_buffer_append_view(&name, pal_sim_book_spec(book)->areas[arrest->area].name);
    pal_buffer_append_text(&name, " Area of Responsibility");
    if (name.status == PAL_OK) {
        pal_sim_write_text(book, name.data);
    }
    pal_buffer_clear(&name);
}

static void program(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    static const char *const programs[] = {[PAL_SIM_AT_LARGE] = "Fugitive Operations",
                                           [PAL_SIM_CUSTODIAL] =
                                               "ERO Criminal Alien Program",
                                           [PAL_SIM_287G] = "287g Program",
                                           [PAL_SIM_OTHER] = "Border Patrol"};
    pal_sim_write_text(book, programs[arrest->group]);
}

static void agency(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, arrest->group == PAL_SIM_OTHER ? "CBP" : "ICE");
}

static void method(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, arrest->is_reprocessed
                                 ? "ERO Reprocessed Arrest"
                                 : pal_sim_method(arrest->group, arrest->method));
}

static void criminality(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, pal_sim_criminality(arrest->person.criminality));
}

static void case_status(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, arrest->person.number % 3 == 0
                                 ? "8-Excluded/Removed - Inadmissibility"
                                 : "ACTIVE");
}

static void category(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(
        book, arrest->person.number % 2 == 0
                  ? "[8C] Excludable / Inadmissible - Administrative Final Order Issued"
                  : "[1A] Voluntary Departure - Un-Expired and Un-Extended "
                    "Departure Period");
}

static void final_order(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, arrest->person.number % 2 == 0 ? "YES" : "NO");
}

static void redacted(struct pal_sim_book *book, const void *event)
{
    (void)event;
    pal_sim_write_text(book, "b(6), b(7)c");
}

static void birth_year(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_number(book, arrest->person.birth_year);
}

static void citizenship(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, pal_sim_citizenship(arrest->person.citizenship));
}

static void gender(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, arrest->person.is_female ? "Female" : "Male");
}

static void landmark(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, arrest->group == PAL_SIM_CUSTODIAL
                                 ? "SIMULATED COUNTY JAIL "
                                 : "SIMULATED GENERAL AREA");
}

static void operation(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    pal_sim_write_text(book, arrest->person.number % 5 == 0 ? "(b)(7)(E) " : "");
}

static void threat(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    if (arrest->person.criminality == 0) {
        pal_sim_write_number(book, (double)(1 + arrest->person.number % 3));
    } else {
        pal_sim_write_text(book, "NA");
    }
}

static void identifier(struct pal_sim_book *book, const void *event)
{
    ARREST(event);
    char text[41];
    if (arrest->is_without_id) {
        pal_sim_write_text(book, arrest->person.number % 2 == 0 ? "b(6), b(7)C" : "");
        return;
    }
    pal_sim_pseudonym(pal_sim_book_spec(book)->seed, arrest->person.number, text);
    pal_sim_write_text(book, text);
}

static const struct pal_sim_column columns[] = {
    {"Apprehension Date", date},
    {"Apprehension Type", blank},
    {"Apprehension State", state},
    {"Apprehension County", blank},
    {"TOA Current Duty AOR", area},
    {"Apprehension Final Program", program},
    {"Arresting Agency", agency},
    {"Apprehension Method", method},
    {"Apprehension Criminality", criminality},
    {"Case Status", case_status},
    {"Case Category", category},
    {"Departure Country", blank},
    {"Final Order Yes No", final_order},
    {"Birth Date", redacted},
    {"Birth Year", birth_year},
    {"Citizenship Country", citizenship},
    {"Gender", gender},
    {"Departed Date", blank},
    {"Final Order Date", blank},
    {"Apprehension Site Landmark", landmark},
    {"Operation", operation},
    {"TOA Current Duty Site", area},
    {"Case Criminality", criminality},
    {"Case Threat Level", threat},
    {"Anonymized Identifier", identifier},
};

static const char *const footnotes[] = {
    "These rows are simulated. They describe nobody.",
    "An ERO Reprocessed Arrest is an administrative re-arrest of somebody already "
    "counted.",
    NULL};

const struct pal_sim_table pal_sim_arrest_table = {
    "Admin Arrests",
    "ERO Administrative Arrests",
    columns,
    sizeof columns / sizeof columns[0],
    sizeof(struct pal_sim_arrest),
    offsetof(struct pal_sim_arrest, second),
    footnotes,
};
